//! A new rule of the reviewer: its file, its module, and its lines in the lists.

use anyhow::{Context as _, Result};

use super::{Name, draft::Draft, snake};

const REGISTRY: &str = "shared/src/rules/mod.rs";

/// Drafts the rule and says what is left to do.
pub fn write(draft: &mut Draft, name: &Name) -> Result<String> {
    let (group, item) = (snake(&name.group), snake(&name.item));
    let code = format!("{}/{}", name.group, name.item);
    let file = format!("shared/src/rules/{group}/{item}.rs");
    draft.create(&file, text(&code))?;
    let module = format!("shared/src/rules/{group}/mod.rs");
    if draft.exists(&module) {
        let content = draft.content(&module)?;
        *content = listed(content, &item).with_context(|| format!("{module}: no list `RULES`"))?;
    } else {
        let words = name.group.replace('-', " ");
        let lists = format!(
            "//! Rules about {words}.\n\nmod {item};\n\n\
             pub(super) const RULES: &[super::Rule] = &[{item}::RULE];\n"
        );
        draft.create(&module, lists)?;
        draft.insert_sorted(REGISTRY, |line| line.starts_with("mod "), &format!("mod {group};"))?;
        draft.insert_sorted(REGISTRY, |line| line.ends_with("::RULES,"), &format!("    {group}::RULES,"))?;
    }
    Ok(format!(
        "Next: write {file}: what the rule finds, why that matters, the manual's page, and the configurations\n\
         that show it. An error must be one that Kea refuses too, and a warning one that it takes: ask a real one.\n\
         cargo fmt && cargo test -p perch-shared rules"
    ))
}

/// A group's file with one more rule; `None`: it has no list of rules.
fn listed(content: &str, item: &str) -> Option<String> {
    let (before, rest) = content.split_once("pub(super) const RULES: &[super::Rule] =")?;
    let (list, after) = rest.split_once("];")?;
    let mut rules: Vec<String> = list
        .split([',', '[', '&', '\n', ' '])
        .filter(|word| word.ends_with("::RULE"))
        .map(str::to_owned)
        .chain([format!("{item}::RULE")])
        .collect();
    rules.sort();
    let mut lines: Vec<String> = before.lines().map(str::to_owned).collect();
    let module =
        |line: &str| Some(line.strip_prefix("pub(super) ").unwrap_or(line).strip_prefix("mod ")?.to_owned());
    let new = format!("{item};");
    let place = lines.iter().position(|line| module(line).is_some_and(|known| known > new));
    let last = lines.iter().rposition(|line| module(line).is_some()).map_or(lines.len(), |last| last + 1);
    lines.insert(place.unwrap_or(last), format!("mod {new}"));
    let list: String = rules.iter().map(|rule| format!("    {rule},\n")).collect();
    Some(format!(
        "{}\n\npub(super) const RULES: &[super::Rule] = &[\n{list}];{after}",
        lines.join("\n").trim_end()
    ))
}

/// The rule's file: it compiles, finds nothing, and the test of its examples says so by failing.
fn text(code: &str) -> String {
    format!(
        "//! `{code}`

use crate::rules::{{Example, Findings, Review, rule}};

rule! {{
    /// What it finds, in one sentence.
    ///
    /// ## Why
    /// What Kea does with it, and what that means for the operator.
    ///
    /// ## Use instead
    /// What says the same and is right.
    \"{code}\", Warning, arm: \"dhcp4-srv.html#\", check,
    bad: [Example::new(r#\"{{\"Dhcp4\": {{\"the\": \"mistake\"}}}}\"#)],
    good: [Example::new(r#\"{{\"Dhcp4\": {{\"valid-lifetime\": 3600}}}}\"#)],
}}

fn check(_review: &Review<'_>, _out: &mut Findings) {{}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fits_into_the_tree() {
        let mut draft = Draft::default();
        write(&mut draft, &Name::pair("pool/test-of-xtask").unwrap()).unwrap();
        let module = draft.content("shared/src/rules/pool/mod.rs").unwrap();
        assert!(module.contains("\nmod test_of_xtask;\n"), "{module}");
        assert!(module.contains("    test_of_xtask::RULE,\n"), "{module}");
    }

    #[test]
    fn a_new_group_gets_its_module() {
        let mut draft = Draft::default();
        write(&mut draft, &Name::pair("xtask-group/x").unwrap()).unwrap();
        let registry = draft.content(REGISTRY).unwrap().clone();
        assert!(registry.contains("\nmod xtask_group;\n"), "{registry}");
        assert!(registry.contains("    xtask_group::RULES,\n"), "{registry}");
        let module = draft.content("shared/src/rules/xtask_group/mod.rs").unwrap();
        assert!(module.contains("&[x::RULE];\n"), "{module}");
    }

    #[test]
    fn a_list_on_one_line_grows_too() {
        let before = "//! x\n\nmod b;\n\npub(super) const RULES: &[super::Rule] = &[b::RULE];\n\nuse x;\n";
        let after = listed(before, "a").unwrap();
        assert_eq!(
            after,
            "//! x\n\nmod a;\nmod b;\n\npub(super) const RULES: &[super::Rule] = &[\n    a::RULE,\n    b::RULE,\n];\n\nuse x;\n"
        );
        assert_eq!(listed("//! x\n", "a"), None);
    }

    #[test]
    fn a_name_that_is_taken_is_refused() {
        let taken = Name::pair("pool/overlap").unwrap();
        assert!(write(&mut Draft::default(), &taken).is_err());
    }
}
