//! Clients are served while a change is carried out: real DHCPv4 clients ask all the time.

use perch_shared::{
    Family,
    api::{Absent, Outcome, ServerId},
};
use perch_tests::{
    dhcp_client::{Clients, Silence},
    edits::add_code,
    lab::{HaPair, Mode},
    perch::Perch,
    wait,
};
use serde_json::json;
use std::{net::UdpSocket, time::Duration};

const WAYS: [(&str, Mode); 4] = [
    ("2.6.3", Mode::HotStandby),
    ("3.0.4", Mode::HotStandby),
    ("2.6.3", Mode::LoadBalancing),
    ("3.0.4", Mode::LoadBalancing),
];

/// A pair that serves clients, and a Perch that knows it.
struct Site {
    pair: HaPair,
    relay: UdpSocket,
    perch: Perch,
    ids: [ServerId; 2],
}

impl Site {
    fn open(version: &str, mode: Mode) -> Option<Self> {
        let relay = Clients::relay();
        let port = relay.local_addr().unwrap().port();
        let pair = HaPair::open_serving(version, mode, heartbeat(), port)?;
        let perch = Perch::serve();
        let ids = pair.addresses.each_ref().map(|address| perch.add(&[address]));
        Some(Self { pair, relay, perch, ids })
    }

    /// How the clients fare while something is done.
    fn while_asking(&self, work: impl FnOnce()) -> Silence {
        let clients = Clients::ask(&self.relay, self.pair.dhcp);
        std::thread::sleep(Duration::from_millis(300));
        work();
        std::thread::sleep(Duration::from_millis(300));
        clients.stop()
    }
}

/// Milliseconds between heartbeats. Kea's default is 10 s; `PERCH_HEARTBEAT=10000` measures with that.
fn heartbeat() -> u64 {
    std::env::var("PERCH_HEARTBEAT").ok().and_then(|text| text.parse().ok()).unwrap_or(2000)
}

fn heartbeats(count: u32) -> Duration {
    Duration::from_millis(heartbeat()) * count
}

#[test]
fn a_pairs_clients_do_not_wait_for_a_change() {
    for (version, mode) in WAYS {
        let Some(site) = Site::open(version, mode) else { continue };
        let silence = site.while_asking(|| {
            let edits = [add_code(230, "01AB")];
            let report = site.perch.apply_to(&site.ids, Family::V4, Absent::Wait, &edits).unwrap();
            assert_eq!(report.outcome, Outcome::Applied, "{version} {mode:?} {report:#?}");
        });
        println!("{version} {}: through Perch {silence:?}", mode.name());
        // What it would be otherwise: the same configuration again, on one of them.
        let plain = site.while_asking(|| {
            site.pair.members[0].change(Family::V4, |_| ());
            site.pair.wait_until_normal();
        });
        println!("{version} {}: config-set alone {plain:?}", mode.name());
        // A lease update that is under way when its receiver starts anew is waited for as long as `max-ack-delay`
        // says; whoever serves nobody waits for a heartbeat.
        assert!(silence.longest * 4 < plain.longest * 3, "{version} {mode:?} {silence:?}, alone {plain:?}");
    }
}

#[test]
fn a_survivors_clients_do_not_wait_for_a_change() {
    for (version, mode) in WAYS {
        let Some(mut site) = Site::open(version, mode) else { continue };
        site.pair.members[1].kill(Family::V4);
        wait::until("the survivor to serve alone", || {
            let status = site.pair.members[0].ask(Family::V4, &json!({"command": "status-get"}));
            let local = &status["arguments"]["high-availability"][0]["ha-servers"]["local"]["state"];
            if local == "partner-down" { Ok(()) } else { Err(status.to_string()) }
        });
        let silence = site.while_asking(|| {
            let edits = [add_code(230, "01AB")];
            let report = site.perch.apply_to(&site.ids, Family::V4, Absent::Alone, &edits).unwrap();
            assert_eq!(report.outcome, Outcome::PartlyPending, "{version} {mode:?} {report:#?}");
        });
        println!("{version} {}: survivor through Perch {silence:?}", mode.name());
        // Without help it would wait for its partner as long as `max-response-delay` says: six heartbeats.
        assert!(silence.longest < heartbeats(3), "{version} {mode:?} {silence:?}");
        // It comes back, and catches up with what it missed.
        site.pair.members[1].restart(Family::V4);
        site.pair.wait_until_normal();
        let missed = site.perch.call::<perch_shared::api::ListMissed>(&(), &()).unwrap();
        assert_eq!(missed.len(), 1, "{version} {mode:?} {missed:#?}");
        assert_eq!(missed[0].server, site.ids[1]);
        let silence = site.while_asking(|| {
            let at = (site.ids[1].clone(), Family::V4);
            let report = site.perch.call::<perch_shared::api::CatchUp>(&at, &()).unwrap();
            assert_eq!(report.outcome, Outcome::Applied, "{version} {mode:?} {report:#?}");
        });
        println!("{version} {}: catching up {silence:?}", mode.name());
        assert!(silence.longest < heartbeats(1), "{version} {mode:?} {silence:?}");
        let running = site.pair.members[1].running(Family::V4);
        assert!(
            running["option-data"].as_array().unwrap().iter().any(|option| option["code"] == 230),
            "{running}"
        );
        assert!(site.perch.call::<perch_shared::api::ListMissed>(&(), &()).unwrap().is_empty());
        site.pair.wait_until_normal();
    }
}
