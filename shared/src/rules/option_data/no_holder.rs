//! `option-data/no-holder`

use super::entries::{Placed, taken_along};
use crate::{
    Family,
    rules::{Example, Findings, rule},
};
use std::collections::BTreeSet;

rule! {
    /// A sub-option stands in a list in which no option holds its space.
    ///
    /// ## Why
    /// Kea puts the options of a space into the option that encapsulates it, list by list. Without such an
    /// option in the same list the sub-option is never sent.
    ///
    /// ## Use instead
    /// Add an entry for the option that encapsulates the space to the same list.
    "option-data/no-holder", Warning, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "server", "code": 1, "space": "vendor-encapsulated-options-space", "type": "ipv4-address"}],
    "option-data": [
    {"name": "server", "space": "vendor-encapsulated-options-space", "data": "192.0.2.1"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-def": [{"name": "server", "code": 1, "space": "vendor-encapsulated-options-space", "type": "ipv4-address"}],
    "option-data": [{"name": "vendor-encapsulated-options"},
    {"name": "server", "space": "vendor-encapsulated-options-space", "data": "192.0.2.1"}]}}"#,
        ),
    ],
}

/// Looks for options of one list that stand in a space which no option of it holds.
pub(super) fn find(family: Family, placed: &[Placed<'_>], out: &mut Findings) {
    let is_inner = |space: &str| space != family.service() && !is_of_a_vendor(space);
    if !placed.iter().any(|one| is_inner(one.space)) {
        return;
    }
    let held: BTreeSet<&str> =
        placed.iter().filter_map(|one| one.definition).map(|definition| definition.encapsulate).collect();
    for one in placed.iter().filter(|one| is_inner(one.space) && !held.contains(one.space)) {
        let message = format!("no option of this list holds the space `{}`", one.space);
        let help = "add the option that encapsulates it to this list: without it, this one is never sent";
        out.push(RULE.at(one.element.get("space").unwrap_or(one.element), message).help(help));
    }
}

/// Whether Kea sends the options of a space with the vendor's number, in an option of its own making.
fn is_of_a_vendor(space: &str) -> bool {
    space.strip_prefix("vendor-").is_some_and(|number| number.parse::<u32>().is_ok())
}
