//! `boot/invalid-next-server`

use super::{Holder, holders};
use crate::{
    Family,
    net::parse_address,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A `next-server` is no IPv4 address that a client can reach.
    ///
    /// ## Why
    /// Kea refuses it. In a subnet and a shared network it may be empty, and is not looked at further; in a client class
    /// and a reservation it may not be empty nor `255.255.255.255`.
    "boot/invalid-next-server", Error, arm: "dhcp4-srv.html#next-server-siaddr", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "next-server": "tftp.example.org"}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "next-server": ""}]}}"#),
        Example::new(
            r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1b:1c:1d:1e:1f", "next-server": "255.255.255.255"}]}}"#,
        ),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "next-server": ""}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "next-server": "192.0.2.7"}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for (element, holder) in holders(&review.objects, Key::NextServer) {
        let Some(text) = element.as_str() else { continue };
        let is_fine = match parse_address(Family::V4, &text) {
            None => text.is_empty() && holder == Holder::Scope,
            // Kea looks no further where the family is right, and compares an IPv6 address with nothing.
            Some(0xffff_ffff) => holder == Holder::Scope,
            Some(_) => true,
        };
        if !is_fine {
            let finding = RULE.at(element, format!("`{text}` is no IPv4 address of a server"));
            out.push(
                finding.help("write the boot server's IPv4 address; a name goes into `server-hostname`"),
            );
        }
    }
}
