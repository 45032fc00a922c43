//! `subnet/host-bits`

use crate::{
    json::TextEdit,
    net::Prefix,
    rules::{Example, Findings, Review, objects::Key, rule},
};
use std::collections::BTreeSet;

rule! {
    /// A subnet's address has bits behind the length of its prefix.
    ///
    /// ## Why
    /// Kea accepts it, and means the whole prefix. But it compares subnets by what is written, so it does not notice a
    /// second subnet with the same addresses, and commands and other tools look for the address as it is written.
    ///
    /// ## Example
    /// `"subnet": "10.1.2.3/8"`
    ///
    /// ## Use instead
    /// `"subnet": "10.0.0.0/8"`
    "subnet/host-bits", Warning, arm: "dhcp4-srv.html#ipv4-subnet-prefix", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "10.1.2.3/8"}]}}"#),
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::1/64"}]}}"#),
    ],
    good: [Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "10.0.0.0/8"}]}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let prefixes = || review.objects.subnets().filter_map(|subnet| subnet.prefix().ok());
    let mut taken: Option<BTreeSet<Prefix>> = None;
    for subnet in review.objects.subnets() {
        let Some(prefix) = subnet.prefix().ok().filter(|prefix| prefix.has_host_bits()) else { continue };
        let Some(element) = subnet.object.get(Key::Subnet) else { continue };
        let aligned = prefix.aligned();
        let finding =
            RULE.at(element, format!("`{prefix}` has bits behind its length; the prefix is `{aligned}`"));
        let finding = finding.help(format!("write {aligned}"));
        // A second subnet of the same prefix is another problem: Kea would refuse the two.
        let is_free = taken.get_or_insert_with(|| prefixes().collect()).insert(aligned);
        let edit = TextEdit { span: element.span(), text: format!("\"{aligned}\"") };
        out.push(if is_free { finding.fix(format!("write {aligned}"), vec![edit]) } else { finding });
    }
}
