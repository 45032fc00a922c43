//! While a member of a load-balancing pair starts its listener anew, its partner answers nobody: a lease update that does
//! not come through would end what it was lent.

use perch_shared::{
    Family,
    api::{Absent, Outcome, ServerId},
};
use perch_tests::{
    edits::add_code,
    fault::{Relay, When},
    lab::{HaPair, Mode, ask_socket},
    perch::Perch,
};
use serde_json::{Value, json};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

const VERSIONS: [&str; 2] = ["2.6.3", "3.0.4"];
/// The option that the tests set.
const CODE: u16 = 231;

fn status(socket: &Path) -> Value {
    ask_socket(socket, &json!({"command": "status-get"})).unwrap()["arguments"].take()
}

/// Whether a server was told by another one to answer nobody.
fn is_silent(socket: &Path) -> bool {
    let state = &status(socket)["dhcp-state"]["disabled-by-remote-command"];
    state.as_array().is_some_and(|origins| !origins.is_empty())
}

fn serves_all(socket: &Path) -> bool {
    let status = status(socket);
    let scopes = &status["high-availability"][0]["ha-servers"]["local"]["scopes"];
    ["server1", "server2"].iter().all(|scope| scopes.as_array().unwrap().contains(&json!(scope)))
}

/// Remembers what a question is answered when a command comes by for the given time.
fn asked(
    relay: &Relay,
    (when, command, nth): (When, &str, u32),
    question: impl FnOnce() -> bool + Send + 'static,
) -> Arc<AtomicBool> {
    let answer = Arc::new(AtomicBool::new(false));
    let kept = answer.clone();
    relay.on(when, command, nth, move || kept.store(question(), Ordering::Relaxed));
    answer
}

fn has_the_edit(pair: &HaPair, member: usize) -> bool {
    let running = pair.members[member].running(Family::V4);
    running["option-data"].as_array().unwrap().iter().any(|option| option["code"] == CODE)
}

#[test]
fn the_partner_is_silent_for_that_moment_only() {
    for version in VERSIONS {
        let Some(pair) = HaPair::open_as(version, Mode::LoadBalancing) else { continue };
        let relays = pair.addresses.each_ref().map(|address| Relay::before(address));
        let perch = Perch::serve();
        let ids: [ServerId; 2] = relays.each_ref().map(|relay| perch.add(&[&relay.address()]));
        let sockets = pair.members.each_ref().map(|member| member.socket(Family::V4));
        let silent = [0, 1].map(|member| {
            let partner = sockets[1 - member].clone();
            asked(&relays[member], (When::Before, "config-set", 1), move || is_silent(&partner))
        });
        let report = perch.apply_to(&ids, Family::V4, Absent::Wait, &[add_code(CODE, "01AB")]).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{version} {report:#?}");
        for member in [0, 1] {
            assert!(silent[member].load(Ordering::Relaxed), "{version}: the partner of {member}");
            assert!(!is_silent(&sockets[member]), "{version} {member}");
        }
    }
}

/// A heartbeat can fail as well and end the loan.
#[test]
fn what_was_lost_meanwhile_is_lent_again() {
    for version in VERSIONS {
        let Some(pair) = HaPair::open_as(version, Mode::LoadBalancing) else { continue };
        let relays = pair.addresses.each_ref().map(|address| Relay::before(address));
        let perch = Perch::serve();
        let ids: [ServerId; 2] = relays.each_ref().map(|relay| perch.add(&[&relay.address()]));
        // The first member is changed first, and the second serves for it.
        let partner = pair.members[1].socket(Family::V4);
        let own = json!({"command": "ha-scopes", "arguments": {"scopes": ["server2"]}});
        let loses = partner.clone();
        let lost = asked(&relays[1], (When::Before, "dhcp-enable", 1), move || {
            ask_socket(&loses, &own).unwrap();
            !serves_all(&loses)
        });
        let again = asked(&relays[1], (When::After, "ha-scopes", 2), move || serves_all(&partner));
        let report = perch.apply_to(&ids, Family::V4, Absent::Wait, &[add_code(CODE, "01AB")]).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{version} {report:#?}");
        assert!(lost.load(Ordering::Relaxed), "{version}: the loan was to end");
        assert!(again.load(Ordering::Relaxed), "{version}: and was not lent again");
        assert_eq!(pair.scopes(), [["server1"], ["server2"]], "{version}");
    }
}

#[test]
fn a_partner_that_is_left_silent_answers_again() {
    for version in VERSIONS {
        let Some(pair) = HaPair::open_serving(version, Mode::LoadBalancing, 1000) else { continue };
        let clients = pair.clients();
        let perch = Perch::serve();
        let ids = pair.addresses.each_ref().map(|address| perch.add(&[address]));
        let perch =
            perch.restart_with_fault("hushed=kill").dies_over(&ids, Family::V4, &[add_code(CODE, "01AB")]);
        let recovered = perch.recovered();
        assert_eq!([0, 1].map(|member| has_the_edit(&pair, member)), [false, false], "{recovered:#?}");
        pair.wait_until_normal();
        assert_eq!(pair.scopes(), [["server1"], ["server2"]], "{version} {recovered:#?}");
        clients.wait_until_all_are_served_again();
    }
}
