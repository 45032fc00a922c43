//! `perch explain`: the page of a rule.

use clap::Args;
use perch_shared::{
    KeaVersion,
    check::{LIMITS, Limit},
    diagnostic::Severity,
    rules::{self, Example, Rule},
};
use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Explain what a code that `perch check` prints means.
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code, such as `pool/overlap`. Without one, all codes are listed; `limits` lists what no text can tell.
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> ExitCode {
        let Some(code) = &self.code else { return said(&list()) };
        if code == "limits" {
            return said(&limits());
        }
        if let Some(rule) = rules::find(code) {
            return said(&page(rule));
        }
        eprintln!("perch: no rule has the code `{code}`");
        if let Some(near) = nearest(code) {
            eprintln!("  help: did you mean `{near}`?");
        }
        ExitCode::from(3)
    }
}

/// Prints; nobody may be reading.
fn said(text: &str) -> ExitCode {
    let _ = io::stdout().lock().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn severity(rule: &Rule) -> &'static str {
    match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}

fn list() -> String {
    let width = rules::all().map(|rule| rule.code.len()).max().unwrap_or_default();
    let line = |rule: &Rule| {
        let title = rule.explain.trim().lines().next().unwrap_or_default().trim();
        format!("{:width$}  {:7}  {title}\n", rule.code, severity(rule))
    };
    rules::all().map(line).collect()
}

/// What is never judged, and why.
fn limits() -> String {
    let one = |limit: &Limit| {
        let rules = if limit.rules.is_empty() {
            String::new()
        } else {
            format!("\nRules: {}", limit.rules.join(", "))
        };
        format!("# {}\nNot judged: {}.\n{}.{rules}\n\n", limit.key, limit.unknown, limit.reason)
    };
    LIMITS.iter().map(one).collect()
}

/// A rule's page. The lines of a doc comment begin with a blank.
fn page(rule: &Rule) -> String {
    let explain: Vec<&str> =
        rule.explain.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let (bad, good) = (examples("Found in", rule.bad), examples("Not found in", rule.good));
    format!(
        "# {} ({})\n\n{}\n\n{bad}{good}Kea's manual: {}\n",
        rule.code,
        severity(rule),
        explain.join("\n").trim(),
        rule.arm
    )
}

/// Configurations that show the rule, as they stand in its file.
fn examples(title: &str, examples: &[Example]) -> String {
    let one = |example: &Example| {
        let from = (example.from > KeaVersion::OLDEST).then(|| format!("since Kea {}", example.from));
        let before = example.before.map(|before| format!("before Kea {before}"));
        let when: Vec<String> = from.into_iter().chain(before).collect();
        let when = if when.is_empty() { String::new() } else { format!("({})\n", when.join(", ")) };
        format!("{when}```json\n{}\n```\n\n", example.text.trim())
    };
    format!("## {title}\n{}", examples.iter().map(one).collect::<String>())
}

fn nearest(code: &str) -> Option<&'static str> {
    let all = rules::all().map(|rule| (strsim::damerau_levenshtein(code, rule.code), rule.code));
    let near = |code: &str, rule: &str| rule.split_once('/').is_some_and(|(_, problem)| problem == code);
    rules::all()
        .map(|rule| rule.code)
        .find(|rule| near(code, rule))
        .or_else(|| all.min().filter(|(distance, _)| *distance <= 4).map(|(_, rule)| rule))
}
