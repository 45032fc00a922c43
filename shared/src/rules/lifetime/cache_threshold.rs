//! `lifetime/cache-threshold`

use super::scopes_that_set;
use crate::{
    json::Kind,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A `cache-threshold` is not between 0 and 1.
    ///
    /// ## Why
    /// Kea refuses it in a shared network and in a subnet, also where these inherit it. 0.0 itself, which switches the
    /// cache off, is accepted since Kea 3.0.
    "lifetime/cache-threshold", Error, arm: "dhcp4-srv.html#lease-caching", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "cache-threshold": 1.0}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "cache-threshold": 0.0}]}}"#).before(3, 0, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "cache-threshold": 0.25}]}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "cache-threshold": 0.0}]}}"#).from(3, 0, 0),
        Example::new(r#"{"Dhcp4": {"cache-threshold": 2.0}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let takes_zero = !review.objects.before(3, 0, 0);
    for levels in scopes_that_set(&review.objects, &[Key::CacheThreshold]) {
        let Some(element) = levels.get(Key::CacheThreshold).filter(|element| element.kind() == Kind::Real)
        else {
            continue;
        };
        let Some(value) = element.as_real() else { continue };
        if !(0.0..1.0).contains(&value) || value == 0.0 && !takes_zero {
            let finding = RULE.at(element, format!("`{}` is not between 0.0 and 1.0", element.source()));
            out.push(finding.help("write a part of the valid lifetime, such as 0.25"));
        }
    }
}
