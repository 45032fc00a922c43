//! `lifetime/renew-after-rebind`

use super::scopes_that_set;
use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A `renew-timer` is greater than the `rebind-timer`.
    ///
    /// ## Why
    /// Kea before 2.3.5 refuses it in a shared network and in a subnet, also where these inherit one of them. Newer ones
    /// accept it.
    "lifetime/renew-after-rebind", Error, arm: "dhcp4-srv.html#sending-t1-option-58-and-t2-option-59", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"rebind-timer": 100, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "renew-timer": 200}]}}"#,
        ).before(2, 3, 5),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"rebind-timer": 200, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "renew-timer": 200}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if !review.objects.before(2, 3, 5) {
        return;
    }
    for levels in scopes_that_set(&review.objects, &[Key::RenewTimer, Key::RebindTimer]) {
        let (Some(renew), Some(rebind)) = (levels.get(Key::RenewTimer), levels.get(Key::RebindTimer)) else {
            continue;
        };
        let (Some(t1), Some(t2)) = (renew.as_int(), rebind.as_int()) else { continue };
        // A subnet's timers Kea compares twice: as they are, and the last 32 bits that it kept of them.
        let cut = |timer: i64| timer & i64::from(u32::MAX);
        // What is negative has a rule of its own.
        if t2 >= 0 && (t1 > t2 || levels.is_subnet && t1 >= 0 && cut(t1) > cut(t2)) {
            let finding = RULE.at(renew, format!("`renew-timer` {t1} is greater than `rebind-timer` {t2}"));
            out.push(
                finding.related(rebind, "the rebind-timer").help("let the renew-timer be the shorter one"),
            );
        }
    }
}
