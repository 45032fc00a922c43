//! What a big fleet costs Perch; `cargo xtask bench fleet` builds what it needs and runs it. The servers are simulated,
//! in another process than Perch.

use anyhow::{Context as _, Result, ensure};
use perch_shared::{
    Family,
    api::{Absent, DaemonState, Event, FleetView, GetFleet, Outcome, ServerId},
    change::{Edit, Place},
};
use perch_tests::{events::Events, perch::Perch, simulated::Simulated, wait};
use serde_json::json;
use std::time::{Duration, Instant};

const SERVERS: usize = 500;
/// Of each server: 60 kB.
const SUBNETS: usize = 100;
/// How long the slowest server needs for `config-set`.
const SLOWEST: Duration = Duration::from_secs(5);
const MEGABYTE: f64 = 1024.0 * 1024.0;

fn main() -> Result<()> {
    let idle = Perch::serve();
    idle.wait_until_ready();
    println!("an idle Perch holds {:.1} MB", idle.memory() as f64 / MEGABYTE);
    drop(idle);

    let fleet = Simulated::start(SERVERS, SUBNETS);
    let begun = Instant::now();
    let perch = Perch::serve_with_settings(&format!("sync-interval = 5\n{}", fleet.settings()));
    let ids = all(&perch)?;
    let asked = fleet.asked();
    println!(
        "{SERVERS} servers of {SUBNETS} subnets seen in {:.1?}, {:.1} MB read; Perch holds {:.1} MB, at most {:.1} MB",
        begun.elapsed(),
        asked.sent as f64 / MEGABYTE,
        perch.memory() as f64 / MEGABYTE,
        perch.peak_memory() as f64 / MEGABYTE
    );
    looks(&fleet)?;
    external(&fleet, &perch);
    everywhere(&fleet, &perch, &ids)
}

/// Waits until all are seen.
fn all(perch: &Perch) -> Result<Vec<ServerId>> {
    let seen = wait::try_until(Duration::from_secs(300), || {
        let view: FleetView = perch.call::<GetFleet>(&(), &()).map_err(|failure| format!("{failure:?}"))?;
        let good = view.servers.iter().filter(|status| status.state == DaemonState::Ok);
        let ids: Vec<ServerId> = good.map(|status| status.server.id.clone()).collect();
        if ids.len() == SERVERS { Ok(ids) } else { Err(format!("{} of {SERVERS}", ids.len())) }
    });
    seen.map_err(anyhow::Error::msg)
}

/// What a look costs at which nothing has changed.
fn looks(fleet: &Simulated) -> Result<()> {
    let before = fleet.asked();
    let asked = wait::try_until(Duration::from_secs(300), || {
        let asked = fleet.asked().since(&before);
        if asked.times("config-hash-get") >= 3 * SERVERS as u64 {
            Ok(asked)
        } else {
            Err(format!("{asked:?}"))
        }
    });
    let asked = asked.map_err(anyhow::Error::msg)?;
    let each = (asked.received + asked.sent) as f64 / asked.times("config-hash-get") as f64;
    println!("a look with nothing changed: {each:.0} bytes there and back; {:?}", asked.commands);
    Ok(())
}

/// When the page hears of a change made elsewhere.
fn external(fleet: &Simulated, perch: &Perch) {
    let mut events = Events::listen(perch, None);
    fleet.change(SERVERS / 2);
    let begun = Instant::now();
    events.until("of the change", |event| matches!(event, Event::Configuration { external: true, .. }));
    println!("a change made elsewhere was told after {:.1?}; the interval is 5 s", begun.elapsed());
}

/// A class on the slowest server alone, and on all.
fn everywhere(fleet: &Simulated, perch: &Perch, ids: &[ServerId]) -> Result<()> {
    fleet.slow(0, SLOWEST);
    let slowest = ids.iter().find(|id| id.as_str() == "sim-0").context("no server sim-0")?;
    let time = |name: &str, ids: &[ServerId]| {
        let place = Place::root().class(name);
        let edits = [Edit::add(place, json!({"name": name, "test": "member('KNOWN')"}))];
        let begun = Instant::now();
        let report = perch.apply_to(ids, Family::V4, Absent::Wait, &edits);
        let report = report.map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
        ensure!(report.outcome == Outcome::Applied, "{report:#?}");
        Ok(begun.elapsed())
    };
    let alone = time("voice", std::slice::from_ref(slowest))?;
    let together = time("video", ids)?;
    println!(
        "a class on the slowest server alone {alone:.1?}, on all {SERVERS} {together:.1?}: {:.2} times; \
         Perch holds {:.1} MB, at most {:.1} MB",
        together.as_secs_f64() / alone.as_secs_f64(),
        perch.memory() as f64 / MEGABYTE,
        perch.peak_memory() as f64 / MEGABYTE
    );
    Ok(())
}
