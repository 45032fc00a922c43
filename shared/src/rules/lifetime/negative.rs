//! `lifetime/negative`

use super::scopes_that_set;
use crate::{
    Family,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A timer or an `offer-lifetime` is negative.
    ///
    /// ## Why
    /// Kea refuses it in a shared network and in a subnet, also where these inherit it; `offer-lifetime` in client classes
    /// too. In a global map without any of them it is not looked at.
    "lifetime/negative", Error, arm: "dhcp4-srv.html#sending-t1-option-58-and-t2-option-59", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"renew-timer": -1, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}}"#),
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "rebind-timer": -1}]}}"#),
        Example::new(r#"{"Dhcp4": {"client-classes": [{"name": "a", "offer-lifetime": -1}]}}"#).from(2, 4, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"renew-timer": -1}}"#),
        Example::new(r#"{"Dhcp4": {"renew-timer": 0, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]}}"#),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let has_offers = !review.objects.before(2, 3, 6);
    let keys: &[&'static [Key]] = match review.family {
        Family::V4 if has_offers => &[&[Key::RenewTimer], &[Key::RebindTimer], &[Key::OfferLifetime]],
        _ => &[&[Key::RenewTimer], &[Key::RebindTimer]],
    };
    for key in keys {
        for levels in scopes_that_set(&review.objects, key) {
            report(key.iter().find_map(|key| levels.get(*key)), out);
        }
    }
    for class in review.objects.classes().filter(|_| has_offers) {
        report(class.get(Key::OfferLifetime), out);
    }
}

fn report(element: Option<crate::json::Element<'_>>, out: &mut Findings) {
    let Some(element) = element else { return };
    if let Some(number) = element.as_int().filter(|number| *number < 0) {
        let key = element.key().unwrap_or_default();
        let finding = RULE.at(element, format!("`{key}` is negative: `{number}`"));
        out.push(finding.help("write a number of seconds"));
    }
}
