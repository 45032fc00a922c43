//! `database/unsupported-timeout`

use super::databases;
use crate::{
    KeaVersion,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// A database has a timeout that its type does not know.
    ///
    /// ## Why
    /// `read-timeout` and `write-timeout` are for MySQL only, `tcp-user-timeout` for PostgreSQL only. Kea refuses
    /// them elsewhere unless they are 0.
    "database/unsupported-timeout", Error, arm: "dhcp4-srv.html#dhcpv4-database-configuration", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"lease-database": {"type": "memfile", "read-timeout": 5}}}"#).from(2, 3, 4),
        Example::new(r#"{"Dhcp4": {"hosts-database": {"type": "mysql", "name": "kea", "tcp-user-timeout": 5}}}"#).from(2, 3, 4),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"hosts-database": {"type": "mysql", "name": "kea", "read-timeout": 5}}}"#).from(2, 3, 4),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.version < KeaVersion::new(2, 3, 4) {
        return;
    }
    for database in databases(review) {
        let Some(kind) = database.text("type") else { continue };
        for (key, of) in
            [("read-timeout", "mysql"), ("write-timeout", "mysql"), ("tcp-user-timeout", "postgresql")]
        {
            let Some(value) = database.get(key).filter(|value| value.as_int().is_some_and(|time| time > 0))
            else {
                continue;
            };
            if kind != of {
                let finding = RULE.at_key(value, format!("a database of type `{kind}` has no `{key}`"));
                out.push(finding.help("take it out").fix("take it out", value.remove()));
            }
        }
    }
}
