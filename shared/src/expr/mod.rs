//! Kea's class expression language: text to tree, what is wrong with it, and what an editor shows of it.
//!
//! [`parse`] never fails: it gives a [`Parsed`] tree and every problem of its syntax and types. What depends on the
//! daemon (its family, version, options and classes) is said by [`check`] for a [`Context`].

mod builder;
mod call;
mod check;
mod complete;
mod context;
pub mod eval;
mod heads;
mod highlight;
mod hover;
mod lexer;
mod literals;
mod number;
mod parser;
mod path;
mod print;
mod problem;
pub mod regex;
mod span;
mod suggest;
mod token;
mod tree;

pub use builder::{Built, Condition, Subject};
pub use call::{Function, Parameter};
pub use check::{check, code};
pub use complete::{Completion, complete};
pub use context::{BUILT_IN, BUILT_IN_PREFIXES, Context, Purpose, is_built_in};
pub use highlight::{Class, highlight};
pub use hover::{Hover, hover};
pub use parser::parse;
pub use path::Field;
pub use print::print;
pub use problem::{Problem, What};
pub use span::Span;
pub(crate) use suggest::nearest;
pub use tree::{Code, Kind, Node, NodeId, Operator, Parsed, Type, Vendor};

#[cfg(test)]
mod tests;
