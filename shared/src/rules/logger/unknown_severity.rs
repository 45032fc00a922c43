//! `logger/unknown-severity`

use crate::rules::{Example, Findings, Plain, Review, rule};

/// The severities that Kea knows, in any case.
const KNOWN: [&str; 6] = ["DEBUG", "INFO", "WARN", "ERROR", "FATAL", "NONE"];

rule! {
    /// A logger's `severity` is a word that Kea does not know.
    ///
    /// ## Why
    /// Kea starts, says so once in its log, and logs as for `INFO`: what was meant to be quiet is loud, and a `DEBUG`
    /// that was mistyped shows nothing.
    ///
    /// ## Use instead
    /// One of `DEBUG`, `INFO`, `WARN`, `ERROR`, `FATAL` and `NONE`.
    "logger/unknown-severity", Warning, arm: "logging.html#the-severity-string", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"loggers": [{"name": "kea-dhcp4", "severity": "WARNING"}]}}"#),
        Example::new(r#"{"DhcpDdns": {"loggers": [{"name": "kea-dhcp-ddns", "severity": ""}]}}"#),
    ],
    good: [Example::new(r#"{"Dhcp4": {"loggers": [{"name": "kea-dhcp4", "severity": "warn"}]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(super) fn inspect(plain: Plain<'_>, out: &mut Findings) {
    for value in plain.root.maps("loggers").filter_map(|logger| logger.get("severity")) {
        let Some(text) = value.as_str() else { continue };
        if !KNOWN.iter().any(|known| known.eq_ignore_ascii_case(&text)) {
            let finding = RULE.at(value, format!("Kea knows no severity `{}`", text.escape_default()));
            out.push(finding.help(format!("write one of {}", KNOWN.join(", "))));
        }
    }
}
