//! A host identifier: hardware address, DUID, client identifier, circuit identifier or flexible identifier.

use crate::json::byte_text;

/// The bytes of a host identifier. Up to 22 of them need no allocation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier(Bytes);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Bytes {
    Few { length: u8, bytes: [u8; FEW] },
    Many(Vec<u8>),
}

const FEW: usize = 22;

/// Why a text is no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// There is no text.
    #[error("it is empty")]
    Empty,
    /// Something is no hexadecimal digit.
    #[error("it has something that is no hexadecimal digit")]
    NotHexadecimal,
    /// Between two separators stand more than two digits, or none.
    #[error("between its separators stand not one or two digits")]
    Group,
    /// Without separators, the number of digits is odd where blanks are among them.
    #[error("its number of digits is odd")]
    Odd,
}

impl Identifier {
    /// Reads an identifier: text in single quotes, or hexadecimal digits, plain (with or without `0x`) or one or two
    /// between colons or blanks.
    ///
    /// # Errors
    /// Says what is wrong with the text.
    ///
    /// # Example
    /// ```
    /// use perch_shared::net::Identifier;
    /// let identifier = Identifier::parse("1a:2b:C:d")?;
    /// assert_eq!(identifier.bytes(), [0x1a, 0x2b, 0x0c, 0x0d]);
    /// assert_eq!(Identifier::parse("0x1a2b0c0d")?, identifier);
    /// assert_eq!(Identifier::parse("'abc'")?.bytes(), b"abc");
    /// assert!(Identifier::parse("1a-2b").is_err());
    /// # Ok::<(), perch_shared::net::IdentifierError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        if text.is_empty() {
            return Err(IdentifierError::Empty);
        }
        let mut out = Self(Bytes::Few { length: 0, bytes: [0; FEW] });
        if let Some(quoted) = quoted(text).filter(|quoted| !quoted.is_empty()) {
            byte_text::bytes(quoted).iter().for_each(|byte| out.push(*byte));
        } else if let Some(separator) =
            [b':', b' '].into_iter().find(|separator| text.as_bytes().contains(separator))
        {
            for group in text.as_bytes().split(|byte| *byte == separator) {
                out.push(group_value(group)?);
            }
        } else {
            out.plain(text)?;
        }
        Ok(out)
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Few { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Bytes::Many(bytes) => bytes,
        }
    }

    /// Digits without separators. Kea puts a zero before an odd text and skips white space afterwards.
    fn plain(&mut self, text: &str) -> Result<(), IdentifierError> {
        let digits = text.strip_prefix("0x").filter(|digits| !digits.is_empty()).unwrap_or(text);
        let mut high = (!text.len().is_multiple_of(2)).then_some(0);
        for byte in digits.bytes() {
            if matches!(byte, b'\t'..=b'\r') {
                continue;
            }
            let digit = hex(byte).ok_or(IdentifierError::NotHexadecimal)?;
            match high.take() {
                Some(high) => self.push(high << 4 | digit),
                None => high = Some(digit),
            }
        }
        if high.is_some() { Err(IdentifierError::Odd) } else { Ok(()) }
    }

    fn push(&mut self, byte: u8) {
        match &mut self.0 {
            Bytes::Few { length, bytes } => match bytes.get_mut(usize::from(*length)) {
                Some(place) => {
                    *place = byte;
                    *length += 1;
                }
                None => {
                    let mut many = bytes.to_vec();
                    many.push(byte);
                    self.0 = Bytes::Many(many);
                }
            },
            Bytes::Many(bytes) => bytes.push(byte),
        }
    }
}

/// What stands between single quotes, without white space around.
fn quoted(text: &str) -> Option<&str> {
    let blanks = [' ', '\t', '\n'];
    let inner = text.trim_matches(blanks).strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.trim_matches(blanks))
}

/// One or two digits.
fn group_value(group: &[u8]) -> Result<u8, IdentifierError> {
    let digit = |byte: u8| hex(byte).ok_or(IdentifierError::NotHexadecimal);
    match group {
        [one] => digit(*one),
        [high, low] => Ok(digit(*high)? << 4 | digit(*low)?),
        _ => Err(IdentifierError::Group),
    }
}

fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_kea_reads() {
        for (text, bytes) in [
            ("01:02:03", &[1, 2, 3][..]),
            ("1:2:3", &[1, 2, 3]),
            ("01 02 03", &[1, 2, 3]),
            ("010203", &[1, 2, 3]),
            ("10203", &[1, 2, 3]),
            ("0x10203", &[1, 2, 3]),
            (" 'ab' ", b"ab"),
            ("' ab '", b"ab"),
            ("\t\t", &[]),
            ("01\u{b}\u{b}", &[1]),
        ] {
            assert_eq!(Identifier::parse(text).unwrap().bytes(), bytes, "{text:?}");
        }
        for text in
            ["", "''", "01-02", "01::02", "001:2", ":", " ", "0x", "0X01", "g", "01\t02", "012\t3", "é"]
        {
            assert!(Identifier::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn long_ones_are_whole() {
        for length in [FEW - 1, FEW, FEW + 1, 200] {
            assert_eq!(Identifier::parse(&"ab".repeat(length)).unwrap().bytes(), vec![0xab; length]);
        }
    }
}
