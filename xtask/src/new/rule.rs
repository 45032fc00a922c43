//! A new rule of the reviewer: its file, its module, its line in the registry.

use anyhow::Result;

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
        draft.insert_sorted(
            &module,
            |line| line.starts_with("pub(super) mod "),
            &format!("pub(super) mod {item};"),
        )?;
    } else {
        let words = name.group.replace('-', " ");
        draft.create(&module, format!("//! Rules about {words}.\n\npub(super) mod {item};\n"))?;
        draft.insert_sorted(REGISTRY, |line| line.starts_with("mod "), &format!("mod {group};"))?;
    }
    draft.insert_sorted(
        REGISTRY,
        |line| line.ends_with("::RULE,"),
        &format!("    {group}::{item}::RULE,"),
    )?;
    Ok(format!(
        "Next: write {file}: what the rule finds, why that matters, the manual's page, and the\n\
         configurations of its test. Then add `{code}` to the list in {REGISTRY}'s tests.\n\
         An error must be one that Kea refuses too: ask a real one.\n\
         cargo test -p perch-shared rules"
    ))
}

/// The rule's file: it compiles, finds nothing, and its test says so by failing.
fn text(code: &str) -> String {
    format!(
        "//! `{code}`

use crate::{{
    diagnostic::Diagnostic,
    rules::{{Review, rule}},
}};

rule! {{
    /// What it finds, in one sentence.
    ///
    /// ## Why
    /// What Kea does with it, and what that means for the operator.
    \"{code}\", Warning, arm: \"dhcp4-srv.html#\", check
}}

fn check(_review: &Review<'_>, _out: &mut Vec<Diagnostic>) {{}}

#[cfg(test)]
mod tests {{
    use super::RULE;
    use crate::{{Family, rules::tests::findings}};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {{
        let found = |root| findings(&RULE, Family::V4, \"3.0.4\", root);
        assert_eq!(found(json!({{}})), [\"\"; 0]);
        assert_eq!(found(json!({{\"the\": \"mistake\"}})), [\"Dhcp4: the message\"]);
    }}
}}
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
        let registry = draft.content(REGISTRY).unwrap().clone();
        assert!(registry.contains("    pool::test_of_xtask::RULE,\n"), "{registry}");
        let module = draft.content("shared/src/rules/pool/mod.rs").unwrap();
        assert!(module.contains("pub(super) mod test_of_xtask;\n"), "{module}");
    }

    #[test]
    fn a_new_group_gets_its_module() {
        let mut draft = Draft::default();
        write(&mut draft, &Name::pair("xtask-group/x").unwrap()).unwrap();
        let registry = draft.content(REGISTRY).unwrap().clone();
        assert!(registry.contains("\nmod xtask_group;\n"), "{registry}");
        assert!(registry.contains("    xtask_group::x::RULE,\n"), "{registry}");
    }

    #[test]
    fn a_name_that_is_taken_is_refused() {
        let taken = Name::pair("pool/overlap").unwrap();
        assert!(write(&mut Draft::default(), &taken).is_err());
    }
}
