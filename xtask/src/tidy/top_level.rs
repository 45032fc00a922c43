//! What may lie in the work tree's own folder: few things, so that a newcomer reads it at a glance.

use super::{Finding, tree::Tree};

/// The entries that may be there, besides the licences.
const ALLOWED: [&str; 17] = [
    ".cargo",
    ".ci",
    ".clippy.toml",
    ".gitattributes",
    ".github",
    ".gitignore",
    ".rustfmt.toml",
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "frontend",
    "proxy",
    "public",
    "shared",
    "tests",
    "xtask",
];

/// Compares the entries with the list.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for file in tree.files() {
        let name = file.path.split('/').next().unwrap_or_default();
        if ALLOWED.contains(&name) || name.starts_with("LICENSE") {
            continue;
        }
        if findings.last().is_none_or(|last| last.path != name) {
            let remedy = "Put it into the folder that it belongs to, or add it to ALLOWED in \
                          xtask/src/tidy/top_level.rs.";
            findings.push(Finding::new(name, 1, "top-level", "an entry that does not belong here", remedy));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_found_once() {
        let tree =
            Tree::of(&[("LICENSE-MIT", ""), ("docs/a.md", ""), ("docs/b.md", ""), ("xtask/src/x.rs", "")]);
        let found: Vec<String> = check(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["docs"]);
    }
}
