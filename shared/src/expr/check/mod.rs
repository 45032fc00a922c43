//! What is wrong with an expression for one daemon.

mod contradiction;
mod daemon;
mod lints;
mod report;
mod value;
mod words;

use super::{Context, Parsed, Purpose, Type};
use crate::diagnostic::Diagnostic;

/// The codes of what is found. Each is a rule of the same name.
pub mod code {
    /// The text cannot be read as an expression.
    pub const SYNTAX: &str = "expression/syntax";
    /// Letters that are no word of the language.
    pub const UNKNOWN_WORD: &str = "expression/unknown-word";
    /// A condition where a string is wanted, or the other way round.
    pub const WRONG_TYPE: &str = "expression/wrong-type";
    /// A number beyond what may be there.
    pub const OUT_OF_RANGE: &str = "expression/out-of-range";
    /// A word of the other family.
    pub const WRONG_FAMILY: &str = "expression/wrong-family";
    /// A word that this Kea does not have yet.
    pub const TOO_NEW: &str = "expression/too-new";
    /// An option's name that is not defined.
    pub const UNKNOWN_OPTION: &str = "expression/unknown-option";
    /// A class that is not defined before.
    pub const UNKNOWN_CLASS: &str = "expression/unknown-class";
    /// A regular expression that Kea refuses.
    pub const BAD_REGEX: &str = "expression/bad-regex";
    /// Two options are compared, and both may be missing.
    pub const BOTH_MISSING: &str = "expression/both-missing";
    /// A comparison of two literals.
    pub const CONSTANT: &str = "expression/constant";
    /// Conditions that cannot hold together.
    pub const CONTRADICTION: &str = "expression/contradiction";
    /// An option is compared with an empty text.
    pub const EMPTY_TEXT: &str = "expression/empty-text";
    /// What Kea can read but not evaluate.
    pub const FAILS: &str = "expression/fails";
    /// A comparison that no packet makes true.
    pub const NEVER_EQUAL: &str = "expression/never-equal";
    /// Hex digits in quotes.
    pub const QUOTED_HEX: &str = "expression/quoted-hex";
    /// A regular expression that takes too long.
    pub const SLOW_REGEX: &str = "expression/slow-regex";
    /// `substring` takes more than what it is compared with has.
    pub const SUBSTRING_LENGTH: &str = "expression/substring-length";
    /// `.text` of an option that is no text.
    pub const TEXT_OF_BYTES: &str = "expression/text-of-bytes";
}

/// What Kea refuses in an expression, and what its author will regret. The findings' spans are bytes of the
/// expression's text.
///
/// ```
/// use perch_shared::{Family, KeaVersion, expr, option::Definitions};
/// let definitions = Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new());
/// let context = expr::Context::new(&definitions, expr::Purpose::Test);
/// let found = expr::check(&expr::parse("option[host-nam].text == 'a'"), &context);
/// assert_eq!(found[0].code, "expression/unknown-option");
/// assert_eq!(found[0].span, Some(7..15));
/// ```
pub fn check(parsed: &Parsed<'_>, context: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for problem in parsed.problems() {
        found.push(words::describe(problem, parsed.text(), context.version()));
    }
    root(parsed, context, &mut found);
    daemon::check(parsed, context, &mut found);
    if found.is_empty() {
        lints::check(parsed, context, &mut found);
    }
    found.sort_by_key(|diagnostic| diagnostic.span.as_ref().map_or(0, |span| span.start));
    found
}

/// Whether the whole is what it is used as.
fn root(parsed: &Parsed<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(root) = parsed.root() else { return };
    let (message, help) = match (context.purpose, parsed.type_of(root)) {
        (Purpose::Test, Type::String) => (
            "the test is a string, not a condition",
            "compare it with `==`, or ask for an option with `.exists`",
        ),
        (Purpose::TemplateTest, Type::Condition) => (
            "the template-test is a condition, not a string",
            "use `test` for a condition; a `template-test` gives the end of the class's name",
        ),
        (Purpose::Value, Type::Condition) => (
            "this is a condition, not a string",
            "choose between two strings with `ifelse(condition, 'a', 'b')`",
        ),
        _ => return,
    };
    let span = parsed.node(root).map(|node| node.span).unwrap_or_default();
    found.push(report::error(code::WRONG_TYPE, span, message).help(help));
}
