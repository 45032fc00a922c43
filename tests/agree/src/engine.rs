//! Perch's own verdict.

use crate::case::Reader;
use perch_shared::{
    KeaVersion,
    check::{Report, check},
    diagnostic::{self, Diagnostic},
};

/// What Perch says of a text.
#[derive(Debug, Clone)]
pub struct Opinion {
    report: Report,
}

impl Opinion {
    /// Judges a text for one version.
    pub fn of(text: &str, version: KeaVersion) -> Self {
        Self { report: check(text, version) }
    }

    /// Whether that reader would accept it.
    pub fn accepts(&self, reader: Reader) -> bool {
        self.report.accepts(own(reader))
    }

    /// The codes of the errors that speak of a reader, each once.
    pub fn codes(&self, reader: Reader) -> String {
        let mut codes: Vec<&str> = self.errors(reader).map(|found| found.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ")
    }

    /// The errors that speak of a reader, a line each.
    pub fn lines(&self, reader: Reader) -> Vec<String> {
        let line = |found: &Diagnostic| format!("{}: {} [{}]", found.path, found.message, found.code);
        self.errors(reader).take(8).map(line).collect()
    }

    fn errors(&self, reader: Reader) -> impl Iterator<Item = &Diagnostic> {
        self.report.diagnostics.iter().filter(move |found| found.refused_by.has(own(reader)))
    }
}

fn own(reader: Reader) -> diagnostic::Reader {
    match reader {
        Reader::File => diagnostic::Reader::File,
        Reader::Api => diagnostic::Reader::Api,
    }
}
