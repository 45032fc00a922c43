//! `pd-pool/invalid-excluded-prefix`

use crate::{
    Family,
    net::parse_address,
    rules::{
        Example, Findings, Review,
        objects::{Key, Object},
        rule,
    },
};

rule! {
    /// A pd-pool's excluded prefix is not inside the delegated ones.
    ///
    /// ## Why
    /// Kea refuses it. `excluded-prefix` and `excluded-prefix-len` stand together; the length is greater than
    /// `delegated-len`, and the address begins with the pool's own prefix, filled up with zeros to `delegated-len` bits
    /// (RFC 6603).
    "pd-pool/invalid-excluded-prefix", Error, arm: "dhcp6-srv.html#prefix-exclude-option", check,
    bad: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 56,
                 "excluded-prefix": "2001:db8:2::", "excluded-prefix-len": 64}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 56,
                 "excluded-prefix": "2001:db8:1::", "excluded-prefix-len": 56}]}]}}"#,
        ),
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 56, "excluded-prefix": "2001:db8:1::"}]}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp6": {"subnet6": [{"id": 1, "subnet": "2001:db8::/32", "pd-pools": [
                {"prefix": "2001:db8:1::", "prefix-len": 48, "delegated-len": 56,
                 "excluded-prefix": "2001:db8:1:0:8::", "excluded-prefix-len": 72}]}]}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for pool in review
        .objects
        .pd_pools()
        .filter(|pool| pool.object.has_any(&[Key::ExcludedPrefix, Key::ExcludedPrefixLen]))
    {
        let Some(problem) = problem(pool.object) else { continue };
        let at = pool.object.get(Key::ExcludedPrefix).or_else(|| pool.object.get(Key::ExcludedPrefixLen));
        let Some(at) = at else { continue };
        out.push(
            RULE.at(at, problem)
                .help("let it be a part of the first delegated prefix, or leave both keys out"),
        );
    }
}

fn problem(pool: Object<'_>) -> Option<String> {
    let address = match pool.get(Key::ExcludedPrefix) {
        None => 0,
        Some(element) => {
            let text = element.as_str()?;
            let Some(address) = parse_address(Family::V6, &text) else {
                return Some(format!("`{text}` is no IPv6 address"));
            };
            address
        }
    };
    let length = match pool.get(Key::ExcludedPrefixLen) {
        None => 0,
        Some(element) => element.as_int()?,
    };
    if address == 0 && length == 0 {
        return None;
    }
    if length == 0 {
        return Some("`excluded-prefix` stands without a length in `excluded-prefix-len`".into());
    }
    let delegated = pool.int(Key::DelegatedLen)?;
    if length <= delegated || length > 128 {
        return Some(format!("`excluded-prefix-len` {length} is not between {} and 128", delegated + 1));
    }
    let pool_prefix = parse_address(Family::V6, &pool.text(Key::Prefix)?)?;
    let shift = u32::try_from(128 - delegated).ok()?;
    let head = |address: u128| address.checked_shr(shift).unwrap_or(0);
    if head(address) != head(pool_prefix) {
        return Some(format!("its first {delegated} bits are not those of the pool's prefix"));
    }
    (address == 0).then(|| "`excluded-prefix` is missing".to_owned())
}
