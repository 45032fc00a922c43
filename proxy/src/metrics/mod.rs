//! Perch's numbers in the form that Prometheus reads.
//!
//! Source: <https://prometheus.io/docs/instrumenting/exposition_formats/>. Labels have few values: servers, daemons,
//! pairs, and of the subnets only the fullest.

mod counter;
mod histogram;
mod text;

pub use counter::Counter;
pub use histogram::{Histogram, Latency};

use crate::app::App;
use perch_shared::api::{DaemonState, PairState};
use text::Text;

/// All numbers as they are now. Asks nobody anything.
pub fn render(app: &App) -> String {
    let mut text = Text::default();
    text.family("perch_build_info", "gauge", "The version of Perch.");
    text.sample("perch_build_info", &[("version", &app.about.version)], 1.0);
    daemons(&mut text, app);
    pairs(&mut text, app);
    let fleet = &app.fleet;
    text.family("perch_external_changes_total", "counter", "Changes that did not go through this Perch.");
    text.sample("perch_external_changes_total", &[], fleet.external().total() as f64);
    text.family("perch_event_listeners", "gauge", "Open pages that listen for events.");
    text.sample("perch_event_listeners", &[], fleet.events().listeners() as f64);
    text.family("perch_changes_total", "counter", "Changes through this Perch, by how they ended.");
    for (outcome, count) in fleet.changes().all() {
        text.sample("perch_changes_total", &[("outcome", outcome)], count as f64);
    }
    app.kea.latency().render(&mut text);
    text.finish()
}

fn daemons(text: &mut Text, app: &App) {
    let servers = app.fleet.all();
    let each = || {
        servers.iter().flat_map(|status| {
            status
                .daemons
                .iter()
                .map(move |daemon| (status.server.id.as_str(), daemon.family.service(), daemon))
        })
    };
    text.family("perch_servers", "gauge", "Registered servers.");
    text.sample("perch_servers", &[], servers.len() as f64);
    text.family("perch_daemon_up", "gauge", "Whether the daemon answers.");
    for (server, daemon, status) in each() {
        let up = f64::from(u8::from(status.state != DaemonState::Unreachable));
        text.sample("perch_daemon_up", &[("server", server), ("daemon", daemon)], up);
    }
    text.family("perch_daemon_ok", "gauge", "Whether the daemon answers and nothing is wrong with it.");
    for (server, daemon, status) in each() {
        let ok = f64::from(u8::from(status.state == DaemonState::Ok));
        text.sample("perch_daemon_ok", &[("server", server), ("daemon", daemon)], ok);
    }
    text.family("perch_daemon_uptime_seconds", "gauge", "How long the daemon has been running.");
    for (server, daemon, status) in each() {
        if let Some(uptime) = status.uptime {
            text.sample(
                "perch_daemon_uptime_seconds",
                &[("server", server), ("daemon", daemon)],
                uptime as f64,
            );
        }
    }
}

fn pairs(text: &mut Text, app: &App) {
    let pairs = app.fleet.pairs();
    text.family("perch_pair_ok", "gauge", "Whether all members of an HA pair run and agree.");
    for pair in &pairs {
        let ok = f64::from(u8::from(pair.state == PairState::Ok));
        text.sample("perch_pair_ok", &[("pair", &pair.id.0), ("mode", &pair.mode)], ok);
    }
    text.family("perch_pair_drift", "gauge", "In how many objects the partners' configurations differ.");
    for pair in &pairs {
        if let Some(drift) = pair.drift {
            text.sample("perch_pair_drift", &[("pair", &pair.id.0)], drift as f64);
        }
    }
}
