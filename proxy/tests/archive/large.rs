//! A long history.

use crate::lab::open;
use perch::{auth, history};
use perch_shared::api::{ChangeId, HistoryQuery, Kind, Outcome, Place, Record, ServerId, Who};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{fmt::Write as _, fs, path::Path, time::Instant};

const RECORDS: u64 = 10_000;

fn record(sequence: u64) -> Record {
    let server = ServerId::new(format!("server-{}", sequence % 100)).unwrap();
    let place = Place {
        server,
        family: None,
        before: Default::default(),
        after: Default::default(),
        outcome: Outcome::Applied,
        text: String::new(),
        list: 0,
    };
    Record {
        sequence,
        id: ChangeId::new(format!("20260101-000000-000-{sequence:05}")).unwrap(),
        time: "2026-01-01T00:00:00.000Z".to_owned(),
        who: Who::default(),
        kind: Kind::Inventory,
        sentences: vec![
            format!(
                "Set option domain-name-servers (6) of subnet 10.{sequence}.0.0/16 to `192.0.2.1`"
            );
            3
        ],
        more: 0,
        touches: vec![format!("subnet4[10.{sequence}.0.0/16]")],
        places: vec![place],
        comment: "a comment of ordinary length".to_owned(),
        of: None,
        snapshot: None,
        outcome: Outcome::Applied,
        duration_ms: 12,
    }
}

/// Writes a history as Perch itself would, without waiting for the disk at every line.
fn write(dir: &Path) {
    let (mut text, mut previous) = (String::new(), "0".repeat(64));
    for sequence in 1..=RECORDS {
        let mut line = serde_json::to_value(record(sequence)).unwrap();
        line["previous"] = json!(previous);
        let line = line.to_string();
        previous = Sha256::digest(&line).iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(text, "{line}").unwrap();
    }
    fs::write(dir.join("audit.jsonl"), text).unwrap();
    fs::write(dir.join("audit.head"), json!({"sequence": RECORDS, "hash": previous}).to_string()).unwrap();
}

#[test]
fn ten_thousand_records_are_listed_by_pages() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    let start = Instant::now();
    let archive = open(dir.path());
    let opened = start.elapsed();
    assert_eq!((archive.audit.len(), archive.audit.found().breaks.len()), (10_000, 0));

    let start = Instant::now();
    let page = history::list(&archive, &auth::Who::local(), &HistoryQuery::default()).unwrap();
    let listed = start.elapsed();
    assert_eq!((page.records.len(), page.records[0].sequence, page.next), (50, RECORDS, Some(RECORDS - 49)));

    let query = HistoryQuery { server: ServerId::new("server-7").ok(), ..HistoryQuery::default() };
    let start = Instant::now();
    let (mut found, mut before, mut pages) = (Vec::new(), None, 0);
    loop {
        let page =
            history::list(&archive, &auth::Who::local(), &HistoryQuery { before, ..query.clone() }).unwrap();
        found.extend(page.records.into_iter().map(|record| record.sequence));
        pages += 1;
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    let searched = start.elapsed();
    let expected: Vec<u64> = (1..=RECORDS).rev().filter(|sequence| sequence % 100 == 7).collect();
    // The second page is full, so a third, empty one says that there is no more.
    assert_eq!((found, pages), (expected, 3));

    let rare = HistoryQuery { text: "10.77.0.0/16".to_owned(), ..HistoryQuery::default() };
    let start = Instant::now();
    assert_eq!(history::list(&archive, &auth::Who::local(), &rare).unwrap().records.len(), 1);
    let words = start.elapsed();
    eprintln!("open {opened:?}, first page {listed:?}, by server {searched:?}, by words {words:?}");
}
