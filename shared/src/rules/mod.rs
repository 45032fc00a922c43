//! The reviewer's rules: one file per rule, named after the problem. `option_data/duplicate.rs` holds the rule
//! `option-data/duplicate`.

mod control_socket;
mod lifetime;
mod option_data;
mod places;
mod pool;
mod subnet;

use crate::{
    KeaVersion,
    config::Config,
    diagnostic::{Diagnostic, Severity},
};

/// One check of a whole configuration.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which is also its file's path and the code of its findings.
    pub code: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// The page of Kea's manual that it is about.
    pub arm: &'static str,
    /// What it finds and why that matters, in Markdown.
    pub explain: &'static str,
    check: fn(&Review<'_>, &mut Vec<Diagnostic>),
}

/// What a rule looks at.
#[derive(Debug)]
struct Review<'a> {
    config: &'a Config,
    version: KeaVersion,
}

/// Declares a file's rule: its doc comment, which is also its explanation, its code, severity, page and check.
macro_rules! rule {
    ($(#[doc = $line:literal])+ $code:literal, $severity:ident, arm: $page:literal, $check:path) => {
        $(#[doc = $line])+
        pub(in crate::rules) const RULE: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            severity: $crate::diagnostic::Severity::$severity,
            arm: concat!("https://kea.readthedocs.io/en/kea-3.0.0/arm/", $page),
            explain: concat!($($line, "\n"),+),
            check: $check,
        };
    };
}
use rule;

const ALL: &[Rule] = &[
    control_socket::missing::RULE,
    lifetime::order::RULE,
    option_data::cycle::RULE,
    option_data::duplicate::RULE,
    option_data::invalid::RULE,
    pool::outside_subnet::RULE,
    pool::overlap::RULE,
    subnet::duplicate_id::RULE,
    subnet::duplicate_prefix::RULE,
];

/// Every rule, by code.
pub fn all() -> &'static [Rule] {
    ALL
}

/// What all rules find in the configuration that a daemon of `version` shall run, errors first.
pub fn review(config: &Config, version: KeaVersion) -> Vec<Diagnostic> {
    let review = Review { config, version };
    let mut found = Vec::new();
    for rule in ALL {
        (rule.check)(&review, &mut found);
    }
    found.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Family;
    use serde_json::Value;

    /// What one rule finds, as `path: message`.
    pub(super) fn findings(rule: &Rule, family: Family, version: &str, root: Value) -> Vec<String> {
        let config = Config { family, root };
        let mut found = Vec::new();
        (rule.check)(&Review { config: &config, version: version.parse().unwrap() }, &mut found);
        for diagnostic in &found {
            assert_eq!(diagnostic.code, rule.code);
            assert_eq!(diagnostic.severity, rule.severity);
        }
        found.into_iter().map(|diagnostic| format!("{}: {}", diagnostic.path, diagnostic.message)).collect()
    }

    #[test]
    fn adding_or_renaming_a_rule_is_seen_here() {
        let codes: Vec<&str> = all().iter().map(|rule| rule.code).collect();
        assert_eq!(
            codes,
            [
                "control-socket/missing",
                "lifetime/order",
                "option-data/cycle",
                "option-data/duplicate",
                "option-data/invalid",
                "pool/outside-subnet",
                "pool/overlap",
                "subnet/duplicate-id",
                "subnet/duplicate-prefix",
            ]
        );
    }

    #[test]
    fn every_rule_says_why_and_where_it_comes_from() {
        for rule in all() {
            assert!(rule.explain.contains(" ## Why\n"), "{}", rule.code);
            assert!(rule.arm.contains(".html#"), "{}", rule.code);
        }
    }

    #[test]
    fn no_form_of_a_configuration_stops_a_review() {
        for text in [
            "null",
            "[]",
            "{}",
            r#"{"subnet4": 1}"#,
            r#"{"subnet4": [1, [], {}], "shared-networks": [{"subnet4": [null]}, 2]}"#,
            r#"{"option-data": [1, {}, {"code": "x"}], "client-classes": ["a", {"option-data": {}}], "pools": [[]]}"#,
            r#"{"subnet4": [{"id": "a", "subnet": 3, "pools": [{"pool": []}, {}]}], "valid-lifetime": "x"}"#,
        ] {
            for family in Family::ALL {
                review(&Config { family, root: serde_json::from_str(text).unwrap() }, KeaVersion::OLDEST);
            }
        }
    }
}
