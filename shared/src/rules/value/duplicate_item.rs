//! `value/duplicate-item`

use crate::{
    json::Element,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// `host-reservation-identifiers` or `mac-sources` names something twice.
    ///
    /// ## Why
    /// The lists say what Kea looks at first; it refuses a list with the same twice. Some sources have two names:
    /// `rfc6939` is `client-link-addr-option`, `rfc4649` is `remote-id`, and `rfc4580` is `subscriber-id`. Identifiers
    /// may be `auto`, over the control channel only: that is all of them, so nothing stands beside it.
    "value/duplicate-item", Error, arm: "dhcp4-srv.html#host-reservations-in-dhcpv4", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"host-reservation-identifiers": ["duid", "flex-id", "duid"]}}"#),
        Example::new(r#"{"Dhcp6": {"mac-sources": ["remote-id", "rfc4649"]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"host-reservation-identifiers": ["duid", "flex-id"]}}"#),
        Example::new(r#"{"Dhcp6": {"mac-sources": ["remote-id", "duid"]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for key in ["host-reservation-identifiers", "mac-sources"] {
        let mut seen: Vec<(String, Element<'_>)> = Vec::new();
        for item in review.root.list(key).take(1000) {
            let Some(text) = item.as_str() else { continue };
            let plain = plain(&text);
            // `auto` is every identifier.
            let is_all = |name: &str| name == "auto" && key == "host-reservation-identifiers";
            match seen.iter().find(|(known, _)| known == plain || is_all(known) || is_all(plain)) {
                Some((_, first)) => {
                    let finding =
                        RULE.at(item, format!("`{text}` is listed already")).related(*first, "the first one");
                    out.push(finding.help("list it once").fix("take it out", item.remove()));
                }
                None => seen.push((plain.to_owned(), item)),
            }
        }
    }
}

/// The one name of a source that has two.
fn plain(name: &str) -> &str {
    match name {
        "rfc6939" => "client-link-addr-option",
        "rfc4649" => "remote-id",
        "rfc4580" => "subscriber-id",
        _ => name,
    }
}
