//! `--format json`: one object a line for each file.

use super::{
    Task,
    outcome::{AllLines, Checked},
};
use perch_shared::{
    Family, KeaVersion,
    diagnostic::{Fix, Readers, Severity},
    json::Lines,
};
use serde::Serialize;
use std::ops::Range;

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    family: Option<Family>,
    kea_version: KeaVersion,
    verdict: Verdicts,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Verdicts {
    file: &'static str,
    api: &'static str,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: Severity,
    message: String,
    path: &'a str,
    range: Places,
    refused_by: Readers,
    help: Option<&'a str>,
    fix: Option<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    title: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    range: Places,
    text: &'a str,
}

#[derive(Serialize)]
struct Places {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

/// A file's line.
pub(super) fn render(name: &str, checked: &Checked, task: Task) -> Vec<u8> {
    let verdict = |accepted: bool| if accepted { "accept" } else { "reject" };
    let [file, api] = checked.accepted.map(verdict);
    let lines = checked.lines();
    let line = Line {
        file: name,
        family: checked.family,
        kea_version: task.version,
        verdict: Verdicts { file, api },
        diagnostics: entries(checked, &lines),
    };
    let mut out = serde_json::to_string(&line).unwrap_or_default();
    // Some readers take these for the end of a line too.
    for (end, escape) in [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")] {
        if out.contains(end) {
            out = out.replace(end, escape);
        }
    }
    out.push('\n');
    out.into_bytes()
}

fn entries<'a>(checked: &'a Checked, all: &AllLines<'_>) -> Vec<Entry<'a>> {
    let lines = &all.text;
    let entry = |found: &'a super::outcome::Found| {
        let diagnostic = &found.diagnostic;
        Entry {
            code: &diagnostic.code,
            severity: diagnostic.severity,
            message: super::text::message(found, all),
            path: &diagnostic.path,
            range: places(lines, diagnostic.span.as_ref().unwrap_or(&(0..0))),
            refused_by: diagnostic.refused_by,
            help: diagnostic.help.as_deref(),
            fix: diagnostic.fix.as_ref().map(|fix| change(fix, lines)),
        }
    };
    checked.found.iter().map(entry).collect()
}

fn change<'a>(fix: &'a Fix, lines: &Lines<'_>) -> Change<'a> {
    let edits = fix.edits.iter().map(|edit| Edit { range: places(lines, &edit.span), text: &edit.text });
    Change { title: &fix.title, edits: edits.collect() }
}

fn places(lines: &Lines<'_>, span: &Range<usize>) -> Places {
    let place = |offset| {
        let place = lines.place(offset);
        Place { line: place.line, column: place.column }
    };
    Places { start: place(span.start), end: place(span.end) }
}
