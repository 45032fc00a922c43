//! `expression/unknown-class`

use crate::rules::{Example, rule};

rule! {
    /// `member()` names a class that is not defined before.
    ///
    /// ## Why
    /// Kea refuses the configuration. Classes are evaluated in the order of the list, so a test can only ask for those further
    /// up, never for its own, and for the built-in ones (`ALL`, `KNOWN`, `UNKNOWN`, `BOOTP`, and what begins with
    /// `VENDOR_CLASS_`, `HA_`, `AFTER_` or `EXTERNAL_`). Names are case-sensitive. A `template-test` may name any class.
    ///
    /// ## Example
    /// ```json
    /// { "client-classes": [ { "name": "a", "test": "member('b')" }, { "name": "b" } ] }
    /// ```
    ///
    /// ## Use instead
    /// Put `b` in front of `a`.
    "expression/unknown-class", Error, arm: "classify.html#using-expressions-in-classification", super::with_the_rest,
    bad: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "member('b')"}, {"name": "b"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "member('a')"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "member('DROP')"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "member('HA_')"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "member('known')"}]}}"##),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "b"}, {"name": "a", "test": "member('b')"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "test": "member('KNOWN') or member('VENDOR_CLASS_docsis3.0')"}]}}"##),
        Example::new(r##"{"Dhcp6": {"client-classes": [{"name": "a", "test": "member('HA_server1')"}]}}"##),
        Example::new(r##"{"Dhcp4": {"client-classes": [{"name": "a", "template-test": "ifelse(member('a'), 'x', 'y')"}]}}"##).from(2, 3, 2),
    ],
}
