//! Kea's JSON: a tree of places in the text, so that nothing of the text is ever lost.
//!
//! Kea reads more than JSON from its files: comments (`//`, `/* */`, `#`), `<?include "file"?>` and superfluous commas.
//! [`parse`] never fails. It returns a tree of what it could read, together with every mistake that it met.
//! The text stays as it is; a change is a list of [`TextEdit`]s, and what they do not name keeps every byte.

pub(crate) mod byte_text;
mod document;
mod edit;
mod element;
mod error;
mod include;
mod index;
mod lines;
mod parser;
mod repair;
mod trivia;

pub use document::{Document, NodeId};
pub use edit::{TextEdit, apply};
pub use element::{Element, Kind};
pub use error::{SyntaxCode, SyntaxError};
pub use include::Include;
pub use lines::{Lines, Place};
pub use parser::parse;
pub(crate) use repair::Repaired;

#[cfg(test)]
mod tests;
