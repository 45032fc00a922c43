//! Whether each line of `audit.jsonl` names the one before it.

use super::line::{Head, Line, Marker, NOTHING, Pruned, Torn, hash};
use std::{collections::BTreeSet, fmt};

/// How many missing sequence numbers are named before the rest is only counted.
const NAMED: usize = 5;

/// One thing that is wrong with the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The line in the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// What a look at the whole file has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// How many records there are.
    pub records: usize,
    /// The sequence number up to which the records were pruned, when some were.
    pub pruned: Option<u64>,
    /// What is wrong: missing, altered or reordered lines. None: the chain is whole.
    pub breaks: Vec<Break>,
    /// What is worth knowing and no fault, such as a line that a crash tore and that was closed off.
    pub notes: Vec<String>,
}

/// What matters of one line.
#[derive(Debug)]
pub(super) struct Link {
    /// The line's hash.
    pub(super) hash: String,
    /// Where it begins.
    pub(super) offset: u64,
    /// How many bytes it has, without its line feed.
    pub(super) length: usize,
    /// Whether a line feed follows.
    pub(super) whole: bool,
    pub(super) says: Says,
}

/// What a line says.
#[derive(Debug)]
pub(super) enum Says {
    Record(Box<Named>),
    Marker(Pruned),
    /// It cannot be read.
    Nothing,
}

impl Says {
    pub(super) fn record(&self) -> Option<&Named> {
        match self {
            Self::Record(record) => Some(record),
            Self::Marker(_) | Self::Nothing => None,
        }
    }
}

/// What matters of a record.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) sequence: u64,
    pub(super) id: perch_shared::api::ChangeId,
    pub(super) time: String,
    /// Whether it has edits.
    pub(super) is_change: bool,
    pub(super) previous: String,
    torn: Option<Torn>,
    pub(super) pruned: Option<Pruned>,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "record {} (`{}`, {})", self.sequence, self.id, self.time)
    }
}

/// The lines of the file.
pub(super) fn links(text: &[u8]) -> Vec<Link> {
    let mut offset = 0;
    let mut links = Vec::new();
    for part in text.split_inclusive(|byte| *byte == b'\n') {
        let line = part.strip_suffix(b"\n");
        links.push(link(line.unwrap_or(part), line.is_some(), offset, offset == 0));
        offset += part.len() as u64;
    }
    links
}

fn link(text: &[u8], whole: bool, offset: u64, first: bool) -> Link {
    let says = match serde_json::from_slice::<Line>(text) {
        Ok(line) => Says::Record(Box::new(Named {
            sequence: line.record.sequence,
            id: line.record.id,
            time: line.record.time,
            is_change: line.record.kind.has_edits(),
            previous: line.previous,
            torn: line.torn,
            pruned: line.pruned,
        })),
        _ => match serde_json::from_slice::<Marker>(text) {
            Ok(marker) if whole && first => Says::Marker(marker.pruned_up_to),
            _ => Says::Nothing,
        },
    };
    Link { hash: hash(text), offset, length: text.len(), whole, says }
}

/// Looks at the whole chain.
pub(super) fn judge(links: &[Link], head: Option<&Head>) -> Verdict {
    let mut judge = Judge::new(links);
    for (index, link) in links.iter().enumerate() {
        match &link.says {
            Says::Marker(pruned) => judge.marker(pruned),
            Says::Nothing => judge.unreadable(index, link),
            Says::Record(record) => judge.record(index, link, record, head),
        }
    }
    judge.pruned(links);
    judge.head(links, head);
    judge.verdict
}

struct Judge<'a> {
    links: &'a [Link],
    /// All sequence numbers in the file.
    there: BTreeSet<u64>,
    previous: String,
    sequence: u64,
    verdict: Verdict,
}

impl<'a> Judge<'a> {
    fn new(links: &'a [Link]) -> Self {
        let there = records(links).map(|(_, record)| record.sequence).collect();
        Self { links, there, previous: NOTHING.to_owned(), sequence: 0, verdict: Verdict::default() }
    }

    fn wrong(&mut self, index: usize, what: impl Into<String>) {
        self.verdict.breaks.push(Break { line: index + 1, what: what.into() });
    }

    fn next(&self, index: usize) -> Option<&'a Named> {
        self.links.get(index + 1)?.says.record()
    }

    fn marker(&mut self, pruned: &Pruned) {
        self.verdict.pruned = Some(pruned.sequence);
        self.previous.clone_from(&pruned.hash);
        self.sequence = pruned.sequence;
    }

    fn unreadable(&mut self, index: usize, link: &Link) {
        let torn = self.next(index).and_then(|next| next.torn.as_ref());
        if torn.is_some_and(|torn| torn.hash == link.hash) {
            let note = format!("line {}: a crash tore it; it was closed off at the next start", index + 1);
            self.verdict.notes.push(note);
        } else if link.whole {
            self.wrong(index, "cannot be read: it was altered");
        } else {
            let note = "it is being written now, or a crash tore it and the next start closes it off";
            self.verdict.notes.push(format!("line {}: {note}", index + 1));
        }
        self.previous.clone_from(&link.hash);
    }

    fn record(&mut self, index: usize, link: &Link, record: &Named, head: Option<&Head>) {
        self.verdict.records += 1;
        let expected = self.sequence + 1;
        let linked = record.previous == self.previous;
        if record.sequence > expected {
            self.gap(index, record, expected);
        } else if record.sequence < expected {
            self.wrong(
                index,
                format!("{record} stands in the wrong place: record {expected} is expected here"),
            );
        } else if !linked {
            let confirmed = match self.next(index) {
                Some(next) => next.previous == link.hash,
                None => head.is_none_or(|head| head.hash == link.hash),
            };
            self.altered(index, record, confirmed);
        }
        self.previous.clone_from(&link.hash);
        self.sequence = record.sequence;
    }

    fn gap(&mut self, index: usize, record: &Named, expected: u64) {
        let missing = missing(&self.there, expected, record.sequence);
        match missing {
            Some(missing) => self.wrong(index, format!("{missing} before {record}")),
            None => self.wrong(
                index,
                format!("{record} stands in the wrong place: record {expected} is expected here"),
            ),
        }
    }

    /// The line does not name the one before it: which of the two was altered?
    fn altered(&mut self, index: usize, record: &Named, confirmed: bool) {
        let before = index.checked_sub(1).and_then(|index| Some((index, self.links.get(index)?)));
        match before {
            Some((at, Link { says: Says::Record(before), .. })) if confirmed => {
                self.wrong(at, format!("{before} was altered"));
            }
            Some((at, Link { says: Says::Marker(_), .. })) if confirmed => {
                self.wrong(at, "what it says about pruned records was altered");
            }
            _ => self.wrong(index, format!("{record} was altered")),
        }
    }

    /// A first line that says what was pruned must agree with the last record about it.
    fn pruned(&mut self, links: &[Link]) {
        let marker = match links.first().map(|link| &link.says) {
            Some(Says::Marker(marker)) => Some(marker),
            _ => None,
        };
        let record = records(links).filter_map(|(_, record)| record.pruned.as_ref()).next_back();
        if marker != record {
            self.wrong(0, "it does not say what the last record about pruning says: records were removed");
        }
    }

    fn head(&mut self, links: &[Link], head: Option<&Head>) {
        let last = records(links).next_back();
        match (last, head) {
            (None, None) => {}
            (Some(_), None) => {
                let what = "`audit.head` is missing: nobody can tell whether the last lines are there";
                self.wrong(links.len().saturating_sub(1), what);
            }
            (last, Some(head)) if last.is_none_or(|(_, last)| last.sequence < head.sequence) => {
                let from = last.map_or(1, |(_, last)| last.sequence + 1);
                let missing = missing(&BTreeSet::new(), from, head.sequence + 1).unwrap_or_default();
                self.wrong(links.len(), format!("{missing} at the end"));
            }
            (Some(_), Some(head)) => self.covered(links, head),
            (None, Some(_)) => {}
        }
    }

    /// `audit.head` is written after the line, so it may be behind after a crash; what it names must be there.
    fn covered(&mut self, links: &[Link], head: &Head) {
        let Some((index, record)) = records(links).find(|(_, record)| record.sequence == head.sequence)
        else {
            return;
        };
        let is_last = record.sequence == self.sequence;
        let altered = links.get(index).is_some_and(|link| link.hash != head.hash);
        if altered && is_last {
            self.wrong(index, format!("{record} was altered"));
        } else if !is_last && !altered {
            let note =
                format!("`audit.head` ends with {record}; what follows was written right before a crash");
            self.verdict.notes.push(note);
        }
    }
}

fn records(links: &[Link]) -> impl DoubleEndedIterator<Item = (usize, &Named)> {
    links.iter().enumerate().filter_map(|(index, link)| Some((index, link.says.record()?)))
}

/// Which of the sequence numbers from `from` up to before `to` are not in the file, in words; `None`: all are.
fn missing(there: &BTreeSet<u64>, from: u64, to: u64) -> Option<String> {
    let count = to.saturating_sub(from).saturating_sub(there.range(from..to.max(from)).count() as u64);
    let named: Vec<String> = (from..to)
        .filter(|number| !there.contains(number))
        .take(NAMED)
        .map(|number| number.to_string())
        .collect();
    let more = count.saturating_sub(named.len() as u64);
    match (count, more) {
        (0, _) => None,
        (1, _) => Some(format!("record {} is missing", named.concat())),
        (_, 0) => Some(format!("records {} are missing", named.join(", "))),
        _ => Some(format!("records {} and {more} more are missing", named.join(", "))),
    }
}
