//! `--format github`: commands that annotate the lines of a change.

use super::{
    Task,
    outcome::{AllLines, Checked, Found, Weight},
    text,
};

/// A file's commands, one a line.
pub(super) fn render(name: &str, checked: &Checked, task: Task) -> Vec<u8> {
    let lines = checked.lines();
    checked.found.iter().map(|found| command(name, found, &lines, task)).collect::<String>().into_bytes()
}

fn command(name: &str, found: &Found, lines: &AllLines<'_>, task: Task) -> String {
    let kind = match found.weight(task.reader) {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "notice",
    };
    let here = || (name, &lines.text, found.diagnostic.span.clone().unwrap_or_default());
    let (name, inner, span) = lines.elsewhere(found).unwrap_or_else(here);
    let (start, end) = (inner.place(span.start), inner.place(span.end));
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
