//! `ddns/ttl`

use super::owners;
use crate::rules::{
    Example, Findings, Review,
    objects::{Key, Object},
    rule,
};

rule! {
    /// The keys for a DNS entry's time to live contradict each other.
    ///
    /// ## Why
    /// Kea 3.0 refuses it. `ddns-ttl` stands alone; `ddns-ttl-min` is not more than `ddns-ttl-max`. Each scope is looked
    /// at by itself.
    "ddns/ttl", Error, arm: "dhcp4-srv.html#ddns-for-dhcpv4", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"ddns-ttl": 600, "ddns-ttl-percent": 0.5}}"#).from(3, 0, 0),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "ddns-ttl-min": 600, "ddns-ttl-max": 60}]}}"#,
        ).from(3, 0, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"ddns-ttl": 600, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "ddns-ttl-percent": 0.5}]}}"#,
        ).from(3, 0, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.objects.before(2, 7, 6) {
        return;
    }
    for owner in [review.objects.global()].into_iter().chain(owners(&review.objects)) {
        report(owner, out);
    }
}

fn report(owner: Object<'_>, out: &mut Findings) {
    if let Some(ttl) = owner.get(Key::DdnsTtl) {
        for key in [Key::DdnsTtlPercent, Key::DdnsTtlMin, Key::DdnsTtlMax] {
            if let Some(other) = owner.get(key) {
                let finding = RULE.at_key(other, format!("`{}` stands beside `ddns-ttl`", key.name()));
                out.push(finding.related(ttl, "the fixed time").help("keep `ddns-ttl`, or the others"));
            }
        }
    }
    let (Some(min_at), Some(max_at)) = (owner.get(Key::DdnsTtlMin), owner.get(Key::DdnsTtlMax)) else {
        return;
    };
    let cut = |number: i64| number & i64::from(u32::MAX);
    let (Some(min), Some(max)) = (min_at.as_int().map(cut), max_at.as_int().map(cut)) else { return };
    if max < min {
        let finding = RULE.at(max_at, format!("`ddns-ttl-max` {max} is less than `ddns-ttl-min` {min}"));
        out.push(finding.related(min_at, "the minimum").help("let the minimum be the lesser one"));
    }
}
