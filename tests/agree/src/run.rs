//! Asking Kea and Perch about the same cases.

use crate::{
    case::{Case, Reader, Verdict},
    engine::Opinion,
    kea::{Kea, Root},
    minimise::minimise,
    recorded::Recorded,
    tally::{Difference, Tally},
};
use perch_shared::KeaVersion;
use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// What to ask, and whom.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The Keas.
    pub roots: Vec<Root>,
    /// Their readers.
    pub readers: Vec<Reader>,
    /// How many cases are asked about at a time.
    pub jobs: usize,
    /// No case is begun after this time.
    pub until: Option<Instant>,
}

/// The time that a reader took, over all cases.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    /// Time in each reader.
    pub readers: [Duration; 2],
    /// Questions to each reader.
    pub questions: [usize; 2],
}

/// Compares the cases that `case` gives for `0..count`.
///
/// # Panics
/// When a daemon does not start.
pub fn compare(plan: &Plan, count: usize, case: impl Fn(usize) -> Option<Case> + Sync) -> (Tally, Spent) {
    let next = AtomicUsize::new(0);
    let found = Mutex::new((Tally::default(), Spent::default()));
    thread::scope(|scope| {
        for _ in 0..plan.jobs {
            scope.spawn(|| {
                let mut worker = Worker::new(plan);
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count || plan.until.is_some_and(|until| Instant::now() > until) {
                        break;
                    }
                    if let Some(case) = case(index) {
                        worker.ask(plan, &case);
                    }
                }
                let mut found = found.lock().expect("no worker failed");
                found.0.merge(worker.tally);
                for at in 0..2 {
                    found.1.readers[at] += worker.spent.readers[at];
                    found.1.questions[at] += worker.spent.questions[at];
                }
            });
        }
    });
    found.into_inner().expect("no worker failed")
}

struct Worker {
    keas: Vec<Kea>,
    tally: Tally,
    spent: Spent,
}

impl Worker {
    fn new(plan: &Plan) -> Self {
        let keas = plan.roots.iter().map(|root| Kea::open(root).expect("a folder in Kea's root")).collect();
        Self { keas, tally: Tally::default(), spent: Spent::default() }
    }

    fn ask(&mut self, plan: &Plan, case: &Case) {
        for kea in &mut self.keas {
            let opinion = Opinion::of(&case.text, kea.version());
            for &reader in &plan.readers {
                let began = Instant::now();
                let Some(verdict) = kea.judge(reader, case.family, &case.text) else { continue };
                self.spent.readers[reader as usize] += began.elapsed();
                self.spent.questions[reader as usize] += 1;
                hold(&mut self.tally, case, kea.version(), reader, &verdict, &opinion);
            }
        }
    }
}

/// Counts one pair of verdicts.
fn hold(tally: &mut Tally, case: &Case, version: KeaVersion, reader: Reader, kea: &Verdict, perch: &Opinion) {
    if tally.count(case.kind, version, reader, kea, perch.accepts(reader)).is_some() {
        tally.differ(Difference {
            case: case.clone(),
            version,
            reader,
            kea: kea.clone(),
            perch: perch.lines(reader),
            codes: perch.codes(reader),
        });
    }
}

/// Compares recorded verdicts; no daemon is needed.
pub fn compare_recorded(cases: &[Recorded], versions: &[KeaVersion], readers: &[Reader]) -> Tally {
    let mut tally = Tally::default();
    for recorded in cases {
        for &version in versions {
            let opinion = Opinion::of(&recorded.case.text, version);
            for (of, reader, verdict) in &recorded.verdicts {
                if *of == version && readers.contains(reader) {
                    hold(&mut tally, &recorded.case, version, *reader, verdict, &opinion);
                }
            }
        }
    }
    tally
}

/// Shrinks the smallest case of every group, with `budget` questions for each, until the time is up.
///
/// # Panics
/// When a daemon does not start.
pub fn shrink(tally: &mut Tally, roots: &[Root], budget: usize, until: Option<Instant>) {
    let open = |root| Kea::open(root).expect("a folder in Kea's root");
    let mut keas: Vec<Kea> = roots.iter().map(open).collect();
    for (_, group) in tally.groups_mut() {
        if until.is_some_and(|until| Instant::now() > until) {
            return;
        }
        let version = group.smallest.version;
        let Some(kea) = keas.iter_mut().find(|kea| kea.version() == version) else { continue };
        // The API is much quicker to ask.
        let by_api = again(kea, &group.smallest, Reader::Api, &group.smallest.case.text);
        let first = by_api.unwrap_or_else(|| group.smallest.clone());
        group.smallest = first.clone();
        minimise(&first.case.text, budget, |text| match again(kea, &first, first.reader, text) {
            Some(smaller) => {
                group.smallest = smaller;
                true
            }
            None => false,
        });
    }
}

/// The difference that a text makes, when it is like another.
fn again(kea: &mut Kea, like: &Difference, reader: Reader, text: &str) -> Option<Difference> {
    let opinion = Opinion::of(text, like.version);
    if opinion.accepts(reader) == like.kea.accepts() {
        return None;
    }
    let now = Difference {
        case: Case { text: text.to_owned(), ..like.case.clone() },
        version: like.version,
        reader,
        kea: kea.judge(reader, like.case.family, text)?,
        perch: opinion.lines(reader),
        codes: opinion.codes(reader),
    };
    (now.direction() == like.direction() && now.likeness() == like.likeness()).then_some(now)
}

/// What everybody says of one case, a line each.
///
/// # Panics
/// When a daemon does not start.
pub fn describe(plan: &Plan, case: &Case) -> Vec<String> {
    let mut lines = Vec::new();
    for root in &plan.roots {
        let mut kea = Kea::open(root).expect("a folder in Kea's root");
        let opinion = Opinion::of(&case.text, kea.version());
        for &reader in &plan.readers {
            let Some(verdict) = kea.judge(reader, case.family, &case.text) else { continue };
            lines.push(format!("Kea {} {}: {verdict}", kea.version(), reader.name()));
            lines.push(format!("  Perch: {}", if opinion.accepts(reader) { "accepts" } else { "refuses" }));
            lines.extend(opinion.lines(reader).into_iter().map(|line| format!("    {line}")));
        }
    }
    lines
}
