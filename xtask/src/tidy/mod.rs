//! The rules of the house that no compiler checks. Each finding says where, which rule, and what to do.

mod crates;
mod layers;
mod orphans;
mod reviewers;
mod sizes;
mod text;
mod top_level;
mod tree;
mod words;

use std::fmt;

use anyhow::{Result, ensure};

use crate::{paths, say};
use tree::Tree;

/// One breach of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    path: String,
    line: usize,
    rule: &'static str,
    what: String,
    remedy: String,
}

impl Finding {
    fn new(
        path: &str,
        line: usize,
        rule: &'static str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { path: path.to_owned(), line, rule, what: what.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, rule, what, remedy } = self;
        write!(formatter, "{path}:{line}: {what} [{rule}]\n    {remedy}")
    }
}

/// All checks.
const CHECKS: [fn(&Tree) -> Vec<Finding>; 8] = [
    crates::check,
    layers::check,
    orphans::check,
    reviewers::check,
    sizes::check,
    text::check,
    top_level::check,
    words::check,
];

/// Checks the work tree.
///
/// # Errors
/// When a rule is broken, or the tree cannot be read.
pub fn run() -> Result<()> {
    let tree = Tree::read(paths::root())?;
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&tree)).collect();
    findings.sort_by(|a, b| (&a.path, a.line, a.rule).cmp(&(&b.path, b.line, b.rule)));
    for finding in &findings {
        println!("{finding}");
    }
    ensure!(findings.is_empty(), "{} breaches of the rules of the house", findings.len());
    say::note(&format!("{} files are in order", tree.files().len()));
    Ok(())
}

/// What a check finds in a tree of one file: its line and rule.
#[cfg(test)]
fn found(check: fn(&Tree) -> Vec<Finding>, path: &str, text: &str) -> Vec<(usize, &'static str)> {
    let tree = Tree::of(&[(path, text)]);
    check(&tree).into_iter().map(|finding| (finding.line, finding.rule)).collect()
}
