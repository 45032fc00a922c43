//! `lifetime/out-of-range`

use crate::{
    KeaVersion,
    rules::{Example, Findings, Review, objects::Key, rule},
};

rule! {
    /// A lifetime is negative or beyond 4294967295.
    ///
    /// ## Why
    /// Kea 3.2 and newer refuse it. Older versions keep its last 32 bits: they make 4294967295 of -1, which is for ever.
    ///
    /// ## Use instead
    /// The number that Kea made of it so far: 4294967295 where a lease shall never end.
    "lifetime/out-of-range", Error, arm: "dhcp4-srv.html#dhcpv4-server-configuration", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": -1}}"#).from(3, 2, 0),
        Example::new(r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/64", "preferred-lifetime": 4294967296}]}}"#)
            .from(3, 2, 0),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"valid-lifetime": 4294967295}}"#),
        Example::new(r#"{"Dhcp4": {"valid-lifetime": -1}}"#).before(3, 2, 0),
    ],
}

/// The first version that looks at the range.
pub(super) const SINCE: KeaVersion = KeaVersion::new(3, 2, 0);

/// The lifetimes whose range it looks at.
pub(super) const KEYS: &[Key] = &[
    Key::MaxPreferredLifetime,
    Key::MaxValidLifetime,
    Key::MinPreferredLifetime,
    Key::MinValidLifetime,
    Key::PreferredLifetime,
    Key::ValidLifetime,
];

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.version < SINCE {
        return;
    }
    let objects = &review.objects;
    let scopes = [objects.global()].into_iter().chain(objects.classes()).chain(objects.scopes());
    for scope in scopes.filter(|scope| scope.has_any(KEYS)) {
        for element in KEYS.iter().filter_map(|key| scope.get(*key)) {
            let Some(number) = element.as_int().filter(|number| u32::try_from(*number).is_err()) else {
                continue;
            };
            let finding = RULE.at(element, format!("`{number}` is not between 0 and 4294967295"));
            let finding = finding.help("write the number of seconds that is meant");
            let endless = || element.replace_text(u32::MAX.to_string());
            out.push(if number == -1 { finding.fix("write 4294967295", endless()) } else { finding });
        }
    }
}
