//! `database/blank`

use super::backends;
use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// A text in `config-databases` has a blank in it.
    ///
    /// ## Why
    /// Kea joins these texts by blanks before it reads them again, and then cannot tell where one ends: it refuses
    /// the configuration. A password may have blanks.
    "database/blank", Error, arm: "config.html#kea-configuration-backend", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"config-control": {"config-databases": [{"type": "mysql", "name": "kea lab"}]}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"config-control": {"config-databases": [{"type": "mysql", "name": "kea_lab"}]}}}"#),
        Example::new(
            r#"{"Dhcp4": {"config-control": {"config-databases": [{"type": "mysql", "name": "kea", "password": "a b"}]}}}"#,
        ),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for value in backends(review).flat_map(|database| database.children()) {
        let is_text = value.as_str().is_some_and(|text| text.contains(' '));
        if is_text && !value.has_key("password") && !value.has_key("type") {
            let message = format!("`{}` must not have a blank in it", value.key().unwrap_or_default());
            out.push(RULE.at(value, message).help("take the blank out"));
        }
    }
}
