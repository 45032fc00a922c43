//! The form of a message without what belongs to one case, so that like differences are counted together.

/// A message without places, quoted texts, numbers and addresses.
pub fn shape(message: &str) -> String {
    let mut out = String::new();
    let mut rest = without_place(message);
    // The expression itself may hold anything.
    if let Some(at) = rest.rfind("] error: ").filter(|_| rest.starts_with("expression: [")) {
        out.push_str("expression: ");
        rest = &rest[at + 9..];
    }
    while let Some(first) = rest.chars().next() {
        let quote = matches!(first, '\'' | '"' | '[' | '`')
            .then(|| rest[1..].find(if first == '[' { ']' } else { first }))
            .flatten();
        if let Some(end) = quote {
            out.push('_');
            rest = &rest[end + 2..];
        } else if first.is_ascii_digit() {
            out.push('9');
            rest = rest
                .trim_start_matches(|c: char| c.is_ascii_hexdigit() || matches!(c, '.' | ':' | '/' | '-'));
        } else {
            out.push(if first.is_control() { ' ' } else { first });
            rest = &rest[first.len_utf8()..];
        }
        if out.chars().count() >= 110 {
            break;
        }
    }
    out
}

/// The message up to the place that Kea adds at its end: ` (<wire>:0:187)`.
fn without_place(message: &str) -> &str {
    let end = ["(<wire>:", "(FILE:", " (<string>:"].iter().filter_map(|mark| message.rfind(mark)).max();
    match end {
        Some(end) if end > 0 => &message[..end],
        _ => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_one_case_is_gone() {
        for (message, expected) in [
            ("subnet configuration failed: ID 5 (<wire>:0:12)", "subnet configuration failed: ID 9 "),
            ("name 'x y' in [dhcp4] at 10.0.0.0/8", "name _ in _ at 9"),
            ("it's", "it's"),
        ] {
            assert_eq!(shape(message), expected);
        }
    }
}
