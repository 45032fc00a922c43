//! `lifetime/truncated`

use super::out_of_range;
use crate::{
    KeaVersion,
    rules::{
        Example, Findings, Review,
        objects::{Key, Object},
        rule,
    },
};

rule! {
    /// A number of seconds is negative or beyond 4294967295.
    ///
    /// ## Why
    /// Kea accepts it and keeps the last 32 bits: -1 becomes 4294967295, which is for ever, and 4294967296 becomes 0.
    /// Kea 3.2 and newer refuse lifetimes like that.
    "lifetime/truncated", Warning, arm: "dhcp4-srv.html#dhcpv4-server-configuration", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": -1}}"#).before(3, 2, 0),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "renew-timer": 4294967296}]}}"#),
    ],
    good: [Example::new(r#"{"Dhcp4": {"valid-lifetime": 4294967295}}"#)],
}

const KEYS: &[Key] = &[
    Key::CacheMaxAge,
    Key::DdnsTtl,
    Key::DdnsTtlMax,
    Key::DdnsTtlMin,
    Key::MaxPreferredLifetime,
    Key::MaxValidLifetime,
    Key::MinPreferredLifetime,
    Key::MinValidLifetime,
    Key::OfferLifetime,
    Key::PreferredLifetime,
    Key::RebindTimer,
    Key::RenewTimer,
    Key::ValidLifetime,
];

fn check(review: &Review<'_>, out: &mut Findings) {
    let objects = &review.objects;
    let pools = objects.pools().map(|pool| pool.object);
    let scopes = [objects.global()].into_iter().chain(objects.classes()).chain(objects.scopes()).chain(pools);
    for scope in scopes.filter(|scope| scope.has_any(KEYS)) {
        report(scope, review.version, out);
    }
}

fn report(scope: Object<'_>, version: KeaVersion, out: &mut Findings) {
    for key in KEYS {
        let Some(element) = scope.get(*key) else { continue };
        let Some(number) = element.as_int().filter(|number| u32::try_from(*number).is_err()) else {
            continue;
        };
        let is_refused = number < 0 && matches!(key, Key::RebindTimer | Key::RenewTimer | Key::OfferLifetime)
            || version >= out_of_range::SINCE && out_of_range::KEYS.contains(key);
        if !is_refused {
            let kept = number & i64::from(u32::MAX);
            let finding = RULE.at(element, format!("Kea makes {kept} of `{number}`"));
            out.push(finding.help("write the number that is meant, from 0 to 4294967295"));
        }
    }
}
