//! `tsig-key/secret`

use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, rule, services::elsewhere},
};

rule! {
    /// A key has no secret, two of them, or one that is not written in base64.
    ///
    /// ## Why
    /// Kea refuses the configuration. `tsig-keygen` and the DNS server's own configuration show the secret in base64.
    "tsig-key/secret", Error, arm: "ddns.html#tsig-key-list", elsewhere,
    bad: [
        Example::new(r#"{"DhcpDdns": {"tsig-keys": [{"name": "a", "algorithm": "HMAC-MD5"}]}}"#).before(3, 1, 0),
        Example::new(r#"{"DhcpDdns": {"tsig-keys": [{"name": "a", "algorithm": "HMAC-MD5", "secret": "swordfish"}]}}"#)
            .before(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"tsig-keys": [{"name": "a", "algorithm": "HMAC-MD5", "secret": "LSWXnfkKZjdPJI5QxlpnfQ=="}]}}"#,
        ).before(3, 1, 0),
    ],
}

pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    let has_files = ddns.version >= KeaVersion::new(2, 5, 8);
    for key in ddns.root.maps("tsig-keys") {
        match key.get("secret") {
            Some(value) if has_files && key.get("secret-file").is_some() => {
                let finding = RULE.at_key(value, "`secret` and `secret-file` stand beside each other");
                out.push(finding.help("keep the file only").fix("take it out", value.remove()));
            }
            None if has_files && key.get("secret-file").is_some() => {}
            None => out.push(RULE.at_map(key, "this key has no secret").help("add `secret`, in base64")),
            Some(value) => {
                if value.as_str().is_some_and(|secret| !is_base64(&secret)) {
                    let finding = RULE.at(value, "the secret is not written in base64");
                    out.push(finding.help("write it as the DNS server's configuration has it"));
                }
            }
        }
    }
}

/// Whether Kea can read a text as base64 (RFC 4648, section 4); blanks do not count.
fn is_base64(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let padding = letters.iter().rev().take_while(|c| **c == '=').count();
    let digits = letters.get(..letters.len() - padding).unwrap_or_default();
    let unused = match (digits.len() % 4, padding) {
        (0, 0) if !digits.is_empty() => return digits.iter().all(|c| value(*c).is_some()),
        (2, 2) => 0b1111,
        (3, 1) => 0b11,
        _ => return false,
    };
    let last = digits.last().and_then(|c| value(*c));
    digits.iter().all(|c| value(*c).is_some()) && last.is_some_and(|last| last & unused == 0)
}

/// What a letter stands for.
fn value(c: char) -> Option<u32> {
    let code = u32::from(c);
    Some(match c {
        'A'..='Z' => code - u32::from('A'),
        'a'..='z' => code - u32::from('a') + 26,
        '0'..='9' => code - u32::from('0') + 52,
        '+' => 62,
        '/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::is_base64;

    #[test]
    fn reads_base64_as_kea_does() {
        for (text, fine) in [
            ("LSWXnfkKZjdPJI5QxlpnfQ==", true),
            ("LSWXnfkKZjdPJI5QxlpnfQ= =", true),
            ("AAAA", true),
            ("AAA=", true),
            ("LSWXnfkKZjdPJI5QxlpnfQ", false),
            ("A", false),
            ("AB==", false),
            ("==", false),
            ("", false),
            ("****", false),
        ] {
            assert_eq!(is_base64(text), fine, "{text}");
        }
    }
}
