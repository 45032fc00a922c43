//! `shared-network/authoritative-mismatch`

use super::inner_subnets;
use crate::{
    Family,
    json::Element,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A subnet of a shared network has another `authoritative` than the network.
    ///
    /// ## Why
    /// Kea refuses it. A network that does not set it counts as `false` here, whatever the global map says.
    "shared-network/authoritative-mismatch", Error, arm: "dhcp4-srv.html#authoritative-dhcpv4-server-behavior", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"shared-networks": [{"name": "floor", "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24", "authoritative": true}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp4": {"authoritative": true, "shared-networks": [{"name": "floor", "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24", "authoritative": true}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"shared-networks": [{"name": "floor", "authoritative": true, "subnet4": [
                {"id": 1, "subnet": "192.0.2.0/24"}, {"id": 2, "subnet": "192.0.3.0/24", "authoritative": true}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V6 {
        return;
    }
    for (_, subnet) in inner_subnets(&review.objects) {
        let Some(element) = subnet.object.get(Key::Authoritative) else { continue };
        let Some(network) = subnet.network() else { continue };
        let of_network = network.get(Key::Authoritative).map_or(Some(false), Element::as_bool);
        let (Some(own), Some(of_network)) = (element.as_bool(), of_network) else { continue };
        if own != of_network {
            let message = format!("`authoritative` is {own} here and {of_network} in the shared network");
            let finding = RULE.at(element, message);
            let finding = match network.get(Key::Authoritative) {
                Some(other) => finding.related(other, "the network's"),
                None => finding,
            };
            out.push(finding.help("set it in the shared network, and not in its subnets"));
        }
    }
}
