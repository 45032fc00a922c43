//! `ddns/char-set`

use super::owners;
use crate::{
    json::byte_text,
    posix_regex,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A `hostname-char-set` is no regular expression.
    ///
    /// ## Why
    /// Kea refuses it. It is a POSIX extended regular expression for what is not allowed in a host's name, of up to 4096
    /// bytes; so is the length of `hostname-char-replacement`.
    "ddns/char-set", Error, arm: "dhcp4-srv.html#sanitizing-client-host-name-and-fqdn-names", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "hostname-char-set": "[^A-Z"}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "hostname-char-set": "*"}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "hostname-char-set": "[^A-Za-z0-9.-]"}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "hostname-char-set": ""}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for owner in owners(&review.objects) {
        let Some(element) = owner.get(Key::HostnameCharSet) else { continue };
        let Some(text) = element.as_byte_text().filter(|text| !text.is_empty()) else { continue };
        if let Err(error) = posix_regex::check(&text) {
            let finding =
                RULE.at(element, format!("`{}` is no regular expression: {error}", byte_text::shown(&text)));
            out.push(finding.help("write one such as [^A-Za-z0-9.-]"));
        }
        let Some(replacement) = owner.get(Key::HostnameCharReplacement) else { continue };
        if replacement
            .as_byte_text()
            .is_some_and(|text| byte_text::bytes(&text).len() > posix_regex::MAX_LENGTH)
        {
            let finding = RULE.at(replacement, "this replacement has more than 4096 bytes");
            out.push(finding.help("shorten it"));
        }
    }
}
