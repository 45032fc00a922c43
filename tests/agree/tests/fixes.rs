//! Every fix of every rule, applied to the rule's own bad examples: Kea accepts what comes out of it, and the finding is
//! gone.

use perch_agree::{
    case::{Reader, Verdict},
    engine::Opinion,
    kea::{Kea, Root},
    limits,
    recorded::family_of,
};
use perch_shared::{
    KeaVersion,
    check::check,
    diagnostic::{Diagnostic, Fix, Severity},
    json::apply,
    rules::{self, Rule},
};
use std::io::Write as _;

/// So many fixes mend one example.
const MOST: usize = 10;

#[test]
fn what_a_fix_leaves_is_what_kea_accepts() {
    let (found, missing) = Root::all();
    for why in missing {
        assert!(std::env::var_os("CI").is_none(), "{why}");
        let _ = writeln!(std::io::stderr(), "SKIPPED fixes: {why}");
    }
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let asked: Vec<_> = found.into_iter().map(|root| scope.spawn(move || fixes(&root))).collect();
        asked.into_iter().flat_map(|asked| asked.join().expect("Kea was asked")).collect()
    });
    assert!(wrong.is_empty(), "{} fixes do not mend\n{}", wrong.len(), wrong.join("\n"));
}

/// Fixes for versions that only Kea's source describes: the engine alone looks at what they leave.
#[test]
fn what_a_fix_leaves_is_what_newer_versions_accept() {
    let mut wrong = Vec::new();
    for (rule, text, version) in examples(|version| version > KeaVersion::new(3, 0, 4)) {
        if let Some(mended) = mend(rule, text, version)
            && Reader::ALL.iter().any(|reader| !Opinion::of(&mended, version).accepts(*reader))
        {
            wrong.push(format!("{} {version}\n  {text}\n  {mended}", rule.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The bad examples of every rule, for the versions that are wanted.
fn examples(
    wanted: impl Fn(KeaVersion) -> bool,
) -> impl Iterator<Item = (&'static Rule, &'static str, KeaVersion)> {
    let of = |rule: &'static Rule| rule.bad.iter().map(move |example| (rule, example));
    let all = rules::all().flat_map(of);
    all.flat_map(|(rule, example)| example.versions().map(move |version| (rule, example.text, version)))
        .filter(move |(.., version)| wanted(*version))
}

/// The fixes that do not mend.
fn fixes(root: &Root) -> Vec<String> {
    let mut kea = Kea::open(root).expect("a folder in Kea's root");
    let mut wrong = Vec::new();
    for (rule, text, version) in examples(|version| version == root.version) {
        let Some(mended) = mend(rule, text, version) else { continue };
        let left = Opinion::of(&mended, version);
        for reader in Reader::ALL {
            let verdict = kea.judge(reader, family_of(&mended), &mended);
            let known = |verdict: &Verdict| limits::of(verdict.words()).is_some();
            if verdict.is_some_and(|verdict| !verdict.accepts() && !known(&verdict)) || !left.accepts(reader)
            {
                let reader = reader.name();
                wrong.push(format!("{} {version} {reader}\n  {text}\n  {mended}", rule.code));
            }
        }
    }
    wrong
}

/// The text after the rule's fixes, one after the other; `None`: the rule has a finding that only a person can mend.
fn mend(rule: &Rule, text: &str, version: KeaVersion) -> Option<String> {
    let mut mended = text.to_owned();
    for _ in 0..MOST {
        let found = check(&mended, version).diagnostics;
        let own: Vec<&Diagnostic> = found.iter().filter(|found| found.code == rule.code).collect();
        let Some(first) = own.first() else { return Some(mended) };
        if rule.severity == Severity::Error && own.iter().any(|found| found.fix.is_none()) {
            return None;
        }
        let Fix { edits, .. } = first.fix.as_ref()?;
        mended = apply(&mended, edits);
    }
    panic!("the fixes of {} come to no end: {mended}", rule.code);
}
