//! `value/out-of-range`

use super::{name, on_the_walk};
use crate::{
    diagnostic::Readers,
    json::Element,
    rules::{Example, Finding, rule},
    schema::Type,
};

rule! {
    /// A number is smaller or greater than Kea takes.
    ///
    /// ## Why
    /// Kea refuses the configuration. Ports and pool sizes are 16 bits wide, most times and counts 32.
    "value/out-of-range", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"decline-probation-period": -1}}"#),
        Example::new(r#"{"Dhcp6": {"expired-leases-processing": {"max-reclaim-time": 10001}}}"#),
        Example::new(r#"{"Dhcp4": {"multi-threading": {"enable-multi-threading": true, "thread-pool-size": 65536}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"decline-probation-period": 0}}"#),
        Example::new(r#"{"Dhcp6": {"expired-leases-processing": {"max-reclaim-time": 10000}}}"#),
        Example::new(r#"{"Dhcp4": {"multi-threading": {"enable-multi-threading": true, "thread-pool-size": 65535}}}"#),
    ],
}

pub(in crate::rules) fn finding(value: Element<'_>, wanted: Type, refused_by: Readers) -> Finding {
    let (low, high) = wanted.range().unwrap_or_default();
    let finding = RULE.at(value, format!("{} is out of range", name(value))).refused_by(refused_by);
    finding.help(if high == i64::MAX {
        format!("use a number that is not less than {low}")
    } else {
        format!("use a number from {low} to {high}")
    })
}
