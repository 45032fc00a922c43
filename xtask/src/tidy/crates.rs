//! Which crate may depend on which: `frontend → shared ← proxy ← tests`.

use super::{Finding, tree::Tree};

/// What `shared` may use: pure crates only.
const PURE: [&str; 5] = ["memchr", "schemars", "serde", "serde_json", "thiserror"];
/// The workspace's crates, by folder, and which others of the workspace each may depend on.
const ALLOWED: [(&str, &str, &[&str]); 8] = [
    ("shared", "perch-shared", &[]),
    ("proxy", "perch", &["perch-shared"]),
    ("frontend", "perch-frontend", &["perch-engine", "perch-shared"]),
    ("frontend/engine", "perch-engine", &["perch-shared"]),
    ("tests", "perch-tests", &["perch-shared", "perch", "perch-agree"]),
    ("tests/agree", "perch-agree", &["perch-shared"]),
    ("xtask", "xtask", &[]),
    ("xtask/page-builder", "page-builder", &[]),
];

/// Reads every crate's dependencies.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (folder, name, allowed) in ALLOWED {
        let path = format!("{folder}/Cargo.toml");
        let Some(file) = tree.file(&path) else { continue };
        for (line, section, dependency) in dependencies(&file.text) {
            let in_workspace = ALLOWED.iter().any(|(_, name, _)| *name == dependency);
            if in_workspace && !allowed.contains(&dependency) {
                let what = format!("{name} depends on {dependency}");
                let remedy =
                    "The page and the proxy share types through shared; only tests may use the proxy.";
                findings.push(Finding::new(&path, line, "crate-layers", what, remedy));
            } else if folder == "shared" && section == "dependencies" && !PURE.contains(&dependency) {
                let what = format!("{name} depends on {dependency}");
                let remedy = "shared is pure: no I/O, clock, async or web. If the crate is pure too, add it to PURE \
                              in xtask/src/tidy/crates.rs.";
                findings.push(Finding::new(&path, line, "shared-is-pure", what, remedy));
            }
        }
    }
    findings
}

/// The dependencies that a manifest names: line, kind of section, name.
fn dependencies(manifest: &str) -> Vec<(usize, &str, &str)> {
    let mut found = Vec::new();
    let mut section = "";
    for (index, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            // `[target.'cfg(…)'.dependencies]` counts as well, and `[dependencies.name]` names one.
            let (kind, named) = split_header(header);
            section = kind;
            found.extend(named.map(|name| (index + 1, kind, name)));
        } else if section.ends_with("dependencies") && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['=', '.', ' ']).next().unwrap_or_default();
            let is_key = line.contains('=') && !name.is_empty() && !name.starts_with(['"', ']', '}']);
            found.extend(is_key.then_some((index + 1, section, name)));
        }
    }
    found
}

/// The kind of a section and, when its header names one dependency, that.
fn split_header(header: &str) -> (&str, Option<&str>) {
    for kind in ["dev-dependencies", "build-dependencies", "dependencies"] {
        if header == kind || header.ends_with(&format!(".{kind}")) {
            return (kind, None);
        }
        if let Some((_, name)) = header.split_once(&format!("{kind}.")) {
            return ("", Some(name));
        }
    }
    ("", None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::found;

    #[test]
    fn the_layers_are_kept() {
        let page = "[dependencies]\nperch-shared.workspace = true\nleptos = { version = \"1\", features = [\n    \"csr\",\n] }\n";
        assert_eq!(found(check, "frontend/Cargo.toml", page), []);
        let tests = "[dependencies]\nperch.workspace = true\nperch-shared.workspace = true\n";
        assert_eq!(found(check, "tests/Cargo.toml", tests), []);
    }

    #[test]
    fn the_page_may_not_know_the_proxy() {
        for line in ["perch.workspace = true", "perch = { path = \"../proxy\" }"] {
            let text = format!("[package]\nname = \"x\"\n\n[dependencies]\n{line}\n");
            assert_eq!(found(check, "frontend/Cargo.toml", &text), [(5, "crate-layers")], "{line}");
        }
        let text = "[dependencies.perch]\npath = \"../proxy\"\n";
        assert_eq!(found(check, "frontend/Cargo.toml", text), [(1, "crate-layers")]);
        let text = "[target.'cfg(unix)'.dev-dependencies]\nperch.workspace = true\n";
        assert_eq!(found(check, "frontend/Cargo.toml", text), [(2, "crate-layers")]);
    }

    #[test]
    fn shared_uses_pure_crates_only() {
        let text =
            "[dependencies]\nserde.workspace = true\ntokio = \"1\"\n\n[dev-dependencies]\nproptest = \"1\"\n";
        assert_eq!(found(check, "shared/Cargo.toml", text), [(3, "shared-is-pure")]);
    }
}
