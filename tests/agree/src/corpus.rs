//! The cases that are kept in the work tree.
//!
//! `configs/` holds whole files. Each `….jsonl` holds one case a line, `{"family", "root", "kea"}`: `root` is what
//! stands in the family's map besides [`USUAL`] (or `text`: the whole text), and `kea` has a letter for each version's two readers, file first:
//! `a`ccepts, `r`efuses, `c`rashes, or `-` where the API cannot be asked.

use crate::{
    case::{Case, Kind, Reader, VERSIONS, Verdict},
    node::{Node, map, quoted, string},
    recorded::{Recorded, family_of},
};
use anyhow::{Context as _, Result};
use perch_shared::Family;
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What every configuration has that is made from a `root`.
pub const USUAL: &str =
    r#""interfaces-config":{"interfaces":[]},"lease-database":{"type":"memfile","persist":false}"#;
/// The kinds that have such a file.
const FILES: [(Kind, &str); 5] = [
    (Kind::Json, "json.jsonl"),
    (Kind::OptionDef, "option-defs.jsonl"),
    (Kind::OptionData, "option-data.jsonl"),
    (Kind::Scope, "scopes.jsonl"),
    (Kind::Config, "settings.jsonl"),
];

/// Where they are.
fn folder() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus")).to_owned()
}

/// The whole configurations: every file in `configs`.
///
/// # Errors
/// When the folder cannot be read.
pub fn configs() -> Result<Vec<Case>> {
    files(&folder().join("configs"))
}

/// Every file below a folder as a whole configuration, in the order of their paths.
///
/// # Errors
/// When the folder or a file cannot be read.
pub fn files(folder: &Path) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    let above = folder.file_name().unwrap_or_default().to_string_lossy();
    for path in entries {
        if path.is_dir() {
            cases.extend(files(&path)?);
            continue;
        }
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let origin = format!("{above}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        cases.push(Case { kind: Kind::Config, family: family_of(&text), text, origin });
    }
    Ok(cases)
}

/// The cases of every `….jsonl`, with the verdicts that were written down with them.
///
/// # Errors
/// When a file cannot be read or a line is not of its form.
pub fn lines() -> Result<Vec<Recorded>> {
    let mut all = Vec::new();
    for (kind, name) in FILES {
        all.extend(file(kind, &folder().join(name))?);
    }
    Ok(all)
}

/// The cases of one file.
///
/// # Errors
/// When it cannot be read or a line is not of its form.
pub fn file(kind: Kind, path: &Path) -> Result<Vec<Recorded>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let line = |(index, line)| {
        let origin = format!("{name}:{}", index + 1);
        read(kind, line, &origin).with_context(|| origin.clone())
    };
    text.lines().enumerate().map(line).collect()
}

fn read(kind: Kind, line: &str, origin: &str) -> Result<Recorded> {
    let node = Node::parse(line).context("no JSON")?;
    let family = match node.get("family").map(Node::text).as_deref() {
        Some("\"dhcp4\"") => Family::V4,
        Some("\"dhcp6\"") => Family::V6,
        _ => anyhow::bail!("no family"),
    };
    let text = match (node.get("root"), node.get("text")) {
        (Some(root), _) => whole(family, &root.text()),
        (None, Some(text)) => serde_json::from_str(&text.text())?,
        (None, None) => anyhow::bail!("neither root nor text"),
    };
    let letters = node.get("kea").map(Node::text).unwrap_or_default();
    let letters = letters.trim_matches('"').chars();
    let places = VERSIONS.into_iter().flat_map(|version| Reader::ALL.map(|reader| (version, reader)));
    let verdict = |letter| match letter {
        'a' => Some(Verdict::Accepts),
        'r' => Some(Verdict::Refuses(String::new())),
        'c' => Some(Verdict::Crashes(String::new())),
        _ => None,
    };
    let verdicts = places
        .zip(letters)
        .filter_map(|((version, reader), letter)| Some((version, reader, verdict(letter)?)))
        .collect();
    Ok(Recorded { case: Case { kind, family, text, origin: origin.to_owned() }, verdicts })
}

/// The configuration of a `root`.
pub fn whole(family: Family, root: &str) -> String {
    let inner = root.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    let comma = if inner.is_empty() { "" } else { "," };
    format!(r#"{{"{}":{{{USUAL}{comma}{inner}}}}}"#, family.root_key())
}

/// The line of a case.
pub fn line(case: &Case, verdicts: &[Option<Verdict>]) -> String {
    let start = format!(r#"{{"{}":{{{USUAL}"#, case.family.root_key());
    let inner = case.text.strip_prefix(&start).and_then(|rest| rest.strip_suffix("}}"));
    let entries = inner.map(|inner| inner.strip_prefix(',').unwrap_or(inner));
    let root = entries.map(|entries| format!("{{{entries}}}")).filter(|root| Node::parse(root).is_some());
    let content = match root {
        Some(root) => format!(r#""root":{root}"#),
        None => format!(r#""text":{}"#, quoted(&case.text)),
    };
    let letter = |verdict: &Option<Verdict>| match verdict {
        Some(Verdict::Accepts) => 'a',
        Some(Verdict::Refuses(_)) => 'r',
        Some(Verdict::Crashes(_)) => 'c',
        None => '-',
    };
    let letters: String = verdicts.iter().map(letter).collect();
    format!(r#"{{"family":"{}",{content},"kea":"{letters}"}}"#, case.family)
}

/// The expressions, each as the only class: a line is `{"family", "kind", "text"}`, the kind being `test` or
/// `template-test`.
///
/// # Errors
/// When the file cannot be read or a line is not of its form.
pub fn expressions() -> Result<Vec<Case>> {
    let path = folder().join("expressions.jsonl");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let case = |(index, line): (usize, &str)| {
        let origin = format!("expressions.jsonl:{}", index + 1);
        let value: Value = serde_json::from_str(line).with_context(|| origin.clone())?;
        let word = |key: &str| value[key].as_str().with_context(|| format!("{origin}: no {key}"));
        let family: Family = word("family")?.parse()?;
        let class = map([("name", string("perch")), (word("kind")?, string(word("text")?))]);
        let root = map([("client-classes", Node::List(vec![class]))]);
        Ok(Case { kind: Kind::Expression, family, text: whole(family, &root.text()), origin })
    };
    text.lines().enumerate().map(case).collect()
}

/// Every kept case.
///
/// # Errors
/// When a file cannot be read or is not of its form.
pub fn all() -> Result<Vec<Case>> {
    let mut all = configs()?;
    all.extend(lines()?.into_iter().map(|recorded| recorded.case));
    all.extend(expressions()?);
    Ok(all)
}
