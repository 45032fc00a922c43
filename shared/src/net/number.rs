//! Numbers in texts, as the library that Kea uses casts them.

/// A 32-bit number: a sign, then digits. A negative one wraps around.
pub(crate) fn unsigned(text: &str) -> Option<u32> {
    let (negative, number) = sign(text)?;
    let number = u32::try_from(number).ok()?;
    Some(if negative { number.wrapping_neg() } else { number })
}

/// A signed 32-bit number: a sign, then digits.
pub(crate) fn signed(text: &str) -> Option<i32> {
    let (negative, number) = sign(text)?;
    let number = i64::try_from(number).ok()?;
    i32::try_from(if negative { -number } else { number }).ok()
}

/// Whether it is negative, and its digits' value. Leading zeros mean nothing.
fn sign(text: &str) -> Option<(bool, u64)> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    digits
        .bytes()
        .try_fold(0_u64, |value, byte| {
            let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
            value.checked_mul(10)?.checked_add(digit)
        })
        .map(|number| (negative, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_cast_reads() {
        for (text, expected) in [
            ("24", Some(24)),
            ("024", Some(24)),
            ("+24", Some(24)),
            ("-0", Some(0)),
            ("-4294967272", Some(24)),
            ("4294967295", Some(u32::MAX)),
            ("4294967296", None),
            ("", None),
            ("+", None),
            ("+-1", None),
            ("0x18", None),
            ("24 ", None),
            ("999999999999999999999", None),
        ] {
            assert_eq!(unsigned(text), expected, "{text}");
        }
        assert_eq!(signed("-2147483648"), Some(i32::MIN));
        assert_eq!(signed("2147483648"), None);
    }
}
