//! The functions on strings, edge cases included.

use super::machine::MAX_VALUE;
use crate::{expr::Function, packet::print_address};

/// An argument that is not a string expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    /// An integer; `None` does not fit 32 bits.
    Integer(Option<i32>),
    /// `all`.
    All,
}

const NO_INTEGER: &str = "the integer does not fit 32 bits, and Kea notices only here";

impl Number {
    fn get(self, all: usize) -> Result<i64, String> {
        match self {
            Self::Integer(value) => value.map(i64::from).ok_or_else(|| NO_INTEGER.to_owned()),
            Self::All => Ok(i64::try_from(all).unwrap_or(i64::MAX)),
        }
    }
}

/// `length` bytes from `start` on; counted backwards where they are negative. What is outside is not there.
pub(super) fn substring(text: &[u8], start: Number, length: Number) -> Result<&[u8], String> {
    if text.is_empty() {
        return Ok(text);
    }
    let size = i64::try_from(text.len()).unwrap_or(i64::MAX);
    let (start, length) = (start.get(0)?, length.get(text.len())?);
    if start < -size || start >= size {
        return Ok(&[]);
    }
    let start = if start < 0 { size + start } else { start };
    let (first, end) =
        if length < 0 { ((start + length).max(0), start) } else { (start, (start + length).min(size)) };
    if length == i64::from(i32::MIN) {
        return Err("Kea cannot negate the length".to_owned());
    }
    let place = |at: i64| usize::try_from(at).unwrap_or(0);
    Ok(text.get(place(first)..place(end)).unwrap_or_default())
}

/// The field with the number, from 1 on. Every byte of `delimiters` separates.
pub(super) fn split<'a>(text: &'a [u8], delimiters: &[u8], field: Number) -> Result<&'a [u8], String> {
    if text.is_empty() {
        return Ok(text);
    }
    let field = field.get(0)?;
    if delimiters.is_empty() {
        return Ok(text);
    }
    let index = usize::try_from(field - 1).ok();
    let mut fields = text.split(|byte| delimiters.contains(byte));
    Ok(index.and_then(|index| fields.nth(index)).unwrap_or_default())
}

/// Two digits a byte in lower case, with the separator between.
pub(super) fn hexstring(bytes: &[u8], separator: &[u8]) -> Result<Vec<u8>, String> {
    if bytes.len().saturating_mul(2 + separator.len()) > MAX_VALUE {
        return Err(too_long());
    }
    let mut text = Vec::with_capacity(bytes.len() * (2 + separator.len()));
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 {
            text.extend(separator);
        }
        text.extend(
            [byte >> 4, byte & 15]
                .iter()
                .filter_map(|digit| char::from_digit((*digit).into(), 16))
                .map(|c| c as u8),
        );
    }
    Ok(text)
}

pub(super) fn too_long() -> String {
    format!("a value grows beyond {MAX_VALUE} bytes, and Perch stops here")
}

/// The conversions to text. What is empty stays empty; a wrong length is an error.
pub(super) fn to_text(function: Function, bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if bytes.is_empty() {
        return Ok(bytes);
    }
    let wrong = |what: &str| format!("{} bytes are not {what}", bytes.len());
    macro_rules! number {
        ($kind:ty, $what:literal) => {{
            let bytes = bytes.as_slice().try_into().map_err(|_| wrong($what))?;
            <$kind>::from_be_bytes(bytes).to_string()
        }};
    }
    let text = match function {
        Function::AddrToText => print_address(&bytes).ok_or_else(|| wrong("an address (4 or 16)"))?,
        Function::Int8ToText => number!(i8, "an int8 (1)"),
        Function::Int16ToText => number!(i16, "an int16 (2)"),
        Function::Int32ToText => number!(i32, "an int32 (4)"),
        Function::Uint8ToText => number!(u8, "a uint8 (1)"),
        Function::Uint16ToText => number!(u16, "a uint16 (2)"),
        Function::Uint32ToText => number!(u32, "a uint32 (4)"),
        _ => return Ok(bytes),
    };
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substring_at_every_edge() {
        let number = |value| Number::Integer(Some(value));
        for (start, length, expected) in [
            (0, 3, "foo"),
            (3, 9, "bar"),
            (-3, 2, "ba"),
            (6, 1, ""),
            (-7, 2, ""),
            (-6, 1, "f"),
            (4, -2, "ob"),
            (1, -4, "f"),
            (-1, -2, "ba"),
            (0, 0, ""),
            (2, i32::MAX, "obar"),
        ] {
            let found = substring(b"foobar", number(start), number(length)).unwrap();
            assert_eq!(found, expected.as_bytes(), "{start} {length}");
        }
        assert_eq!(substring(b"foobar", number(2), Number::All), Ok(&b"obar"[..]));
        assert!(substring(b"x", Number::Integer(None), Number::All).is_err());
        assert!(substring(b"", Number::Integer(None), Number::All).is_ok());
    }

    #[test]
    fn split_counts_from_one() {
        for (text, delimiters, field, expected) in [
            ("a.b.c", ".", 2, "b"),
            ("a.b:c", ".:", 3, "c"),
            ("a..c", ".", 2, ""),
            ("a.b", ".", 0, ""),
            ("a.b", ".", 3, ""),
            ("a.b", ".", -1, ""),
            ("a.b", "", 7, "a.b"),
        ] {
            let found = split(text.as_bytes(), delimiters.as_bytes(), Number::Integer(Some(field))).unwrap();
            assert_eq!(found, expected.as_bytes(), "{text} {delimiters} {field}");
        }
    }
}
