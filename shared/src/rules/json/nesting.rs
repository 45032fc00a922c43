//! `json/nesting`

use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// Maps and lists are nested too deeply.
    ///
    /// ## Why
    /// Kea reads commands of at most 100 levels (since 2.6.3, 3.0.3 and 3.1.5), the command's own two included, so
    /// such a configuration cannot be set over the API. From a file it is read, until at some 100,000 levels the
    /// daemon crashes.
    ///
    /// ## Use instead
    /// Flatten what is in `user-context` or in a hook's `parameters`: Kea's own maps are six levels deep.
    "json/nesting", Error, arm: "config.html#json-syntax", check,
    bad: [Example::new(DEEP).from(2, 6, 3)],
    good: [
        Example::new(r#"{"Dhcp4": {"user-context": {"a": [[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]}}}"#),
        Example::new(DEEP).before(2, 6, 0),
    ],
}

/// A hundred lists in one another.
const DEEP: &str = concat!(
    r#"{"Dhcp4": {"user-context": {"a": "#,
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    "}}}",
);

/// The parser's mistakes are added before any rule runs.
fn check(_: &Review<'_>, _: &mut Findings) {}
