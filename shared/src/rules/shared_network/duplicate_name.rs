//! `shared-network/duplicate-name`

use crate::{
    json::Element,
    rules::{Example, Findings, Review, objects::Key, rule},
};
use std::{borrow::Cow, collections::BTreeMap};

rule! {
    /// Two shared networks have one `name`.
    ///
    /// ## Why
    /// Kea refuses it. It tells capital letters from small ones: `Floor` and `floor` are two names.
    "shared-network/duplicate-name", Error, arm: "dhcp4-srv.html#shared-networks-in-dhcpv4", check,
    bad: [Example::new(r#"{"Dhcp4": {"shared-networks": [{"name": "floor"}, {"name": "floor"}]}}"#)],
    good: [Example::new(r#"{"Dhcp4": {"shared-networks": [{"name": "floor"}, {"name": "Floor"}]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let mut seen: BTreeMap<Cow<'_, str>, Element<'_>> = BTreeMap::new();
    for element in review.objects.networks().filter_map(|network| network.get(Key::Name)) {
        let Some(name) = element.as_str().filter(|name| !name.is_empty()) else { continue };
        if let Some(first) = seen.get(&name) {
            let finding = RULE.at(element, format!("another shared network has the name `{name}` already"));
            out.push(finding.related(*first, "the other name").help("give each shared network its own name"));
        } else {
            seen.insert(name, element);
        }
    }
}
