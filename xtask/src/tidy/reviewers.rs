//! The reviewer's rules: one name is the code, the file and the entry in the registry.

use super::{
    Finding,
    tree::{File, Tree},
};

/// Where the rules are.
const FOLDER: &str = "shared/src/rules";
/// Which file lists them all.
const REGISTRY: &str = "shared/src/rules/mod.rs";

/// Compares every rule's code with its file, and the files with the registry.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(registry) = tree.file(REGISTRY) else { return findings };
    let mut expected = Vec::new();
    for file in tree.rust().filter(|file| file.is_in(FOLDER)) {
        let Some((line, code)) = declared(file) else { continue };
        let inside = file.path.strip_prefix(FOLDER).unwrap_or_default();
        let module = inside.trim_start_matches('/').trim_end_matches(".rs").to_owned();
        let named = module.replace('_', "-");
        if code != named {
            let what = format!("the rule `{code}` is in the file of `{named}`");
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
        if !file.text.contains("#[cfg(test)]") {
            let remedy = "Say in a table which configurations it finds, and which not.";
            findings.push(Finding::new(&file.path, line, "rule-test", "the rule has no tests", remedy));
        }
        expected.push((file, format!("{}::RULE", module.replace('/', "::"))));
    }
    let listed: Vec<(usize, &str)> = registry
        .code()
        .map(|(number, line)| (number, line.trim().trim_end_matches(',')))
        .filter(|(_, line)| line.ends_with("::RULE") && !line.contains(' '))
        .collect();
    for (file, entry) in &expected {
        if !listed.iter().any(|(_, line)| line == entry) {
            let remedy = format!("Add `{entry},` to ALL in {REGISTRY}.");
            findings.push(Finding::new(
                &file.path,
                1,
                "rule-registry",
                "the rule is not in the registry",
                remedy,
            ));
        }
    }
    for pair in listed.windows(2) {
        if let [(_, before), (line, after)] = pair
            && before >= after
        {
            let what = format!("`{after}` stands after `{before}`");
            findings.push(Finding::new(REGISTRY, *line, "rule-registry", what, "Sort the registry."));
        }
    }
    findings
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

    const RULE: &str = "//! `pool/outside-subnet`\n\nrule! {\n    /// \"Text\".\n    \"pool/outside-subnet\", Error, check\n}\n#[cfg(test)]\nmod tests {}\n";
    const LIST: &str = "const ALL: &[Rule] = &[\n    pool::outside_subnet::RULE,\n];\n";

    fn rules(path: &str, text: &str, registry: &str) -> Vec<(usize, &'static str)> {
        let tree = Tree::of(&[(REGISTRY, registry), (path, text)]);
        check(&tree).into_iter().map(|finding| (finding.line, finding.rule)).collect()
    }

    #[test]
    fn one_name_everywhere() {
        assert_eq!(rules("shared/src/rules/pool/outside_subnet.rs", RULE, LIST), []);
    }

    #[test]
    fn another_file_name_is_found() {
        let found = rules("shared/src/rules/pool/outside.rs", RULE, LIST);
        assert_eq!(found, [(5, "rule-name"), (1, "rule-registry")]);
    }

    #[test]
    fn a_forgotten_registry_line_is_found() {
        let found = rules("shared/src/rules/pool/outside_subnet.rs", RULE, "const ALL: &[Rule] = &[];\n");
        assert_eq!(found, [(1, "rule-registry")]);
    }

    #[test]
    fn a_registry_out_of_order_is_found() {
        let list = "const ALL: &[Rule] = &[\n    pool::outside_subnet::RULE,\n    a::b::RULE,\n];\n";
        assert_eq!(rules("shared/src/rules/pool/outside_subnet.rs", RULE, list), [(3, "rule-registry")]);
    }

    #[test]
    fn a_rule_without_tests_is_found() {
        let text = RULE.replace("#[cfg(test)]\nmod tests {}\n", "");
        assert_eq!(rules("shared/src/rules/pool/outside_subnet.rs", &text, LIST), [(5, "rule-test")]);
    }
}
