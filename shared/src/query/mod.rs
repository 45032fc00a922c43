//! The language that lists of subnets are filtered with: `subnet in 10.0.0.0/8 and class=voip and free<10`.
//!
//! A text is compiled once; then it is asked of prepared rows, fifty thousand of them within a frame.

mod complete;
mod field;
mod lexer;
mod line;
mod parser;
mod test;
#[cfg(test)]
mod tests;
mod words;

pub use complete::{Completion, Offer, Vocabulary, complete};
pub use field::Field;
pub use line::Line;
pub use words::Words;

use crate::api::Usage;
use std::ops::Range;
use test::Test;

/// A filter, ready to be asked.
///
/// # Example
/// ```
/// use perch_shared::{Family, api::SubnetRow, query::{Line, Query}};
/// let row = SubnetRow { subnet: "10.1.0.0/16".into(), classes: vec!["voip".into()], ..SubnetRow::default() };
/// let line = Line::new(Family::V4, &row, "campus", &["kea-1".to_owned()]);
/// for (text, expected) in [
///     ("subnet in 10.0.0.0/8 and clientClass=voip", true),
///     ("10.1.2.3", true),
///     ("not (server=kea-1 or network=campus)", false),
///     ("free<10", false),
/// ] {
///     assert_eq!(Query::parse(text).map(|query| query.matches(&line, None)), Ok(expected), "{text}");
/// }
/// assert_eq!(Query::parse("sbnet=1").map_err(|error| error.at), Err(0..5));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    test: Test,
}

/// Why a text is no filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// Where in the text, in bytes.
    pub at: Range<usize>,
    /// What is wrong there.
    pub message: String,
    /// What to write in its place.
    pub help: String,
}

impl Query {
    /// Reads a text.
    ///
    /// # Errors
    /// Says where the text is wrong and what to do about it.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parser::parse(text).map(|test| Self { test })
    }

    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.test == Test::Everything
    }

    /// Whether a row passes. What is not known of its usage passes no condition about it.
    pub fn matches(&self, line: &Line, usage: Option<&Usage>) -> bool {
        self.test.passes(line, usage)
    }
}
