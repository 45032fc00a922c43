//! `server-id/invalid-identifier`

use crate::{
    Family,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// The `identifier` of `server-id` is not made of whole bytes in hexadecimal digits.
    ///
    /// ## Why
    /// Kea refuses the configuration. It takes an even number of digits and blanks between them; no `0x`, no colons.
    "server-id/invalid-identifier", Error, arm: "dhcp6-srv.html#server-identifier-in-dhcpv6", check,
    bad: [
        Example::new(r#"{"Dhcp6": {"server-id": {"type": "EN", "enterprise-id": 2495, "identifier": "01:02"}}}"#),
        Example::new(r#"{"Dhcp6": {"server-id": {"type": "LLT", "identifier": "ABC"}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp6": {"server-id": {"type": "EN", "enterprise-id": 2495, "identifier": "0102"}}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let id = review.root.get("server-id").filter(|_| review.family == Family::V6);
    let Some(value) = id.and_then(|id| id.get("identifier")) else { return };
    let Some(text) = value.as_str() else { return };
    let digits = || text.chars().filter(|c| !c.is_ascii_whitespace());
    if digits().count().is_multiple_of(2) && digits().all(|c| c.is_ascii_hexdigit()) {
        return;
    }
    let finding = RULE.at(value, "the identifier is not made of whole bytes in hexadecimal digits");
    let finding = finding.help("write an even number of digits, such as `0102abcd`");
    let plain: String =
        text.trim_start_matches("0x").chars().filter(|c| !matches!(c, ':' | '-' | ' ')).collect();
    let certain =
        plain.len().is_multiple_of(2) && !plain.is_empty() && plain.chars().all(|c| c.is_ascii_hexdigit());
    out.push(if certain {
        finding.fix(format!("write `{plain}`"), value.replace_text(format!("\"{plain}\"")))
    } else {
        finding
    });
}
