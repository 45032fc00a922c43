//! `json/byte-order-mark`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// The text begins with a byte order mark.
    ///
    /// ## Why
    /// Some editors put the three bytes EF BB BF before a text in UTF-8. They cannot be seen, and the daemon refuses the
    /// file because of them.
    ///
    /// ## Use instead
    /// Save the file as UTF-8 without a byte order mark.
    "json/byte-order-mark", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new("\u{feff}{\"Dhcp4\": {\"valid-lifetime\": 3600}}"),
    ],
    good: [
        Example::new("{\"Dhcp4\": {\"valid-lifetime\": 3600}}"),
    ],
}

/// The parser's mistakes are added before any rule runs.
fn check(_: &Review<'_>, _: &mut Findings) {}
