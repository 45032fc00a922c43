//! Clients are served while a change is carried out: real DHCPv4 clients ask all the time. How long the longest of them
//! waits is measured by `cargo xtask bench continuity`; what keeps it short is shown here.

use perch_shared::{
    Family,
    api::{Absent, ApplyPhase, ApplyReport, CatchUp, ListMissed, Outcome, ServerId},
};
use perch_tests::{
    dhcp_client::Clients,
    edits::add_code,
    fault::Relay,
    lab::{HaPair, Mode},
    perch::Perch,
};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

const WAYS: [(&str, Mode); 4] = [
    ("2.6.3", Mode::HotStandby),
    ("3.0.4", Mode::HotStandby),
    ("2.6.3", Mode::LoadBalancing),
    ("3.0.4", Mode::LoadBalancing),
];
/// The option that the tests set.
const CODE: u16 = 230;

/// A pair that serves clients who ask all the time, and a Perch that knows it.
struct Site {
    pair: HaPair,
    clients: Clients,
    relays: [Relay; 2],
    perch: Perch,
    ids: [ServerId; 2],
}

impl Site {
    fn open(version: &str, mode: Mode) -> Option<Self> {
        let pair = HaPair::open_serving(version, mode, 1000)?;
        let clients = pair.clients();
        let relays = pair.addresses.each_ref().map(|address| Relay::before(address));
        let perch = Perch::serve();
        let ids = relays.each_ref().map(|relay| perch.add(&[&relay.address()]));
        Some(Self { pair, clients, relays, perch, ids })
    }

    /// Does something, and says of each member whether its partner was seen to serve all clients while it restarted its
    /// HA state machine.
    fn while_watching<T>(&self, work: impl FnOnce() -> T) -> (T, [bool; 2]) {
        let all = self.pair.scopes().concat();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let watching = scope.spawn(|| {
                let mut stood_in = [false; 2];
                while !done.load(Ordering::Relaxed) {
                    let [first, second] = [0, 1].map(|member| self.pair.local(member));
                    for (member, changed, partner) in [(0, &first, &second), (1, &second, &first)] {
                        let serves = all.iter().all(|scope| partner.scopes.contains(scope));
                        stood_in[member] |=
                            changed.state == "waiting" && partner.state != "waiting" && serves;
                    }
                    std::thread::sleep(Duration::from_millis(10));
                }
                stood_in
            });
            let result = work();
            done.store(true, Ordering::Relaxed);
            (result, watching.join().unwrap())
        })
    }

    fn has_the_edit(&self, member: usize) -> bool {
        let running = self.pair.members[member].running(Family::V4);
        running["option-data"].as_array().unwrap().iter().any(|option| option["code"] == CODE)
    }
}

fn phases(report: &ApplyReport, member: usize) -> Vec<ApplyPhase> {
    report.targets[member].steps.iter().map(|step| step.phase).collect()
}

#[test]
fn a_pairs_clients_are_served_while_each_member_is_changed() {
    use ApplyPhase::*;
    for (version, mode) in WAYS {
        let Some(site) = Site::open(version, mode) else { continue };
        let before = site.pair.scopes();
        let (report, stood_in) = site.while_watching(|| {
            site.perch.apply_to(&site.ids, Family::V4, Absent::Wait, &[add_code(CODE, "01AB")])
        });
        let report = report.unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{version} {mode:?} {report:#?}");
        for member in [0, 1] {
            // Whoever serves lends its scopes to its partner, and has them back afterwards.
            let serves = !before[member].is_empty();
            assert!(stood_in[member] || !serves, "{version} {mode:?} {member}");
            let expected = if serves {
                vec![Compare, ConfigTest, Lend, ConfigSet, ReadBack, TakeBack, ConfigWrite]
            } else {
                vec![Compare, ConfigTest, ConfigSet, ReadBack, ConfigWrite]
            };
            assert_eq!(phases(&report, member), expected, "{version} {mode:?} {member}");
            assert!(site.has_the_edit(member), "{version} {mode:?} {member}");
        }
        site.pair.wait_until_normal();
        assert_eq!(site.pair.scopes(), before, "{version} {mode:?}: everybody serves their own clients");
        site.clients.wait_until_all_are_served_again();
    }
}

#[test]
fn a_survivors_clients_are_served_and_the_partner_catches_up() {
    for (version, mode) in WAYS {
        let Some(mut site) = Site::open(version, mode) else { continue };
        site.pair.lose_the_second();
        let both = site.pair.local(0).scopes;
        site.relays[0].seen();
        let report =
            site.perch.apply_to(&site.ids, Family::V4, Absent::Alone, &[add_code(CODE, "01AB")]).unwrap();
        assert_eq!(report.outcome, Outcome::PartlyPending, "{version} {mode:?} {report:#?}");
        // It is told at once to go on alone, and does: without that it would wait for its partner.
        let seen = site.relays[0].seen();
        let set = seen.iter().position(|name| name == "config-set").unwrap();
        assert_eq!(seen[set + 1], "ha-maintenance-start", "{version} {mode:?} {seen:?}");
        assert_eq!(site.pair.states(0)[0], "partner-down", "{version} {mode:?}");
        assert_eq!(site.pair.local(0).scopes, both, "{version} {mode:?}");
        site.clients.wait_until_all_are_served_again();

        site.pair.members[1].restart(Family::V4);
        site.pair.wait_until_normal();
        let missed = site.perch.call::<ListMissed>(&(), &()).unwrap();
        assert_eq!(missed.len(), 1, "{version} {mode:?} {missed:#?}");
        assert_eq!(missed[0].server, site.ids[1]);
        assert!(!site.has_the_edit(1), "{version} {mode:?}");
        let before = site.pair.scopes();
        let at = (site.ids[1].clone(), Family::V4);
        let (report, stood_in) = site.while_watching(|| site.perch.call::<CatchUp>(&at, &()));
        let report = report.unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{version} {mode:?} {report:#?}");
        assert!(stood_in[1] || before[1].is_empty(), "{version} {mode:?}");
        assert!(site.has_the_edit(1), "{version} {mode:?}");
        assert!(site.perch.call::<ListMissed>(&(), &()).unwrap().is_empty());
        site.pair.wait_until_normal();
        assert_eq!(site.pair.scopes(), before, "{version} {mode:?}");
        site.clients.wait_until_all_are_served_again();
    }
}
