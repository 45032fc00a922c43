//! `--format text`: for people, in the manner of a compiler.

use super::{
    Task,
    outcome::{AllLines, Checked, Found, Outcome, Totals, Weight},
};
use perch_shared::{diagnostic::Reader, json::Lines};
use std::{
    fmt::Write as _,
    io::{self, Write},
    ops::Range,
};

/// A line is shown so wide, around the marked part.
const WIDTH: usize = 140;

/// Codes that colour a terminal.
struct Paint {
    on: bool,
}

impl Paint {
    fn say(&self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn bar(&self, text: &str) -> String {
        self.say("1;34", text)
    }
}

/// Text from a file or a name, without what could lead a terminal astray.
pub(super) fn clean(text: &str) -> String {
    let safe = |c: char| match c {
        '\t' => ' ',
        c if c.is_control()
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c) =>
        {
            '\u{fffd}'
        }
        c => c,
    };
    text.chars().map(safe).collect()
}

/// What only the other reader refuses is said with a note.
pub(super) fn only_other(found: &Found, reader: Reader) -> Option<&'static str> {
    let is_other = found.diagnostic.is_error() && !found.diagnostic.refused_by.has(reader);
    is_other.then_some(match reader {
        Reader::File => "only the API refuses this; from a file Kea reads it",
        Reader::Api => "only from a file does Kea refuse this; over the API the values are fine",
    })
}

/// A finding's message, with the included file that it is in.
pub(super) fn message(found: &Found, lines: &AllLines<'_>) -> String {
    let message = &found.diagnostic.message;
    match lines.elsewhere(found) {
        Some((name, inner, span)) => {
            format!("in `{name}`, line {}: {message}", inner.place(span.start).line)
        }
        None => message.clone(),
    }
}

/// What was found in a file.
pub(super) fn render(outcome: &Outcome, checked: &Checked, task: Task) -> Vec<u8> {
    let paint = Paint { on: task.colours };
    let name = if outcome.name == "-" { "<stdin>".to_owned() } else { clean(&outcome.name) };
    let mut out = String::new();
    for made in &outcome.fixed {
        let what = paint.say("1;32", "fixed");
        let _ = writeln!(
            out,
            "{what}[{}]: {name}:{}:{}: {}",
            made.code,
            made.line,
            made.column,
            clean(&made.title)
        );
    }
    if !outcome.fixed.is_empty() {
        out.push('\n');
    }
    let lines = checked.lines();
    for found in &checked.found {
        finding(found, &name, &lines, task, &paint, &mut out);
    }
    out.into_bytes()
}

fn finding(found: &Found, name: &str, all: &AllLines<'_>, task: Task, paint: &Paint, out: &mut String) {
    let lines = &all.text;
    let diagnostic = &found.diagnostic;
    let (word, colour) = match found.weight(task.reader) {
        Weight::Error => ("error", "1;31"),
        Weight::Warning => ("warning", "1;33"),
        Weight::Note => ("hint", "1;36"),
    };
    let head = paint.say(colour, &format!("{word}[{}]", diagnostic.code));
    let _ = writeln!(out, "{head}: {}", paint.say("1", &clean(&diagnostic.message)));
    let span = diagnostic.span.clone().unwrap_or_default();
    let elsewhere = all.elsewhere(found).map(|(name, inner, span)| (clean(name), inner, span));
    let mut places = Vec::new();
    let mark = Mark { span, symbol: '^', colour, label: "" };
    let (where_, place) = match &elsewhere {
        Some((name, inner, span)) => {
            places.push((*inner, Mark { span: span.clone(), ..mark }));
            (name.as_str(), inner.place(span.start))
        }
        None => {
            let place = lines.place(mark.span.start);
            places.push((lines, mark));
            (name, place)
        }
    };
    for related in &diagnostic.related {
        if let Some(span) = &related.span {
            places.push((
                lines,
                Mark { span: span.clone(), symbol: '-', colour: "1;34", label: &related.message },
            ));
        }
    }
    let width =
        places.iter().map(|(lines, mark)| digits(lines.place(mark.span.start).line)).max().unwrap_or(1);
    let arrow = paint.bar("-->");
    let _ = writeln!(out, "{:width$}{arrow} {where_}:{}:{}", "", place.line, place.column);
    let _ = writeln!(out, "{:width$} {}", "", paint.bar("|"));
    snippets(&places, width, paint, out);
    let path = (!diagnostic.path.is_empty()).then(|| ("at", clean(&diagnostic.path)));
    let help = diagnostic.help.as_ref().map(|help| ("help", clean(help)));
    let note = only_other(found, task.reader).map(|note| ("note", note.to_owned()));
    let fix = diagnostic.fix.as_ref().map(|fix| ("fix", format!("`--fix` does it: {}", clean(&fix.title))));
    for (word, text) in [path, help, note, fix].into_iter().flatten() {
        let _ = writeln!(out, "{:width$} {} {}: {text}", "", paint.bar("="), paint.say("1", word));
    }
    out.push('\n');
}

/// A part of a text to be shown and marked.
struct Mark<'a> {
    span: Range<usize>,
    symbol: char,
    colour: &'a str,
    label: &'a str,
}

/// The lines in the order of the text, each with its mark below.
fn snippets(places: &[(&Lines<'_>, Mark<'_>)], width: usize, paint: &Paint, out: &mut String) {
    let mut sorted: Vec<_> = places.iter().collect();
    sorted.sort_by_key(|(_, mark)| mark.span.start);
    let mut last = 0;
    for (lines, mark) in sorted {
        let place = lines.place(mark.span.start);
        if last > 0 && place.line > last + 1 {
            let _ = writeln!(out, "{:width$}{}", "", paint.bar("..."));
        }
        let (shown, column) = window(lines.text(place.line), mark.span.start - lines.span(place.line).start);
        let end = lines.place(mark.span.end);
        let is_one_line = end.line == place.line;
        let rest = (shown.chars().count() + 1).saturating_sub(column);
        let count = if is_one_line { end.column.saturating_sub(place.column) } else { rest };
        let count = count.clamp(1, WIDTH.saturating_sub(column).max(1));
        if place.line != last {
            let number = paint.bar(&format!("{:>width$} |", place.line));
            let _ = writeln!(out, "{number} {shown}");
        }
        let carets: String = std::iter::repeat_n(mark.symbol, count).collect();
        let marked = paint.say(mark.colour, format!("{carets} {}", clean(mark.label)).trim_end());
        let _ = writeln!(out, "{:width$} {} {:pad$}{marked}", "", paint.bar("|"), "", pad = column - 1);
        last = place.line;
    }
}

/// The part of a line around a byte, and the byte's column in it.
fn window(line: &str, at: usize) -> (String, usize) {
    let before = line.get(..at).unwrap_or(line);
    if line.chars().nth(WIDTH).is_none() {
        return (clean(line), before.chars().count() + 1);
    }
    let back = |text: &str, count: usize| text.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
    let start = back(before, WIDTH / 3 - 1).min(back(line, WIDTH));
    let rest = line.get(start..).unwrap_or_default();
    let end = rest.char_indices().nth(WIDTH).map_or(rest.len(), |(end, _)| end);
    let (head, tail) = (if start > 0 { "..." } else { "" }, if end < rest.len() { "..." } else { "" });
    let column = before.get(start..).unwrap_or_default().chars().count() + 1 + head.len();
    (format!("{head}{}{tail}", clean(rest.get(..end).unwrap_or_default())), column)
}

fn digits(number: usize) -> usize {
    number.checked_ilog10().map_or(1, |digits| usize::try_from(digits).unwrap_or_default() + 1)
}

/// The last lines: how many of what, and what Kea would say.
pub(super) fn summary(totals: &Totals, task: Task, out: &mut impl Write) -> io::Result<()> {
    let paint = Paint { on: task.colours };
    let count = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
    let checked = totals.files - totals.unusable;
    let reader = if task.reader == Reader::File { "from a file" } else { "over the API" };
    let verdict = match (checked, totals.refused) {
        (0, _) => String::new(),
        (1, 0) => format!("Kea {} accepts it {reader}", task.version),
        (_, 0) => format!("Kea {} accepts all {checked} files {reader}", task.version),
        (1, _) => format!("Kea {} refuses it {reader}", task.version),
        (_, refused) => format!("Kea {} refuses {refused} of {checked} files {reader}", task.version),
    };
    let counts = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.notes, "hint")];
    let mut parts: Vec<String> =
        counts.iter().filter(|(number, _)| *number > 0).map(|(number, word)| count(*number, word)).collect();
    if totals.fixed > 0 {
        parts.push(format!("{} fixed", totals.fixed));
    }
    if totals.fixable > 0 && !task.fix {
        parts.push(format!("{} that `--fix` mends", totals.fixable));
    }
    if totals.unusable > 0 {
        parts.push(format!("{} that cannot be used", count(totals.unusable, "file")));
    }
    let colour = if totals.refused > 0 || totals.unusable > 0 { "1;31" } else { "1;32" };
    let parts = parts.join(", ");
    let line = [verdict, parts].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ");
    writeln!(out, "{}", paint.say(colour, &line))?;
    if totals.limits.is_empty() {
        return Ok(());
    }
    let unknown: Vec<&str> = totals.limits.iter().map(|limit| limit.unknown).collect();
    writeln!(out, "not judged, because only Kea's host knows: {}", unknown.join("; "))?;
    writeln!(out, "`perch explain limits` says what is assumed instead")
}
