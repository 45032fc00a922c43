//! Changing a text in places, so that every other byte stays.

use super::{
    Element, Kind,
    trivia::{Trivia, boundary, skip, trivia},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::ops::Range;

/// Bytes of a text, and what shall stand there instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TextEdit {
    /// The bytes that go; empty: nothing goes.
    pub span: Range<usize>,
    /// What comes there.
    pub text: String,
}

impl TextEdit {
    /// Puts `text` in the place of some bytes.
    pub fn replace(span: Range<usize>, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Puts `text` before the byte at `at`.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::replace(at..at, text)
    }

    /// Takes bytes away.
    pub fn delete(span: Range<usize>) -> Self {
        Self::replace(span, "")
    }

    /// Whether both cannot be made at once: they share bytes, or one inserts where the other begins or ends.
    pub fn conflicts_with(&self, other: &Self) -> bool {
        let (one, two) = (&self.span, &other.span);
        if one.is_empty() || two.is_empty() {
            one.start <= two.end && two.start <= one.end
        } else {
            one.start < two.end && two.start < one.end
        }
    }
}

/// The text with the edits made. Of two edits that touch the same bytes, only the first is made.
pub fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        let Some(between) = text.get(at..edit.span.start).filter(|_| text.is_char_boundary(edit.span.end))
        else {
            continue;
        };
        out.push_str(between);
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// What changes a value where it stands. Comments stay, also those beside a value that goes.
impl Element<'_> {
    /// Puts another value in its place.
    pub fn replace(self, value: &Value) -> Vec<TextEdit> {
        let layout = Layout::of(self);
        vec![TextEdit::replace(self.span(), layout.print(value))]
    }

    /// Puts another text in its place, as it is.
    pub fn replace_text(self, text: impl Into<String>) -> Vec<TextEdit> {
        vec![TextEdit::replace(self.span(), text)]
    }

    /// Gives a member of a map another key. Nothing for what is no member.
    pub fn rename(self, key: &str) -> Vec<TextEdit> {
        self.key_span().map(|span| TextEdit::replace(span, quote(key))).into_iter().collect()
    }

    /// Takes a member out of its map, or an item out of its list, with the comma that it needs no more.
    /// Nothing for the whole document.
    pub fn remove(self) -> Vec<TextEdit> {
        let Some((parent, before)) = self.around() else { return Vec::new() };
        removal(
            self.document().text().as_bytes(),
            self.whole_span(),
            before.map(|one| one.span().end),
            parent,
        )
    }

    /// Sets a member of a map: the value of the one that is there (the last of several), or a new last member.
    pub fn set(self, key: &str, value: &Value) -> Vec<TextEdit> {
        match self.get(key) {
            Some(member) => member.replace(value),
            None => self.insert(key, value),
        }
    }

    /// Adds a last member to a map. Nothing for anything else.
    pub fn insert(self, key: &str, value: &Value) -> Vec<TextEdit> {
        if self.kind() != Kind::Map {
            return Vec::new();
        }
        self.append(|layout| format!("{}: {}", quote(key), layout.print(value)))
    }

    /// Adds a last item to a list. Nothing for anything else.
    pub fn push(self, value: &Value) -> Vec<TextEdit> {
        if self.kind() != Kind::List {
            return Vec::new();
        }
        self.append(|layout| layout.print(value))
    }

    /// The bytes of its key and its value.
    pub fn whole_span(self) -> Range<usize> {
        let span = self.span();
        self.key_span().map_or(span.start, |key| key.start)..span.end
    }

    fn append(self, print: impl FnOnce(&Layout) -> String) -> Vec<TextEdit> {
        let bytes = self.document().text().as_bytes();
        match self.document.last_child(self.id) {
            Some(last) => after_last(bytes, last, print),
            None => into_empty(self, print),
        }
    }
}

/// Adds something behind the last child.
fn after_last(bytes: &[u8], last: Element<'_>, print: impl FnOnce(&Layout) -> String) -> Vec<TextEdit> {
    let end = last.span().end;
    let comma = skip(bytes, end);
    let has_comma = bytes.get(comma) == Some(&b',');
    let (place, is_comment) = beside(bytes, if has_comma { comma + 1 } else { end });
    let found = Layout::of(last);
    // Behind a comment that runs to the end of its line, nothing else fits on that line.
    let layout = Layout { own_line: found.own_line || is_comment, ..found };
    let new = format!("{}{}", layout.separator(), print(&layout));
    match (has_comma, place == end) {
        (true, _) => vec![TextEdit::insert(place, format!("{new},"))],
        (false, true) => vec![TextEdit::insert(end, format!(",{new}"))],
        (false, false) => vec![TextEdit::insert(end, ","), TextEdit::insert(place, new)],
    }
}

/// Adds something to a map or list without children. The comments in it come behind.
fn into_empty(parent: Element<'_>, print: impl FnOnce(&Layout) -> String) -> Vec<TextEdit> {
    let bytes = parent.document().text().as_bytes();
    let start = parent.span().start + 1;
    let inside = bytes.get(start..parent.span().end.saturating_sub(1)).unwrap_or_default();
    let outer = Layout::of(parent);
    if !inside.contains(&b'\n') {
        return vec![TextEdit::insert(start, print(&Layout { own_line: false, ..outer }))];
    }
    let layout = Layout { indent: format!("{}{}", outer.indent, outer.unit), own_line: true, ..outer };
    vec![TextEdit::insert(start, format!("{}{}", layout.separator(), print(&layout)))]
}

/// The end of the comments that begin on the line of `at` and belong to what stands before; `at` itself when
/// there are none. And whether the last of them runs to the end of its line.
fn beside(bytes: &[u8], at: usize) -> (usize, bool) {
    let (mut here, mut end) = (at, at);
    while let Some((kind, next)) = trivia(bytes, here) {
        let is_line_left = bytes.get(here..next).is_some_and(|piece| piece.contains(&b'\n'));
        match kind {
            Trivia::Blank if is_line_left => break,
            Trivia::Blank => {}
            Trivia::LineComment => return (next, true),
            Trivia::BlockComment if is_line_left => return (next, false),
            Trivia::BlockComment | Trivia::Directive => end = next,
        }
        here = next;
    }
    // A block comment before the next member of the same line is that member's.
    if matches!(bytes.get(here), None | Some(b'\n' | b'\r' | b'}' | b']')) {
        (end, false)
    } else {
        (at, false)
    }
}

/// What takes the bytes of a child away. `previous` is the end of the child before it.
fn removal(bytes: &[u8], span: Range<usize>, previous: Option<usize>, parent: Element<'_>) -> Vec<TextEdit> {
    let behind = skip(bytes, span.end);
    if bytes.get(behind) == Some(&b',') && behind < parent.span().end {
        return with_comma(bytes, span, behind);
    }
    let comma = previous.map(|end| skip(bytes, end)).filter(|at| bytes.get(*at) == Some(&b','));
    let Some(comma) = comma else { return vec![TextEdit::delete(tidied(bytes, span))] };
    let whole = tidied(bytes, span.clone());
    let only_blanks =
        bytes.get(comma + 1..span.start).is_some_and(|part| part.iter().all(u8::is_ascii_whitespace));
    let is_line = whole.start < span.start && bytes.get(whole.end.wrapping_sub(1)) == Some(&b'\n');
    if only_blanks && !is_line {
        return vec![TextEdit::delete(comma..span.end)];
    }
    vec![TextEdit::delete(comma..comma + 1), TextEdit::delete(whole)]
}

/// Takes a child and the comma behind it away.
fn with_comma(bytes: &[u8], span: Range<usize>, comma: usize) -> Vec<TextEdit> {
    let is_next = bytes.get(span.end..comma).is_some_and(|part| part.iter().all(u8::is_ascii_whitespace));
    if is_next {
        return vec![TextEdit::delete(tidied(bytes, span.start..comma + 1))];
    }
    vec![TextEdit::delete(tidied(bytes, span)), TextEdit::delete(comma..comma + 1)]
}

/// The bytes that go together with a range: its whole lines when nothing else is on them, or the blanks beside it.
fn tidied(bytes: &[u8], span: Range<usize>) -> Range<usize> {
    let (before, behind) =
        (bytes.get(..span.start).unwrap_or_default(), bytes.get(span.end..).unwrap_or_default());
    let (start, end) =
        (span.start - blanks(before.iter().rev(), b"\r"), span.end + blanks(behind.iter(), b"\r"));
    let is_first = start == 0 || bytes.get(start - 1) == Some(&b'\n');
    let is_last = matches!(bytes.get(end), None | Some(b'\n'));
    match (is_first, is_last) {
        (true, true) if end < bytes.len() => start..end + 1,
        (false, true) => span.start - blanks(before.iter().rev(), b"")..span.end,
        _ => span.start..span.end + blanks(behind.iter(), b""),
    }
}

/// How many spaces and tabs come first, and some other bytes.
fn blanks<'b>(bytes: impl Iterator<Item = &'b u8>, others: &[u8]) -> usize {
    bytes.take_while(|byte| matches!(byte, b' ' | b'\t') || others.contains(byte)).count()
}

/// Lines longer than this are nobody's layout.
const LONG_LINE: usize = 4096;

/// The start of the line that `at` is in, where it is not far away.
fn near_line_start(bytes: &[u8], at: usize) -> Option<usize> {
    let far = at.saturating_sub(LONG_LINE);
    let found = bytes.get(far..at)?.iter().rposition(|byte| *byte == b'\n');
    found.map(|index| far + index + 1).or((far == 0).then_some(0))
}

/// How the values around a place are laid out.
#[derive(Debug, Clone)]
struct Layout {
    /// The blanks that begin the place's line.
    indent: String,
    /// What a level adds to them.
    unit: String,
    /// Whether each value is on a line of its own.
    own_line: bool,
}

impl Layout {
    fn of(element: Element<'_>) -> Self {
        let text = element.document().text();
        let at = element.whole_span().start;
        let line = near_line_start(text.as_bytes(), at);
        let rest = text.get(line.unwrap_or(at)..).unwrap_or_default();
        let indent = rest.get(..rest.len() - rest.trim_start_matches([' ', '\t']).len()).unwrap_or_default();
        // The first indented line shows what a level is.
        let top = text.get(..boundary(text, 4 * LONG_LINE)).unwrap_or_default();
        let first =
            top.lines().take(200).find(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty());
        let unit = first
            .map_or("    ", |line| line.split_once(|c| c != ' ' && c != '\t').map_or("", |(unit, _)| unit));
        let own_line = line.is_some_and(|start| start + indent.len() == at && start > 0);
        Self { indent: indent.to_owned(), unit: unit.to_owned(), own_line }
    }

    fn separator(&self) -> String {
        if self.own_line { format!("\n{}", self.indent) } else { " ".to_owned() }
    }

    fn print(&self, value: &Value) -> String {
        let mut out = String::new();
        let depth = if self.own_line { Some(self.indent.clone()) } else { None };
        print(value, depth, &self.unit, 64, &mut out);
        out
    }
}

/// Writes a value; with an indentation, the members of maps and the maps of lists each on a line of their own.
fn print(value: &Value, indent: Option<String>, unit: &str, depth: u8, out: &mut String) {
    let inner = indent.as_ref().map(|indent| format!("{indent}{unit}"));
    let (open, close) = if value.is_object() { ("{", "}") } else { ("[", "]") };
    let children: Vec<(Option<&String>, &Value)> = match value {
        Value::Object(map) if depth > 0 => map.iter().map(|(key, value)| (Some(key), value)).collect(),
        Value::Array(list) if depth > 0 => list.iter().map(|value| (None, value)).collect(),
        other => return out.push_str(&other.to_string()),
    };
    let is_short =
        value.is_array() && !children.iter().any(|(_, value)| value.is_object() || value.is_array());
    let inner = inner.filter(|_| !is_short && !children.is_empty());
    out.push_str(open);
    for (index, (key, value)) in children.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        match &inner {
            Some(inner) => {
                out.push('\n');
                out.push_str(inner);
            }
            None if index > 0 || key.is_some() => out.push(' '),
            None => {}
        }
        if let Some(key) = key {
            out.push_str(&quote(key));
            out.push_str(": ");
        }
        print(value, inner.clone(), unit, depth - 1, out);
    }
    match (&inner, &indent) {
        (Some(_), Some(indent)) => {
            out.push('\n');
            out.push_str(indent);
        }
        _ if value.is_object() && !children.is_empty() => out.push(' '),
        _ => {}
    }
    out.push_str(close);
}

/// A text in quotes. Characters beyond ASCII stay as they are: Kea refuses their escapes.
pub(super) fn quote(text: &str) -> String {
    Value::from(text).to_string()
}
