//! `pd-pool/invalid-length`

use crate::rules::{
    Example, Findings, Review,
    objects::{Key, Object},
    rule,
};

rule! {
    /// The lengths of a pd-pool do not fit each other.
    ///
    /// ## Why
    /// Kea refuses it. `prefix-len` is from 1 to 128, and `delegated-len` is as long or longer.
    "pd-pool/invalid-length", Error, arm: "dhcp6-srv.html#subnet-and-prefix-delegation-pools", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 40}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 0, "delegated-len": 64}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 48}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    // Kea 2.4 began to count the prefixes with 128 bits, and refuses what is beyond.
    let most = if review.objects.before(2, 4, 0) { 255 } else { 128 };
    for pool in review.objects.pd_pools() {
        let prefix = length(pool.object, Key::PrefixLen, 128, out);
        let delegated = length(pool.object, Key::DelegatedLen, 255, out);
        let Some(((prefix, delegated), element)) =
            prefix.zip(delegated).zip(pool.object.get(Key::DelegatedLen))
        else {
            continue;
        };
        if delegated < prefix {
            let message = format!("`delegated-len` {delegated} is less than `prefix-len` {prefix}");
            out.push(RULE.at(element, message).help(format!("let it be from {prefix} to 128")));
        } else if delegated - prefix > most {
            let message = format!(
                "`delegated-len` {delegated} is more than 128 bits longer than `prefix-len` {prefix}"
            );
            out.push(RULE.at(element, message).help(format!("let it be from {prefix} to 128")));
        }
    }
}

/// A length that Kea can read, with a finding where it cannot.
fn length(pool: Object<'_>, key: Key, most: i64, out: &mut Findings) -> Option<i64> {
    let element = pool.get(key)?;
    let length = element.as_int()?;
    let least = i64::from(key == Key::PrefixLen);
    if (least..=most).contains(&length) {
        return Some(length);
    }
    let finding = RULE.at(element, format!("`{}` {length} is not between {least} and {most}", key.name()));
    out.push(finding.help("write a length in bits, up to 128"));
    None
}
