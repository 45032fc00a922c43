//! `tsig-key/digest-bits`

use crate::rules::{Example, Findings, Plain, rule, services::elsewhere};

rule! {
    /// A key's digest is cut to a length that Kea does not take.
    ///
    /// ## Why
    /// Kea refuses `digest-bits` that are no multiple of eight, less than 80, or less than half of what the algorithm gives
    /// (RFC 8945, section 5.2.2.1). 0 means that nothing is cut.
    "tsig-key/digest-bits", Error, arm: "ddns.html#tsig-key-list", elsewhere,
    bad: [
        Example::new(
            r#"{"DhcpDdns": {"tsig-keys": [
                {"name": "a", "algorithm": "HMAC-SHA512", "secret": "LSWXnfkKZjdPJI5QxlpnfQ==", "digest-bits": 128}]}}"#,
        ).before(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"tsig-keys": [
                {"name": "a", "algorithm": "HMAC-SHA512", "secret": "LSWXnfkKZjdPJI5QxlpnfQ==", "digest-bits": 256}]}}"#,
        ).before(3, 1, 0),
    ],
}

pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    for key in ddns.root.maps("tsig-keys") {
        let Some(value) = key.get("digest-bits") else { continue };
        let Some(bits) = value.as_int().filter(|bits| *bits != 0) else { continue };
        let least = key.text("algorithm").map_or(80, |algorithm| least(&algorithm));
        let problem = match bits {
            bits if bits < 0 || bits % 8 != 0 => "it is no multiple of eight".to_owned(),
            bits if bits < least => format!("this algorithm needs {least} at least"),
            _ => continue,
        };
        let finding = RULE.at(value, format!("`digest-bits` {bits}: {problem}"));
        let finding = finding.help("take it out: then nothing is cut");
        out.push(finding.fix("take it out", value.remove()));
    }
}

/// Half of what an algorithm gives, and never less than 80.
fn least(algorithm: &str) -> i64 {
    match algorithm.to_ascii_lowercase().as_str() {
        "hmac-sha224" => 112,
        "hmac-sha256" => 128,
        "hmac-sha384" => 192,
        "hmac-sha512" => 256,
        _ => 80,
    }
}
