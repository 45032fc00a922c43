//! Perch is killed at every step of a change: after its next start every Kea is wholly before or wholly after.

use crate::{Site, Way};
use perch_shared::{
    Family,
    api::{Absent, ApplyChange, Endpoint, Outcome, Recovery, ServerId},
    change::{Edit, Place},
};
use perch_tests::{
    edits::{add_code, for_each},
    fault::{Fault, Relay},
    http_client,
    lab::{HaPair, Lab},
    perch::Perch,
};
use serde_json::json;

/// The steps of a change of one daemon, in order, and whether the change is there in the end.
const STEPS: [(&str, bool); 12] = [
    ("locked", false),
    ("read", false),
    ("planned", false),
    ("begun", false),
    ("tested", false),
    ("set", false),
    ("was-set", true),
    ("read-back", true),
    ("write", true),
    ("written", true),
    ("close", true),
    ("closed", true),
];

/// The steps of a change of a hot-standby pair: the standby is changed first.
const PAIR: [(&str, bool); 18] = [
    ("begun", false),
    ("tested", false),
    ("set", false),
    ("was-set", false),
    ("read-back", false),
    ("lend", false),
    ("lent", false),
    ("set:2", false),
    ("was-set:2", true),
    ("read-back:2", true),
    ("take-back", true),
    ("taken-back", true),
    ("write", true),
    ("written", true),
    ("written:2", true),
    ("close", true),
    ("closed", true),
    ("locked", false),
];

/// Adds an option that no other round has.
fn edit(round: usize) -> Edit {
    add_code(code(round), &format!("{round:02X}AB"))
}

fn code(round: usize) -> u16 {
    224 + u16::try_from(round).unwrap()
}

/// Whether a daemon runs a round's change, and whether its file has it.
fn there(lab: &Lab, round: usize) -> [bool; 2] {
    [lab.running(Family::V4), lab.written(Family::V4)].map(|root| {
        root["option-data"].as_array().unwrap().iter().any(|option| option["code"] == code(round))
    })
}

fn outcome(recovered: &[Recovery]) -> Option<Outcome> {
    recovered.last().map(|one| one.targets.iter().map(|target| target.outcome).max().unwrap())
}

#[test]
fn one_daemon_is_before_or_after() {
    for way in [Way::Agent("2.2.0"), Way::Agent("2.6.3"), Way::Direct("3.0.4")] {
        let Some(Site { lab, mut perch, id }) = Site::open(way) else { continue };
        for (round, (step, after)) in STEPS.into_iter().enumerate() {
            perch = perch.restart_with_fault(&format!("{step}=kill")).dies_over(
                std::slice::from_ref(&id),
                Family::V4,
                &[edit(round)],
            );
            let recovered = perch.recovered();
            assert_eq!(there(&lab, round), [after, after], "{way:?} {step} {recovered:#?}\n{}", perch.log());
            let expected = match step {
                "locked" | "read" | "planned" | "closed" => None,
                "begun" | "tested" => Some(Outcome::Refused),
                "set" => Some(Outcome::PutBack),
                _ => Some(Outcome::Applied),
            };
            assert_eq!(outcome(&recovered), expected, "{way:?} {step} {recovered:#?}");
        }
        // Nothing stands in the way of the next change.
        let report = perch.apply_to(&[id], Family::V4, Absent::Wait, &[edit(STEPS.len())]).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{way:?} {report:#?}");
    }
}

/// Somebody else makes the same class, with another test, before Perch comes back: that is none of its own.
#[test]
fn what_was_never_sent_is_not_taken_back() {
    let class = |test: &str| json!({"name": "voip", "test": test});
    for way in [Way::Agent("2.6.3"), Way::Direct("3.0.4")] {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let edits = [Edit::add(Place::root().class("voip"), class("option[60].hex == 'perch'"))];
        let perch = perch.restart_with_fault("begun=kill");
        let request = for_each(std::iter::once((&id, edits.to_vec())), Family::V4);
        let body = serde_json::to_vec(&request).unwrap();
        let path = ApplyChange::path(&());
        let reply =
            http_client::send(perch.address(), "POST", &path, &[("content-type", "application/json")], &body);
        assert!(reply.is_err(), "{way:?} Perch lives: {reply:?}");
        let theirs = class("option[60].hex == 'other'");
        lab.change(Family::V4, |root| root["client-classes"] = json!([theirs]));
        let perch = perch.start_again(None);
        assert_eq!(outcome(&perch.recovered()), Some(Outcome::Refused), "{way:?}");
        let running = lab.running(Family::V4);
        assert_eq!(running["client-classes"][0]["test"], theirs["test"], "{way:?} {running}");
    }
}

#[test]
fn a_pair_is_before_or_after() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(pair) = HaPair::open(version) else { continue };
        let mut perch = Perch::serve();
        let ids = pair.addresses.each_ref().map(|address| perch.add(&[address]));
        for (round, (step, after)) in PAIR.into_iter().enumerate() {
            perch =
                perch.restart_with_fault(&format!("{step}=kill")).dies_over(&ids, Family::V4, &[edit(round)]);
            let recovered = perch.recovered();
            for lab in &pair.members {
                assert_eq!(
                    there(lab, round),
                    [after, after],
                    "{version} {step} {recovered:#?}\n{}",
                    perch.log()
                );
            }
            pair.wait_until_normal();
            assert_eq!(
                pair.scopes(),
                [vec!["server1".to_owned()], vec![]],
                "{version} {step} {recovered:#?}"
            );
        }
    }
}

#[test]
fn putting_back_is_finished() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(pair) = HaPair::open(version) else { continue };
        let relays = pair.addresses.each_ref().map(|address| Relay::before(address));
        let mut perch = Perch::serve();
        let ids: [ServerId; 2] = relays.each_ref().map(|relay| perch.add(&[&relay.address()]));
        for (round, step) in
            ["put-back", "was-put-back", "put-back:2", "was-put-back:2"].into_iter().enumerate()
        {
            perch = perch.restart_with_fault(&format!("{step}=kill"));
            let refusal = Fault::Answer(json!([{"result": 1, "text": "no such thing"}]));
            relays[0].break_once("config-set", refusal);
            perch = perch.dies_over(&ids, Family::V4, &[edit(round)]);
            let recovered = perch.recovered();
            for lab in &pair.members {
                assert_eq!(there(lab, round), [false, false], "{version} {step} {recovered:#?}");
            }
            assert_eq!(outcome(&recovered), Some(Outcome::PutBack), "{version} {step} {recovered:#?}");
            pair.wait_until_normal();
        }
    }
}
