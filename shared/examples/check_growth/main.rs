//! How the check of hostile texts grows with their length.
//!
//! `check_growth [NAME]` doubles each text (of all, or of those whose name contains NAME) until its check takes long
//! enough to be measured, and prints how many times longer the last doubling made it: 2 for what grows with the text,
//! 4 for what grows with its square. It fails beyond [`TOO_MUCH`].

mod broken;
mod classes;
mod keys;
mod made;
mod options;
mod rest;
mod scopes;

use perch_shared::{
    KeaVersion,
    check::{Report, check},
    json::Lines,
};
use std::{fs, hint::black_box, process::ExitCode};

/// So many times longer may a doubling make a check.
const TOO_MUCH: f64 = 3.0;
/// A check that takes so many seconds can be measured.
const LONG: f64 = 0.1;
/// A text is not made longer than this, in bytes.
const LONGEST: usize = 16 << 20;

/// A text that can be made as long as one wants.
type Text = fn(usize) -> String;

fn main() -> ExitCode {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let texts = TEXTS.iter().flat_map(|texts| texts.iter()).filter(|(name, _)| name.contains(&wanted));
    let mut is_fine = true;
    for (name, text) in texts {
        let growth = growth(name, *text);
        is_fine &= growth < TOO_MUCH;
    }
    if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints how a text's check grows; returns what the last doubling made of it.
fn growth(name: &str, text: Text) -> f64 {
    let mut count = 500;
    let (mut before, mut shorter) = (f64::MAX, 1);
    loop {
        let text = text(count);
        let (seconds, findings, output) = measured(&text);
        let growth = 2.0 * (seconds / text.len() as f64) / (before / shorter as f64);
        if seconds > LONG && before < f64::MAX || text.len() > LONGEST {
            let verdict = if growth < TOO_MUCH { "" } else { "  too much" };
            println!(
                "{name:32} x{growth:<5.2} {:8.1} ms {:8.2} MB {:6.2} us/byte {findings:7} findings {output:6.1} bytes/byte{verdict}",
                seconds * 1e3,
                text.len() as f64 / 1e6,
                seconds * 1e6 / text.len() as f64,
            );
            return growth;
        }
        (before, shorter) = (seconds, text.len());
        count *= 2;
    }
}

/// The best time of a few checks with the places of all findings, how many there were, and how long what they say is
/// beside the text.
fn measured(text: &str) -> (f64, usize, f64) {
    let mut best = f64::MAX;
    let mut said = (0, 0.0);
    for _ in 0..3 {
        let started = spent();
        let report = check(text, KeaVersion::new(3, 0, 4));
        let length = told(text, &report);
        best = best.min(spent() - started);
        said = (report.diagnostics.len(), length as f64 / text.len() as f64);
        if best > 0.5 {
            break;
        }
    }
    (best, said.0, said.1)
}

/// How long this thread ran, in seconds, whatever else the machine has to do.
fn spent() -> f64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|word| word.parse().ok());
    nanoseconds.unwrap_or(f64::NAN) / 1e9
}

/// Finds the places of all findings, and says how many bytes there are to show.
fn told(text: &str, report: &Report) -> usize {
    let lines = Lines::new(text);
    let mut length = 0;
    for found in &report.diagnostics {
        let spans = found.span.iter().chain(found.related.iter().flat_map(|related| &related.span));
        for span in spans {
            black_box((lines.place(span.start), lines.utf16_column(span.end)));
        }
        length += found.message.len() + found.path.len() + found.help.as_ref().map_or(0, String::len);
        length += found.related.iter().map(|one| one.message.len() + one.path.len()).sum::<usize>();
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        length += edits.map(|edit| edit.text.len()).sum::<usize>();
    }
    length
}

const TEXTS: &[&[(&str, Text)]] =
    &[keys::KEYS, broken::BROKEN, scopes::SCOPES, options::OPTIONS, classes::CLASSES, rest::REST];
