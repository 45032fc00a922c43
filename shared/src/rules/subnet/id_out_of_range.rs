//! `subnet/id-out-of-range`

use crate::rules::{
    Example, Findings, Review,
    objects::{Key, Objects},
    rule,
};

rule! {
    /// A subnet's `id` is 0, negative, or beyond 4294967294.
    ///
    /// ## Why
    /// Kea refuses it. Only Kea before 2.6 took 0, and chose a number by itself.
    "subnet/id-out-of-range", Error, arm: "dhcp4-srv.html#ipv4-subnet-identifier", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 0, "subnet": "192.0.2.0/24"}]}}"#).from(2, 6, 0),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 4294967295, "subnet": "192.0.2.0/24"}]}}"#),
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": -1, "subnet": "2001:db8::/64"}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 4294967294, "subnet": "192.0.2.0/24"}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 0, "subnet": "192.0.2.0/24"}]}}"#).before(2, 6, 0),
    ],
}

/// The greatest id of a subnet.
const MAX: i64 = 4_294_967_294;

fn check(review: &Review<'_>, out: &mut Findings) {
    let least = i64::from(!review.objects.before(2, 6, 0));
    for subnet in review.objects.subnets() {
        let Some(element) = subnet.object.get(Key::Id) else { continue };
        let Some(id) = element.as_int().filter(|id| !(least..=MAX).contains(id)) else { continue };
        let finding = RULE.at(element, format!("the id `{id}` is not between {least} and {MAX}"));
        out.push(finding.help("give the subnet a number of its own, from 1 on"));
    }
}

/// A number that is greater than every id.
pub(super) fn next_free(objects: &Objects<'_>) -> i64 {
    let ids = objects.subnets().filter_map(|subnet| subnet.object.int(Key::Id));
    ids.filter(|id| (0..MAX).contains(id)).max().unwrap_or(0) + 1
}
