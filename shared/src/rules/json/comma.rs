//! `json/comma`

use crate::{
    diagnostic::Readers,
    json::{Element, TextEdit},
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A comma is missing between two values, or stands where Kea takes none.
    ///
    /// ## Why
    /// Kea's files may have any number of commas behind a value, also behind the last one. Before the first value they
    /// may have none, and in a `relay` map there may be none behind the last value either.
    ///
    /// ## Example
    /// ```json
    /// { "valid-lifetime": 3600 "renew-timer": 900, "relay": { "ip-addresses": [ "192.0.2.1" ], } }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "valid-lifetime": 3600, "renew-timer": 900, "relay": { "ip-addresses": [ "192.0.2.1" ] } }
    /// ```
    "json/comma", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600 "renew-timer": 900}}"#),
        Example::new(r#"{"Dhcp4": {,"valid-lifetime": 3600}}"#),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {"ip-addresses": ["192.0.2.1"],}}]}}"#,
        ),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600, "renew-timer": 900,,}}"#),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "relay": {"ip-addresses": ["192.0.2.1",]}}]}}"#,
        ),
    ],
}

/// The parser's mistakes are added before any rule runs. The comma in a `relay` map is one of Kea's grammar only.
fn check(review: &Review<'_>, out: &mut Findings) {
    for relay in review.objects.scopes().filter_map(|holder| holder.get(Key::Relay)) {
        relay_comma(relay, out);
    }
}

fn relay_comma(relay: Element<'_>, out: &mut Findings) {
    let Some(comma) = relay.trailing_comma() else { return };
    let finding = RULE.at(relay, "`,` stands behind the last member of `relay`").span(comma..comma + 1);
    let finding = finding.help("take it away: Kea allows it everywhere but here").refused_by(Readers::FILE);
    out.push(finding.fix("take it away", vec![TextEdit::delete(comma..comma + 1)]));
}
