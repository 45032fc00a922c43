//! Texts that Kea holds as bytes: an escape from `\u0080` to `\u00ff` is one byte for it, which Rust's texts cannot hold.
//! In a text whose bytes count, a character of private use stands for such a byte.

use std::borrow::Cow;

/// The character that stands for the byte 0; those for 0x80 to 0xff are used.
const FIRST: u32 = 0xf_0000;

/// The character that stands for a byte.
pub(super) fn stand_in(byte: u32) -> char {
    char::from_u32(FIRST + byte).unwrap_or('\u{fffd}')
}

/// The byte for which a character stands.
fn meant(c: char) -> Option<u8> {
    u32::from(c).checked_sub(FIRST).and_then(|byte| u8::try_from(byte).ok()).filter(|byte| *byte >= 0x80)
}

/// The bytes that Kea holds of a text.
pub(crate) fn bytes(text: &str) -> Cow<'_, [u8]> {
    if !text.contains(|c| meant(c).is_some()) {
        return Cow::Borrowed(text.as_bytes());
    }
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        match meant(c) {
            Some(byte) => out.push(byte),
            None => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    Cow::Owned(out)
}

/// The text as it is shown: every byte that stands alone as the character of its number.
pub(crate) fn shown(text: &str) -> String {
    text.chars().map(|c| meant(c).map_or(c, char::from)).collect()
}

/// The text as it stands in a document: every byte that stands alone as an escape.
pub(crate) fn written(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match meant(c) {
            Some(byte) => out.push_str(&format!("\\u00{byte:02x}")),
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn an_escape_beyond_ascii_is_one_byte() {
        for (source, expected, as_shown) in [
            (r#"["zo\u00eb"]"#, &b"zo\xeb"[..], "zoë"),
            (r#"["zoë"]"#, "zoë".as_bytes(), "zoë"),
            (r#"["\u0041\u007f\n"]"#, b"A\x7f\n", "A\x7f\n"),
            (r#"["中\u00ff"]"#, b"\xe4\xb8\xad\xff", "中ÿ"),
        ] {
            let document = parse(source);
            let text = document.root().unwrap().children().next().unwrap().as_byte_text().unwrap();
            assert_eq!(bytes(&text).as_ref(), expected, "{source}");
            assert_eq!(shown(&text), as_shown, "{source}");
            assert_eq!(
                written(&text).contains("\\u00"),
                text.chars().any(|c| meant(c).is_some()),
                "{source}"
            );
        }
    }
}
