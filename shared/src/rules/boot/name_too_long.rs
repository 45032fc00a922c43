//! `boot/name-too-long`

use super::{Holder, holders, length};
use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A `server-hostname` or `boot-file-name` is longer than its place in the packet.
    ///
    /// ## Why
    /// Kea refuses it. A server's name has up to 63 bytes. A file's name has up to 127, and Kea takes 128 except in
    /// reservations.
    "boot/name-too-long", Error, arm: "dhcp4-srv.html#next-server-siaddr", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24",
                "server-hostname": "0123456789012345678901234567890123456789012345678901234567890123"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24",
                "server-hostname": "012345678901234567890123456789012345678901234567890123456789012"}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for key in [Key::ServerHostname, Key::BootFileName] {
        for (element, holder) in holders(&review.objects, key) {
            let most = match (key, holder) {
                (Key::ServerHostname, _) => 63,
                (_, Holder::Reservation) => 127,
                _ => 128,
            };
            let bytes = length(element);
            if element.as_str().is_some() && bytes > most {
                let finding =
                    RULE.at(element, format!("this `{}` has {bytes} bytes; it may have {most}", key.name()));
                out.push(finding.help("shorten it"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn each_place_has_its_limit() {
        for (holder, key, most) in [
            ("client-classes", "server-hostname", 63),
            ("client-classes", "boot-file-name", 128),
            ("subnet4", "boot-file-name", 128),
            ("shared-networks", "server-hostname", 63),
            ("reservations", "boot-file-name", 127),
        ] {
            for (length, wanted) in [(most, 0), (most + 1, 1)] {
                let root = json!({holder: [{key: "é".repeat(length / 2) + &"x".repeat(length % 2)}]});
                assert_eq!(
                    findings(&RULE, Family::V4, "3.0.4", root).len(),
                    wanted,
                    "{holder} {key} {length}"
                );
            }
        }
    }
}
