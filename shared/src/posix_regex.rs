//! Whether a text is a POSIX extended regular expression, as the C++ library that Kea is built with reads it.

use crate::json::byte_text;
use std::ops::Range;

/// How many bytes Kea takes.
pub const MAX_LENGTH: usize = 4096;

/// How many states the library takes.
const MAX_STATES: u64 = 100_000;

/// The states around the whole: its beginning, its end, and its acceptance.
const AROUND: u64 = 3;

/// How deep groups may stand in each other here. Kea has no such limit of its own.
const MAX_DEPTH: usize = 1000;

/// Why a text is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegexError {
    /// More than [`MAX_LENGTH`] bytes.
    #[error("it has more than 4096 bytes")]
    TooLong,
    /// A `[` is not closed, or holds something that is not allowed there.
    #[error("a `[` is not closed")]
    Bracket,
    /// `[:name:]` has another name.
    #[error("no class of characters has this name")]
    Class,
    /// `[.name.]` or `[=name=]` has another name.
    #[error("no character has this name")]
    Character,
    /// A range such as `z-a`, or a `-` where it is no range.
    #[error("a `-` stands in a wrong place in `[]`")]
    Range,
    /// A group is not closed, or a `*` has nothing before it.
    #[error("a group is not closed, or something stands where nothing can be repeated")]
    Group,
    /// What stands in `{}` is no count.
    #[error("what stands in `{{}}` is no count")]
    Count,
    /// It ends in a `\`.
    #[error("it ends in `\\`")]
    Escape,
    /// It has a NUL.
    #[error("it has a NUL character")]
    Nul,
    /// It would need too many states.
    #[error("it repeats too much")]
    TooLarge,
}

/// Checks a text.
///
/// # Errors
/// Says why it is no regular expression.
///
/// # Example
/// ```
/// use perch_shared::posix_regex::{RegexError, check};
/// assert_eq!(check("[^A-Za-z0-9.-]"), Ok(()));
/// assert_eq!(check("[z-a]"), Err(RegexError::Range));
/// ```
pub fn check(text: &str) -> Result<(), RegexError> {
    let bytes = byte_text::bytes(text);
    if bytes.len() > MAX_LENGTH {
        return Err(RegexError::TooLong);
    }
    let mut parser = Parser { bytes: &bytes, at: 0, states: AROUND };
    parser.alternatives(0)?;
    if parser.peek().is_some() { Err(RegexError::Group) } else { Ok(()) }
}

struct Parser<'t> {
    bytes: &'t [u8],
    at: usize,
    states: u64,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn skip(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    /// Reads alternatives; returns how many states of the library's automaton they are.
    fn alternatives(&mut self, depth: usize) -> Result<u64, RegexError> {
        if depth > MAX_DEPTH {
            return Err(RegexError::TooLarge);
        }
        let mut states = 0_u64;
        loop {
            while let Some(term) = self.term(depth)? {
                states = states.saturating_add(term);
            }
            states = states.saturating_add(self.grow(1)?);
            if !self.skip(b'|') {
                return Ok(states);
            }
            states = states.saturating_add(self.grow(2)?);
        }
    }

    /// Reads one part with its repetitions; `None`: there is none.
    fn term(&mut self, depth: usize) -> Result<Option<u64>, RegexError> {
        match self.peek() {
            None | Some(b')' | b'|' | b'*' | b'+' | b'?' | b'{') => return Ok(None),
            Some(0) => return Err(RegexError::Nul),
            _ => self.at += 1,
        }
        let mut states = match self.bytes.get(self.at - 1) {
            Some(b'^' | b'$') => return Ok(Some(self.grow(1)?)),
            Some(b'(') => {
                let ends = self.grow(2)?;
                let inner = self.alternatives(depth + 1)?;
                if !self.skip(b')') {
                    return Err(RegexError::Group);
                }
                inner.saturating_add(ends)
            }
            Some(b'[') => {
                self.bracket()?;
                self.grow(1)?
            }
            Some(b'\\') => {
                self.next().ok_or(RegexError::Escape)?;
                self.grow(1)?
            }
            _ => self.grow(1)?,
        };
        while let Some(repeated) = self.repetition(states)? {
            states = repeated;
        }
        Ok(Some(states))
    }

    fn grow(&mut self, states: u64) -> Result<u64, RegexError> {
        self.states = self.states.saturating_add(states);
        if self.states > MAX_STATES { Err(RegexError::TooLarge) } else { Ok(states) }
    }

    /// Reads a repetition of something that has so many states; returns how many the whole has. `None`: there is none.
    fn repetition(&mut self, states: u64) -> Result<Option<u64>, RegexError> {
        let Some(mark @ (b'*' | b'+' | b'?' | b'{')) = self.peek() else { return Ok(None) };
        self.at += 1;
        if mark != b'{' {
            let more = self.grow(if mark == b'?' { 2 } else { 1 })?;
            return Ok(Some(states.saturating_add(more)));
        }
        // The library copies what is repeated, and keeps the first for itself.
        let (least, most) = self.count()?;
        let optional = match most {
            None => states,
            Some(most) => (most - least).saturating_mul(states.saturating_add(1)),
        };
        let copies = least.saturating_mul(states).saturating_add(optional).saturating_add(2);
        self.grow(copies).map(Some)
    }

    /// What stands in `{}`: the least number, and the greatest one where there is one.
    fn count(&mut self) -> Result<(u64, Option<u64>), RegexError> {
        let least = self.digits().ok_or(RegexError::Count)?;
        let most = if self.skip(b',') {
            if self.peek() == Some(b'}') { None } else { Some(self.digits().ok_or(RegexError::Count)?) }
        } else {
            Some(least)
        };
        let is_ordered = most.is_none_or(|most| least <= most);
        if self.skip(b'}') && is_ordered { Ok((least, most)) } else { Err(RegexError::Count) }
    }

    fn digits(&mut self) -> Option<u64> {
        let start = self.at;
        let mut value = 0_u64;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            self.at += 1;
            value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
        }
        (self.at > start).then_some(value)
    }

    /// Reads what stands in `[]`, behind the `[`.
    fn bracket(&mut self) -> Result<(), RegexError> {
        self.skip(b'^');
        // A `]` or a `-` at the beginning means itself.
        let mut last = match self.peek() {
            Some(byte @ (b']' | b'-')) => {
                self.at += 1;
                Last::Char(byte)
            }
            _ => Last::Nothing,
        };
        loop {
            match self.bracket_token()? {
                Token::End => return Ok(()),
                Token::Char(byte) => last = Last::Char(byte),
                Token::Class => last = Last::Nothing,
                Token::Dash => match last {
                    Last::Nothing => {
                        return if self.skip(b']') { Ok(()) } else { Err(RegexError::Range) };
                    }
                    Last::Char(first) => match self.range_end()? {
                        None => last = Last::Char(b'-'),
                        Some(end) if signed(first) <= signed(end) => last = Last::Nothing,
                        Some(_) => return Err(RegexError::Range),
                    },
                },
            }
        }
    }

    /// The character behind a `-`; `None`: the bracket ends there.
    fn range_end(&mut self) -> Result<Option<u8>, RegexError> {
        let before = self.at;
        if matches!(self.bytes.get(self.at..self.at + 2), Some(b"[." | b"[=" | b"[:")) {
            return Err(RegexError::Range);
        }
        match self.bracket_token()? {
            Token::End => {
                self.at = before;
                Ok(None)
            }
            Token::Char(byte) => Ok(Some(byte)),
            Token::Dash => Ok(Some(b'-')),
            Token::Class => Err(RegexError::Range),
        }
    }

    fn bracket_token(&mut self) -> Result<Token, RegexError> {
        match self.next().ok_or(RegexError::Bracket)? {
            b']' => Ok(Token::End),
            b'-' => Ok(Token::Dash),
            b'[' => match self.peek().ok_or(RegexError::Bracket)? {
                mark @ (b'.' | b':' | b'=') => {
                    self.at += 1;
                    let name = self.name(mark)?;
                    self.named(mark, name)
                }
                _ => Ok(Token::Char(b'[')),
            },
            byte => Ok(Token::Char(byte)),
        }
    }

    /// Where the name stands in `[:name:]`, behind the first mark.
    fn name(&mut self, mark: u8) -> Result<Range<usize>, RegexError> {
        let start = self.at;
        let error = if mark == b':' { RegexError::Class } else { RegexError::Character };
        while self.peek().is_some_and(|byte| byte != mark) {
            self.at += 1;
        }
        let name = start..self.at;
        if self.skip(mark) && self.skip(b']') { Ok(name) } else { Err(error) }
    }

    fn named(&self, mark: u8, name: Range<usize>) -> Result<Token, RegexError> {
        let name = self.bytes.get(name).unwrap_or_default();
        if mark == b':' {
            let is_class = CLASSES.iter().any(|class| class.as_bytes().eq_ignore_ascii_case(name));
            return if is_class { Ok(Token::Class) } else { Err(RegexError::Class) };
        }
        let code = CHARACTERS.iter().position(|known| known.as_bytes() == name);
        let code = code.and_then(|code| u8::try_from(code).ok()).ok_or(RegexError::Character)?;
        Ok(if mark == b'.' { Token::Char(code) } else { Token::Class })
    }
}

enum Token {
    End,
    Dash,
    Char(u8),
    Class,
}

/// What a `-` would begin a range with.
enum Last {
    Nothing,
    Char(u8),
}

/// The library compares characters as signed ones.
fn signed(byte: u8) -> i8 {
    i8::from_ne_bytes([byte])
}

const CLASSES: [&str; 15] = [
    "d", "w", "s", "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "xdigit",
];

/// The names of the characters from 0 to 127 (POSIX, base definitions, 6.1).
#[rustfmt::skip]
const CHARACTERS: [&str; 128] = [
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "alert", "backspace", "tab", "newline", "vertical-tab",
    "form-feed", "carriage-return", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM",
    "SUB", "ESC", "IS4", "IS3", "IS2", "IS1", "space", "exclamation-mark", "quotation-mark", "number-sign",
    "dollar-sign", "percent-sign", "ampersand", "apostrophe", "left-parenthesis", "right-parenthesis", "asterisk",
    "plus-sign", "comma", "hyphen", "period", "slash", "zero", "one", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "colon", "semicolon", "less-than-sign", "equals-sign", "greater-than-sign", "question-mark",
    "commercial-at", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S",
    "T", "U", "V", "W", "X", "Y", "Z", "left-square-bracket", "backslash", "right-square-bracket", "circumflex",
    "underscore", "grave-accent", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q",
    "r", "s", "t", "u", "v", "w", "x", "y", "z", "left-curly-bracket", "vertical-line", "right-curly-bracket",
    "tilde", "DEL",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_library_reads() {
        for text in [
            "[^A-Za-z0-9.-]",
            "",
            "a**",
            "()",
            "(a|)",
            "|",
            "a{2}",
            "a{2,}",
            "a{2,3}",
            "[]a]",
            "[^]a]",
            "[a-]",
            "[-a]",
            "]",
            "}",
            "\\d",
            "[\\d]",
            "[[:alpha:]]",
            "[[.hyphen.]-z]",
            "[[=a=]]",
            "^a$",
            "[a-c-]",
            "a{99993}",
            "a{0,49996}",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for (text, error) in [
            ("[", RegexError::Bracket),
            ("[]", RegexError::Bracket),
            ("[z-a]", RegexError::Range),
            ("[a-c-e]", RegexError::Range),
            ("[[:alphabet:]]", RegexError::Class),
            ("[[.minus.]]", RegexError::Character),
            ("*", RegexError::Group),
            ("^*", RegexError::Group),
            ("(a", RegexError::Group),
            ("a)", RegexError::Group),
            ("a{", RegexError::Count),
            ("a{x}", RegexError::Count),
            ("a{3,2}", RegexError::Count),
            ("\\", RegexError::Escape),
            ("[a-[.c.]]", RegexError::Range),
            ("a{99999999}", RegexError::TooLarge),
            ("a{99994}", RegexError::TooLarge),
            ("(a){25000}", RegexError::TooLarge),
        ] {
            assert_eq!(check(text), Err(error), "{text}");
        }
    }
}
