//! The expressions among the parameters of hook libraries.

use super::{in_hook, told};
use crate::{
    expr::Purpose,
    json::Element,
    rules::{Findings, Review},
};

/// Checks the parameters of every library that Perch knows to hold expressions.
pub(super) fn check(review: &Review<'_>, out: &mut Findings) {
    let mut count = 0;
    for library in review.root.maps("hooks-libraries") {
        let (Some(path), Some(parameters)) = (library.text("library"), library.get("parameters")) else {
            continue;
        };
        for (element, purpose) in expressions(&path, parameters) {
            told::in_hook(review, element, purpose, &in_hook::RULE, &mut count, out);
        }
    }
}

/// The strings that a library evaluates. Sources: the manual's pages of the libraries.
fn expressions<'d>(path: &str, parameters: Element<'d>) -> Vec<(Element<'d>, Purpose)> {
    let values =
        |keys: &[&str]| keys.iter().filter_map(|key| Some((parameters.get(key)?, Purpose::Value))).collect();
    match path.rsplit('/').next().unwrap_or(path) {
        "libdhcp_flex_id.so" => values(&["identifier-expression"]),
        "libdhcp_ddns_tuning.so" => values(&["hostname-expr"]),
        "libdhcp_legal_log.so" => values(&["request-parser-format", "response-parser-format"]),
        "libdhcp_flex_option.so" => parameters.maps("options").flat_map(actions).collect(),
        _ => Vec::new(),
    }
}

/// What flex-option does with an option and its sub-options.
fn actions(option: Element<'_>) -> Vec<(Element<'_>, Purpose)> {
    option.maps("sub-options").flat_map(action).chain(action(option)).collect()
}

fn action(option: Element<'_>) -> Vec<(Element<'_>, Purpose)> {
    let keys = [("add", Purpose::Value), ("supersede", Purpose::Value), ("remove", Purpose::Test)];
    keys.into_iter().filter_map(|(key, purpose)| Some((option.get(key)?, purpose))).collect()
}
