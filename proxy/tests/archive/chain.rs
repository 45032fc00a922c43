//! The history's chain: every line that is missing, altered or moved is found and named.

use crate::lab::{lines, open};
use perch::store::{Archive, Audit, Event};
use perch_shared::api::Kind;
use std::{fs, path::Path, process::Command, sync::Arc};

async fn note(archive: &Arc<Archive>, sentence: &str) {
    let event = Event { kind: Kind::Inventory, sentences: vec![sentence.to_owned()], ..Event::default() };
    archive.note(event).await.unwrap();
}

async fn history(dir: &Path, count: usize) {
    let archive = open(dir);
    for number in 1..=count {
        note(&archive, &format!("Add server `{number}`")).await;
    }
}

fn breaks(dir: &Path) -> Vec<String> {
    Audit::verify(dir).unwrap().breaks.iter().map(ToString::to_string).collect()
}

/// Changes the lines of the history.
fn edit(dir: &Path, change: impl FnOnce(&mut Vec<String>)) {
    let path = dir.join("audit.jsonl");
    let mut lines: Vec<String> = fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
    change(&mut lines);
    fs::write(path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
}

#[tokio::test]
async fn a_history_that_nobody_touched_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(breaks(dir.path()), [""; 0]);
    history(dir.path(), 3).await;
    history(dir.path(), 2).await;
    let verdict = Audit::verify(dir.path()).unwrap();
    assert_eq!((verdict.records, verdict.breaks.len(), verdict.notes.len()), (5, 0, 0), "{verdict:?}");
    let lines = lines(dir.path());
    assert_eq!(lines[0]["previous"], "0".repeat(64));
    assert_eq!(
        lines.iter().map(|line| line["sequence"].as_u64().unwrap()).collect::<Vec<_>>(),
        [1, 2, 3, 4, 5]
    );
}

fn alter(line: &mut String) {
    *line = line.replace("Add", "Cut");
}

#[tokio::test]
async fn every_tampering_is_found_and_named() {
    type Tamper = fn(&mut Vec<String>);
    let cases: [(Tamper, &[&str]); 10] = [
        (|lines| alter(&mut lines[0]), &["line 1: record 1 (`", "was altered"]),
        (|lines| alter(&mut lines[2]), &["line 3: record 3 (`", "was altered"]),
        (|lines| alter(&mut lines[4]), &["line 5: record 5 (`", "was altered"]),
        (|lines| drop(lines.remove(0)), &["line 1: record 1 is missing before record 2"]),
        (|lines| drop(lines.drain(1..3)), &["line 2: records 2, 3 are missing before record 4"]),
        (|lines| drop(lines.pop()), &["line 5: record 5 is missing at the end"]),
        (|lines| lines.truncate(2), &["line 3: records 3, 4, 5 are missing at the end"]),
        (|lines| lines.swap(1, 2), &["line 2: record 3 (`", "wrong place: record 2 is expected"]),
        (|lines| lines.insert(2, lines[1].clone()), &["line 3: record 2 (`", "wrong place"]),
        (|lines| lines[3] = "{}".to_owned(), &["line 4: cannot be read"]),
    ];
    for (number, (tamper, words)) in cases.into_iter().enumerate() {
        let dir = tempfile::tempdir().unwrap();
        history(dir.path(), 5).await;
        edit(dir.path(), tamper);
        let breaks = breaks(dir.path());
        assert!(!breaks.is_empty(), "case {number}");
        for word in words {
            assert!(breaks[0].contains(word), "case {number}: {word} in {breaks:#?}");
        }
        assert_eq!(open(dir.path()).audit.found().breaks.len(), breaks.len(), "case {number}");
    }
}

#[tokio::test]
async fn a_line_that_a_crash_tore_is_closed_off_and_kept() {
    let dir = tempfile::tempdir().unwrap();
    history(dir.path(), 2).await;
    let (path, head) = (dir.path().join("audit.jsonl"), dir.path().join("audit.head"));
    let (text, head_text) = (fs::read(&path).unwrap(), fs::read(&head).unwrap());
    history(dir.path(), 1).await;
    let longer = fs::read(&path).unwrap();
    for length in text.len()..longer.len() {
        fs::write(&path, &longer[..length]).unwrap();
        fs::write(&head, &head_text).unwrap();
        // Without its line feed alone the line is whole.
        let torn = length > text.len() && length + 1 < longer.len();
        let verdict = Audit::verify(dir.path()).unwrap();
        let is_noted = usize::from(length > text.len());
        assert_eq!((verdict.breaks.len(), verdict.notes.len()), (0, is_noted), "{verdict:?}");
        history(dir.path(), 1).await;
        let verdict = Audit::verify(dir.path()).unwrap();
        assert_eq!((verdict.breaks.len(), verdict.notes.len()), (0, usize::from(torn)), "{verdict:?}");
        assert_eq!(verdict.records, if length > text.len() { 4 } else { 3 });
        let now = fs::read(&path).unwrap();
        assert!(now.starts_with(&longer[..length]), "nothing is cut");
    }
    // The whole line is there, but `audit.head` does not know it yet.
    fs::write(&path, &longer).unwrap();
    fs::write(&head, &head_text).unwrap();
    let verdict = Audit::verify(dir.path()).unwrap();
    assert_eq!((verdict.breaks.len(), verdict.notes.len()), (0, 1), "{verdict:?}");
    history(dir.path(), 1).await;
    assert_eq!(Audit::verify(dir.path()).unwrap().notes, [""; 0]);
}

#[tokio::test]
async fn the_command_line_names_what_is_wrong() {
    let dir = tempfile::tempdir().unwrap();
    history(dir.path(), 3).await;
    let verify = |state: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_perch"))
            .args(["audit", "verify", "--state"])
            .arg(state)
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(verify(dir.path()), (Some(0), "3 records: each names the one before it\n".to_owned()));
    edit(dir.path(), |lines| alter(&mut lines[1]));
    let (status, text) = verify(dir.path());
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("audit.jsonl:2: record 2 (`") && text.ends_with("broken in 1 place\n"), "{text}");
    assert_eq!(verify(&dir.path().join("none")).0, Some(1));
}
