//! The regular expression from left to right, with the number of states that its machine gets.

use super::{Fault, RegexError, bracket};
use std::ops::Range;

/// As many states as the library's machine may have.
const MOST_STATES: u64 = 100_000;

/// The library calls itself for every part and every parenthesis: bytes of its stack, measured with the Debian build
/// of Kea 3.0.4, and as many as a stack of 8 MiB has for it.
const STACK_PER_PART: u64 = 144;
const STACK_PER_GROUP: u64 = 958;
const STACK_PER_LOOKAHEAD: u64 = 592;
const MOST_STACK: u64 = 8_350_000;

/// What is known of a regular expression that is accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regex {
    /// An unlimited repeat of nothing but an unlimited repeat, such as `(a+)*`: the time for a text that does not
    /// match doubles with every byte.
    pub explosive: Option<Range<usize>>,
}

/// Reads a regular expression as `match()` does.
///
/// # Errors
/// The first thing that the library refuses.
pub fn check(pattern: &str) -> Result<Regex, RegexError> {
    let reader = Reader { text: pattern.as_bytes(), at: 0 };
    let whole = Group {
        open: 0,
        kind: Kind::Whole,
        alternatives: None,
        sequence: 0,
        lone: Lone::None,
        stack: 0,
        inside: 0,
    };
    let mut parser = Parser {
        reader,
        groups: vec![whole],
        captures: 1,
        open: vec![0],
        atom: None,
        states: 1,
        stack: 0,
        explosive: None,
    };
    parser.run()?;
    Ok(Regex { explosive: parser.explosive })
}

/// The bytes and a place in them.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    text: &'t [u8],
    pub(super) at: usize,
}

/// What a backslash and what follows it mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escape {
    Char(u8),
    Class,
    Boundary,
    Group(i32),
}

impl<'t> Reader<'t> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn accept(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    pub(super) fn rest(&self) -> &'t [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// A fault from `start` up to here.
    pub(super) fn fault(&self, start: usize, what: Fault) -> RegexError {
        RegexError { span: start..self.at.min(self.text.len()).max(start), what }
    }

    /// What follows a backslash that stands at `start`.
    pub(super) fn escape(&mut self, start: usize, in_bracket: bool) -> Result<Escape, RegexError> {
        let Some(byte) = self.next() else { return Err(self.fault(start, Fault::TrailingBackslash)) };
        Ok(match byte {
            b'0' => Escape::Char(0),
            b'b' if in_bracket => Escape::Char(8),
            b'f' => Escape::Char(12),
            b'n' => Escape::Char(b'\n'),
            b'r' => Escape::Char(b'\r'),
            b't' => Escape::Char(b'\t'),
            b'v' => Escape::Char(11),
            b'b' | b'B' => Escape::Boundary,
            b'd' | b'D' | b's' | b'S' | b'w' | b'W' => Escape::Class,
            b'c' => match self.next() {
                Some(byte) => Escape::Char(byte),
                None => return Err(self.fault(start, Fault::TrailingBackslash)),
            },
            b'x' => Escape::Char(self.hex(start, 2)?),
            b'u' => Escape::Char(self.hex(start, 4)?),
            b'1'..=b'9' => {
                self.at -= 1;
                Escape::Group(self.number(start)?)
            }
            byte => Escape::Char(byte),
        })
    }

    /// The lowest byte of so many hex digits.
    fn hex(&mut self, start: usize, digits: usize) -> Result<u8, RegexError> {
        let mut value = 0u32;
        for _ in 0..digits {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let Some(digit) = digit else { return Err(self.fault(start, Fault::HexEscape)) };
            self.at += 1;
            value = value * 16 + digit;
        }
        Ok(u8::try_from(value & 0xff).unwrap_or_default())
    }

    /// The digits to come.
    fn number(&mut self, start: usize) -> Result<i32, RegexError> {
        let length = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let digits = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        let value = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        value.ok_or_else(|| self.fault(start, Fault::HugeNumber))
    }
}

/// What a parenthesis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    Capture,
    Plain,
    Lookahead,
}

/// Whether the alternative read so far is nothing but an unlimited repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lone {
    None,
    Repeat,
    Other,
}

/// An open parenthesis.
#[derive(Debug)]
struct Group {
    open: usize,
    kind: Kind,
    /// The states of the alternatives before the last `|`, and whether one of them was a lone repeat.
    alternatives: Option<(u64, bool)>,
    /// The states of the alternative read so far.
    sequence: u64,
    lone: Lone,
    /// The library's stack at its beginning.
    stack: u64,
    /// The same behind its parenthesis.
    inside: u64,
}

/// What a quantifier would repeat.
#[derive(Debug, Clone, Copy)]
struct Atom {
    start: usize,
    states: u64,
    /// A group with an alternative that is nothing but an unlimited repeat.
    repeats: bool,
    /// Whether the atom has an unlimited quantifier.
    unlimited: bool,
}

struct Parser<'t> {
    reader: Reader<'t>,
    groups: Vec<Group>,
    /// How many captures have begun, the whole among them.
    captures: usize,
    /// The captures that are open.
    open: Vec<usize>,
    atom: Option<Atom>,
    /// All states so far.
    states: u64,
    /// The library's stack at this place.
    stack: u64,
    explosive: Option<Range<usize>>,
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), RegexError> {
        loop {
            let start = self.reader.at;
            let Some(byte) = self.reader.next() else { return self.finish() };
            match byte {
                b'*' | b'+' | b'?' | b'{' => self.quantifier(start, byte)?,
                b'^' | b'$' => self.assertion(),
                b'|' => self.alternative(),
                b'(' => self.group(start)?,
                b')' => self.close(start)?,
                b'[' => {
                    bracket::read(&mut self.reader, start)?;
                    self.one(start);
                }
                b'\\' => self.escaped(start)?,
                _ => self.one(start),
            }
            if self.states > MOST_STATES {
                return Err(self.reader.fault(start, Fault::TooBig));
            }
            if self.stack > MOST_STACK {
                return Err(self.reader.fault(0, Fault::Crash));
            }
        }
    }

    fn add(&mut self, states: u64) {
        self.states = self.states.saturating_add(states);
    }

    /// The atom becomes a part of its sequence: no quantifier follows.
    fn settle(&mut self) {
        let Some(atom) = self.atom.take() else { return };
        let Some(group) = self.groups.last_mut() else { return };
        self.stack += STACK_PER_PART;
        group.sequence = group.sequence.saturating_add(atom.states);
        let repeat = atom.unlimited || atom.repeats;
        group.lone = if group.lone == Lone::None && repeat { Lone::Repeat } else { Lone::Other };
    }

    fn one(&mut self, start: usize) {
        self.settle();
        self.add(1);
        self.atom = Some(Atom { start, states: 1, repeats: false, unlimited: false });
    }

    /// Something without width that cannot be repeated.
    fn assertion(&mut self) {
        self.settle();
        self.add(1);
        self.stack += STACK_PER_PART;
        if let Some(group) = self.groups.last_mut() {
            group.sequence = group.sequence.saturating_add(1);
            group.lone = Lone::Other;
        }
    }

    fn escaped(&mut self, start: usize) -> Result<(), RegexError> {
        match self.reader.escape(start, false)? {
            Escape::Boundary => self.assertion(),
            Escape::Char(_) | Escape::Class => self.one(start),
            Escape::Group(index) => {
                let index = usize::try_from(index).unwrap_or(usize::MAX);
                if index >= self.captures {
                    return Err(self.reader.fault(start, Fault::NoGroup));
                }
                if self.open.binary_search(&index).is_ok() {
                    return Err(self.reader.fault(start, Fault::OpenGroup));
                }
                self.one(start);
            }
        }
        Ok(())
    }

    fn quantifier(&mut self, start: usize, byte: u8) -> Result<(), RegexError> {
        let Some(atom) = self.atom else { return Err(self.reader.fault(start, Fault::NothingToRepeat)) };
        let (states, unlimited) = match byte {
            b'*' | b'+' => {
                self.add(1);
                (atom.states.saturating_add(1), true)
            }
            b'?' => {
                self.add(2);
                (atom.states.saturating_add(2), false)
            }
            _ => self.braces(start, atom)?,
        };
        self.reader.accept(b'?');
        if unlimited && (atom.repeats || atom.unlimited && byte != b'?') && self.explosive.is_none() {
            self.explosive = Some(atom.start..self.reader.at);
        }
        self.atom = Some(Atom { states, unlimited: atom.unlimited || unlimited, ..atom });
        Ok(())
    }

    /// `2}`, `2,}` or `2,5}`: the states of the repeated atom, and whether there is no end to it.
    fn braces(&mut self, start: usize, atom: Atom) -> Result<(u64, bool), RegexError> {
        if !self.reader.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.reader.fault(start, Fault::Braces));
        }
        let least = self.reader.number(start)?;
        let mut most = Some(least);
        if self.reader.accept(b',') {
            most = match self.reader.peek() {
                Some(byte) if byte.is_ascii_digit() => Some(self.reader.number(start)?),
                _ => None,
            };
        }
        if !self.reader.accept(b'}') {
            return Err(self.reader.fault(start, Fault::Braces));
        }
        let copies = |count: i32, states: u64| u64::try_from(count).unwrap_or(0).saturating_mul(states);
        let first = copies(least, atom.states).saturating_add(1);
        let rest = match most {
            None => atom.states.saturating_add(1),
            Some(most) if most < least => return Err(self.reader.fault(start, Fault::BackwardBraces)),
            Some(most) => copies(most - least, atom.states.saturating_add(1)).saturating_add(1),
        };
        let states = first.saturating_add(rest);
        self.add(states);
        Ok((states, most.is_none()))
    }

    fn group(&mut self, open: usize) -> Result<(), RegexError> {
        self.settle();
        let kind = if self.reader.accept(b'?') {
            match self.reader.next() {
                Some(b':') => Kind::Plain,
                Some(b'=' | b'!') => Kind::Lookahead,
                _ => return Err(self.reader.fault(open, Fault::GroupKind)),
            }
        } else {
            self.open.push(self.captures);
            self.captures += 1;
            Kind::Capture
        };
        self.add(u64::from(kind != Kind::Lookahead));
        let stack = self.stack;
        self.stack += if kind == Kind::Lookahead { STACK_PER_LOOKAHEAD } else { STACK_PER_GROUP };
        let inside = self.stack;
        self.groups.push(Group {
            stack,
            inside,
            open,
            kind,
            alternatives: None,
            sequence: 0,
            lone: Lone::None,
        });
        Ok(())
    }

    /// Ends the alternative; what all of the group's have now.
    fn end_alternative(&mut self) -> (u64, bool) {
        self.settle();
        self.add(1);
        let Some(group) = self.groups.last_mut() else { return (0, false) };
        self.stack = group.stack;
        let own = (group.sequence.saturating_add(1), group.lone == Lone::Repeat);
        (group.sequence, group.lone) = (0, Lone::None);
        let Some((before, lone)) = group.alternatives else { return own };
        self.add(2);
        (before.saturating_add(own.0).saturating_add(2), lone || own.1)
    }

    fn alternative(&mut self) {
        let states = self.end_alternative();
        if let Some(group) = self.groups.last_mut() {
            group.alternatives = Some(states);
            self.stack = group.inside;
        }
    }

    fn close(&mut self, start: usize) -> Result<(), RegexError> {
        let (inner, repeats) = self.end_alternative();
        if self.groups.len() == 1 {
            return Err(self.reader.fault(start, Fault::Unopened));
        }
        let Some(group) = self.groups.pop() else { return Ok(()) };
        let states = match group.kind {
            Kind::Capture => {
                self.open.pop();
                self.add(1);
                inner.saturating_add(2)
            }
            Kind::Plain | Kind::Whole => inner.saturating_add(1),
            Kind::Lookahead => {
                self.add(2);
                self.stack += STACK_PER_PART;
                if let Some(around) = self.groups.last_mut() {
                    around.sequence = around.sequence.saturating_add(inner).saturating_add(2);
                    around.lone = Lone::Other;
                }
                return Ok(());
            }
        };
        self.atom = Some(Atom { start: group.open, states, repeats, unlimited: false });
        Ok(())
    }

    fn finish(&mut self) -> Result<(), RegexError> {
        if let [_, .., group] = self.groups.as_slice() {
            return Err(self.reader.fault(group.open, Fault::Unclosed));
        }
        self.end_alternative();
        self.add(2);
        if self.states > MOST_STATES {
            return Err(self.reader.fault(0, Fault::TooBig));
        }
        Ok(())
    }
}
