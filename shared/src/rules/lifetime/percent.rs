//! `lifetime/percent`

use super::{Levels, scopes_that_set};
use crate::{
    Family,
    json::{Element, Kind},
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// `t1-percent` or `t2-percent` is not between 0 and 1, or the first is not the lesser one.
    ///
    /// ## Why
    /// Kea refuses it in a shared network and in a subnet where `calculate-tee-times` is `true`, also where these inherit
    /// one of the three. Where nobody sets them, Kea takes 0.5, and 0.875 for DHCPv4 or 0.8 for DHCPv6;
    /// `calculate-tee-times` is then `false` for DHCPv4 and `true` for DHCPv6.
    "lifetime/percent", Error, arm: "dhcp4-srv.html#sending-t1-option-58-and-t2-option-59", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "calculate-tee-times": true, "t1-percent": 0.9}]}}"#,
        ),
        Example::new(r#"{"Dhcp6": {"t2-percent": 1.5, "subnet6": [{"id": 1, "subnet": "2001:db8::/64"}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "t1-percent": 0.9}]}}"#),
        Example::new(r#"{"Dhcp6": {"t1-percent": 0.4, "t2-percent": 0.6, "subnet6": [{"id": 1, "subnet": "2001:db8::/64"}]}}"#),
        Example::new(r#"{"Dhcp6": {"t2-percent": 1.5}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for levels in scopes_that_set(&review.objects, &[Key::CalculateTeeTimes, Key::T1Percent, Key::T2Percent])
    {
        report(levels, review.family, out);
    }
}

fn report(levels: Levels<'_>, family: Family, out: &mut Findings) {
    let calculates = levels.get(Key::CalculateTeeTimes).map_or(Some(family == Family::V6), Element::as_bool);
    if calculates != Some(true) {
        return;
    }
    let default = if family == Family::V4 { 0.875 } else { 0.8 };
    let (Some(t1), Some(t2)) =
        (fraction(levels.get(Key::T1Percent), 0.5), fraction(levels.get(Key::T2Percent), default))
    else {
        return;
    };
    for (element, value) in [(levels.get(Key::T1Percent), t1), (levels.get(Key::T2Percent), t2)] {
        if let Some(element) = element.filter(|_| value <= 0.0 || value >= 1.0) {
            let finding = RULE.at(element, format!("`{}` is not between 0.0 and 1.0", element.source()));
            out.push(finding.help("write a part of the lifetime, such as 0.5"));
            return;
        }
    }
    let at = levels.get(Key::T1Percent).or_else(|| levels.get(Key::T2Percent));
    if let Some(at) = at.filter(|_| t1 >= t2) {
        let finding = RULE.at(at, format!("`t1-percent` {t1} is not less than `t2-percent` {t2}"));
        out.push(finding.help("let clients renew before they rebind: t1-percent < t2-percent"));
    }
}

/// The value of a part; `None`: it is none, which is another rule's finding.
fn fraction(element: Option<Element<'_>>, default: f64) -> Option<f64> {
    match element {
        None => Some(default),
        Some(element) => element.as_real().filter(|_| element.kind() == Kind::Real),
    }
}
