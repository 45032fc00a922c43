//! What the language is, as tables and laws.

mod editor;
mod findings;
mod laws;
mod regex;
mod syntax;

use crate::{Family, KeaVersion, option::Definitions};

/// The definitions of a daemon without any of its own.
fn definitions(family: Family, version: KeaVersion) -> Definitions {
    Definitions::new(family, version, Vec::new())
}
