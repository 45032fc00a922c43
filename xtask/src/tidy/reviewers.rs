//! The reviewer's rules: one name is the code, the file and the entry in the registry.

use super::{
    Finding,
    tree::{File, Tree},
};

/// Where the rules are.
const FOLDER: &str = "shared/src/rules";
/// Which file lists their folders. Each folder's own `mod.rs` lists its rules.
const REGISTRY: &str = "shared/src/rules/mod.rs";

/// Compares every rule's code with its file, and the files with the registries.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.is_in(FOLDER)) {
        let Some((line, code)) = declared(file) else { continue };
        let inside = file.path.strip_prefix(FOLDER).unwrap_or_default();
        let module = inside.trim_start_matches('/').trim_end_matches(".rs");
        named(file, line, code, module, &mut findings);
        registered(tree, file, module, &mut findings);
    }
    findings
}

/// Whether the file is called after its code, and says so.
fn named(file: &File, line: usize, code: &str, module: &str, findings: &mut Vec<Finding>) {
    let expected = module.replace('_', "-");
    if code != expected {
        let what = format!("the rule `{code}` is in the file of `{expected}`");
        findings.push(Finding::new(&file.path, line, "rule-name", what, "Name the code after the file."));
    }
    if file.text.lines().next() != Some(&format!("//! `{code}`")) {
        let remedy = format!("Let the first line be: //! `{code}`");
        findings.push(Finding::new(
            &file.path,
            1,
            "rule-name",
            "the file does not open with its code",
            remedy,
        ));
    }
}

/// Whether the folder lists the rule, and the registry the folder.
fn registered(tree: &Tree, file: &File, module: &str, findings: &mut Vec<Finding>) {
    let Some((folder, rule)) = module.split_once('/') else { return };
    let own = format!("{FOLDER}/{folder}/mod.rs");
    for (list, entry) in [(own.as_str(), format!("{rule}::RULE")), (REGISTRY, format!("{folder}::RULES"))] {
        if !tree.file(list).is_some_and(|list| lists(list, &entry)) {
            let remedy = format!("Add `{entry}` to {list}.");
            findings.push(Finding::new(
                &file.path,
                1,
                "rule-registry",
                "the rule is not in the registry",
                remedy,
            ));
        }
    }
}

/// Whether a file's code has an entry as a word of its own.
fn lists(file: &File, entry: &str) -> bool {
    file.code().any(|(_, line)| {
        line.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | ':')).any(|word| word == entry)
    })
}

/// The code in a file's `rule!`: the first string after its documentation.
fn declared(file: &File) -> Option<(usize, &str)> {
    let mut lines = file.code().skip_while(|(_, line)| !line.starts_with("rule! {"));
    lines.next()?;
    lines.find_map(|(number, line)| Some((number, line.trim().strip_prefix('"')?.split('"').next()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "//! `pool/outside-subnet`\n\nrule! {\n    /// \"Text\".\n    \"pool/outside-subnet\", Error, check\n}\n";
    const FOLDER_LIST: &str = "const RULES: &[Rule] = &[outside_subnet::RULE, overlap::RULE];\n";
    const LIST: &str = "const ALL: &[&[Rule]] = &[pool::RULES];\n";

    fn rules(path: &str, folder: &str, registry: &str) -> Vec<(usize, &'static str)> {
        let tree = Tree::of(&[(REGISTRY, registry), ("shared/src/rules/pool/mod.rs", folder), (path, RULE)]);
        check(&tree).into_iter().map(|finding| (finding.line, finding.rule)).collect()
    }

    #[test]
    fn one_name_everywhere() {
        assert_eq!(rules("shared/src/rules/pool/outside_subnet.rs", FOLDER_LIST, LIST), []);
    }

    #[test]
    fn another_file_name_is_found() {
        let found = rules("shared/src/rules/pool/outside.rs", FOLDER_LIST, LIST);
        assert_eq!(found, [(5, "rule-name"), (1, "rule-registry")]);
    }

    #[test]
    fn a_forgotten_line_of_a_registry_is_found() {
        let empty = "const RULES: &[Rule] = &[];\n";
        let path = "shared/src/rules/pool/outside_subnet.rs";
        assert_eq!(rules(path, empty, LIST), [(1, "rule-registry")]);
        assert_eq!(rules(path, FOLDER_LIST, empty), [(1, "rule-registry")]);
    }
}
