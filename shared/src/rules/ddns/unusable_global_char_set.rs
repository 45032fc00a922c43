//! `ddns/unusable-global-char-set`

use crate::{
    json::byte_text,
    posix_regex,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// The global `hostname-char-set` is no regular expression.
    ///
    /// ## Why
    /// Kea accepts it without a look, and refuses the same text in a subnet. It cannot clean a single name with it.
    "ddns/unusable-global-char-set", Warning,
    arm: "dhcp4-srv.html#sanitizing-client-host-name-and-fqdn-names", check,
    bad: [Example::new(r#"{"Dhcp4": {"hostname-char-set": "[^A-Z"}}"#)],
    good: [Example::new(r#"{"Dhcp4": {"hostname-char-set": "[^A-Z]"}}"#)],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let Some(element) = review.objects.global().get(Key::HostnameCharSet) else { return };
    let Some(text) = element.as_byte_text().filter(|text| !text.is_empty()) else { return };
    if let Err(error) = posix_regex::check(&text) {
        let finding =
            RULE.at(element, format!("`{}` is no regular expression: {error}", byte_text::shown(&text)));
        out.push(finding.help("write one such as [^A-Za-z0-9.-]"));
    }
}
