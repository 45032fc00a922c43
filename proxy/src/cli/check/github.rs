//! `--format github`: commands that annotate the lines of a change.

use super::{
    Task,
    outcome::{Checked, Found, Weight},
    text,
};
use perch_shared::json::Lines;

/// A file's commands, one a line.
pub(super) fn render(name: &str, checked: &Checked, task: Task) -> Vec<u8> {
    let lines = if checked.found.is_empty() { Lines::new("") } else { Lines::new(&checked.text) };
    checked
        .found
        .iter()
        .map(|found| command(name, found, checked, &lines, task))
        .collect::<String>()
        .into_bytes()
}

fn command(name: &str, found: &Found, checked: &Checked, lines: &Lines<'_>, task: Task) -> String {
    let kind = match found.weight(task.reader) {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "notice",
    };
    let (name, start, end) = match &found.elsewhere {
        None => {
            let span = found.diagnostic.span.clone().unwrap_or_default();
            (name, lines.place(span.start), lines.place(span.end))
        }
        Some((source, span)) => {
            let (name, text) = checked.sources.get(*source).map_or(("", ""), |(name, text)| (name, text));
            let lines = Lines::new(text);
            (name, lines.place(span.start), lines.place(span.end))
        }
    };
    let mut message = found.diagnostic.message.clone();
    if let Some(help) = &found.diagnostic.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    if let Some(note) = text::only_other(found, task.reader) {
        message.push_str("\nnote: ");
        message.push_str(note);
    }
    // A column makes sense to GitHub within one line only.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column)
    } else {
        String::new()
    };
    format!(
        "::{kind} file={},line={},endLine={}{columns},title={}::{}\n",
        property(name),
        start.line,
        end.line,
        property(&found.diagnostic.code),
        data(&message)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
