//! Where a hook has one command for a change, Kea gets that and no `config-set`: nothing starts anew, no client waits.

use perch_shared::{
    Family,
    api::{Absent, Outcome, ServerId},
    change::{Edit, Place},
    command::is_read_only,
};
use perch_tests::{
    fault::{Fault, Relay},
    lab::{Access, HaPair, Lab, Mode, ask_socket, load_changing_hooks},
    perch::Perch,
};
use serde_json::json;

const VERSION: &str = "3.0.4";

fn class(name: &str) -> Edit {
    Edit::add(Place::root().class(name), json!({"name": name, "test": "option[60].hex == 'perch'"}))
}

fn has_class(lab: &Lab, name: &str) -> [bool; 2] {
    [lab.running(Family::V4), lab.written(Family::V4)].map(|root| {
        root["client-classes"].as_array().into_iter().flatten().any(|class| class["name"] == name)
    })
}

/// The commands that arrived which may change something.
fn changing(relay: &Relay) -> Vec<String> {
    relay.seen().into_iter().filter(|name| !is_read_only(name)).collect()
}

/// A server behind a relay, with the hooks.
struct Hooked {
    lab: Lab,
    relay: Relay,
    perch: Perch,
    id: ServerId,
}

impl Hooked {
    fn open() -> Option<Self> {
        let mut lab = Lab::open(VERSION)?;
        let relay = Relay::before(&lab.start_direct_with(Family::V4, Access::Open, load_changing_hooks));
        let perch = Perch::serve();
        let id = perch.add(&[&relay.address()]);
        Some(Self { lab, relay, perch, id })
    }
}

/// A pair whose members have the hooks.
struct HookedPair {
    pair: HaPair,
    relays: [Relay; 2],
    perch: Perch,
    ids: [ServerId; 2],
}

impl HookedPair {
    fn open(mode: Mode) -> Option<Self> {
        let pair = HaPair::open_as(VERSION, mode)?;
        for member in &pair.members {
            member.change(Family::V4, load_changing_hooks);
            pair.wait_until_normal();
        }
        let relays = pair.addresses.each_ref().map(|address| Relay::before(address));
        let perch = Perch::serve();
        let ids = relays.each_ref().map(|relay| perch.add(&[&relay.address()]));
        relays.iter().for_each(|relay| drop(relay.seen()));
        Some(Self { pair, relays, perch, ids })
    }
}

#[test]
fn one_command_takes_the_place_of_config_set() {
    let Some(Hooked { lab, relay, perch, id }) = Hooked::open() else { return };
    relay.seen();
    let subnet = Place::root().subnet(230, "10.230.0.0/24");
    let reservation = json!({"hw-address": "02:00:00:00:00:01", "ip-address": "10.230.0.200"});
    let pool = json!({"pool": "10.230.0.10-10.230.0.99"});
    let cases = [
        ("class-add", class("handsets")),
        ("subnet4-add", Edit::add(subnet.clone(), json!({"id": 230, "subnet": "10.230.0.0/24"}))),
        ("subnet4-update", Edit::add(subnet.clone().pool("10.230.0.10-10.230.0.99"), pool.clone())),
        (
            "reservation-add",
            Edit::add(subnet.clone().reservation("hw-address", "02:00:00:00:00:01"), reservation),
        ),
        ("subnet4-update", Edit::remove(subnet.pool("10.230.0.10-10.230.0.99"), pool)),
    ];
    for (command, edit) in cases {
        let what = edit.describe();
        let report = perch.apply_to(std::slice::from_ref(&id), Family::V4, Absent::Wait, &[edit]).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{what} {report:#?}");
        assert_eq!(changing(&relay), [command, "config-write"], "{what}");
        let hash = lab.ask(Family::V4, &json!({"command": "config-hash-get"}))["arguments"]["hash"].take();
        assert_eq!(report.targets[0].hash.as_deref(), hash.as_str(), "{what}");
        assert_eq!(lab.running(Family::V4)["subnet4"], lab.written(Family::V4)["subnet4"], "{what}");
    }
    assert_eq!(has_class(&lab, "handsets"), [true, true]);
}

#[test]
fn a_lost_answer_is_taken_back_without_config_set() {
    let Some(Hooked { lab, relay, perch, id }) = Hooked::open() else { return };
    for (fault, commands) in [
        (Fault::Lost, ["class-add", "class-del"].as_slice()),
        (Fault::Closed, ["class-add"].as_slice()),
        (Fault::Answer(json!([{"result": 1, "text": "no such thing"}])), ["class-add"].as_slice()),
    ] {
        relay.seen();
        relay.break_once("class-add", fault.clone());
        let failed = perch
            .apply_to(std::slice::from_ref(&id), Family::V4, Absent::Wait, &[class("handsets")])
            .unwrap_err();
        assert_eq!(has_class(&lab, "handsets"), [false, false], "{fault:?} {failed:#?}");
        assert_eq!(changing(&relay), commands, "{fault:?} {failed:#?}");
    }
}

#[test]
fn nobody_serves_for_anybody() {
    for mode in [Mode::HotStandby, Mode::LoadBalancing] {
        let Some(HookedPair { pair, relays, perch, ids }) = HookedPair::open(mode) else { return };
        let scopes = pair.scopes();
        let report = perch.apply_to(&ids, Family::V4, Absent::Wait, &[class("handsets")]).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{mode:?} {report:#?}");
        for member in [0, 1] {
            assert_eq!(changing(&relays[member]), ["class-add", "config-write"], "{mode:?} {member}");
            assert_eq!(has_class(&pair.members[member], "handsets"), [true, true], "{mode:?} {member}");
        }
        assert_eq!(pair.scopes(), scopes, "{mode:?}");

        // Where one refuses, the other's is taken back in the same way.
        for member in [0, 1] {
            let refusal = Fault::Answer(json!([{"result": 1, "text": "no such thing"}]));
            relays[member].break_once("class-add", refusal);
            let failed = perch.apply_to(&ids, Family::V4, Absent::Wait, &[class("visitors")]).unwrap_err();
            let seen = relays.each_ref().map(changing);
            for lab in &pair.members {
                assert_eq!(has_class(lab, "visitors"), [false, false], "{mode:?} {member} {failed:#?}");
            }
            let expected = ["class-add", "class-del"];
            assert!(
                seen.iter().flatten().all(|command| expected.contains(&command.as_str())),
                "{mode:?} {member} {seen:?}"
            );
            assert_eq!(pair.scopes(), scopes, "{mode:?} {member}");
        }
    }
}

#[test]
fn killed_on_the_way_a_pair_is_before_or_after() {
    let Some(HookedPair { pair, relays: _relays, mut perch, ids }) = HookedPair::open(Mode::HotStandby)
    else {
        return;
    };
    let steps = [
        ("set", false),
        ("was-set", false),
        ("read-back", false),
        ("set:2", false),
        ("was-set:2", true),
        ("read-back:2", true),
        ("written", true),
    ];
    for (round, (step, after)) in steps.into_iter().enumerate() {
        let name = format!("handsets{round}");
        perch =
            perch.restart_with_fault(&format!("{step}=kill")).dies_over(&ids, Family::V4, &[class(&name)]);
        let recovered = perch.recovered();
        for lab in &pair.members {
            assert_eq!(has_class(lab, &name), [after, after], "{step} {recovered:#?}\n{}", perch.log());
        }
        pair.wait_until_normal();
    }
}

/// The hook's command that takes a subnet back would take along what somebody else has changed in it since.
#[test]
fn what_somebody_else_changed_in_the_same_subnet_stays() {
    let Some(Hooked { lab, relay, perch, id }) = Hooked::open() else { return };
    let prefix = "10.231.0.0/24";
    let subnet = Place::root().subnet(231, prefix);
    let add = Edit::add(subnet.clone(), json!({"id": 231, "subnet": prefix}));
    perch.apply_to(std::slice::from_ref(&id), Family::V4, Absent::Wait, &[add]).unwrap();
    let (socket, before) = (lab.socket(Family::V4), lab.running(Family::V4));
    let mut theirs =
        before["subnet4"].as_array().unwrap().iter().find(|one| one["id"] == 231).unwrap().clone();
    // The hook takes no reservations.
    theirs.as_object_mut().unwrap().remove("reservations");
    theirs["option-data"] = json!([{"name": "log-servers", "data": "10.231.0.1"}]);
    let pool = json!({"pool": "10.231.0.10-10.231.0.99"});
    let with_pool = json!([pool]);
    relay.after("subnet4-update", move || {
        theirs["pools"] = with_pool;
        let update = json!({"command": "subnet4-update", "arguments": {"subnet4": [theirs]}});
        assert_eq!(ask_socket(&socket, &update).unwrap()["result"], 0);
    });
    relay.break_once("subnet4-update", Fault::Lost);
    let edit = Edit::add(subnet.pool("10.231.0.10-10.231.0.99"), pool);
    let failed = perch.apply_to(std::slice::from_ref(&id), Family::V4, Absent::Wait, &[edit]).unwrap_err();
    let running = lab.running(Family::V4);
    let now = running["subnet4"].as_array().unwrap().iter().find(|one| one["id"] == 231).unwrap();
    assert_eq!(now["pools"], json!([]), "{failed:#?}");
    assert_eq!(now["option-data"][0]["data"], "10.231.0.1", "{failed:#?}");
}
