//! Perch killed at any moment: what was said to be on disk is there, and nothing is half.

use crate::lab::{config, edit, lines, open, packed, plan};
use perch::store::{Audit, Phase, Step};
use perch_shared::api::Outcome;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

const DIR: &str = "PERCH_TEST_CRASH_DIR";

/// Not a test of its own: what the killed process does, until it is killed.
#[tokio::test]
async fn child() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let archive = open(Path::new(&dir));
    for round in 0.. {
        let before = archive.snapshots.keep(&packed(&config(round)), None).await.unwrap();
        let mut plan = plan(archive.seal(&[edit(&format!("e{round}"))]).unwrap(), &["a", "b"]);
        plan.targets[0].before.snapshot = Some(before);
        let id = archive.begin(plan).await.unwrap();
        println!("\nbegun {id}");
        for (target, phase) in
            [(0, Phase::Testing), (1, Phase::Testing), (0, Phase::Setting), (1, Phase::Setting)]
        {
            archive.intents.step(&id, Step::new(target, phase)).await.unwrap();
            println!("\nstep {id} {}", if phase == Phase::Setting { "set" } else { "test" });
        }
        archive.finish(&id, Outcome::Applied).await.unwrap();
        println!("\ndone {id}");
    }
}

/// What the child said before it was killed after this many lines.
fn killed(dir: &Path, after: usize) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child", "--nocapture", "--test-threads=1"])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let word = |line: &String| ["begun ", "step ", "done "].iter().any(|word| line.starts_with(word));
    let mut said: Vec<String> = output.by_ref().filter(word).take(after).collect();
    // Somewhere in the next step, not always at its beginning.
    std::thread::sleep(Duration::from_micros((after as u64 * 7919) % 4000));
    child.kill().unwrap();
    child.wait().unwrap();
    said.extend(output.filter(word));
    said
}

#[tokio::test]
async fn what_was_said_to_be_on_disk_is_there_after_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    let mut done = 0;
    for round in 0..12 {
        let said = killed(dir.path(), 1 + round * 5 % 13);
        let archive = open(dir.path());
        let verdict = Audit::verify(dir.path()).unwrap();
        assert_eq!(verdict.breaks, [], "round {round}");
        let history = lines(dir.path());
        let is_closed = |id: &str| history.iter().any(|line| line["id"] == id);
        for line in &said {
            let mut words = line.split(' ').skip(1);
            let id = words.next().unwrap();
            let intent = archive.intents.open().into_iter().find(|intent| intent.id.as_str() == id);
            assert!(intent.is_some() != is_closed(id), "round {round}: {line}: once, and not lost");
            if let (Some(intent), Some("set")) = (&intent, words.next()) {
                assert_eq!(intent.last(0).unwrap().phase, Phase::Setting, "round {round}: {line}");
            }
            if line.starts_with("done ") {
                done += 1;
                assert!(is_closed(id), "round {round}: {line}");
            }
        }
        for intent in archive.intents.open() {
            let before = intent.plan.targets[0].before.snapshot.as_ref().unwrap();
            archive.snapshots.get(before).await.unwrap();
            archive.finish(&intent.id, Outcome::PutBack).await.unwrap();
        }
    }
    assert!(done > 0, "the child never came to an end of a change");
}
