//! `lifetime/t1-never-sent`

use super::{Levels, scopes_that_set};
use crate::{
    Family, KeaVersion,
    rules::{
        Example, Findings, Review,
        objects::{Key, Object},
        rule,
    },
};

rule! {
    /// A timer is so long that Kea does not send it.
    ///
    /// ## Why
    /// Kea accepts it. To DHCPv4 clients it sends the rebind-timer (T2) only where it is less than the valid lifetime,
    /// and the renew-timer (T1) only where it is less than T2, or than the valid lifetime without a T2. Clients then
    /// choose their own times.
    "lifetime/t1-never-sent", Warning, arm: "dhcp4-srv.html#sending-t1-option-58-and-t2-option-59", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"valid-lifetime": 3600, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "rebind-timer": 3600}]}}"#,
        ),
        Example::new(r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "renew-timer": 7200}]}}"#),
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "renew-timer": 200, "rebind-timer": 100}]}}"#,
        ).from(2, 4, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"valid-lifetime": 3600, "renew-timer": 900, "rebind-timer": 1800,
                "subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}}"#,
        ),
    ],
}

const KEYS: &[Key] = &[Key::RenewTimer, Key::RebindTimer, Key::ValidLifetime, Key::MaxValidLifetime];

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.family == Family::V6 {
        return;
    }
    // A class may give its clients a longer lease than their subnet does.
    let by_class = |class: Object<'_>| class.int(Key::MaxValidLifetime).max(class.int(Key::ValidLifetime));
    let longest = review.objects.classes().filter_map(by_class).max().unwrap_or(0);
    for levels in scopes_that_set(&review.objects, KEYS) {
        report(levels, longest, review.version, out);
    }
}

fn report(levels: Levels<'_>, longest: i64, version: KeaVersion, out: &mut Findings) {
    let seconds = |key| levels.get(key).and_then(crate::json::Element::as_int).filter(|number| *number >= 0);
    // A client that asks for a longer lease may get the maximum.
    let valid = seconds(Key::ValidLifetime).unwrap_or(7200);
    let valid = seconds(Key::MaxValidLifetime).map_or(valid, |max| max.max(valid)).max(longest);
    let (renew, rebind) = (levels.get(Key::RenewTimer), levels.get(Key::RebindTimer));
    let (t1, t2) = (seconds(Key::RenewTimer), seconds(Key::RebindTimer));
    if let Some((element, t2)) = rebind.zip(t2).filter(|(_, t2)| *t2 >= valid) {
        let message =
            format!("`rebind-timer` {t2} is not less than the valid lifetime {valid}, so it is never sent");
        out.push(RULE.at(element, message).help("let it be about seven eighths of the valid lifetime"));
    }
    let Some((element, t1)) = renew.zip(t1) else { return };
    // Kea 2.2 refuses a renew-timer behind the rebind-timer: another rule's finding.
    let is_refused = version < KeaVersion::new(2, 3, 5) && t2.is_some_and(|t2| t1 > t2);
    let limit = t2.filter(|t2| *t2 < valid).unwrap_or(valid);
    if t1 >= limit && !is_refused {
        let what = if limit == valid { "the valid lifetime" } else { "the `rebind-timer`" };
        let message = format!("`renew-timer` {t1} is not less than {what} {limit}, so it is never sent");
        out.push(RULE.at(element, message).help("let it be about half of the valid lifetime"));
    }
}
