//! Which regular expressions `match()` takes: ECMAScript as GNU's C++ library reads it, byte by byte.
//!
//! That library is stricter than the standard in some places (`a{`, `^*`, `[a-\d]`) and laxer in others (`a**`,
//! `\q`), so it is imitated rather than ECMAScript. Its machine may have 100,000 states, which are counted here.

mod bracket;
mod names;
mod parser;

pub use parser::{Regex, check};

use std::ops::Range;

/// Why a regular expression is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegexError {
    /// The bytes of the regular expression that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub what: Fault,
}

/// What is wrong with a regular expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// `(` without `)`.
    #[error("`(` is never closed")]
    Unclosed,
    /// `)` without `(`.
    #[error("`)` closes nothing")]
    Unopened,
    /// `(?` that is not followed by `:`, `=` or `!`.
    #[error("after `(?` only `:`, `=` and `!` are known: neither lookbehind nor names nor flags")]
    GroupKind,
    /// A quantifier with nothing in front that it could repeat.
    #[error("there is nothing in front that could be repeated")]
    NothingToRepeat,
    /// `{` that is not `{2}`, `{2,}` or `{2,5}`.
    #[error("after `{{` comes a number: `{{2}}`, `{{2,}}` or `{{2,5}}`; for the character write `\\{{`")]
    Braces,
    /// `{5,2}`.
    #[error("the second number is less than the first")]
    BackwardBraces,
    /// A number beyond 2147483647.
    #[error("the number is too big")]
    HugeNumber,
    /// `[` without `]`.
    #[error("`[` is never closed")]
    UnclosedBracket,
    /// A word boundary or back-reference inside of brackets.
    #[error("this cannot be inside of `[…]`")]
    InBracket,
    /// `[z-a]`.
    #[error("the range runs backwards")]
    BackwardRange,
    /// `[a-\d]` or `[\d-a]`.
    #[error("a range has one character on each side")]
    RangeOfClass,
    /// `[[:foo:]]`.
    #[error("no such character class")]
    ClassName,
    /// `[[.foo.]]` or `[[=foo=]]`.
    #[error("no such character")]
    CharacterName,
    /// `\` at the end.
    #[error("a backslash at the end escapes nothing; for the character write `\\\\`")]
    TrailingBackslash,
    /// `\x1`, `\u12`.
    #[error("after `\\x` come two hex digits, after `\\u` four")]
    HexEscape,
    /// `\2` without a second group.
    #[error("refers to a group that is not there")]
    NoGroup,
    /// `(a\1)`.
    #[error("refers to the group that it is in")]
    OpenGroup,
    /// More than 100,000 states.
    #[error("needs more than the 100000 states that Kea's regular expressions may have")]
    TooBig,
    /// So long or so deep that the library uses up the stack.
    #[error("is so long that Kea crashes while it reads it")]
    Crash,
}
