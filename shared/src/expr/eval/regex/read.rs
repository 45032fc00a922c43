//! A pattern's text as a tree.

use super::{
    Step,
    set::{Set, class_of, posix_class},
};

/// How deep groups may be nested.
const MAX_DEPTH: usize = 200;

/// A pattern as a tree.
#[derive(Debug, Clone)]
pub(super) enum Tree {
    Empty,
    Step(Step),
    Sequence(Vec<Tree>),
    Either(Vec<Tree>),
    Group(usize, Box<Tree>),
    Look(bool, Box<Tree>),
    Repeat(Box<Tree>, u32, Option<u32>, bool),
}

/// Reads a pattern: its tree and the sets that the tree's steps name.
pub(super) fn read(pattern: &str) -> Result<(Tree, Vec<Set>), &'static str> {
    let mut reader = Reader { text: pattern.as_bytes(), at: 0, groups: 0, sets: Vec::new() };
    let tree = reader.alternatives(0)?;
    if reader.at < reader.text.len() {
        return Err("`)` closes nothing");
    }
    Ok((tree, reader.sets))
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    groups: usize,
    sets: Vec<Set>,
}

const CUT: &str = "the regular expression breaks off";

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn accept(&mut self, bytes: &[u8]) -> bool {
        let found = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(bytes));
        self.at += if found { bytes.len() } else { 0 };
        found
    }

    fn alternatives(&mut self, depth: usize) -> Result<Tree, &'static str> {
        if depth > MAX_DEPTH {
            return Err("the regular expression's groups are nested too deep");
        }
        let mut parts = vec![self.sequence(depth)?];
        while self.accept(b"|") {
            parts.push(self.sequence(depth)?);
        }
        Ok(match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => Tree::Either(parts.into_iter().chain(last).collect()),
        })
    }

    fn sequence(&mut self, depth: usize) -> Result<Tree, &'static str> {
        let mut parts = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !matches!(byte, b'|' | b')')) {
            self.at += 1;
            let mut part = self.atom(byte, depth)?;
            while let Some((least, most)) = self.quantifier()? {
                let lazy = self.accept(b"?");
                part = Tree::Repeat(Box::new(part), least, most, lazy);
            }
            parts.push(part);
        }
        Ok(Tree::Sequence(parts))
    }

    fn quantifier(&mut self) -> Result<Option<(u32, Option<u32>)>, &'static str> {
        let bounds = match self.peek() {
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'?') => (0, Some(1)),
            Some(b'{') => {
                self.at += 1;
                return self.bounds().map(Some);
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(bounds))
    }

    fn bounds(&mut self) -> Result<(u32, Option<u32>), &'static str> {
        let least = self.number().ok_or(CUT)?;
        let most = if self.accept(b",") { self.number() } else { Some(least) };
        if self.accept(b"}") { Ok((least, most)) } else { Err(CUT) }
    }

    fn number(&mut self) -> Option<u32> {
        let mut value: Option<u32> = None;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            self.at += 1;
            value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(u32::from(digit - b'0')));
        }
        value
    }

    fn atom(&mut self, byte: u8, depth: usize) -> Result<Tree, &'static str> {
        Ok(match byte {
            b'^' => Tree::Step(Step::Begin),
            b'$' => Tree::Step(Step::End),
            b'.' => self.of(Set::of(|byte| !matches!(byte, b'\n' | b'\r'))),
            b'[' => self.bracket()?,
            b'\\' => self.escape()?,
            b'(' => self.group(depth)?,
            b'*' | b'+' | b'?' | b'{' => return Err("there is nothing in front that could be repeated"),
            byte => self.of(Set::of(|other| other == byte)),
        })
    }

    fn of(&mut self, set: Set) -> Tree {
        let index = self.sets.iter().position(|other| *other == set).unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        Tree::Step(Step::Set(index))
    }

    fn group(&mut self, depth: usize) -> Result<Tree, &'static str> {
        let look = if self.accept(b"?=") {
            Some(false)
        } else if self.accept(b"?!") {
            Some(true)
        } else {
            None
        };
        let index = (look.is_none() && !self.accept(b"?:")).then(|| {
            self.groups += 1;
            self.groups
        });
        let inner = Box::new(self.alternatives(depth + 1)?);
        if !self.accept(b")") {
            return Err("`(` is never closed");
        }
        Ok(match (look, index) {
            (Some(negative), _) => Tree::Look(negative, inner),
            (None, Some(index)) => Tree::Group(index, inner),
            (None, None) => Tree::Sequence(vec![*inner, Tree::Empty]),
        })
    }

    fn escape(&mut self) -> Result<Tree, &'static str> {
        Ok(match self.next().ok_or(CUT)? {
            b'b' => Tree::Step(Step::Word(true)),
            b'B' => Tree::Step(Step::Word(false)),
            digit @ b'1'..=b'9' => {
                let more =
                    if self.peek().is_some_and(|byte| byte.is_ascii_digit()) { self.number() } else { None };
                let text =
                    format!("{}{}", char::from(digit), more.map_or(String::new(), |more| more.to_string()));
                Tree::Step(Step::Back(text.parse().map_err(|_| CUT)?))
            }
            byte => match class_of(byte) {
                Some(set) => self.of(set),
                None => {
                    let byte = self.character(byte)?;
                    self.of(Set::of(|other| other == byte))
                }
            },
        })
    }

    /// The character that a backslash and `byte` mean.
    fn character(&mut self, byte: u8) -> Result<u8, &'static str> {
        Ok(match byte {
            b'0' => 0,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'c' => self.next().ok_or(CUT)? & 31,
            b'x' => self.hex(2)?,
            b'u' => self.hex(4)?,
            byte => byte,
        })
    }

    /// The low byte of a number in hex digits.
    fn hex(&mut self, digits: usize) -> Result<u8, &'static str> {
        let text = self.text.get(self.at..self.at + digits).and_then(|text| std::str::from_utf8(text).ok());
        self.at += digits;
        let value = text.and_then(|text| u16::from_str_radix(text, 16).ok()).ok_or(CUT)?;
        Ok(value.to_be_bytes()[1])
    }

    fn bracket(&mut self) -> Result<Tree, &'static str> {
        let inverted = self.accept(b"^");
        let mut set = Set::default();
        while !self.accept(b"]") {
            let from = match self.item()? {
                Item::Class(class) => {
                    set.join(class);
                    continue;
                }
                Item::Byte(byte) => byte,
            };
            let range =
                self.peek() == Some(b'-') && self.text.get(self.at + 1).is_some_and(|byte| *byte != b']');
            if !range {
                set.add(from);
                continue;
            }
            self.at += 1;
            match self.item()? {
                Item::Byte(to) => set.join(Set::of(|byte| (from..=to).contains(&byte))),
                Item::Class(class) => set.join(class),
            }
        }
        if inverted {
            set.invert();
        }
        Ok(self.of(set))
    }

    fn item(&mut self) -> Result<Item, &'static str> {
        Ok(match self.next().ok_or("`[` is never closed")? {
            b'\\' => match self.next().ok_or(CUT)? {
                b'b' => Item::Byte(8),
                byte => match class_of(byte) {
                    Some(class) => Item::Class(class),
                    None => Item::Byte(self.character(byte)?),
                },
            },
            b'[' if matches!(self.peek(), Some(b':' | b'.' | b'=')) => self.named()?,
            byte => Item::Byte(byte),
        })
    }

    /// `[:class:]`, `[.character.]` and `[=character=]`, behind the first bracket.
    fn named(&mut self) -> Result<Item, &'static str> {
        let kind = self.next().ok_or(CUT)?;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.windows(2).position(|pair| pair == [kind, b']']).ok_or(CUT)?;
        let name = rest.get(..end).unwrap_or_default();
        self.at += end + 2;
        match (kind, name) {
            (b':', name) => posix_class(name).map(Item::Class).ok_or("no such character class"),
            (_, [byte]) => Ok(Item::Byte(*byte)),
            _ => Err("names of characters in `[. .]` are not known here"),
        }
    }
}

enum Item {
    Byte(u8),
    Class(Set),
}
