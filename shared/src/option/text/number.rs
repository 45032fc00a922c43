//! Numbers as Kea reads them: decimal, or else hexadecimal with or without `0x`.

/// A number, and how it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::option) struct Number {
    pub(in crate::option) value: i64,
    /// It is no decimal number and has no `0x`, so that Kea read it as hexadecimal.
    pub(in crate::option) bare_hex: bool,
}

/// Reads a number that fits 64 bits.
pub(in crate::option) fn parse(text: &str) -> Option<Number> {
    if let Some(value) = decimal(text) {
        return Some(Number { value, bare_hex: false });
    }
    // Kea falls back to a C++ stream, which skips every kind of leading white space.
    let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefixed = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    let hex = prefixed.unwrap_or(digits);
    if hex.is_empty() || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let magnitude = i128::from(u64::from_str_radix(hex, 16).ok()?);
    let value = i64::try_from(if negative { -magnitude } else { magnitude }).ok()?;
    Some(Number { value, bare_hex: prefixed.is_none() })
}

/// Reads a decimal number with an optional sign.
pub(in crate::option) fn decimal(text: &str) -> Option<i64> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_decimal_first_and_then_hexadecimal() {
        for (text, value, bare_hex) in [
            ("0", 0, false),
            ("+1", 1, false),
            ("-1", -1, false),
            ("007", 7, false),
            ("0x10", 16, false),
            ("-0X10", -16, false),
            ("1e3", 0x1e3, true),
            ("ff", 255, true),
            ("\r10", 16, true),
            ("-8000000000000000", -8_000_000_000_000_000, false),
        ] {
            assert_eq!(parse(text), Some(Number { value, bare_hex }), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in ["", " ", "0x", "00x1", "1.0", "--1", "1 2", "1h", "x", "99999999999999999999", "１"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
