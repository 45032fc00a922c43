//! How long filters take over many rows: `cargo run --release -p perch-shared --example query_speed`.

use perch_shared::{
    Family,
    api::{SubnetRow, Usage},
    query::{Line, Query, Words},
};
use std::time::{Duration, Instant};

const ROWS: u64 = 50_000;

/// A frame of the screen.
const FRAME: Duration = Duration::from_millis(16);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows: Vec<(Line, Usage)> = (0..ROWS).map(row).collect();
    let words = Words::of(rows.iter().map(|(line, _)| line));
    for text in [
        "subnet in 10.0.0.0/8 and class=voip and free<10",
        "office",
        "10.1.2.3",
        "10.0.0.0/8",
        "comment=@building and not (network=^campus or server=kea-2)",
        "comment =~ \"building-[0-9]*7$\"",
        "used>90 or reservations>3",
    ] {
        let query = Query::parse(text)?;
        let mut best = Duration::MAX;
        let mut found = 0;
        for _ in 0..5 {
            let start = Instant::now();
            let can = words.can_pass(&query);
            let candidates = rows
                .iter()
                .enumerate()
                .filter(|(row, _)| can.as_ref().is_none_or(|can| can.get(*row).copied().unwrap_or_default()));
            found = candidates.filter(|(_, (line, usage))| query.matches(line, Some(usage))).count();
            best = best.min(start.elapsed());
        }
        let verdict = if best < FRAME { "" } else { "  longer than a frame" };
        println!("{:>8.2} ms  {found:>6} of {ROWS}  {text}{verdict}", best.as_secs_f64() * 1000.0);
    }
    Ok(())
}

fn row(index: u64) -> (Line, Usage) {
    let subnet = SubnetRow {
        id: index,
        subnet: format!("{}.{}.{}.0/24", 10 + index / 40_000, index / 200 % 200, index % 200),
        classes: if index.is_multiple_of(3) { vec!["voip".to_owned()] } else { Vec::new() },
        pools: vec![format!("10.{}.{}.10-10.{0}.{1}.200", index / 200 % 200, index % 200)],
        reservations: usize::try_from(index % 7).unwrap_or_default(),
        comment: format!("Floor {} of building-{}", index % 9, index % 1000),
        ..SubnetRow::default()
    };
    let servers = [format!("kea-{}", index % 20)];
    let usage = Usage { id: index, total: 190.0, assigned: (index % 191) as f64, ..Usage::default() };
    (Line::new(Family::V4, &subnet, &format!("campus-{}", index % 50), &servers), usage)
}
