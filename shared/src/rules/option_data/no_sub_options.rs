//! `option-data/no-sub-options`

use super::entries::{Placed, taken_along};
use crate::{
    option::OptionType,
    rules::{Example, Findings, rule},
};
use std::collections::BTreeSet;

rule! {
    /// An option that only holds other options has none.
    ///
    /// ## Why
    /// The value of such an option is made of the options of the space that it encapsulates, as far as they
    /// stand in the same list. Kea sends it without any byte when there are none.
    ///
    /// ## Use instead
    /// Set the sub-options in the same list, with the `space` that the finding names, or give the bytes in
    /// hexadecimal with `csv-format` false.
    "option-data/no-sub-options", Warning, arm: "dhcp4-srv.html#nested-dhcpv4-options-custom-option-spaces", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"name": "vendor-encapsulated-options"}]}}"#,
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

/// Looks for options of one list whose space nothing else in it is in.
pub(super) fn find(placed: &[Placed<'_>], out: &mut Findings) {
    let mut spaces: Option<BTreeSet<&str>> = None;
    for one in placed {
        let Some(definition) = one.definition else { continue };
        let holds_only = definition.kind == OptionType::Empty && !definition.encapsulate.is_empty();
        let is_sent = one.entry.csv_format != Some(false) && !one.entry.never_send;
        if !holds_only || !is_sent || !definition.set_by.is_empty() {
            continue;
        }
        let space = definition.encapsulate;
        let spaces = spaces.get_or_insert_with(|| placed.iter().map(|one| one.space).collect());
        if !spaces.contains(space) {
            let message = format!("Kea sends `{}` without sub-options", definition.name);
            let help = format!("add options of the space `{space}` to this list, or remove the entry");
            out.push(RULE.at_map(one.element, message).help(help));
        }
    }
}
