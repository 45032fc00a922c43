//! `interface/invalid`

use super::{entries, parts};
use crate::{
    Family,
    rules::{Example, Findings, Review, rule},
};
use std::net::{Ipv4Addr, Ipv6Addr};

rule! {
    /// An entry of `interfaces` names no interface, or an address that the daemon cannot listen on.
    ///
    /// ## Why
    /// Kea refuses the configuration. An entry is an interface, `*` for all of them, or an interface with one of its
    /// addresses behind a slash. `*` has no address, and an address has no prefix length. Whether this machine has
    /// the interface and the address, only the daemon knows.
    "interface/invalid", Error, arm: "dhcp4-srv.html#interface-configuration", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": [""]}}}"#),
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": ["*/192.0.2.1"]}}}"#),
        Example::new(r#"{"Dhcp6": {"interfaces-config": {"interfaces": ["lo/ff02::1"]}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": ["*"]}}}"#),
        Example::new(r#"{"Dhcp4": {"interfaces-config": {"interfaces": ["lo/127.0.0.1"]}}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for (entry, text) in entries(review) {
        if let Some(message) = problem(review.family, parts(&text)) {
            out.push(RULE.at(entry, message).help("write an interface, `*`, or `interface/address`"));
        }
    }
}

fn problem(family: Family, (name, address): (&str, Option<&str>)) -> Option<String> {
    let Some(address) = address else {
        return name.is_empty().then(|| "this names no interface".to_owned());
    };
    if address.is_empty() {
        return Some("no address stands behind the slash".to_owned());
    }
    if name.is_empty() {
        return Some("no interface stands before the slash".to_owned());
    }
    if name == "*" {
        return Some("`*` means all interfaces, so it has no address".to_owned());
    }
    let fits = match family {
        Family::V4 => address.parse::<Ipv4Addr>().is_ok(),
        Family::V6 => address.parse::<Ipv6Addr>().is_ok_and(|address| !address.is_multicast()),
    };
    (!fits).then(|| format!("`{address}` is no unicast {} address", family.protocol().replace("DHCP", "IP")))
}
