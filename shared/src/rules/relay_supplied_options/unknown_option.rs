//! `relay-supplied-options/unknown-option`

use crate::{
    Family,
    option::Definitions,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// An entry of `relay-supplied-options` is neither a code nor the name of a standard option.
    ///
    /// ## Why
    /// Kea refuses the configuration. Codes are 1 to 65535; names are those of standard options, and never those of
    /// an `option-def`.
    ///
    /// ## Use instead
    /// The option's code.
    "relay-supplied-options/unknown-option", Error, arm: "dhcp6-srv.html#relay-supplied-options", check,
    bad: [
        Example::new(r#"{"Dhcp6": {"relay-supplied-options": ["erp-local-domain"]}}"#),
        Example::new(r#"{"Dhcp6": {"relay-supplied-options": ["0"]}}"#),
    ],
    good: [Example::new(r#"{"Dhcp6": {"relay-supplied-options": ["erp-local-domain-name", "110"]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family != Family::V6 || review.root.get("relay-supplied-options").is_none() {
        return;
    }
    let standard = Definitions::of(Family::V6, review.version, Vec::new());
    for entry in review.root.list("relay-supplied-options") {
        let Some(text) = entry.as_str() else { continue };
        let known = match text.parse::<i64>() {
            Ok(code) => (1..=65535).contains(&code),
            Err(_) => standard.code_of("dhcp6", &text).is_some(),
        };
        if !known {
            let finding = RULE.at(entry, format!("Kea has no standard option `{text}`"));
            out.push(finding.help("write the option's code, from 1 to 65535"));
        }
    }
}
