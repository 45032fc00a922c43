//! The check of a whole configuration's text: Kea's verdict, with the reasons.

mod limits;
mod syntax;

pub use limits::{LIMITS, Limit};

use crate::{
    Daemon, Family, KeaVersion,
    diagnostic::{Diagnostic, Reader},
    json::{self, Document, Repaired},
    rules::{self, Findings},
};

/// What the check of a text found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Whose configuration it is; `None`: nobody's.
    pub daemon: Option<Daemon>,
    /// The family that the daemon serves; `None`: it serves no clients.
    pub family: Option<Family>,
    /// The findings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What only the daemon's host decides, so that the verdict is given without it.
    pub limits: Vec<&'static Limit>,
}

impl Report {
    /// Whether one of Kea's readers accepts the configuration.
    ///
    /// For [`Reader::Api`] the question is whether Kea accepts the values: whoever sends them writes them as plain
    /// JSON, without the comments that a file may have.
    pub fn accepts(&self, reader: Reader) -> bool {
        !self.diagnostics.iter().any(|found| found.is_error() && found.refused_by.has(reader))
    }
}

/// Checks the text of a configuration as a daemon of `version` would read it.
///
/// What cannot be read does not hide the rest: the rules look at the text as a person would mend it.
pub fn check(text: &str, version: KeaVersion) -> Report {
    let document = json::parse(text);
    let mut out = Findings::default();
    syntax::report(&document, version, &mut out);
    let limits = limits::of(&document);
    let Some(repaired) = Repaired::of(&document) else {
        let daemon = rules::check(&document, version, &mut out);
        return Report {
            daemon,
            family: daemon.and_then(Daemon::family),
            diagnostics: out.into_diagnostics(&document),
            limits,
        };
    };
    let mut diagnostics = out.into_diagnostics(&document);
    let (daemon, rest) = behind_mistakes(&document, &repaired, version);
    diagnostics.extend(rest);
    diagnostics.sort_by_key(|found| found.span.as_ref().map_or(0, |span| span.start));
    Report { daemon, family: daemon.and_then(Daemon::family), diagnostics, limits }
}

/// What the rules find in the mended text, but for what comes from the mending.
fn behind_mistakes(
    document: &Document<'_>,
    repaired: &Repaired,
    version: KeaVersion,
) -> (Option<Daemon>, Vec<Diagnostic>) {
    let mended = json::parse(&repaired.text);
    let mut out = Findings::default();
    let daemon = rules::check(&mended, version, &mut out);
    let found = out.into_diagnostics(&mended).into_iter();
    let found = found.filter_map(|found| in_original(found, repaired));
    // The mistakes in the order of the text, each with the furthest end so far.
    let mistakes = document.errors().iter().filter(|error| !error.is_readable());
    let mistakes = mistakes.scan(0, |end, error| {
        *end = error.span.end.max(*end);
        Some((error.span.start, *end))
    });
    let mistakes: Vec<(usize, usize)> = mistakes.collect();
    let is_new = |found: &Diagnostic| {
        let span = found.span.clone().unwrap_or_default();
        let before = mistakes.partition_point(|(start, _)| *start < span.end);
        let last = before.checked_sub(1).and_then(|last| mistakes.get(last));
        last.is_none_or(|(_, end)| *end <= span.start)
    };
    (daemon, found.filter(is_new).collect())
}

/// The same finding with its places in the real text.
fn in_original(mut found: Diagnostic, repaired: &Repaired) -> Option<Diagnostic> {
    found.span = Some(repaired.original(found.span.as_ref()?)?);
    for related in &mut found.related {
        related.span = related.span.as_ref().and_then(|span| repaired.original(span));
    }
    let fix = found.fix.take().and_then(|mut fix| {
        for edit in &mut fix.edits {
            edit.span = repaired.original(&edit.span)?;
        }
        Some(fix)
    });
    Some(Diagnostic { fix, ..found })
}
