//! Rules about `loggers`.
//!
//! `kea-dhcp4 -t` and `config-test` do not look into them; the daemon's start and `config-set` do. The other daemons
//! look into them in their tests as well.

mod invalid;
mod not_at_start;
mod unknown_severity;

use super::{Findings, Plain, Rule, paths::apart};
use crate::{
    KeaVersion,
    json::{Element, TextEdit},
};
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[invalid::RULE, not_at_start::RULE, unknown_severity::RULE];

/// Where Kea has its log files, as packages build it.
const DIRECTORY: &str = "/var/log/kea";

/// What these rules find for a daemon that serves no clients.
pub(super) fn inspect(plain: Plain<'_>, out: &mut Findings) {
    for problem in plain.root.maps("loggers").flat_map(|logger| problems(logger, plain.version)) {
        let rule = if problem.only_at_start { &not_at_start::RULE } else { &invalid::RULE };
        problem.report(rule, out);
    }
    unknown_severity::inspect(plain, out);
}

/// Why a daemon cannot use a logger.
struct Problem<'d> {
    at: Element<'d>,
    message: String,
    help: String,
    fix: Option<(String, Vec<TextEdit>)>,
    /// Whether also the daemons that look into loggers see it only when they start.
    only_at_start: bool,
}

impl<'d> Problem<'d> {
    fn new(at: Element<'d>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: help.into(), fix: None, only_at_start: false }
    }

    fn report(self, rule: &Rule, out: &mut Findings) {
        let is_of_a_map = self.at.source().starts_with('{');
        let finding =
            if is_of_a_map { rule.at_map(self.at, self.message) } else { rule.at(self.at, self.message) };
        let finding = finding.help(self.help);
        out.push(match self.fix {
            Some((title, edits)) => finding.fix(title, edits),
            None => finding,
        });
    }
}

/// Everything that is wrong with a logger.
fn problems(logger: Element<'_>, version: KeaVersion) -> Vec<Problem<'_>> {
    let mut found = Vec::new();
    if logger.get("name").is_none() {
        found.push(Problem::new(logger, "this logger has no name", "add `name`, such as `kea-dhcp4`"));
    }
    if logger.get("severity").is_none() {
        let help = "add `severity`, such as `INFO`";
        let only_at_start = version >= KeaVersion::new(2, 4, 0);
        found.push(Problem { only_at_start, ..Problem::new(logger, "this logger has no severity", help) });
    }
    if let Some(level) = logger.get("debuglevel")
        && level.as_int().is_some_and(|level| !(0..=99).contains(&level))
    {
        let message = format!("there is no debug level {}", level.source());
        found.push(Problem::new(level, message, "write a level from 0 to 99"));
    }
    for output in ["output-options", "output_options"].into_iter().flat_map(|key| logger.maps(key)) {
        match output.get("output") {
            None => found.push(Problem::new(output, "nothing says where this output goes", "add `output`")),
            Some(value) if version >= KeaVersion::new(2, 6, 3) => found.extend(bad_path(value, version)),
            Some(_) => {}
        }
    }
    found
}

/// What is wrong with the place that an output goes to.
fn bad_path(value: Element<'_>, version: KeaVersion) -> Option<Problem<'_>> {
    let path = value.as_str()?;
    // Kea 2.6.3 alone makes a file of `syslog:NAME`.
    let is_syslog = path.starts_with("syslog:") && version > KeaVersion::new(2, 6, 3);
    if is_syslog || matches!(&*path, "stdout" | "stderr" | "syslog") {
        return None;
    }
    let (directory, name) = apart(&path);
    if name.is_empty() {
        let message = format!("`{}` names no file", path.escape_default());
        return Some(Problem::new(value, message, "write the file's name"));
    }
    let directory = directory.filter(|directory| *directory != DIRECTORY)?;
    let message =
        format!("Kea writes its logs into `{DIRECTORY}`, not into `{}`", directory.escape_default());
    let fix = (format!("write `{name}`"), value.replace(&Value::from(name)));
    Some(Problem { fix: Some(fix), ..Problem::new(value, message, format!("write `{name}` alone")) })
}

#[cfg(test)]
mod tests {
    use crate::{KeaVersion, check::check, json::apply};

    #[test]
    fn any_name_of_a_file_survives_the_fix() {
        let logger =
            r#"{"name": "kea-dhcp4", "severity": "INFO", "output-options": [{"output": "/srv/d'été.log"}]}"#;
        let text = format!(r#"{{"Dhcp4": {{"loggers": [{logger}]}}}}"#);
        let found = check(&text, KeaVersion::new(3, 0, 4)).diagnostics;
        let fix = found.iter().find(|one| one.code == "logger/not-at-start").and_then(|one| one.fix.as_ref());
        assert_eq!(apply(&text, &fix.unwrap().edits), text.replace("/srv/", ""));
    }
}
