//! Rules about class expressions: each is what [`crate::expr::check`] says under its code.

mod bad_regex;
mod both_missing;
mod constant;
mod contradiction;
mod empty_text;
mod fails;
mod hooks;
mod in_hook;
mod never_equal;
mod out_of_range;
mod quoted_hex;
mod slow_regex;
mod substring_length;
mod syntax;
mod text_of_bytes;
mod told;
mod too_new;
mod unknown_class;
mod unknown_option;
mod unknown_word;
mod wrong_family;
mod wrong_type;

pub(super) const RULES: &[super::Rule] = &[
    bad_regex::RULE,
    both_missing::RULE,
    constant::RULE,
    contradiction::RULE,
    empty_text::RULE,
    fails::RULE,
    in_hook::RULE,
    never_equal::RULE,
    out_of_range::RULE,
    quoted_hex::RULE,
    slow_regex::RULE,
    substring_length::RULE,
    syntax::RULE,
    text_of_bytes::RULE,
    too_new::RULE,
    unknown_class::RULE,
    unknown_option::RULE,
    unknown_word::RULE,
    wrong_family::RULE,
    wrong_type::RULE,
];

/// The check of a rule whose findings come with those of `expression/syntax`: an expression is read once for all.
fn with_the_rest(_: &super::Review<'_>, _: &mut super::Findings) {}
