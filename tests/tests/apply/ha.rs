//! A change on a hot-standby pair: both partners or none, and the pair is whole afterwards.

use perch_shared::{
    Family,
    api::{Absent, ApplyPhase, CatchUp, DaemonState, ErrorCode, GetServer, ListMissed, Outcome, ServerId},
};
use perch_tests::{
    edits::add,
    fault::{Fault, Relay},
    lab::HaPair,
    lab::data,
    perch::Perch,
};

const SERVERS: &str = "domain-name-servers";

/// A pair, a relay in front of each member, and a Perch that knows both.
struct Site {
    pair: HaPair,
    relays: [Relay; 2],
    perch: Perch,
    ids: [ServerId; 2],
}

impl Site {
    fn open(version: &str) -> Option<Self> {
        let pair = HaPair::open(version)?;
        let relays = pair.addresses.each_ref().map(|address| Relay::before(address));
        let perch = Perch::serve_with_settings("[timeouts]\nanswer = 5\n");
        let ids = relays.each_ref().map(|relay| perch.add(&[&relay.address()]));
        Some(Self { pair, relays, perch, ids })
    }

    /// What each member runs, and what stands in its file.
    fn servers(&self) -> [[Option<String>; 2]; 2] {
        self.pair.members.each_ref().map(|lab| {
            [lab.running(Family::V4), lab.written(Family::V4)]
                .map(|root| data(&root, SERVERS).map(str::to_owned))
        })
    }
}

fn both(value: Option<&str>) -> [[Option<String>; 2]; 2] {
    std::array::from_fn(|_| std::array::from_fn(|_| value.map(str::to_owned)))
}

#[test]
fn an_edit_reaches_both_partners_and_the_pair_works() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(Site { pair, perch, ids, relays: _relays }) = Site::open(version) else { continue };
        for id in &ids {
            let status = perch.call::<GetServer>(&(id.clone(),), &()).unwrap();
            assert_eq!(status.daemons[0].state, DaemonState::Ok, "{version} {status:#?}");
        }
        let report = perch.apply_to(&ids, Family::V4, Absent::Wait, &[add(SERVERS, "192.0.2.1")]).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{version} {report:#?}");
        let phases = |member: usize| -> Vec<ApplyPhase> {
            report.targets[member].steps.iter().map(|step| step.phase).collect()
        };
        use ApplyPhase::*;
        assert_eq!(
            phases(0),
            [Compare, ConfigTest, Lend, ConfigSet, ReadBack, TakeBack, ConfigWrite],
            "{version}"
        );
        assert_eq!(
            phases(1),
            [Compare, ConfigTest, ConfigSet, ReadBack, ConfigWrite],
            "{version}: it serves nobody"
        );
        for lab in &pair.members {
            assert_eq!(data(&lab.running(Family::V4), SERVERS), Some("192.0.2.1"));
            assert_eq!(data(&lab.written(Family::V4), SERVERS), Some("192.0.2.1"));
        }
        assert_eq!(pair.scopes(), [vec!["server1".to_owned()], vec![]], "{version}: as before");
        pair.wait_until_normal();
    }
}

#[test]
fn what_one_partner_refuses_neither_gets() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(site) = Site::open(version) else { continue };
        for (command, changed) in [("config-test", false), ("config-set", true)] {
            for member in [0, 1] {
                let refusal = Fault::Answer(serde_json::json!([{"result": 1, "text": "no such thing"}]));
                site.relays[member].break_once(command, refusal);
                let edits = [add(SERVERS, "192.0.2.1")];
                let failed = site.perch.apply_to(&site.ids, Family::V4, Absent::Wait, &edits).unwrap_err();
                let which = format!("{version} {command} {member} {failed:#?}");
                assert_eq!((failed.status, failed.body.code), (422, ErrorCode::Refused), "{which}");
                let outcome = if changed { Outcome::PutBack } else { Outcome::Refused };
                assert_eq!(failed.body.apply.as_ref().unwrap().outcome, outcome, "{which}");
                assert_eq!(site.servers(), both(None), "{which}");
                site.pair.wait_until_normal();
                assert_eq!(site.pair.scopes(), [vec!["server1".to_owned()], vec![]], "{which}");
            }
        }
    }
}

#[test]
fn a_partner_that_dies_on_the_way_takes_the_other_back_with_it() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(mut site) = Site::open(version) else { continue };
        // The standby is changed first. The primary dies before its turn.
        let (told, killed) = std::sync::mpsc::channel();
        site.relays[1].after("config-set", move || told.send(()).unwrap());
        let edits = [add(SERVERS, "192.0.2.1")];
        let failed = std::thread::scope(|scope| {
            let (perch, ids) = (&site.perch, &site.ids);
            let apply =
                scope.spawn(move || perch.apply_to(ids, Family::V4, Absent::Wait, &edits).unwrap_err());
            killed.recv().unwrap();
            site.pair.members[0].kill(Family::V4);
            apply.join().unwrap()
        });
        let report = failed.body.apply.as_ref().unwrap_or_else(|| panic!("{failed:#?}"));
        assert_eq!(report.outcome, Outcome::PutBack, "{version} {failed:#?}");
        let outcomes: Vec<Outcome> = report.targets.iter().map(|target| target.outcome).collect();
        assert_eq!(outcomes, [Outcome::Refused, Outcome::PutBack], "{version} {failed:#?}");
        assert_eq!(data(&site.pair.members[1].running(Family::V4), SERVERS), None, "{version}");
        site.pair.members[0].restart(Family::V4);
        assert_eq!(site.servers(), both(None), "{version}");
        site.pair.wait_until_normal();
    }
}

#[test]
fn who_is_away_is_waited_for_or_catches_up() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(mut site) = Site::open(version) else { continue };
        site.pair.members[1].kill(Family::V4);
        let apply =
            |value, absent| site.perch.apply_to(&site.ids, Family::V4, absent, &[add(SERVERS, value)]);
        let refused = apply("192.0.2.1", Absent::Wait).unwrap_err();
        assert_eq!(
            (refused.status, refused.body.code),
            (502, ErrorCode::Unreachable),
            "{version} {refused:#?}"
        );
        assert!(
            refused.body.help.as_ref().unwrap().starts_with("Nothing was changed"),
            "{version} {refused:#?}"
        );
        assert_eq!(data(&site.pair.members[0].running(Family::V4), SERVERS), None, "{version}");

        let report = apply("192.0.2.1", Absent::Alone).unwrap();
        let outcomes: Vec<Outcome> = report.targets.iter().map(|target| target.outcome).collect();
        assert_eq!(report.outcome, Outcome::PartlyPending, "{version} {report:#?}");
        assert_eq!(outcomes, [Outcome::Applied, Outcome::Pending], "{version} {report:#?}");
        assert_eq!(data(&site.pair.members[0].running(Family::V4), SERVERS), Some("192.0.2.1"), "{version}");

        site.pair.members[1].restart(Family::V4);
        // What was missed outlives Perch.
        site.perch = site.perch.restart();
        let missed = site.perch.call::<ListMissed>(&(), &()).unwrap();
        let [missed] = missed.as_slice() else { panic!("{version} {missed:#?}") };
        assert_eq!((&missed.server, &missed.of), (&site.ids[1], report.id.as_ref().unwrap()), "{version}");
        assert!(missed.edits[0].contains(SERVERS), "{version} {missed:#?}");
        let at = (site.ids[1].clone(), Family::V4);
        let report = site.perch.call::<CatchUp>(&at, &()).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{version} {report:#?}");
        assert_eq!(site.servers(), both(Some("192.0.2.1")), "{version}");
        assert_eq!(site.perch.call::<CatchUp>(&at, &()).unwrap_err().status, 404, "{version}");
        site.pair.wait_until_normal();
    }
}

#[test]
fn a_partner_that_comes_back_just_then_is_not_kept_in_maintenance() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(mut site) = Site::open(version) else { continue };
        site.pair.lose_the_second();
        // The partner is back after the primary's `config-set`, before Perch tells it to go on alone.
        let (told, due) = std::sync::mpsc::channel();
        let (back, resumed) = std::sync::mpsc::channel();
        site.relays[0].after("config-set", move || {
            told.send(()).unwrap();
            resumed.recv().unwrap();
        });
        let edits = [add(SERVERS, "192.0.2.1")];
        let report = std::thread::scope(|scope| {
            let (perch, ids) = (&site.perch, &site.ids[..1]);
            let apply = scope.spawn(move || perch.apply_to(ids, Family::V4, Absent::Wait, &edits).unwrap());
            due.recv().unwrap();
            site.pair.members[1].restart(Family::V4);
            back.send(()).unwrap();
            apply.join().unwrap()
        });
        assert_eq!(report.outcome, Outcome::Applied, "{version} {report:#?}");
        site.pair.wait_until_normal();
    }
}

#[test]
fn a_lost_partner_is_seen() {
    let Some(mut pair) = HaPair::open("3.0.4") else { return };
    let perch = Perch::serve();
    let id = perch.add(&[&pair.addresses[0]]);
    pair.members[1].kill(Family::V4);
    let seen = perch_tests::wait::until("Perch to see that the partner is gone", || {
        let status = perch.call::<GetServer>(&(id.clone(),), &()).unwrap();
        let relationship = status.daemons[0].ha[0].clone();
        if relationship.healthy { Err(format!("{relationship:?}")) } else { Ok(status) }
    });
    assert_eq!(seen.state, DaemonState::Impaired, "{seen:#?}");
    assert!(seen.daemons[0].ha[0].advice.is_some(), "{seen:#?}");
}
