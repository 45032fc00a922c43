//! Files that no other file names, so that the compiler never sees them.

use super::{Finding, tree::Tree};

/// Looks for every module's declaration in the file above it.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        let Some((folder, name)) = file.path.rsplit_once('/') else { continue };
        let Some((_, inside)) = file.path.split_once("/src/") else { continue };
        let stem = name.trim_end_matches(".rs");
        // Cargo finds these itself.
        if matches!(inside, "lib.rs" | "main.rs") || inside.starts_with("bin/") {
            continue;
        }
        let (folder, module) =
            if stem == "mod" { folder.rsplit_once('/').unwrap_or((folder, stem)) } else { (folder, stem) };
        let parents = [
            format!("{folder}/mod.rs"),
            format!("{folder}.rs"),
            format!("{folder}/lib.rs"),
            format!("{folder}/main.rs"),
        ];
        let declared = parents.iter().filter_map(|parent| tree.file(parent)).any(|parent| {
            parent.lines().any(|(_, line)| line.trim_end().ends_with(&format!("mod {module};")))
        });
        if !declared {
            let remedy = "Declare it with `mod`, or remove it: git remembers.";
            findings.push(Finding::new(&file.path, 1, "orphan", "no file declares this module", remedy));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orphans(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).into_iter().map(|finding| finding.path).collect()
    }

    #[test]
    fn declared_in_any_of_the_usual_places() {
        let files = [
            ("a/src/lib.rs", "mod x;\npub(crate) mod y;\n"),
            ("a/src/x.rs", "mod z;\n"),
            ("a/src/x/z.rs", ""),
            ("a/src/y/mod.rs", ""),
            ("a/tests/whole.rs", ""),
        ];
        assert!(orphans(&files).is_empty());
    }

    #[test]
    fn declared_nowhere() {
        let files = [
            ("a/src/main.rs", "mod x;\n// mod y;x\n"),
            ("a/src/x.rs", ""),
            ("a/src/y.rs", ""),
            ("a/src/z/mod.rs", ""),
        ];
        assert_eq!(orphans(&files), ["a/src/y.rs", "a/src/z/mod.rs"]);
    }
}
