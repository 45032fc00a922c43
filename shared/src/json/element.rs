//! A value of a document: what it is, what it holds, and where it stands.

use super::{
    Document, NodeId, byte_text,
    document::{NO_KEY, Node},
    index::FEW,
    trivia::{skip, special},
};
use serde_json::Value;
use std::{borrow::Cow, ops::Range};

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `{…}`.
    Map,
    /// `[…]`.
    List,
    /// `"…"`.
    String,
    /// A number without fraction and exponent.
    Integer,
    /// An integer beyond 64 bits.
    BigInteger,
    /// A number with one of them, or with a plus sign.
    Real,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
    /// Something that could not be read.
    Unknown,
}

/// A value in a document. It is small and copied freely.
#[derive(Debug, Clone, Copy)]
pub struct Element<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) id: NodeId,
}

impl<'d> Element<'d> {
    /// Its number.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The document it is in.
    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    /// What it is.
    pub fn kind(self) -> Kind {
        match self.first_byte() {
            Some(b'{') => Kind::Map,
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::String,
            Some(b't' | b'f') => Kind::Boolean,
            Some(b'n') => Kind::Null,
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => self.number_kind(),
            _ => Kind::Unknown,
        }
    }

    fn number_kind(self) -> Kind {
        let source = self.source();
        let digits = source.strip_prefix('-').unwrap_or(source);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Kind::Real
        } else if source.len() > 18 && source.parse::<i64>().is_err() {
            Kind::BigInteger
        } else {
            Kind::Integer
        }
    }

    fn first_byte(self) -> Option<u8> {
        let start = usize::try_from(self.node()?.start).ok()?;
        self.document.text.as_bytes().get(start).copied()
    }

    /// Its bytes in the text, without its key.
    pub fn span(self) -> Range<usize> {
        self.node().map_or(0..0, |node| range(node.start, node.end))
    }

    /// Its text as it stands there.
    pub fn source(self) -> &'d str {
        self.document.text.get(self.span()).unwrap_or_default()
    }

    /// The first byte of its key, as it is written.
    pub(crate) fn key_initial(self) -> Option<u8> {
        let start = usize::try_from(self.key_start()?).ok()?;
        self.document.text.as_bytes().get(start + 1).copied()
    }

    /// Where its key begins; `None`: it is no member of a map.
    pub(crate) fn key_start(self) -> Option<u32> {
        self.node().map(|node| node.key).filter(|key| *key != NO_KEY)
    }

    /// The bytes of its key, with the quotes; `None`: it is no member of a map.
    pub fn key_span(self) -> Option<Range<usize>> {
        let start = usize::try_from(self.key_start()?).ok()?;
        let length = quoted_length(self.document.text.get(start..)?);
        Some(start..start + length)
    }

    /// Its key; `None`: it is no member of a map.
    pub fn key(self) -> Option<Cow<'d, str>> {
        let start = usize::try_from(self.key_start()?).ok()? + 1;
        let bytes = self.document.text.as_bytes();
        let end = special(bytes, start);
        if bytes.get(end) == Some(&b'"') {
            return self.document.text.get(start..end).map(Cow::Borrowed);
        }
        Some(unquote(self.document.text.get(self.key_span()?)?))
    }

    /// Whether its key is `name`. Quicker than asking for the key.
    pub fn has_key(self, name: &str) -> bool {
        let Some(start) = self.key_start() else { return false };
        let start = usize::try_from(start).unwrap_or(usize::MAX - 1) + 1;
        let bytes = self.document.text.as_bytes();
        let end = start.saturating_add(name.len());
        // Nearly every other key is told apart by its length or its first letter.
        (bytes.get(end) == Some(&b'"')
            && (name.is_empty() || bytes.get(start) == name.as_bytes().first())
            && bytes.get(start..end) == Some(name.as_bytes()))
            || (!self.document.escaped.is_empty() && self.key().is_some_and(|key| key == name))
    }

    /// What it holds, in the order of the text: the members of a map, the items of a list; nothing otherwise.
    pub fn children(self) -> impl Iterator<Item = Element<'d>> + Clone {
        let (first, end) = self.node().map_or((0, 0), |node| (self.id.0 + 1, node.after));
        let document = self.document;
        let next = move |id: u32| (id < end).then_some(id);
        std::iter::successors(next(first), move |id| next(document.node(*id)?.after))
            .map(move |id| Element { document, id: NodeId(id) })
    }

    /// The member of a map; of several with one key, the last.
    pub fn get(self, key: &str) -> Option<Element<'d>> {
        let mut found = None;
        for (child, number) in self.children().zip(0..) {
            if number == FEW {
                return self.document.member(self.id, key);
            }
            if child.has_key(key) {
                found = Some(child);
            }
        }
        found
    }

    /// The items of a list; nothing for anything else.
    pub fn items(self) -> impl Iterator<Item = Element<'d>> + Clone {
        let is_list = self.kind() == Kind::List;
        self.children().filter(move |_| is_list)
    }

    /// The items of the list below `key`.
    pub fn list(self, key: &str) -> impl Iterator<Item = Element<'d>> + Clone {
        self.get(key).into_iter().flat_map(Element::items)
    }

    /// The maps in the list below `key`.
    pub fn maps(self, key: &str) -> impl Iterator<Item = Element<'d>> + Clone {
        self.list(key).filter(|item| item.kind() == Kind::Map)
    }

    /// A string's text, escapes resolved; `None` for anything else.
    pub fn as_str(self) -> Option<Cow<'d, str>> {
        let source = self.source();
        source.starts_with('"').then(|| unquote(source))
    }

    /// A string's text as [`byte_text`] has it; `None` for anything else.
    pub(crate) fn as_byte_text(self) -> Option<Cow<'d, str>> {
        let source = self.source();
        source.starts_with('"').then(|| unquote_with(source, byte_text::stand_in))
    }

    /// The text of the string below `key`.
    pub fn text(self, key: &str) -> Option<Cow<'d, str>> {
        self.get(key)?.as_str()
    }

    /// An integer's value; `None` for anything else, and beyond 64 bits.
    pub fn as_int(self) -> Option<i64> {
        (self.kind() == Kind::Integer).then(|| self.source().parse().ok())?
    }

    /// The value of the integer below `key`.
    pub fn int(self, key: &str) -> Option<i64> {
        self.get(key)?.as_int()
    }

    /// A number's value; `None` for anything else.
    pub fn as_real(self) -> Option<f64> {
        matches!(self.kind(), Kind::Integer | Kind::BigInteger | Kind::Real)
            .then(|| self.source().parse().ok())?
    }

    /// A boolean's value; `None` for anything else.
    pub fn as_bool(self) -> Option<bool> {
        match self.source() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        }
    }

    /// The value of the boolean below `key`.
    pub fn bool(self, key: &str) -> Option<bool> {
        self.get(key)?.as_bool()
    }

    /// The same value without its places. Children deeper than 128 levels become `null`.
    pub fn to_value(self) -> Value {
        self.value_within(128)
    }

    fn value_within(self, depth: u8) -> Value {
        let Some(depth) = depth.checked_sub(1) else { return Value::Null };
        match self.kind() {
            Kind::Map => Value::Object(
                self.children()
                    .filter_map(|child| Some((child.key()?.into_owned(), child.value_within(depth))))
                    .collect(),
            ),
            Kind::List => self.children().map(|child| child.value_within(depth)).collect(),
            Kind::String => Value::String(self.as_str().unwrap_or_default().into_owned()),
            Kind::Boolean => Value::Bool(self.as_bool().unwrap_or_default()),
            Kind::Integer => self.as_int().into(),
            Kind::BigInteger | Kind::Real => self.as_real().into(),
            Kind::Null | Kind::Unknown => Value::Null,
        }
    }

    /// The value that holds it, and the one before it in there; `None` for the whole document.
    pub(super) fn around(self) -> Option<(Element<'d>, Option<Element<'d>>)> {
        self.document.around(self.id)
    }

    /// The value that holds it; `None` for the whole document.
    pub fn parent(self) -> Option<Element<'d>> {
        self.around().map(|(parent, _)| parent)
    }

    /// Where a comma stands behind the last child of a map or list.
    pub fn trailing_comma(self) -> Option<usize> {
        let bytes = self.document.text.as_bytes();
        let behind = skip(bytes, self.children().last()?.span().end);
        (bytes.get(behind) == Some(&b',') && behind < self.span().end).then_some(behind)
    }

    fn node(self) -> Option<&'d Node> {
        self.document.node(self.id.0)
    }
}

fn range(start: u32, end: u32) -> Range<usize> {
    usize::try_from(start).unwrap_or_default()..usize::try_from(end).unwrap_or_default()
}

/// How long the quoted text is that begins `text`, with both quotes.
pub(super) fn quoted_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = special(bytes, 1);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at = special(bytes, at + 2),
            _ => at = special(bytes, at + 1),
        }
    }
    text.len()
}

/// The text between quotes, escapes resolved.
pub(super) fn unquote(source: &str) -> Cow<'_, str> {
    unquote_with(source, |unit| char::from_u32(unit).unwrap_or('\u{fffd}'))
}

/// The same, with `latin` for the escapes from `\u0080` to `\u00ff`.
fn unquote_with(source: &str, latin: fn(u32) -> char) -> Cow<'_, str> {
    let inner = source.strip_prefix('"').unwrap_or(source);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if inner.contains('\\') { Cow::Owned(unescape(inner, latin)) } else { Cow::Borrowed(inner) }
}

fn unescape(text: &str, latin: fn(u32) -> char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('u') => out.push(unit(&mut chars, latin)),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// The character of `\uXXXX`, or of a pair of them.
fn unit(chars: &mut std::str::Chars<'_>, latin: fn(u32) -> char) -> char {
    let first = four(chars).unwrap_or(0xfffd);
    if (0x80..=0xff).contains(&first) {
        return latin(first);
    }
    if (0xd800..0xdc00).contains(&first) {
        let mut ahead = chars.clone();
        if ahead.next() == Some('\\')
            && ahead.next() == Some('u')
            && let Some(second) = four(&mut ahead).filter(|second| (0xdc00..0xe000).contains(second))
        {
            *chars = ahead;
            return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
                .unwrap_or('\u{fffd}');
        }
    }
    char::from_u32(first).unwrap_or('\u{fffd}')
}

fn four(chars: &mut std::str::Chars<'_>) -> Option<u32> {
    let mut ahead = chars.clone();
    let mut value = 0;
    for _ in 0..4 {
        value = value * 16 + ahead.next()?.to_digit(16)?;
    }
    *chars = ahead;
    Some(value)
}
