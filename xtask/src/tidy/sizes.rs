//! How long a file may be: what is longer has more than one subject.

use super::{Finding, tree::Tree};

/// Folders with a lower ceiling than the rest, and theirs.
const CEILINGS: [(&str, usize); 3] =
    [("shared/src/rules", 300), ("proxy/src/handlers", 250), ("frontend/src/pages", 250)];
/// The ceiling of every other file.
const CEILING: usize = 500;

/// Counts every Rust file's lines.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let lower = CEILINGS.iter().find(|(folder, _)| file.is_in(folder));
        let ceiling = lower.map_or(CEILING, |(_, ceiling)| *ceiling);
        let lines = file.text.lines().count();
        if lines > ceiling {
            let what = format!("{lines} lines; the ceiling here is {ceiling}");
            let remedy = "Split it by subject.";
            findings.push(Finding::new(&file.path, ceiling + 1, "file-size", what, remedy));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::found;

    #[test]
    fn ceilings_differ_by_folder() {
        let lines = |count| "x\n".repeat(count);
        assert_eq!(found(check, "proxy/src/kea/http.rs", &lines(500)), []);
        assert_eq!(found(check, "proxy/src/kea/http.rs", &lines(501)), [(501, "file-size")]);
        assert_eq!(found(check, "proxy/src/handlers/servers.rs", &lines(251)), [(251, "file-size")]);
        assert_eq!(found(check, "frontend/src/pages/servers/row.rs", &lines(251)), [(251, "file-size")]);
        assert_eq!(found(check, "shared/src/rules/pool/overlap.rs", &lines(301)), [(301, "file-size")]);
    }
}
