//! `json/number`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A number is written in a way that Kea does not read, or is too big.
    ///
    /// ## Why
    /// Kea's integers have 64 bits and are written in decimal digits. Longer ones, hexadecimal digits and units make the
    /// file unreadable. Since Kea 2.5.3 the API reads integers of up to 128 bits, but no parameter takes one, and in
    /// `dhcp-queue-control` none can stand: "copy got an element of type: 5".
    ///
    /// ## Example
    /// ```json
    /// { "valid-lifetime": 3600s, "renew-timer": 0x384 }
    /// ```
    ///
    /// ## Use instead
    /// ```json
    /// { "valid-lifetime": 3600, "renew-timer": 900 }
    /// ```
    "json/number", Error, arm: "config.html#json-syntax", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"user-context": {"serial": 9223372036854775808}}}"#),
        Example::new(r#"{"Dhcp4": {"dhcp-queue-control": {"enable-queue": false, "user-context": {"serial": 9223372036854775808}}}}"#),
        Example::new(r#"{"Dhcp4": {"user-context": {"serial": 0x1f}}}"#),
        Example::new(r#"{"Dhcp4": {"user-context": {"ratio": 1e400}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"user-context": {"serial": 9223372036854775807, "ratio": 5e-1}}}"#),
    ],
}

/// The parser's mistakes are added before any rule runs.
fn check(_: &Review<'_>, _: &mut Findings) {}
