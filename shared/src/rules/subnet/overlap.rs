//! `subnet/overlap`

use crate::{
    net::sweep_unsorted,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A subnet lies in another one.
    ///
    /// ## Why
    /// Kea accepts it. A client whose relay's address is in both is served from the one that Kea meets first, and that
    /// may be the larger one. An address in both can be leased in one and reserved in the other.
    "subnet/overlap", Warning, arm: "dhcp4-srv.html#how-the-dhcpv4-server-selects-a-subnet-for-the-client", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "10.0.0.0/8"}, {"id": 2, "subnet": "10.1.0.0/16"}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "10.0.0.0/8"}, {"id": 2, "subnet": "10.1.2.3/8"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "10.0.0.0/16"}, {"id": 2, "subnet": "10.1.0.0/16"}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let objects = &review.objects;
    let ranges = objects
        .subnets()
        .filter_map(|subnet| Some((0, subnet.prefix().ok()?.range(), u32::try_from(subnet.place()).ok()?)));
    sweep_unsorted(review.family, ranges, |one, other| {
        let subnet = |number| objects.subnet(usize::try_from(number).ok()?);
        let (Some(one), Some(other)) = (subnet(one), subnet(other)) else { return };
        let (Ok(one_prefix), Ok(other_prefix)) = (one.prefix(), other.prefix()) else { return };
        if one_prefix == other_prefix {
            return;
        }
        let swap = one_prefix.length() > other_prefix.length();
        let (outer, inner, outer_prefix, inner_prefix) = if swap {
            (other, one, other_prefix, one_prefix)
        } else {
            (one, other, one_prefix, other_prefix)
        };
        let (Some(outer), Some(inner)) = (outer.object.get(Key::Subnet), inner.object.get(Key::Subnet))
        else {
            return;
        };
        let finding = RULE.at(inner, format!("subnet `{inner_prefix}` lies in subnet `{outer_prefix}`"));
        out.push(finding.related(outer, "the larger subnet").help("let no address be in two subnets"));
    });
}
