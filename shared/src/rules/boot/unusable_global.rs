//! `boot/unusable-global`

use crate::{
    Family,
    net::parse_address,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// The global `next-server` is no IPv4 address.
    ///
    /// ## Why
    /// Kea accepts it without a look. It fails on it when it answers the first client, whose subnet inherits it.
    "boot/unusable-global", Warning, arm: "dhcp4-srv.html#next-server-siaddr", check,
    bad: [Example::new(r#"{"Dhcp4": {"next-server": "tftp.example.org"}}"#)],
    good: [Example::new(r#"{"Dhcp4": {"next-server": "192.0.2.7"}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let Some(element) = review.objects.global().get(Key::NextServer).filter(|_| review.family == Family::V4)
    else {
        return;
    };
    let Some(text) = element.as_str().filter(|text| !text.is_empty()) else { return };
    if parse_address(Family::V4, &text).is_none() {
        let finding = RULE.at(element, format!("`{text}` is no IPv4 address"));
        out.push(finding.help("write the boot server's IPv4 address; a name goes into `server-hostname`"));
    }
}
