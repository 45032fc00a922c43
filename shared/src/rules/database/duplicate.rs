//! `database/duplicate`

use super::backends;
use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// One database is listed twice in `config-databases`.
    ///
    /// ## Why
    /// Kea refuses the configuration: it opens each backend once, and tells them apart by all of their parameters.
    ///
    /// ## Use instead
    /// Keep one of the two entries.
    "database/duplicate", Error, arm: "config.html#kea-configuration-backend", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"config-control": {"config-databases": [
                {"type": "mysql", "name": "kea"}, {"name": "kea", "type": "mysql"}]}}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"config-control": {"config-databases": [
                {"type": "mysql", "name": "kea"}, {"type": "mysql", "name": "spare"}]}}}"#,
        ),
    ],
}

/// There are only a few backends: their parameters are compared pair by pair.
fn check(review: &Review<'_>, out: &mut Findings) {
    let mut seen = Vec::new();
    for database in backends(review).take(32) {
        let parameters = database.to_value();
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == parameters) {
            let finding = RULE.at_map(database, "this database is listed already");
            out.push(finding.related(*first, "the same database").help("keep one of the two entries"));
        } else {
            seen.push((parameters, database));
        }
    }
}
