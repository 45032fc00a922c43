//! The reviewer's rules: one file per rule, named after the problem. `option_data/duplicate.rs` holds the rule
//! `option-data/duplicate`.

mod allocator;
mod authentication;
mod boot;
mod class_list;
mod client_class;
mod control_agent;
mod control_socket;
mod data_directory;
mod database;
mod ddns;
mod ddns_domain;
mod dhcp_ddns;
mod dns_server;
mod example;
mod expression;
mod finding;
mod high_availability;
mod hooks_library;
mod interface;
mod json;
mod key;
mod lease_database;
mod lifetime;
mod logger;
mod objects;
mod option_data;
mod option_def;
mod paths;
mod pd_pool;
mod pool;
mod relay;
mod relay_supplied_options;
mod reservation;
mod review;
mod server_id;
mod services;
mod shape;
mod shared_network;
mod subnet;
mod text_span;
mod tsig_key;
mod value;

pub use example::Example;
pub(crate) use finding::{Finding, Findings};
use review::Plain;
pub(crate) use review::{Review, check};

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
    /// Configurations in which it finds something. Kea refuses those of an error and accepts the others.
    pub bad: &'static [Example],
    /// Configurations that are like them, in which it finds nothing and which Kea accepts.
    pub good: &'static [Example],
    check: fn(&Review<'_>, &mut Findings),
}

/// Declares a file's rule: its doc comment, which is also its explanation, its code, severity, page, check, and
/// examples.
macro_rules! rule {
    (
        $(#[doc = $line:literal])+
        $code:literal, $severity:ident, arm: $page:literal, $check:path,
        bad: [$($bad:expr),* $(,)?],
        good: [$($good:expr),* $(,)?] $(,)?
    ) => {
        $(#[doc = $line])+
        pub(in crate::rules) const RULE: $crate::rules::Rule = $crate::rules::Rule {
            code: $code,
            severity: $crate::diagnostic::Severity::$severity,
            arm: concat!("https://kea.readthedocs.io/en/kea-3.0.0/arm/", $page),
            explain: concat!($($line, "\n"),+),
            bad: &[$($bad),*],
            good: &[$($good),*],
            check: $check,
        };
    };
}
use rule;

/// The rules, by the object that they are about. Each folder lists its own.
const ALL: &[&[Rule]] = &[
    allocator::RULES,
    authentication::RULES,
    boot::RULES,
    class_list::RULES,
    client_class::RULES,
    control_agent::RULES,
    control_socket::RULES,
    data_directory::RULES,
    database::RULES,
    ddns_domain::RULES,
    ddns::RULES,
    dhcp_ddns::RULES,
    dns_server::RULES,
    expression::RULES,
    high_availability::RULES,
    hooks_library::RULES,
    interface::RULES,
    json::RULES,
    key::RULES,
    lease_database::RULES,
    lifetime::RULES,
    logger::RULES,
    option_data::RULES,
    option_def::RULES,
    pd_pool::RULES,
    pool::RULES,
    relay_supplied_options::RULES,
    relay::RULES,
    reservation::RULES,
    server_id::RULES,
    shared_network::RULES,
    subnet::RULES,
    tsig_key::RULES,
    value::RULES,
];

/// Every rule, by code.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    ALL.iter().copied().flatten()
}

/// The rule of a code.
pub fn find(code: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.code == code)
}

/// What all rules find in the configuration that a daemon of `version` shall run, errors first. The findings have no
/// spans: the configuration has no text.
pub fn review(config: &Config, version: KeaVersion) -> Vec<Diagnostic> {
    let text = config.to_arguments().to_string();
    let mut found = crate::check::check(&text, version).diagnostics;
    for diagnostic in &mut found {
        diagnostic.span = None;
        diagnostic.fix = None;
        diagnostic.related.iter_mut().for_each(|related| related.span = None);
    }
    found.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, check::check};
    use serde_json::Value;

    /// What one rule finds, as `path: message`.
    pub(super) fn findings(rule: &Rule, family: Family, version: &str, root: Value) -> Vec<String> {
        let text = Config { family, root }.to_arguments().to_string();
        let found = check(&text, version.parse().unwrap()).diagnostics.into_iter();
        let found = found.filter(|diagnostic| diagnostic.code == rule.code);
        found
            .inspect(|diagnostic| assert_eq!(diagnostic.severity, rule.severity))
            .map(|diagnostic| format!("{}: {}", diagnostic.path, diagnostic.message))
            .collect()
    }

    #[test]
    fn codes_are_ordered_and_unique() {
        let codes: Vec<&str> = all().map(|rule| rule.code).collect();
        assert!(codes.is_sorted_by(|one, other| one < other), "{codes:?}");
    }

    #[test]
    fn every_rule_says_why_and_where_it_comes_from() {
        for rule in all() {
            assert!(rule.explain.contains(" ## Why\n"), "{}", rule.code);
            assert!(rule.arm.contains(".html#"), "{}", rule.code);
        }
    }

    /// Goes red for a rule that is cut out: its bad examples then find nothing.
    #[test]
    fn every_rule_tells_its_bad_examples_from_its_good_ones() {
        let mut wrong = Vec::new();
        for rule in all() {
            assert!(!rule.bad.is_empty() && !rule.good.is_empty(), "{} has no examples", rule.code);
            for (examples, is_bad) in [(rule.bad, true), (rule.good, false)] {
                for (example, version) in examples
                    .iter()
                    .flat_map(|example| example.versions().map(move |version| (example, version)))
                {
                    let found = check(example.text, version).diagnostics;
                    let others = found.iter().filter(|found| found.is_error() && found.code != rule.code);
                    let others: Vec<&str> = others.map(|found| found.code.as_str()).collect();
                    if found.iter().any(|found| found.code == rule.code) != is_bad || !others.is_empty() {
                        wrong.push(format!(
                            "{} for Kea {version}, bad: {is_bad}, others: {others:?}: {}",
                            rule.code, example.text
                        ));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
