//! Counting, grouping and printing what was found.

use crate::{
    case::{Case, Kind, Reader, Verdict},
    limits,
    shape::shape,
};
use perch_shared::KeaVersion;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

/// Counts for one kind, version and reader.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Cases that were judged.
    pub cases: usize,
    /// Those that Kea accepts.
    pub accepted: usize,
    /// Those that stop Kea.
    pub crashes: usize,
    /// Those that Kea refuses and Perch accepts.
    pub false_accepts: usize,
    /// Those that Kea accepts and Perch refuses.
    pub false_rejects: usize,
    /// Those that Kea refuses for a reason that only the host knows, and Perch accepts.
    pub limits: usize,
}

impl Counts {
    /// The share of cases without a difference, in percent.
    pub fn agreement(&self) -> f64 {
        let wrong = self.false_accepts + self.false_rejects;
        100.0 * (self.cases.max(1) - wrong) as f64 / self.cases.max(1) as f64
    }

    fn add(&mut self, other: &Self) {
        self.cases += other.cases;
        self.accepted += other.accepted;
        self.crashes += other.crashes;
        self.false_accepts += other.false_accepts;
        self.false_rejects += other.false_rejects;
        self.limits += other.limits;
    }
}

/// Which way a difference goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Kea refuses and Perch accepts: the worst.
    FalseAccept,
    /// Kea accepts and Perch refuses.
    FalseReject,
}

/// One difference.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The case.
    pub case: Case,
    /// Which Kea.
    pub version: KeaVersion,
    /// Which of its readers.
    pub reader: Reader,
    /// What it said.
    pub kea: Verdict,
    /// Perch's errors.
    pub perch: Vec<String>,
    /// The codes of these.
    pub codes: String,
}

impl Difference {
    /// Which way it goes.
    pub fn direction(&self) -> Direction {
        if self.kea.accepts() { Direction::FalseReject } else { Direction::FalseAccept }
    }

    /// What likens it to others: the form of Kea's words, or Perch's codes.
    pub fn likeness(&self) -> String {
        match &self.kea {
            Verdict::Accepts => self.codes.clone(),
            Verdict::Refuses(words) => shape(words),
            Verdict::Crashes(_) => "Kea ends".into(),
        }
    }
}

/// Differences of one likeness.
#[derive(Debug, Clone)]
pub struct Group {
    /// How many there are.
    pub count: usize,
    /// Where.
    pub places: BTreeMap<(KeaVersion, Reader), usize>,
    /// The smallest.
    pub smallest: Difference,
    /// The origins of some.
    pub origins: BTreeSet<String>,
}

/// What likens the differences of a group.
pub type Key = (Kind, Direction, String);

/// Everything that was found.
#[derive(Debug, Default)]
pub struct Tally {
    counts: BTreeMap<(Kind, KeaVersion, Reader), Counts>,
    groups: BTreeMap<Key, Group>,
}

impl Tally {
    /// Counts one verdict, and gives the way in which it differs.
    pub fn count(
        &mut self,
        kind: Kind,
        version: KeaVersion,
        reader: Reader,
        kea: &Verdict,
        perch_accepts: bool,
    ) -> Option<Direction> {
        let counts = self.counts.entry((kind, version, reader)).or_default();
        counts.cases += 1;
        counts.accepted += usize::from(kea.accepts());
        counts.crashes += usize::from(matches!(kea, Verdict::Crashes(_)));
        match (kea.accepts(), perch_accepts) {
            (true, false) => {
                counts.false_rejects += 1;
                Some(Direction::FalseReject)
            }
            (false, true) if limits::of(kea.words()).is_some() => {
                counts.limits += 1;
                None
            }
            (false, true) => {
                counts.false_accepts += 1;
                Some(Direction::FalseAccept)
            }
            _ => None,
        }
    }

    /// Remembers a difference.
    pub fn differ(&mut self, difference: Difference) {
        let key = (difference.case.kind, difference.direction(), difference.likeness());
        let place = (difference.version, difference.reader);
        let origin = difference.case.origin.clone();
        let group = self.groups.entry(key).or_insert_with(|| Group {
            count: 0,
            places: BTreeMap::new(),
            smallest: difference.clone(),
            origins: BTreeSet::new(),
        });
        group.count += 1;
        *group.places.entry(place).or_default() += 1;
        if group.origins.len() < 6 {
            group.origins.insert(origin);
        }
        if difference.case.text.len() < group.smallest.case.text.len() {
            group.smallest = difference;
        }
    }

    /// Adds what another worker found.
    pub fn merge(&mut self, other: Self) {
        for (key, counts) in other.counts {
            self.counts.entry(key).or_default().add(&counts);
        }
        for (key, group) in other.groups {
            match self.groups.get_mut(&key) {
                None => {
                    self.groups.insert(key, group);
                }
                Some(own) => {
                    own.count += group.count;
                    for (place, count) in group.places {
                        *own.places.entry(place).or_default() += count;
                    }
                    own.origins.extend(group.origins);
                    if group.smallest.case.text.len() < own.smallest.case.text.len() {
                        own.smallest = group.smallest;
                    }
                }
            }
        }
    }

    /// The groups, to be shrunk.
    pub fn groups_mut(&mut self) -> impl Iterator<Item = (&Key, &mut Group)> {
        self.groups.iter_mut()
    }

    /// How many cases differ, over all versions and readers.
    pub fn differences(&self) -> usize {
        self.counts.values().map(|counts| counts.false_accepts + counts.false_rejects).sum()
    }

    /// The kinds that were judged.
    pub fn kinds(&self) -> BTreeSet<Kind> {
        self.counts.keys().map(|(kind, ..)| *kind).collect()
    }

    /// The counts as a table.
    pub fn table(&self) -> String {
        let mut out = format!(
            "{:<12}{:<8}{:<6}{:>8}{:>10}{:>9}{:>12}{:>8}{:>8}{:>8}\n",
            "kind",
            "Kea",
            "reader",
            "cases",
            "accepted",
            "crashes",
            "agreement",
            "f.acc.",
            "f.rej.",
            "limits"
        );
        for ((kind, version, reader), counts) in &self.counts {
            let _ = writeln!(
                out,
                "{:<12}{:<8}{:<6}{:>8}{:>10}{:>9}{:>10.2} %{:>8}{:>8}{:>8}",
                kind.name(),
                version.to_string(),
                reader.name(),
                counts.cases,
                counts.accepted,
                counts.crashes,
                counts.agreement(),
                counts.false_accepts,
                counts.false_rejects,
                counts.limits
            );
        }
        out
    }

    /// One kind's differences, or all, the most frequent first, false accepts before false rejects.
    pub fn list(&self, kind: Option<Kind>) -> String {
        let mut groups: Vec<_> =
            self.groups.iter().filter(|((of, ..), _)| kind.is_none_or(|kind| kind == *of)).collect();
        groups
            .sort_by_key(|((kind, direction, _), group)| (*kind, *direction, std::cmp::Reverse(group.count)));
        let mut out = String::new();
        for ((kind, direction, likeness), group) in groups {
            let way = match direction {
                Direction::FalseAccept => "FALSE ACCEPT",
                Direction::FalseReject => "false reject",
            };
            let _ = writeln!(out, "{way} · {} · {} × · {likeness}", kind.name(), group.count);
            let places: Vec<String> = group
                .places
                .iter()
                .map(|((version, reader), count)| format!("{version} {} {count}", reader.name()))
                .collect();
            let small = &group.smallest;
            let _ = writeln!(out, "    where: {}", places.join(", "));
            let _ = writeln!(out, "    case:  {}", readable(&small.case.text));
            let _ = writeln!(
                out,
                "    Kea {} {}: {}",
                small.version,
                small.reader.name(),
                readable(&small.kea.to_string())
            );
            for line in &small.perch {
                let _ = writeln!(out, "    Perch: {line}");
            }
            let origins: Vec<&str> = group.origins.iter().map(String::as_str).take(6).collect();
            let _ = writeln!(out, "    from:  {}\n", origins.join(", "));
        }
        out
    }
}

/// A text on one line, with control characters as escapes.
fn readable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}
