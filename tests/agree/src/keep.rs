//! Choosing fresh cases that are worth to be kept: those of which there are not enough like them.

use crate::{
    case::{Case, Reader, Verdict},
    corpus,
    kea::Kea,
    run::Plan,
    shape::shape,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

/// What was kept so far.
#[derive(Default)]
struct Kept {
    likes: BTreeMap<String, usize>,
    lines: BTreeSet<String>,
}

/// Judges what `case` gives for `0..count` and keeps at most `like` cases whose verdicts are alike, `accepted` of those
/// that everybody accepts. Gives the lines, sorted.
///
/// # Panics
/// When a daemon does not start.
pub fn choose(
    plan: &Plan,
    count: usize,
    like: usize,
    accepted: usize,
    case: impl Fn(usize) -> Option<Case> + Sync,
) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let kept = Mutex::new(Kept::default());
    thread::scope(|scope| {
        for _ in 0..plan.jobs {
            scope.spawn(|| {
                let open = |root| Kea::open(root).expect("a folder in Kea's root");
                let mut keas: Vec<Kea> = plan.roots.iter().map(open).collect();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count || plan.until.is_some_and(|until| Instant::now() > until) {
                        return;
                    }
                    if let Some(case) = case(index) {
                        one(&mut keas, &case, like, accepted, &kept);
                    }
                }
            });
        }
    });
    kept.into_inner().expect("no worker failed").lines.into_iter().collect()
}

fn one(keas: &mut [Kea], case: &Case, like: usize, accepted: usize, kept: &Mutex<Kept>) {
    // The API is quick: who is like many others for it is not asked about again.
    let mut verdicts: Vec<[Option<Verdict>; 2]> =
        keas.iter_mut().map(|kea| [None, kea.judge(Reader::Api, case.family, &case.text)]).collect();
    let api = likeness(&verdicts);
    let limit = |likeness: &str| if likeness.trim_matches('|').is_empty() { accepted } else { like };
    {
        let mut kept = kept.lock().expect("no worker failed");
        let likes = kept.likes.entry(api.clone()).or_default();
        if *likes >= limit(&api) {
            return;
        }
        *likes += 1;
    }
    for (kea, verdicts) in keas.iter_mut().zip(&mut verdicts) {
        verdicts[0] = kea.judge(Reader::File, case.family, &case.text);
    }
    let all: Vec<Option<Verdict>> = verdicts.into_iter().flatten().collect();
    kept.lock().expect("no worker failed").lines.insert(corpus::line(case, &all));
}

/// The form of all refusals.
fn likeness(verdicts: &[[Option<Verdict>; 2]]) -> String {
    let shape = |verdict: &Option<Verdict>| {
        verdict.as_ref().map(|verdict| shape(verdict.words())).unwrap_or_default()
    };
    verdicts.iter().map(|[_, api]| shape(api)).collect::<Vec<_>>().join("|")
}

/// The lines of cases with what the Keas say of them, in the cases' order.
///
/// # Panics
/// When a daemon does not start.
pub fn judge(plan: &Plan, cases: &[Case]) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let lines = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for _ in 0..plan.jobs {
            scope.spawn(|| {
                let open = |root| Kea::open(root).expect("a folder in Kea's root");
                let mut keas: Vec<Kea> = plan.roots.iter().map(open).collect();
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(case) = cases.get(index) else { return };
                    let ask =
                        |kea: &mut Kea| Reader::ALL.map(|reader| kea.judge(reader, case.family, &case.text));
                    let verdicts: Vec<Option<Verdict>> = keas.iter_mut().flat_map(ask).collect();
                    lines.lock().expect("no worker failed").insert(index, corpus::line(case, &verdicts));
                }
            });
        }
    });
    lines.into_inner().expect("no worker failed").into_values().collect()
}
