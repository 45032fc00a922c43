//! Numbers of addresses in words.

/// A number for people: thousands apart; beyond 48 bits as a power of two, or nearly one.
pub fn count(number: u128) -> String {
    if number < 1 << 48 {
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + 4);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push('\u{202f}');
            }
            out.push(digit);
        }
        return out;
    }
    let bits = 128 - number.leading_zeros() - 1;
    // All but a few of a power of two are written as that: a pool lacks an address at an end.
    if number.is_power_of_two() {
        format!("2^{bits}")
    } else if (number.wrapping_add(16)).leading_zeros() < number.leading_zeros() {
        format!("nearly 2^{}", bits + 1)
    } else {
        format!("about 2^{:.1}", (number as f64).log2())
    }
}

/// A number of things: `1 address`, `2 addresses`.
pub fn counted(number: u128, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        for (number, words) in [
            (0, "0"),
            (999, "999"),
            (65_536, "65\u{202f}536"),
            (1 << 64, "2^64"),
            ((1 << 64) - 1, "nearly 2^64"),
            (3 << 63, "about 2^64.6"),
        ] {
            assert_eq!(count(number), words);
        }
        assert_eq!(counted(1, "address", "addresses"), "1 address");
    }
}
