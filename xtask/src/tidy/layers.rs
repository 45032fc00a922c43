//! Which part of the page may use which: `pages → forms → components → ui`, over a common ground.

use super::{
    Finding,
    tree::{File, Tree},
};

/// The page's parts and what each may use. `app` and `lib` put everything together and may use all.
const LAYERS: [(&str, &[&str]); 8] = [
    ("pages", &["forms", "components", "ui", "state", "api", "routes", "browser"]),
    ("forms", &["components", "ui", "state", "api", "routes", "browser"]),
    ("components", &["ui", "state", "api", "routes", "browser"]),
    ("ui", &["browser"]),
    ("state", &["api", "browser"]),
    ("api", &["browser"]),
    ("routes", &["browser"]),
    ("browser", &[]),
];
/// Where the page is.
const ROOT: &str = "frontend/src";

/// Reads every `crate::…` of the page.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.is_in(ROOT)) {
        let layer = layer(file);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else { continue };
        for (line, used) in uses(file) {
            let known = LAYERS.iter().any(|(name, _)| *name == used) || used == "app";
            if known && used != layer && !allowed.contains(&used.as_str()) {
                let may = if allowed.is_empty() { "nothing of the page".into() } else { allowed.join(", ") };
                let what = format!("`{layer}` uses `{used}`");
                findings.push(Finding::new(
                    &file.path,
                    line,
                    "page-layers",
                    what,
                    format!("It may use {may}."),
                ));
            }
        }
        if layer == "ui" {
            for (line, _) in file.code().filter(|(_, line)| line.contains("perch_shared")) {
                let remedy = "`ui` knows nothing of Kea; what does belongs in `components`.";
                findings.push(Finding::new(
                    &file.path,
                    line,
                    "page-layers",
                    "`ui` uses `perch_shared`",
                    remedy,
                ));
            }
        }
    }
    findings
}

/// The part that a file belongs to: the first name below the root.
fn layer(file: &File) -> &str {
    let rest = file.path.strip_prefix(ROOT).unwrap_or_default().trim_start_matches('/');
    rest.split(['/', '.']).next().unwrap_or_default()
}

/// Every part that a file's code names after `crate::`, with the line of it.
fn uses(file: &File) -> Vec<(usize, String)> {
    let lines: Vec<(usize, &str)> = file.code().collect();
    let code: String = lines.iter().flat_map(|(_, line)| [line, "\n"]).collect();
    let line_of = |offset: usize| {
        let index = code.bytes().take(offset).filter(|&byte| byte == b'\n').count();
        lines.get(index).map_or(0, |(number, _)| *number)
    };
    let mut found = Vec::new();
    for (at, path) in code.match_indices("crate::") {
        let start = at + path.len();
        let rest = code.get(start..).unwrap_or_default();
        let names = if rest.starts_with('{') { group(rest) } else { vec![(0, rest)] };
        for (offset, name) in names {
            let name = name.split(|letter: char| letter != '_' && !letter.is_ascii_alphanumeric()).next();
            found.push((line_of(start + offset), name.unwrap_or_default().to_owned()));
        }
    }
    found
}

/// The members of a group `{a, b::{c, d}, e}` at the start of the text: where each begins, and the text from there.
fn group(text: &str) -> Vec<(usize, &str)> {
    let mut members = Vec::new();
    let (mut depth, mut expected) = (0_usize, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => {
                depth += 1;
                expected = depth == 1;
            }
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 1 => expected = true,
            _ if expected && !letter.is_whitespace() => {
                members.push((at, text.get(at..).unwrap_or_default()));
                expected = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::found;

    #[test]
    fn downwards_is_fine() {
        let text = "use crate::{\n    components::{ErrorNotice, Findings},\n    ui::Field,\n};\nuse crate::forms::X;\n";
        assert_eq!(found(check, "frontend/src/pages/servers.rs", text), []);
    }

    #[test]
    fn upwards_is_not() {
        let text = "use leptos::prelude::*;\nuse crate::{\n    ui::Field,\n    forms::{Draft, pages},\n};\n";
        assert_eq!(found(check, "frontend/src/components/shell.rs", text), [(4, "page-layers")]);
        let text = "fn f() {\n    crate::pages::show()\n}\n";
        assert_eq!(found(check, "frontend/src/forms/server/mod.rs", text), [(2, "page-layers")]);
        assert_eq!(
            found(check, "frontend/src/routes.rs", "use crate::state::Fleet;\n"),
            [(1, "page-layers")]
        );
    }

    #[test]
    fn ui_knows_nothing_of_kea() {
        assert_eq!(
            found(check, "frontend/src/ui/field.rs", "use perch_shared::Family;\n"),
            [(1, "page-layers")]
        );
        assert_eq!(
            found(check, "frontend/src/ui/field.rs", "use crate::api::Client;\n"),
            [(1, "page-layers")]
        );
    }

    #[test]
    fn what_puts_everything_together_may_use_everything() {
        assert_eq!(
            found(check, "frontend/src/app.rs", "use crate::{pages::Pages, components::Shell};\n"),
            []
        );
    }
}
