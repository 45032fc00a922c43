//! `subnet/interface-and-interface-id`

use crate::{
    Family,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A subnet or shared network has both `interface` and `interface-id`.
    ///
    /// ## Why
    /// Kea refuses it: `interface` is for clients on the server's own link, `interface-id` for those behind a relay that
    /// sends the option with this text.
    "subnet/interface-and-interface-id", Error, arm: "dhcp6-srv.html#dhcpv6-relays", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "interface": "lo", "interface-id": "port1"}]}}"#,
        ),
    ],
    good: [
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "interface-id": "port1"}]}}"#),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "interface": "", "interface-id": "port1"}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V4 {
        return;
    }
    for scope in review.objects.scopes() {
        let Some(id) = scope.get(Key::InterfaceId) else { continue };
        let Some(interface) = scope.get(Key::Interface) else { continue };
        let is_set =
            |element: crate::json::Element<'_>| element.as_str().is_some_and(|text| !text.is_empty());
        if is_set(id) && is_set(interface) {
            let finding = RULE.at(id, "`interface-id` stands beside `interface`");
            let finding = finding.related(interface, "the interface");
            out.push(
                finding.help(
                    "keep `interface` for clients on the server's link, or `interface-id` for a relay's",
                ),
            );
        }
    }
}
