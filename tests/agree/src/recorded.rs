//! Cases whose verdicts were written down before.

use crate::case::{Case, Kind, Reader, VERSIONS, Verdict};
use anyhow::{Context as _, Result};
use perch_shared::{Family, KeaVersion};
use serde_json::Value;
use std::{fs, path::Path};

/// A case and what each version's readers said of it.
#[derive(Debug, Clone)]
pub struct Recorded {
    /// The case.
    pub case: Case,
    /// The verdicts that were kept.
    pub verdicts: Vec<(KeaVersion, Reader, Verdict)>,
}

/// Reads a file of one JSON object a line:
/// `{"id", "kind", "family", "config_text", "verdicts": {"3.0.4": {"file": {"ok", "text"}, "api": …}, …}}`.
///
/// # Errors
/// When a line is not of that form.
pub fn read(path: &Path) -> Result<Vec<Recorded>> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let line = |(index, line)| one(line).with_context(|| format!("{}:{}", path.display(), index + 1));
    text.lines().enumerate().map(line).collect()
}

fn one(line: &str) -> Result<Recorded> {
    let value: Value = serde_json::from_str(line)?;
    let text = value["config_text"].as_str().context("no config_text")?.to_owned();
    let family = match value["family"].as_u64() {
        Some(6) => Family::V6,
        Some(_) => Family::V4,
        None => family_of(&text),
    };
    let kind = kind(value["kind"].as_str().unwrap_or_default());
    let mut verdicts = Vec::new();
    for version in VERSIONS {
        for reader in Reader::ALL {
            verdicts.extend(
                verdict(&value["verdicts"][version.to_string()][reader.name()])
                    .map(|verdict| (version, reader, verdict)),
            );
        }
    }
    let origin = value["id"].as_str().unwrap_or_default().to_owned();
    Ok(Recorded { case: Case { kind, family, text, origin }, verdicts })
}

fn verdict(value: &Value) -> Option<Verdict> {
    let text = value["text"].as_str().unwrap_or_default().to_owned();
    match (value.is_object(), value["ok"].as_bool()) {
        (true, Some(true)) => Some(Verdict::Accepts),
        (true, Some(false)) => Some(Verdict::Refuses(text)),
        (true, None) => Some(Verdict::Crashes(text)),
        _ => None,
    }
}

/// The family that a text's only key names.
pub fn family_of(text: &str) -> Family {
    if text.contains("\"Dhcp6\"") { Family::V6 } else { Family::V4 }
}

/// The kind that a record's word means.
fn kind(word: &str) -> Kind {
    match word {
        "json" => Kind::Json,
        "expression" | "template" => Kind::Expression,
        "option_def" | "option-def" => Kind::OptionDef,
        "option_data" | "option-data" => Kind::OptionData,
        "subnets" | "scope" => Kind::Scope,
        _ => Kind::Config,
    }
}
