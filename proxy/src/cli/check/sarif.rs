//! `--format sarif`: the Static Analysis Results Interchange Format, version 2.1.0 (OASIS).

use super::{
    Task,
    outcome::{AllLines, Found, Outcome, Weight},
    text,
};
use perch_shared::{
    diagnostic::Severity,
    json::Lines,
    rules::{self, Rule},
};
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    io::{self, Write},
    ops::Range,
};

/// The log of one run.
pub(super) struct Log {
    task: Task,
    results: Vec<Value>,
    notifications: Vec<Value>,
}

impl Log {
    pub(super) fn new(task: Task) -> Self {
        Self { task, results: Vec::new(), notifications: Vec::new() }
    }

    /// Adds what came out of a file.
    pub(super) fn add(&mut self, outcome: &Outcome) {
        if let Some(message) = &outcome.unusable {
            self.notifications.push(json!({
                "level": "error",
                "message": {"text": format!("{}: {message}", outcome.name)},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&outcome.name)}}}],
            }));
        }
        let Some(checked) = outcome.checked.as_ref().filter(|checked| !checked.found.is_empty()) else {
            return;
        };
        let lines = checked.lines();
        let results = checked.found.iter().map(|found| self.result(&outcome.name, found, &lines));
        self.results.extend(results.collect::<Vec<_>>());
    }

    /// Writes the whole.
    pub(super) fn write(self, out: &mut impl Write) -> io::Result<()> {
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "perch",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules::all().map(descriptor).collect::<Vec<_>>(),
                }},
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": self.notifications.is_empty(),
                    "toolExecutionNotifications": self.notifications,
                }],
                "properties": {"keaVersion": self.task.version.to_string(), "reader": self.task.reader},
                "results": self.results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &log)?;
        out.write_all(b"\n")
    }

    fn result(&self, name: &str, found: &Found, all: &AllLines<'_>) -> Value {
        let (diagnostic, lines) = (&found.diagnostic, &all.text);
        let level = match found.weight(self.task.reader) {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Note => "note",
        };
        let mut message = diagnostic.message.clone();
        for more in
            [diagnostic.help.as_deref(), text::only_other(found, self.task.reader)].into_iter().flatten()
        {
            message.push_str("; ");
            message.push_str(more);
        }
        let primary = match all.elsewhere(found) {
            None => location(name, lines, diagnostic.span.as_ref()),
            Some((name, inner, span)) => location(name, inner, Some(&span)),
        };
        let mut result = json!({
            "ruleId": diagnostic.code,
            "level": level,
            "message": {"text": message},
            "locations": [primary],
            "properties": {"path": diagnostic.path, "refusedBy": diagnostic.refused_by},
        });
        let index = rules::all().position(|rule| rule.code == diagnostic.code);
        add(&mut result, "ruleIndex", index.map(Value::from));
        let related = diagnostic.related.iter().filter(|related| related.span.is_some()).map(|related| {
            let mut place = location(name, lines, related.span.as_ref());
            add(&mut place, "message", Some(json!({"text": related.message})));
            place
        });
        let related: Vec<Value> = related.collect();
        add(&mut result, "relatedLocations", (!related.is_empty()).then_some(Value::from(related)));
        add(
            &mut result,
            "fixes",
            diagnostic.fix.as_ref().map(|fix| {
                let replacements = fix.edits.iter().map(|edit| {
                json!({"deletedRegion": region(lines, &edit.span), "insertedContent": {"text": edit.text}})
            });
                json!([{
                    "description": {"text": fix.title},
                    "artifactChanges": [{
                        "artifactLocation": {"uri": uri(name)},
                        "replacements": replacements.collect::<Vec<_>>(),
                    }],
                }])
            }),
        );
        result
    }
}

fn add(object: &mut Value, key: &str, value: Option<Value>) {
    if let (Some(object), Some(value)) = (object.as_object_mut(), value) {
        object.insert(key.to_owned(), value);
    }
}

fn location(name: &str, lines: &Lines<'_>, span: Option<&Range<usize>>) -> Value {
    let mut place = json!({"artifactLocation": {"uri": uri(name)}});
    add(&mut place, "region", span.map(|span| region(lines, span)));
    json!({"physicalLocation": place})
}

fn region(lines: &Lines<'_>, span: &Range<usize>) -> Value {
    let (start, end) = (lines.place(span.start), lines.place(span.end));
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

fn descriptor(rule: &Rule) -> Value {
    let explain = rule.explain.trim();
    let short = explain.lines().next().unwrap_or_default().trim();
    let level = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    };
    json!({
        "id": rule.code,
        "shortDescription": {"text": short},
        "help": {"text": explain, "markdown": explain},
        "helpUri": rule.arm,
        "defaultConfiguration": {"level": level},
    })
}

/// A path as a relative or `file` reference.
fn uri(name: &str) -> String {
    let mut out = if name.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in name.strip_prefix("./").unwrap_or(name).bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte))
            }
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}
