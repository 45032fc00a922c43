//! One file: reading it, checking it, mending it, and what came out.

use super::{Format, Task, fix, github, include, input, json, text, walk::Entry};
use perch_shared::{
    Family, KeaVersion,
    check::{Limit, Report, check},
    diagnostic::{Diagnostic, Reader, Severity},
    json::Lines,
};
use std::{
    fs,
    io::Read,
    ops::Range,
    path::{Path, PathBuf},
};

/// What came out of one file.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Its name, as on the command line.
    pub(super) name: String,
    /// Why it could not be checked.
    pub(super) unusable: Option<String>,
    /// Something to say about it besides.
    pub(super) note: Option<String>,
    /// What was found, with the text it was found in; `None`: it could not be checked.
    pub(super) checked: Option<Checked>,
    /// What is to be printed.
    pub(super) printed: Vec<u8>,
    /// The changed text of standard input.
    pub(super) standard_output: Option<Vec<u8>>,
    /// The fixes that were made.
    pub(super) fixed: Vec<fix::Made>,
}

/// What was found in a text.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) text: String,
    pub(super) family: Option<Family>,
    pub(super) accepted: [bool; 2],
    pub(super) found: Vec<Found>,
    /// What only the daemon's host decides.
    pub(super) limits: Vec<&'static Limit>,
    /// The first line that is not UTF-8.
    pub(super) foreign: Option<usize>,
    /// Texts of the files that it includes, by name.
    pub(super) sources: Vec<(String, String)>,
}

impl Checked {
    /// The lines of the text, and of the files that it includes. Nobody asks for them where nothing is found.
    pub(super) fn lines(&self) -> AllLines<'_> {
        let text = if self.found.is_empty() { "" } else { &self.text };
        let sources = self.sources.iter().map(|(name, text)| (name.as_str(), Lines::new(text)));
        AllLines { text: Lines::new(text), sources: sources.collect() }
    }
}

/// The lines of a text, and of the files that it includes, by name.
#[derive(Debug)]
pub(super) struct AllLines<'c> {
    pub(super) text: Lines<'c>,
    sources: Vec<(&'c str, Lines<'c>)>,
}

impl AllLines<'_> {
    /// The included file that a finding is in, with the finding's place there.
    pub(super) fn elsewhere(&self, found: &Found) -> Option<(&str, &Lines<'_>, Range<usize>)> {
        let (source, span) = found.elsewhere.as_ref()?;
        let (name, lines) = self.sources.get(*source)?;
        Some((name, lines, span.clone()))
    }
}

/// A finding.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) diagnostic: Diagnostic,
    /// The included file that it is in, by number, with its place there; the finding's own span is the directive.
    pub(super) elsewhere: Option<(usize, Range<usize>)>,
}

/// How much a finding counts for the reader that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// The reader refuses the file.
    Error,
    /// The operator will regret it.
    Warning,
    /// Anything else, also what only the other reader refuses.
    Note,
}

impl Found {
    pub(super) fn weight(&self, reader: Reader) -> Weight {
        match self.diagnostic.severity {
            Severity::Error if self.diagnostic.refused_by.has(reader) => Weight::Error,
            Severity::Warning => Weight::Warning,
            Severity::Error | Severity::Hint => Weight::Note,
        }
    }
}

/// How many of each.
#[derive(Debug, Default)]
pub(super) struct Totals {
    pub(super) files: usize,
    pub(super) unusable: usize,
    pub(super) refused: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    pub(super) fixable: usize,
    pub(super) fixed: usize,
    /// What only the host decides about any of the files.
    pub(super) limits: Vec<&'static Limit>,
}

impl Totals {
    pub(super) fn add(&mut self, outcome: &Outcome, task: Task) {
        self.files += 1;
        self.unusable += usize::from(outcome.unusable.is_some());
        self.fixed += outcome.fixed.len();
        let Some(checked) = &outcome.checked else { return };
        self.limits
            .extend(checked.limits.iter().filter(|limit| !self.limits.contains(limit)).collect::<Vec<_>>());
        let errors = self.errors;
        for found in &checked.found {
            match found.weight(task.reader) {
                Weight::Error => self.errors += 1,
                Weight::Warning => self.warnings += 1,
                Weight::Note => self.notes += 1,
            }
            self.fixable += usize::from(found.diagnostic.fix.is_some());
        }
        self.refused += usize::from(self.errors > errors);
    }

    /// The exit status.
    pub(super) fn code(&self, is_strict: bool) -> u8 {
        match self {
            Self { unusable: 1.., .. } => 3,
            Self { errors: 1.., .. } => 2,
            Self { warnings: 1.., .. } if is_strict => 1,
            _ => 0,
        }
    }
}

/// Reads, checks and mends one file.
pub(super) fn of(entry: Entry, task: Task) -> Outcome {
    let (name, path, bytes) = match entry {
        Entry::Unreadable(path, why) => return unusable(&path, why),
        Entry::Standard => {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().read_to_end(&mut bytes);
            ("-".to_owned(), None, read.map(|_| bytes))
        }
        Entry::File(path) => (path.display().to_string(), Some(path.clone()), fs::read(&path)),
    };
    let mut outcome = Outcome { name, ..Outcome::default() };
    match bytes {
        Ok(bytes) => outcome.bytes(bytes, path.as_ref(), task),
        Err(error) => outcome.unusable = Some(error.to_string()),
    }
    outcome
}

fn unusable(path: &Path, why: String) -> Outcome {
    Outcome { name: path.display().to_string(), unusable: Some(why), ..Outcome::default() }
}

impl Outcome {
    fn bytes(&mut self, bytes: Vec<u8>, path: Option<&PathBuf>, task: Task) {
        let file = path.map_or(Path::new("-"), PathBuf::as_path);
        let Some(mut result) = checked(&bytes, file, task.version) else {
            self.unusable = Some("this is no text".to_owned());
            return;
        };
        if task.fix {
            let mut mended = bytes;
            self.fixed = fix::mend(&mut mended, &mut result, |bytes| checked(bytes, file, task.version));
            match path {
                None => self.standard_output = Some(mended),
                Some(path) if !self.fixed.is_empty() => {
                    if let Err(error) = fix::replace(path, &mended) {
                        self.unusable = Some(format!("cannot be written: {error}"));
                        return;
                    }
                }
                Some(_) => {}
            }
        }
        self.note = result.foreign.map(|line| {
            format!("line {line} is not UTF-8: Kea takes the bytes as they are, and so does this check")
        });
        self.printed = match task.format {
            Format::Text => text::render(self, &result, task),
            Format::Json => json::render(&self.name, &result, task),
            Format::Github => github::render(&self.name, &result, task),
            Format::Sarif => Vec::new(),
        };
        self.checked = Some(result);
    }
}

/// Checks a file's bytes; `None`: they are no text.
pub(super) fn checked(bytes: &[u8], file: &Path, version: KeaVersion) -> Option<Checked> {
    let read = input::text(bytes)?;
    let foreign = read.foreign.map(|at| Lines::new(&read.text).place(at).line);
    let Some(spliced) = include::splice(&read.text, file) else {
        let report = check(&read.text, version);
        return Some(Checked { foreign, ..plain(read.text.into_owned(), report) });
    };
    let report = check(&spliced.text, version);
    let mut found: Vec<Found> = spliced
        .problems
        .iter()
        .map(|problem| Found { diagnostic: problem.clone(), elsewhere: None })
        .chain(report.diagnostics.iter().map(|diagnostic| located(diagnostic.clone(), &spliced)))
        .collect();
    found.sort_by_key(|found| found.diagnostic.span.as_ref().map_or(0, |span| span.start));
    let accepted =
        [Reader::File, Reader::Api].map(|reader| spliced.problems.is_empty() && report.accepts(reader));
    let text = read.text.into_owned();
    let (family, limits) = (report.family, report.limits);
    Some(Checked { text, family, accepted, found, limits, foreign, sources: spliced.sources })
}

fn plain(text: String, report: Report) -> Checked {
    let accepted = [Reader::File, Reader::Api].map(|reader| report.accepts(reader));
    let found =
        report.diagnostics.into_iter().map(|diagnostic| Found { diagnostic, elsewhere: None }).collect();
    let (family, limits) = (report.family, report.limits);
    Checked { text, family, accepted, found, limits, foreign: None, sources: Vec::new() }
}

/// A finding in a text with included files, with its place in the file that it is in.
fn located(mut diagnostic: Diagnostic, spliced: &include::Spliced) -> Found {
    let origin = spliced.origin(diagnostic.span.as_ref().unwrap_or(&(0..0)));
    for related in &mut diagnostic.related {
        let place = related.span.as_ref().map(|span| spliced.origin(span));
        related.span = place.map(|place| if place.source.is_none() { place.span } else { place.through });
    }
    let fix = diagnostic.fix.take().and_then(|mut fix| {
        for edit in &mut fix.edits {
            let place = spliced.origin(&edit.span);
            edit.span =
                Some(place.span).filter(|span| place.source.is_none() && span.len() == edit.span.len())?;
        }
        Some(fix)
    });
    diagnostic.fix = fix;
    match origin.source {
        None => {
            diagnostic.span = Some(origin.span);
            Found { diagnostic, elsewhere: None }
        }
        Some(source) => {
            diagnostic.span = Some(origin.through);
            Found { diagnostic, elsewhere: Some((source, origin.span)) }
        }
    }
}
