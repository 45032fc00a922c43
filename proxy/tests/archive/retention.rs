//! What is removed because it is old, and what never is.

use crate::lab::{config, edit, files, lines, open, packed, plan};
use perch::store::{Archive, Audit, Event, Phase, Retention, Step};
use perch_shared::api::{ChangeId, Kind, Outcome, SnapshotId};
use std::{fs, path::Path, sync::Arc};

/// One change with a snapshot before and after it.
async fn change(archive: &Arc<Archive>, number: u32) -> (ChangeId, SnapshotId) {
    let before = archive.snapshots.keep(&packed(&config(number)), Some("AA")).await.unwrap();
    let after = archive.snapshots.keep(&packed(&config(number + 1)), Some("BB")).await.unwrap();
    let mut plan = plan(archive.seal(&[edit(&format!("e{number}"))]).unwrap(), &["a"]);
    plan.targets[0].before.snapshot = Some(before.clone());
    let id = archive.begin(plan).await.unwrap();
    let proved = Step::new(0, Phase::Proved).read(Some("BB".to_owned()), Some(after));
    archive.intents.steps(&id, vec![proved, Step::done(0, Outcome::Applied)]).await.unwrap();
    archive.finish(&id, Outcome::Applied).await.unwrap();
    (id, before)
}

fn snapshots(dir: &Path) -> usize {
    files(&dir.join("snapshots")).len()
}

fn whole(dir: &Path) {
    let verdict = Audit::verify(dir).unwrap();
    assert_eq!((verdict.breaks, verdict.notes), (Vec::new(), Vec::new()));
}

/// Twice: what was kept since the last time is spared, since something may be about to name it.
async fn tidy(archive: &Arc<Archive>, changes: usize) {
    for _ in 0..2 {
        archive.tidy(Retention { changes, days: 365 }).await.unwrap();
    }
}

#[tokio::test]
async fn the_oldest_changes_go_with_their_snapshots_and_the_chain_stays_whole() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let mut ids = Vec::new();
    for number in 0..6 {
        ids.push(change(&archive, number).await.0);
    }
    assert_eq!(snapshots(dir.path()), 12);
    tidy(&archive, 4).await;
    whole(dir.path());
    assert_eq!(Audit::verify(dir.path()).unwrap().pruned, Some(2));
    assert_eq!(snapshots(dir.path()), 8);
    let text = fs::read_to_string(dir.path().join("audit.jsonl")).unwrap();
    assert!(!text.contains(ids[1].as_str()) && text.contains(ids[2].as_str()));

    change(&archive, 6).await;
    tidy(&archive, 2).await;
    whole(dir.path());
    drop(archive);
    let archive = open(dir.path());
    assert_eq!(archive.audit.found().breaks, []);
    change(&archive, 7).await;
    whole(dir.path());
    let numbers: Vec<u64> = lines(dir.path()).iter().filter_map(|line| line["sequence"].as_u64()).collect();
    assert!(numbers.windows(2).all(|two| two[0] + 1 == two[1]), "{numbers:?}");
}

#[tokio::test]
async fn removing_more_than_was_said_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    for number in 0..5 {
        change(&archive, number).await;
    }
    tidy(&archive, 3).await;
    drop(archive);
    let path = dir.path().join("audit.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    // The first kept record goes, and the first line is made to fit.
    let next: serde_json::Value = serde_json::from_str(lines[2]).unwrap();
    let marker = serde_json::json!({"pruned-up-to": {"sequence": 3, "hash": next["previous"]}}).to_string();
    for forged in [
        lines[1..].join("\n"),
        [&[lines[0]][..], &lines[2..]].concat().join("\n"),
        [&[marker.as_str()][..], &lines[2..]].concat().join("\n"),
    ] {
        fs::write(&path, format!("{forged}\n")).unwrap();
        assert_ne!(Audit::verify(dir.path()).unwrap().breaks, [], "{forged}");
    }
}

#[tokio::test]
async fn what_is_under_way_keeps_its_snapshots_and_secrets() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let before = archive.snapshots.keep(&packed(&config(1)), None).await.unwrap();
    let mut plan = plan(archive.seal(&[edit("x")]).unwrap(), &["a"]);
    plan.targets[0].before.snapshot = Some(before.clone());
    let id = archive.begin(plan).await.unwrap();
    let mut other = config(2);
    other.root["lease-database"]["password"] = "s3cret-three".into();
    let unused = archive.snapshots.keep(&packed(&other), None).await.unwrap();
    tidy(&archive, 1).await;
    assert_eq!(archive.snapshots.get(&before).await.unwrap().config, config(1));
    assert!(archive.snapshots.get(&unused).await.is_err());
    let vault = fs::read_to_string(dir.path().join("vault.json")).unwrap();
    assert!(vault.contains("s3cret-one") && !vault.contains("s3cret-three"), "{vault}");
    archive.finish(&id, Outcome::Applied).await.unwrap();
    tidy(&archive, 1).await;
    assert!(archive.snapshots.get(&before).await.is_ok(), "the history names it");
}

#[tokio::test]
async fn a_wrong_clock_does_not_empty_the_history_and_the_last_record_stays() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    change(&archive, 1).await;
    for _ in 0..3 {
        archive.note(Event { kind: Kind::Reload, ..Event::default() }).await.unwrap();
    }
    archive.tidy(Retention { changes: 1, days: 0 }).await.unwrap();
    assert_eq!(archive.audit.len(), 4);
    archive.tidy(Retention { changes: 0, days: 0 }).await.unwrap();
    assert!(!archive.audit.is_empty());
    whole(dir.path());
}
