//! Tests of the tree and of its edits.

mod edits;
mod laws;
mod syntax;
