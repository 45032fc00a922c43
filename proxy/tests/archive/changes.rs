//! Changes under way: what is written before, what is left after a crash, and where secrets are.

use crate::lab::{config, edit, files, lines, open, packed, password, plan};
use perch::store::{Archive, Phase, StateDir, Step};
use perch_shared::{
    api::{Outcome, SnapshotId},
    config::Config,
};
use serde_json::json;
use std::{fs, os::unix::fs::PermissionsExt, sync::Arc};

#[tokio::test]
async fn a_change_is_written_down_before_and_gone_afterwards() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let before = archive.snapshots.keep(&packed(&config(1)), Some("AB")).await.unwrap();
    let edits = [edit("example.org")];
    let mut plan = plan(archive.seal(&edits).unwrap(), &["a", "b"]);
    plan.targets[0].before.snapshot = Some(before.clone());
    let id = archive.begin(plan).await.unwrap();
    archive.intents.step(&id, Step::new(0, Phase::Setting)).await.unwrap();
    drop(archive);

    let archive = open(dir.path());
    let [intent] = archive.intents.open().try_into().unwrap();
    assert_eq!((&intent.id, intent.last(0).unwrap().phase, intent.last(1)), (&id, Phase::Setting, None));
    assert_eq!(archive.unseal(intent.list(&intent.plan.targets[1]).unwrap()).unwrap(), edits);
    let snapshot =
        archive.snapshots.get(intent.plan.targets[0].before.snapshot.as_ref().unwrap()).await.unwrap();
    assert_eq!((snapshot.config, snapshot.hash.as_deref()), (config(1), Some("AB")));

    let read = Step::new(0, Phase::Proved).read(Some("CD".to_owned()), None);
    let steps = vec![read, Step::done(0, Outcome::Applied), Step::done(1, Outcome::Pending).text("is down")];
    archive.intents.steps(&id, steps).await.unwrap();
    let record = archive.finish(&id, Outcome::PartlyPending).await.unwrap();
    assert_eq!((record.sequence, &record.id, record.comment.as_str()), (1, &id, "because"));
    assert_eq!(record.sentences, ["Set option 15 to `example.org`"]);
    assert_eq!(record.touches, ["option-data[15]"]);
    let [a, b] = record.places.try_into().unwrap();
    assert_eq!((a.after.hash.as_deref(), a.before.snapshot), (Some("CD"), Some(before)));
    assert_eq!((a.outcome, b.outcome, b.text.as_str()), (Outcome::Applied, Outcome::Pending, "is down"));
    drop(archive);
    assert!(open(dir.path()).intents.open().is_empty());
    assert_eq!(lines(dir.path()).len(), 1);
}

#[tokio::test]
async fn every_byte_of_a_torn_step_may_be_missing() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let id = archive.begin(plan(archive.seal(&[edit("x")]).unwrap(), &["a"])).await.unwrap();
    archive.intents.step(&id, Step::new(0, Phase::Testing)).await.unwrap();
    let path = dir.path().join(format!("intents/{id}.jsonl"));
    let whole = fs::read(&path).unwrap().len();
    archive.intents.step(&id, Step::new(0, Phase::Setting).text("two")).await.unwrap();
    let text = fs::read(&path).unwrap();
    drop(archive);
    for length in whole..=text.len() {
        fs::write(&path, &text[..length]).unwrap();
        let archive = open(dir.path());
        let intent = archive.intents.get(&id).unwrap();
        let last = if length == text.len() { Phase::Setting } else { Phase::Testing };
        assert_eq!(intent.last(0).unwrap().phase, last, "{length}");
        archive.intents.step(&id, Step::new(0, Phase::PuttingBack)).await.unwrap();
        drop(archive);
        let intent = open(dir.path()).intents.get(&id).unwrap();
        assert_eq!(intent.last(0).unwrap().phase, Phase::PuttingBack, "{length}");
        assert_eq!(intent.steps.len(), if length == text.len() { 3 } else { 2 });
    }
}

#[tokio::test]
async fn a_change_with_a_line_in_the_history_has_ended() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let id = archive.begin(plan(archive.seal(&[edit("x")]).unwrap(), &["a"])).await.unwrap();
    let path = dir.path().join(format!("intents/{id}.jsonl"));
    let text = fs::read(&path).unwrap();
    archive.finish(&id, Outcome::Applied).await.unwrap();
    drop(archive);
    fs::write(&path, text).unwrap();
    assert!(open(dir.path()).intents.open().is_empty());
    assert!(!path.exists());
    assert_eq!(lines(dir.path()).len(), 1);
}

#[tokio::test]
async fn many_steps_at_once_all_reach_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let names: Vec<String> = (0..200).map(|number| format!("s{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let id = archive.begin(plan(archive.seal(&[edit("x")]).unwrap(), &names)).await.unwrap();
    let steps = (0..names.len()).map(|target| {
        let (archive, id) = (archive.clone(), id.clone());
        tokio::spawn(async move {
            for phase in [Phase::Testing, Phase::Setting, Phase::Proved] {
                archive.intents.step(&id, Step::new(target, phase)).await.unwrap();
            }
        })
    });
    for step in steps.collect::<Vec<_>>() {
        step.await.unwrap();
    }
    drop(archive);
    let intent = open(dir.path()).intents.get(&id).unwrap();
    for target in 0..names.len() {
        let phases: Vec<Phase> = intent.steps_of(target).map(|step| step.phase).collect();
        assert_eq!(phases, [Phase::Testing, Phase::Setting, Phase::Proved]);
    }
}

#[tokio::test]
async fn secrets_are_in_the_vault_and_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let id = archive.snapshots.keep(&packed(&config(1)), Some("AB")).await.unwrap();
    let same = archive.snapshots.keep(&packed(&config(1)), Some("AB")).await.unwrap();
    let other = archive.snapshots.keep(&packed(&config(2)), None).await.unwrap();
    assert!(id == same && id != other);
    let edits = [password("s3cret-one", "s3cret-three"), edit("x")];
    let sealed = archive.seal(&edits).unwrap();
    let (shown, back) = (archive.without_secrets(&edits).unwrap(), archive.unseal(&sealed).unwrap());
    assert!(!serde_json::to_string(&shown).unwrap().contains("s3cret"), "{shown:?}");
    assert_eq!((archive.with_secrets(&shown).unwrap(), back), (edits.to_vec(), edits.to_vec()));
    let change = archive.begin(plan(sealed, &["a"])).await.unwrap();
    for path in files(dir.path()) {
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        let is_vault = path.ends_with("vault.json");
        assert_eq!(text.contains("s3cret"), is_vault, "{}", path.display());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    }
    archive.finish(&change, Outcome::Applied).await.unwrap();
    assert!(!fs::read_to_string(dir.path().join("audit.jsonl")).unwrap().contains("s3cret"));
    drop(archive);

    let archive = open(dir.path());
    assert_eq!(archive.snapshots.get(&id).await.unwrap().config, config(1));
    let masked = archive.snapshots.masked(&id).await.unwrap().config.root;
    assert_eq!(masked["lease-database"], json!({"type": "mysql", "user": "kea", "password": "••••"}));
    let vault = fs::read_to_string(dir.path().join("vault.json")).unwrap();
    assert_eq!(vault.matches("s3cret").count(), 3, "each secret once: {vault}");
    assert!(!format!("{archive:?}").contains("s3cret"));
}

#[tokio::test]
async fn a_secret_that_is_missing_is_never_made_up() {
    let dir = tempfile::tempdir().unwrap();
    let id = open(dir.path()).snapshots.keep(&packed(&config(1)), None).await.unwrap();
    fs::remove_file(dir.path().join("vault.json")).unwrap();
    let archive = open(dir.path());
    let error = archive.snapshots.get(&id).await.unwrap_err().to_string();
    assert!(error.contains("secret"), "{error}");
    assert!(archive.snapshots.masked(&id).await.is_ok());
    let again = archive.snapshots.keep(&packed(&config(1)), None).await.unwrap();
    assert_eq!(archive.snapshots.get(&again).await.unwrap().config, config(1));
}

#[tokio::test]
async fn a_damaged_snapshot_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let archive = open(dir.path());
    let id = archive.snapshots.keep(&packed(&config(1)), None).await.unwrap();
    let path = dir.path().join(format!("snapshots/{id}.json"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"valid-lifetime\":1", "\"valid-lifetime\":9")).unwrap();
    let error = archive.snapshots.get(&id).await.unwrap_err().to_string();
    assert!(error.contains("damaged"), "{error}");
    assert_eq!(
        archive.snapshots.keep(&packed(&config(1)), None).await.unwrap(),
        id,
        "and mended by keeping it again"
    );
    assert!(archive.snapshots.get(&id).await.is_ok());
    let missing = SnapshotId::new("0".repeat(64)).unwrap();
    assert!(archive.snapshots.get(&missing).await.unwrap_err().to_string().starts_with("There is no"));
}

#[test]
fn a_configuration_without_secrets_needs_no_vault() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { family: perch_shared::Family::V6, root: json!({"subnet6": []}) };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(open(dir.path()).snapshots.keep(&packed(&config), None)).unwrap();
    assert!(!dir.path().join("vault.json").exists());
}

#[test]
fn a_damaged_file_stops_the_start_and_is_left_alone() {
    for (name, text) in [
        ("vault.json", "{\"version\": 1, \"secrets\": \"s3cret\"}"),
        ("vault.json", "{\"version\": 2, \"secrets\": {}}"),
        ("intents/20260101-000000-000-abcd.jsonl", "{\"id\": \"s3cret\"}\n"),
        ("intents/20260101-000000-000-abcd.jsonl", "no line feed"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("intents")).unwrap();
        fs::write(dir.path().join(name), text).unwrap();
        let error = Archive::open(Arc::new(StateDir::open(dir.path()).unwrap())).unwrap_err();
        assert!(error.to_string().contains(&format!("{name} is damaged: ")), "{error}");
        assert!(
            !format!("{error} {error:?}").contains("s3cret") && error.help().contains("backup"),
            "{error:?}"
        );
        assert_eq!(fs::read_to_string(dir.path().join(name)).unwrap(), text);
    }
}
