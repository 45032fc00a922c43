//! Domain names: the text that Kea reads and the wire form (RFC 1035, sections 3.1 and 5.1).

use crate::json::byte_text;

/// The longest name on the wire, its lengths and the root included (RFC 1035, section 2.3.4).
const MAX_WIRE: usize = 255;
/// The longest label (RFC 1035, section 2.3.4).
const MAX_LABEL: usize = 63;

/// Why a text is not a domain name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NameError {
    #[error("is empty")]
    Empty,
    #[error("has an empty label: two dots in a row, or a dot at the start")]
    EmptyLabel,
    #[error("has a label of more than 63 bytes")]
    LongLabel,
    #[error("is longer than 255 bytes")]
    Long,
    #[error("has a backslash that begins no escape: `\\DDD` takes three digits up to 255")]
    Escape,
}

/// A name as Kea's parser reads it. It is absolute whether it ends with a dot or not; `@` is the root.
pub(super) fn encode(text: &str) -> Result<Vec<u8>, NameError> {
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if text == "." || text == "@" {
        return Ok(vec![0]);
    }
    let mut wire = Vec::new();
    let mut rest = byte_text::bytes(text).into_owned().into_iter().peekable();
    loop {
        let label = label(&mut rest)?;
        let length = u8::try_from(label.len()).map_err(|_| NameError::LongLabel)?;
        wire.push(length);
        wire.extend(label);
        if wire.len() >= MAX_WIRE {
            return Err(NameError::Long);
        }
        if rest.peek().is_none() {
            wire.push(0);
            return Ok(wire);
        }
    }
}

/// One label, and the dot behind it.
fn label(rest: &mut impl Iterator<Item = u8>) -> Result<Vec<u8>, NameError> {
    let mut label = Vec::new();
    while let Some(byte) = rest.next() {
        match byte {
            b'.' => break,
            b'\\' => label.push(escape(rest, label.is_empty())?),
            byte => label.push(byte),
        }
        if label.len() > MAX_LABEL {
            return Err(NameError::LongLabel);
        }
    }
    if label.is_empty() { Err(NameError::EmptyLabel) } else { Ok(label) }
}

/// What a backslash stands for: three digits are a byte, anything else is itself. `\[` began a kind of label that no
/// longer exists.
fn escape(rest: &mut impl Iterator<Item = u8>, first: bool) -> Result<u8, NameError> {
    let digit = |byte: Option<u8>| {
        byte.filter(u8::is_ascii_digit).map(|digit| u16::from(digit - b'0')).ok_or(NameError::Escape)
    };
    match rest.next() {
        Some(b'[') if first => Err(NameError::Escape),
        Some(byte) if byte.is_ascii_digit() => {
            let value = 100 * digit(Some(byte))? + 10 * digit(rest.next())? + digit(rest.next())?;
            u8::try_from(value).map_err(|_| NameError::Escape)
        }
        Some(byte) => Ok(byte),
        None => Err(NameError::Escape),
    }
}

/// A name read from the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WireName {
    /// The name without compression.
    pub(super) wire: Vec<u8>,
    /// How many bytes it took.
    pub(super) used: usize,
}

/// Reads the name that begins at `start`. A pointer may lead to an earlier place of `bytes` (RFC 1035, section
/// 4.1.4).
pub(super) fn read(bytes: &[u8], start: usize) -> Option<WireName> {
    let mut wire = Vec::new();
    let mut at = start;
    let mut used = None;
    let mut limit = start;
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1;
        match length {
            0 => {
                wire.push(0);
                return Some(WireName { wire, used: used.unwrap_or(at - start) });
            }
            1..=MAX_LABEL => {
                let label = bytes.get(at..at + length)?;
                wire.extend(u8::try_from(length));
                wire.extend_from_slice(label);
                at += length;
                if wire.len() >= MAX_WIRE {
                    return None;
                }
            }
            0xc0.. => {
                let target = (length & 0x3f) << 8 | usize::from(*bytes.get(at)?);
                used.get_or_insert(at + 1 - start);
                if target >= limit {
                    return None;
                }
                limit = target;
                at = target;
            }
            _ => return None,
        }
    }
}

/// The text of a name in wire form, with the final dot, escaped as Kea does it.
pub(super) fn decode(wire: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = wire;
    while let Some((&length, tail)) = rest.split_first() {
        let Some((label, tail)) = tail.split_at_checked(usize::from(length)) else { break };
        if length == 0 {
            break;
        }
        for &byte in label {
            match byte {
                b'"' | b'(' | b')' | b'.' | b';' | b'\\' | b'@' | b'$' => {
                    text.extend(['\\', char::from(byte)])
                }
                0x21..=0x7e => text.push(char::from(byte)),
                _ => text.push_str(&format!("\\{byte:03}")),
            }
        }
        text.push('.');
        rest = tail;
    }
    if text.is_empty() {
        text.push('.');
    }
    text
}

/// How long Kea takes a name to be on the wire: one byte more than its text. That is wrong for the root and for names
/// whose text has escapes.
pub(super) fn believed_length(wire: &[u8]) -> usize {
    let mut length = 0;
    let mut rest = wire;
    while let Some((&size, tail)) = rest.split_first().filter(|(size, _)| **size > 0) {
        let Some((label, tail)) = tail.split_at_checked(usize::from(size)) else { break };
        length += label.iter().copied().map(text_length).sum::<usize>() + 1;
        rest = tail;
    }
    length.max(1) + 1
}

/// How many characters stand for a byte of a label, see [`decode`].
fn text_length(byte: u8) -> usize {
    match byte {
        b'"' | b'(' | b')' | b'.' | b';' | b'\\' | b'@' | b'$' => 2,
        0x21..=0x7e => 1,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_kea_reads() {
        for (text, wire) in [
            (".", &b"\0"[..]),
            ("@", b"\0"),
            ("a", b"\x01a\0"),
            ("a.", b"\x01a\0"),
            ("Ab.c", b"\x02Ab\x01c\0"),
            ("a\\.b", b"\x03a.b\0"),
            ("a\\255b", b"\x03a\xffb\0"),
            ("a\\xb", b"\x03axb\0"),
            ("a b", b"\x03a b\0"),
        ] {
            assert_eq!(encode(text).as_deref(), Ok(wire), "{text}");
        }
    }

    #[test]
    fn refuses_what_kea_refuses() {
        let long = format!("{}.", "a".repeat(63)).repeat(4);
        for (text, error) in [
            ("", NameError::Empty),
            ("..", NameError::EmptyLabel),
            (".a", NameError::EmptyLabel),
            ("a..b", NameError::EmptyLabel),
            ("a\\", NameError::Escape),
            ("a\\12", NameError::Escape),
            ("a\\256", NameError::Escape),
            ("\\[x", NameError::Escape),
            (&"a".repeat(64), NameError::LongLabel),
            (&long, NameError::Long),
        ] {
            assert_eq!(encode(text), Err(error), "{text}");
        }
    }

    #[test]
    fn wire_names_may_point_back_only() {
        let bytes = b"\x01a\0\x01b\xc0\0";
        assert_eq!(read(bytes, 3), Some(WireName { wire: b"\x01b\x01a\0".to_vec(), used: 4 }));
        for bad in [&b""[..], b"\x01", b"\x01a", b"\xc0\0", b"\x40a\0", b"\x01a\xc0\x05"] {
            assert_eq!(read(bad, 0), None, "{bad:?}");
        }
    }

    #[test]
    fn the_length_of_a_text_is_known_without_it() {
        for text in ["a.example.", ".", "a\\.b.", "\\000\\032\\200.", "a-b.c"] {
            let wire = encode(text).unwrap();
            assert_eq!(believed_length(&wire), decode(&wire).len() + 1, "{text}");
        }
    }

    #[test]
    fn text_and_wire_are_each_other() {
        for text in ["a.example.", ".", "a\\.b.", "\\000\\032\\200."] {
            assert_eq!(decode(&encode(text).unwrap()), text);
        }
    }
}
