//! Perch's verdict and Kea's are the same: on what is kept, on every rule's examples, and on fresh cases.

use perch_agree::{
    case::{Case, Kind, Reader, VERSIONS, Verdict},
    corpus,
    engine::Opinion,
    generate,
    kea::{Kea, Root},
    limits,
    recorded::family_of,
    run::{self, Plan},
    tally::Tally,
};
use perch_shared::{diagnostic::Severity, rules};
use std::{
    io::Write as _,
    time::{Duration, Instant},
};

/// How long fresh cases are asked about.
const FRESH: Duration = Duration::from_secs(30);
/// Of the kept cases, one in so many is asked about again through the slow reader.
const SHARE: usize = 12;

/// The Keas that are here.
///
/// # Panics
/// When one is missing although `CI` is set.
fn roots() -> Vec<Root> {
    let (found, missing) = Root::all();
    for why in missing {
        assert!(std::env::var_os("CI").is_none(), "{why}");
        skipped(&why);
    }
    found
}

/// Says what is left out, on the handle itself: a passing test's output is hidden.
fn skipped(why: &str) {
    let _ = writeln!(std::io::stderr(), "SKIPPED agreement: {why}");
}

/// Where fresh cases begin: `PERCH_SEED`, else the same place every time, so that a red run is red again.
/// `cargo xtask agree` begins elsewhere each time.
fn seed() -> u64 {
    std::env::var("PERCH_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20)
}

fn assert_same(tally: &Tally, what: &str) {
    assert_eq!(tally.differences(), 0, "{what}\n{}\n{}", tally.list(None), tally.table());
}

#[test]
fn perch_says_of_the_kept_cases_what_kea_said() {
    let kept = corpus::lines().expect("the corpus");
    let of = |kind| kept.iter().filter(|one| one.case.kind == kind).count();
    for (kind, least) in
        [(Kind::OptionDef, 800), (Kind::OptionData, 1500), (Kind::Scope, 1000), (Kind::Json, 200)]
    {
        assert!(of(kind) >= least, "{} {}", of(kind), kind.name());
    }
    assert_same(&run::compare_recorded(&kept, &VERSIONS, &Reader::ALL), "verdicts that were written down");
}

#[test]
fn kea_says_of_the_kept_cases_what_it_said() {
    let kept = corpus::lines().expect("the corpus");
    let seed = seed() as usize;
    let mut wrong = Vec::new();
    for root in roots() {
        let mut kea = Kea::open(&root).expect("a folder in Kea's root");
        for (index, one) in kept.iter().enumerate() {
            for (version, reader, written) in &one.verdicts {
                let skipped = *reader == Reader::File && !(index + seed).is_multiple_of(SHARE);
                if *version != root.version || skipped || matches!(written, Verdict::Crashes(_)) {
                    continue;
                }
                let now = kea.judge(*reader, one.case.family, &one.case.text);
                if now.as_ref().map(Verdict::accepts) != Some(written.accepts()) {
                    wrong.push(format!("{} {version} {}: {now:?}", one.case.origin, reader.name()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} verdicts are not those written down\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn whole_configurations() {
    let cases = corpus::configs().expect("the corpus");
    assert!(cases.len() >= 60);
    let (tally, _) = run::compare(&plan(None), cases.len(), |index| cases.get(index).cloned());
    assert_same(&tally, "tests/corpus/configs");
}

#[test]
fn expressions() {
    let cases = corpus::expressions().expect("the corpus");
    assert!(cases.len() >= 1500);
    let plan = Plan { readers: vec![Reader::Api], ..plan(None) };
    assert_same(&run::compare(&plan, cases.len(), |index| cases.get(index).cloned()).0, "expressions.jsonl");
}

#[test]
fn the_examples_of_every_rule() {
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let asked: Vec<_> = roots().into_iter().map(|root| scope.spawn(move || examples(&root))).collect();
        asked.into_iter().flat_map(|asked| asked.join().expect("Kea was asked")).collect()
    });
    assert!(wrong.is_empty(), "{} examples are not what Kea says\n{}", wrong.len(), wrong.join("\n"));
}

/// The examples of which one Kea says something else.
fn examples(root: &Root) -> Vec<String> {
    let mut kea = Kea::open(root).expect("a folder in Kea's root");
    let mut wrong = Vec::new();
    for rule in rules::all() {
        let bad = rule.bad.iter().map(|example| (example, rule.severity == Severity::Error));
        for (example, refused) in bad.chain(rule.good.iter().map(|example| (example, false))) {
            if example.versions().any(|version| version == root.version) {
                let problem = example_problem(&mut kea, example.text, refused);
                wrong.extend(problem.map(|problem| format!("{} {problem}\n  {}", rule.code, example.text)));
            }
        }
    }
    wrong
}

/// What is wrong with one example: a reader that says otherwise, or that both accept what Kea is said to refuse.
fn example_problem(kea: &mut Kea, text: &str, refused: bool) -> Option<String> {
    let (version, perch) = (kea.version(), Opinion::of(text, kea.version()));
    let (mut is_asked, mut is_refused) = (false, false);
    for reader in Reader::ALL {
        // The API cannot be asked about a text that has no plain form.
        let Some(verdict) = kea.judge(reader, family_of(text), text) else { continue };
        if let Some(limit) = limits::of(verdict.words()).filter(|_| perch.accepts(reader)) {
            skipped(&format!("an example of what the check cannot know: {}", limit.key));
            return None;
        }
        if verdict.accepts() != perch.accepts(reader) {
            return Some(format!(
                "Kea {version} {}: {verdict}; Perch: {:?}",
                reader.name(),
                perch.lines(reader)
            ));
        }
        is_asked = true;
        is_refused |= !verdict.accepts();
    }
    if !is_asked {
        skipped(&format!("an example for a daemon that is not among those of Kea {version}"));
        return None;
    }
    (is_refused != refused).then(|| format!("Kea {version}: refused is {is_refused}, not {refused}"))
}

#[test]
fn fresh_cases() {
    let seed = seed();
    println!("PERCH_SEED={seed}");
    let kept: Vec<Case> = corpus::configs().expect("the corpus");
    let case = |index: usize| {
        let kind = Kind::ALL[index % Kind::ALL.len()];
        Some(generate::case(kind, seed, (index / Kind::ALL.len()) as u64, &kept))
    };
    // The reader of files is slow: it is asked about a few, the API about many.
    let both = plan(Some(Instant::now() + FRESH / 2));
    let (mut tally, _) = run::compare(&both, 240, case);
    let api = Plan { readers: vec![Reader::Api], until: Some(Instant::now() + FRESH / 2), ..both };
    tally.merge(run::compare(&api, 1_000_000, |index| case(index + 240)).0);
    println!("{}", tally.table());
    run::shrink(&mut tally, &api.roots, 200, Some(Instant::now() + FRESH / 3));
    assert_same(&tally, &format!("PERCH_SEED={seed}"));
}

fn plan(until: Option<Instant>) -> Plan {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    Plan { roots: roots(), readers: Reader::ALL.to_vec(), jobs, until }
}
