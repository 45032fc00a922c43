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

impl Problem<'_> {
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
    let problem = |at, message: &str, help: &str| Problem {
        at,
        message: message.to_owned(),
        help: help.to_owned(),
        fix: None,
        only_at_start: false,
    };
    let mut found = Vec::new();
    if logger.get("name").is_none() {
        found.push(problem(logger, "this logger has no name", "add `name`, such as `kea-dhcp4`"));
    }
    if logger.get("severity").is_none() {
        let help = "add `severity`, such as `INFO`";
        let only_at_start = version >= KeaVersion::new(2, 4, 0);
        found.push(Problem { only_at_start, ..problem(logger, "this logger has no severity", help) });
    }
    if let Some(level) = logger.get("debuglevel")
        && level.as_int().is_some_and(|level| !(0..=99).contains(&level))
    {
        let message = format!("there is no debug level {}", level.source());
        found.push(problem(level, &message, "write a level from 0 to 99"));
    }
    for output in ["output-options", "output_options"].into_iter().flat_map(|key| logger.maps(key)) {
        match output.get("output") {
            None => found.push(problem(output, "nothing says where this output goes", "add `output`")),
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
    let problem = |message, help: &str, fix| Problem {
        at: value,
        message,
        help: help.to_owned(),
        fix,
        only_at_start: false,
    };
    if name.is_empty() {
        let message = format!("`{}` names no file", path.escape_default());
        return Some(problem(message, "write the file's name", None));
    }
    let directory = directory.filter(|directory| *directory != DIRECTORY)?;
    let message =
        format!("Kea writes its logs into `{DIRECTORY}`, not into `{}`", directory.escape_default());
    let fix = value.replace_text(format!("\"{}\"", name.escape_default()));
    Some(problem(message, &format!("write `{name}` alone"), Some((format!("write `{name}`"), fix))))
}
