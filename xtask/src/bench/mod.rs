//! What Perch costs: the same commands straight to a real Control Agent and through Perch, in one run, alternating,
//! so that whatever else the machine does meets both.

mod check;
mod client;
mod lab;
mod numbers;

use std::{
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{
    binary,
    command::{self, cargo, clean},
    kea, paths, say,
};
use client::Client;
use numbers::{Row, Samples, table};

/// How many subnets the daemon has: about 7 MB of `config-get`.
const SUBNETS: usize = 10_000;
/// How many connections ask at once where throughput is measured.
const CONNECTIONS: usize = 4;

/// A command and how often it is sent.
struct Load {
    name: &'static str,
    /// How often the two ways take turns.
    rounds: usize,
    /// Sent in each round on one connection.
    latency: usize,
    /// Sent in each round on every one of several connections.
    throughput: usize,
}

const LOADS: [Load; 2] = [
    Load { name: "version-get", rounds: 10, latency: 200, throughput: 200 },
    // Kea itself needs seconds for each.
    Load { name: "config-get", rounds: 4, latency: 3, throughput: 1 },
];

/// One of the two ways to the daemon.
#[derive(Debug, Clone)]
struct Way {
    address: SocketAddr,
    path: String,
}

/// Measures and prints: the part that is named, or all.
///
/// # Errors
/// When there is no such part, something does not start, or an answer is not what it should be.
pub fn run(parts: &[&str]) -> Result<()> {
    match parts {
        [] => check::run().and_then(|()| proxy()),
        ["check"] => check::run(),
        ["proxy"] => proxy(),
        ["fleet"] => fleet(),
        ["growth", rest @ ..] => check::growth(rest),
        _ => bail!(
            "unknown part: {}; there are `check`, `growth`, `proxy`, `fleet` and `continuity`",
            parts.join(" ")
        ),
    }
}

/// What five hundred servers cost Perch. They are simulated: nothing here says what Kea does.
fn fleet() -> Result<()> {
    binary::build()?;
    command::must(cargo("build").args(["--package", "perch-tests", "--bin", "fleet"]))?;
    say::heading("bench", "five hundred simulated servers");
    let status = clean(paths::target().join("debug/fleet")).env("PERCH_BIN", paths::binary()).status()?;
    ensure!(status.success(), "the bench ended: {status}");
    Ok(())
}

/// What Perch costs between a client and Kea.
fn proxy() -> Result<()> {
    binary::build()?;
    say::heading("bench", "the same commands straight to the Control Agent, and through Perch");
    let suite =
        kea::SUITES.iter().find(|suite| suite.version == "2.6.3").context("no suite carries Kea 2.6.3")?;
    let root = match kea::get(suite) {
        Ok(root) => root,
        Err(missing) => {
            say::note(&format!("skipped: {missing}"));
            return Ok(());
        }
    };
    let lab = lab::Lab::start(&root, SUBNETS)?;
    let direct = Way { address: lab.agent, path: "/".into() };
    let through = Way { address: lab.perch, path: format!("/api/v1/servers/{}/command", lab.server) };
    let cpus = thread::available_parallelism().map_or(1, usize::from);
    say::note(&format!("Kea 2.6.3, {SUBNETS} subnets, Perch and the client on one machine with {cpus} CPUs"));
    let mut rows = Vec::new();
    for load in &LOADS {
        rows.extend(measure(load, &direct, &through)?);
    }
    println!("\n{}", table(&rows));
    Ok(())
}

/// Both ways of one command.
fn measure(load: &Load, direct: &Way, through: &Way) -> Result<Vec<Row>> {
    let body = format!("{{\"command\": \"{}\", \"service\": [\"dhcp4\"]}}", load.name);
    let [mut alone, mut perch] = [Samples::default(), Samples::default()];
    let (mut one, mut two) = (Client::connect(direct.address)?, Client::connect(through.address)?);
    let mut progress = say::Progress::start();
    // The first request of each is not counted: connections are made, caches filled.
    let length = one.post(&direct.path, &body)?;
    let other = two.post(&through.path, &body)?;
    ensure!(length == other, "{}: {length} bytes alone, {other} through Perch", load.name);
    for round in 1..=load.rounds {
        progress.beat(&format!("{} latency, round {round} of {}", load.name, load.rounds));
        alone.latencies.extend(latencies(&mut one, direct, &body, load.latency)?);
        perch.latencies.extend(latencies(&mut two, through, &body, load.latency)?);
    }
    drop((one, two));
    for round in 1..=load.rounds {
        progress.beat(&format!("{} throughput, round {round} of {}", load.name, load.rounds));
        for (samples, way) in [(&mut alone, direct), (&mut perch, through)] {
            samples.busy += throughput(way, &body, load.throughput)?;
            samples.answers += load.throughput * CONNECTIONS;
        }
    }
    progress.end();
    Ok(numbers::rows(load.name, length, CONNECTIONS, alone, perch))
}

/// One request after the other on one connection.
fn latencies(client: &mut Client, way: &Way, body: &str, count: usize) -> Result<Vec<Duration>> {
    let one = |_| {
        let started = Instant::now();
        client.post(&way.path, body)?;
        Ok(started.elapsed())
    };
    (0..count).map(one).collect()
}

/// The time for `count` requests on each of several connections at once.
fn throughput(way: &Way, body: &str, count: usize) -> Result<Duration> {
    let mut clients = (0..CONNECTIONS).map(|_| Client::connect(way.address)).collect::<Result<Vec<_>>>()?;
    let started = Instant::now();
    thread::scope(|scope| {
        let ask = |client: &mut Client| (0..count).try_for_each(|_| client.post(&way.path, body).map(drop));
        let threads: Vec<_> = clients.iter_mut().map(|client| scope.spawn(move || ask(client))).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|_| anyhow::bail!("a client failed")))
    })?;
    Ok(started.elapsed())
}
