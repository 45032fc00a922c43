//! Bytes written in hexadecimal: `binary` values, and `data` with `csv-format` false.

use crate::json::byte_text;

/// Two digits a byte; white space between them is skipped.
pub(super) fn digits(text: &str) -> Option<Vec<u8>> {
    let mut nibbles = Vec::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')) {
        nibbles.push(u8::try_from(c.to_digit(16)?).ok()?);
    }
    if nibbles.len() % 2 != 0 {
        return None;
    }
    Some(nibbles.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble)).collect())
}

/// `data` with `csv-format` false: text in single quotes, digits with or without `0x`, or bytes separated by colons
/// or by single spaces.
pub(super) fn formatted(data: &str) -> Option<Vec<u8>> {
    if let Some(text) = quoted(data).filter(|text| !text.is_empty()) {
        return Some(byte_text::bytes(text).into_owned());
    }
    for separator in [':', ' '] {
        if data.contains(separator) {
            return data.split(separator).map(byte).collect();
        }
    }
    let plain = if data.len() > 2 { data.strip_prefix("0x").unwrap_or(data) } else { data };
    if data.len().is_multiple_of(2) { digits(plain) } else { digits(&format!("0{plain}")) }
}

/// The text between single quotes, without the blanks around it.
pub(super) fn quoted(data: &str) -> Option<&str> {
    let inner = super::text::trim(data).strip_prefix('\'')?.strip_suffix('\'')?;
    Some(super::text::trim(inner))
}

/// One or two digits.
fn byte(text: &str) -> Option<u8> {
    let fits = matches!(text.len(), 1 | 2) && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    fits.then(|| u8::from_str_radix(text, 16).ok())?
}

/// The bytes as two digits each, in upper case as Kea prints them.
pub(super) fn print(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_spelling() {
        for (data, bytes) in [
            ("", &[][..]),
            ("0102", &[1, 2]),
            ("012", &[0, 0x12]),
            ("01:02", &[1, 2]),
            ("1:a:FF", &[1, 10, 255]),
            ("01 02", &[1, 2]),
            ("0x0102", &[1, 2]),
            ("0x1", &[1]),
            ("'text'", b"text"),
            (" ' text ' ", b"text"),
            ("01\t\t02", &[1, 2]),
        ] {
            assert_eq!(formatted(data).as_deref(), Some(bytes), "{data:?}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for data in [
            "0X01", "0x", "''", "01:", ":", "01::02", "01 :02", "0x01:02", " 01", "\"x\"", "0g", "01-02",
            "1\t02",
        ] {
            assert_eq!(formatted(data), None, "{data:?}");
        }
    }
}
