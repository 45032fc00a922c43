//! Five hundred servers, and two hundred of which fifty hang: simulated, in another process than Perch.

use super::view;
use perch_shared::api::{DaemonState, Event};
use perch_tests::{
    events::Events,
    perch::Perch,
    simulated::{Asked, Simulated},
    wait,
};
use std::time::{Duration, Instant};

const MEGABYTE: f64 = 1024.0 * 1024.0;

fn perch(fleet: &Simulated, interval: u32) -> Perch {
    Perch::serve_with_settings(&format!("sync-interval = {interval}\n{}", fleet.settings()))
}

fn ready(perch: &Perch) {
    wait::try_until(Duration::from_secs(120), || {
        let reply = perch.send("GET", "/readyz", &[], b"");
        if reply.status == 200 { Ok(()) } else { Err(reply.text()) }
    })
    .unwrap();
}

fn ok(perch: &Perch) -> usize {
    view(perch).servers.iter().filter(|status| status.state == DaemonState::Ok).count()
}

#[test]
fn five_hundred_servers_cost_little() {
    const SERVERS: usize = 500;
    let fleet = Simulated::start(SERVERS, 100);
    let start = Instant::now();
    let perch = perch(&fleet, 5);
    ready(&perch);
    let time = start.elapsed();
    let bad = view(&perch).servers.into_iter().filter(|status| status.state != DaemonState::Ok);
    let bad: Vec<_> = bad.map(|status| (status.server, status.daemons)).collect();
    assert!(bad.is_empty(), "{} of {SERVERS} after {time:?}: {:#?}", bad.len(), bad.first());
    let first = fleet.asked();
    println!(
        "first round of {SERVERS}: {time:?}, {:.1} MB received, {:.2} MB sent, {:?}",
        first.sent as f64 / MEGABYTE,
        first.received as f64 / MEGABYTE,
        first.commands
    );
    let memory = perch.memory() as f64 / MEGABYTE;
    println!("memory of Perch: {memory:.1} MB, at most {:.1} MB", perch.peak_memory() as f64 / MEGABYTE);
    // A debug build is bigger by itself; what the servers cost is the same.
    let limit = if cfg!(debug_assertions) { 80.0 } else { 64.0 };
    assert!(memory <= limit, "{memory:.1} MB");

    // Each is looked at three times more. Nothing has changed.
    let before = fleet.asked();
    let looks = |asked: &Asked| asked.times("config-hash-get");
    let later = wait::try_until(Duration::from_secs(120), || {
        let later = fleet.asked().since(&before);
        if looks(&later) >= 3 * SERVERS as u64 { Ok(later) } else { Err(format!("{later:?}")) }
    })
    .unwrap();
    let each = (later.received + later.sent) as f64 / looks(&later) as f64;
    println!("a look with nothing changed: {each:.0} bytes there and back; {:?}", later.commands);
    let states = later.times("status-get") as f64 / looks(&later) as f64;
    assert!(states < 0.5, "the state is asked for now and then only: {later:?}");
    let others =
        later.commands.keys().filter(|name| !["config-hash-get", "status-get"].contains(&name.as_str()));
    let unexpected: Vec<_> = others.collect();
    assert_eq!(unexpected, [""; 0], "{later:?}");
    let memory = perch.memory() as f64 / MEGABYTE;
    println!("memory of Perch after three more looks: {memory:.1} MB");
    assert!(memory <= limit, "{memory:.1} MB");

    let mut events = Events::listen(&perch, None);
    fleet.change(250);
    let start = Instant::now();
    let heard =
        events.until("of the change", |event| matches!(event, Event::Configuration { external: true, .. }));
    println!(
        "an external change in {SERVERS} was told after {:?} (interval 5 s): {heard:?}",
        start.elapsed()
    );
}

#[test]
fn servers_that_hang_delay_nobody() {
    const SERVERS: usize = 200;
    const HANG: usize = 50;
    let measure = |hang: usize| {
        let fleet = Simulated::start(SERVERS, 20);
        (0..hang).for_each(|number| fleet.hang(number * SERVERS / HANG));
        let start = Instant::now();
        let perch = perch(&fleet, 2);
        wait::until("all that answer", || match ok(&perch) {
            count if count == SERVERS - hang => Ok(()),
            count => Err(format!("{count}")),
        });
        (start.elapsed(), fleet, perch)
    };
    let (alone, ..) = measure(0);
    let (beside, fleet, perch) = measure(HANG);
    println!("{SERVERS} servers after {alone:?}; those beside {HANG} that hang after {beside:?}");
    // One after the other they would cost 50 times as long as Perch waits for an answer.
    assert!(beside < alone * 2 + Duration::from_secs(10), "{beside:?} instead of {alone:?}");

    let mut events = Events::listen(&perch, None);
    fleet.change(1);
    let start = Instant::now();
    events.until("of the change", |event| matches!(event, Event::Configuration { external: true, .. }));
    println!("an external change beside them was told after {:?} (interval 2 s)", start.elapsed());
}

#[test]
fn an_idle_perch_is_small() {
    let perch = Perch::serve();
    ready(&perch);
    let memory = perch.memory() as f64 / MEGABYTE;
    println!("memory of an idle Perch: {memory:.1} MB");
    if !cfg!(debug_assertions) {
        assert!(memory <= 15.0, "{memory:.1} MB");
    }
}
