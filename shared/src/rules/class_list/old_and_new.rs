//! `class-list/old-and-new`

use super::guarded;
use crate::rules::{Example, Findings, Review, objects::Key, rule};

rule! {
    /// A scope has both the old and the new key for its client classes.
    ///
    /// ## Why
    /// Kea 3.0 refuses it: `client-classes` replaces `client-class`, and `evaluate-additional-classes` replaces
    /// `require-client-classes`.
    "class-list/old-and-new", Error, arm: "dhcp4-srv.html#client-classification-in-dhcpv4", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-class": "a", "client-classes": ["b"]}]}}"#,
        ).from(3, 0, 0),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "client-classes": ["a", "b"]}]}}"#,
        ).from(3, 0, 0),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.objects.before(2, 7, 5) {
        return;
    }
    let pairs =
        [(Key::ClientClass, Key::ClientClasses), (Key::RequireClientClasses, Key::EvaluateAdditionalClasses)];
    for object in guarded(&review.objects) {
        for (old, new) in pairs {
            let (Some(old_at), Some(new_at)) = (object.get(old), object.get(new)) else { continue };
            let finding = RULE.at_key(old_at, format!("`{}` stands beside `{}`", old.name(), new.name()));
            let finding = finding.related(new_at, "the key that replaces it");
            out.push(finding.help(format!("move its classes into `{}`", new.name())));
        }
    }
}
