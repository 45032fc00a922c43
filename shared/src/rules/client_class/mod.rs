//! Rules about client classes, apart from their expressions.

mod both_lists;
mod built_in;
mod duplicate;
mod empty_name;
mod never_assigned;
mod never_evaluated;
mod option_def;
mod references;
mod special_character;
mod two_tests;
mod unknown;
mod unused;

pub(super) const RULES: &[super::Rule] = &[
    both_lists::RULE,
    built_in::RULE,
    duplicate::RULE,
    empty_name::RULE,
    never_assigned::RULE,
    never_evaluated::RULE,
    option_def::RULE,
    special_character::RULE,
    two_tests::RULE,
    unknown::RULE,
    unused::RULE,
];

/// The first Kea that knows `only-in-additional-list`.
const ADDITIONAL_LISTS: crate::KeaVersion = crate::KeaVersion::new(2, 7, 4);

/// The first Kea that looks at `template-test`.
const TEMPLATES: crate::KeaVersion = crate::KeaVersion::new(2, 3, 2);
