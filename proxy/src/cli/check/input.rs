//! Bytes as text: Kea reads bytes, whatever their encoding.

use std::borrow::Cow;

/// What stands for a byte that is not UTF-8: one byte too, which Kea treats like it. In a text it is fine, and
/// elsewhere it is not.
const STAND_IN: char = '\u{7f}';

/// A file's bytes as text of the same length.
#[derive(Debug)]
pub(super) struct Text<'b> {
    pub(super) text: Cow<'b, str>,
    /// Where the first byte is that is not UTF-8.
    pub(super) foreign: Option<usize>,
}

/// Reads bytes as text; `None`: they are none.
pub(super) fn text(bytes: &[u8]) -> Option<Text<'_>> {
    // Programs and UTF-16 are full of zeros. A single one that got into a text is Kea's to refuse.
    let start = bytes.get(..1024).unwrap_or(bytes);
    let zeros = start.iter().filter(|byte| **byte == 0).count();
    if zeros * 8 > start.len() {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Text { text: Cow::Borrowed(text), foreign: None });
    }
    let (mut text, mut foreign) = (String::with_capacity(bytes.len()), None);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            foreign.get_or_insert(text.len());
        }
        chunk.invalid().iter().for_each(|_| text.push(STAND_IN));
    }
    Some(Text { text: Cow::Owned(text), foreign })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_keeps_its_place() {
        let read = text(b"a\xe9\"\xf0\x9f\x98\x80\xff\xfe").unwrap();
        assert_eq!((read.text.as_ref(), read.foreign), ("a\u{7f}\"\u{1f600}\u{7f}\u{7f}", Some(1)));
        assert!(matches!(text(b"{}").unwrap().text, Cow::Borrowed("{}")));
        assert!(text(b"\x7fELF\0").is_none());
        assert!(text(b"{\"Dhcp4\": \0{}}").is_some());
    }
}
