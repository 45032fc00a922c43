//! One change with other edits for each partner: what each lacks comes from the other, on both or on none.

use perch_shared::{
    Family,
    api::{
        ApplyChange, ChangeQuery, ChangeRequest, Endpoint as _, ErrorCode, GetChange, Outcome, PreviewChange,
        ServerId, UndoChange,
    },
    change::Edit,
};
use perch_tests::{
    edits::{add, add_code, for_each},
    fault::{Fault, Relay},
    lab::{HaPair, Mode, data},
    perch::{Perch, failure},
};
use serde_json::json;

const VERSIONS: [&str; 2] = ["2.6.3", "3.0.4"];
const MODES: [Mode; 2] = [Mode::HotStandby, Mode::LoadBalancing];
/// What server1 has and server2 lacks, and the other way round.
const NAMES: [&str; 2] = ["time-servers", "log-servers"];
const VALUES: [&str; 2] = ["192.0.2.1", "192.0.2.2"];

/// Two partners, each of which lacks an option that the other has.
struct Drifted {
    pair: HaPair,
    relays: [Relay; 2],
    perch: Perch,
    ids: [ServerId; 2],
}

impl Drifted {
    fn open(version: &str) -> Option<Self> {
        Self::open_as(version, Mode::HotStandby)
    }

    fn open_as(version: &str, mode: Mode) -> Option<Self> {
        let pair = HaPair::open_as(version, mode)?;
        for (member, lab) in pair.members.iter().enumerate() {
            lab.change(Family::V4, |root| {
                let option = json!({"name": NAMES[member], "data": VALUES[member]});
                root["option-data"].as_array_mut().unwrap().push(option);
            });
            lab.ask(Family::V4, &json!({"command": "config-write"}));
        }
        pair.wait_until_normal();
        let relays = pair.addresses.each_ref().map(|address| Relay::before(address));
        let perch = Perch::serve();
        let ids = relays.each_ref().map(|relay| perch.add(&[&relay.address()]));
        Some(Self { pair, relays, perch, ids })
    }

    /// Each partner gets what the other has.
    fn exchange(&self) -> ChangeRequest {
        let edits = [1, 0].map(|other| vec![add(NAMES[other], VALUES[other])]);
        for_each(self.ids.iter().zip(edits), Family::V4)
    }

    /// Which of the options each partner runs, and which stand in its file.
    fn there(&self) -> [[[bool; 2]; 2]; 2] {
        self.pair.members.each_ref().map(|lab| {
            [lab.running(Family::V4), lab.written(Family::V4)]
                .map(|root| NAMES.map(|name| data(&root, name).is_some()))
        })
    }
}

const APART: [[[bool; 2]; 2]; 2] = [[[true, false]; 2], [[false, true]; 2]];
const ALIKE: [[[bool; 2]; 2]; 2] = [[[true; 2]; 2]; 2];

#[test]
fn each_partner_gets_its_own_edits_and_one_undo_takes_them_back() {
    for (version, mode) in VERSIONS.into_iter().flat_map(|version| MODES.map(|mode| (version, mode))) {
        let Some(site) = Drifted::open_as(version, mode) else { continue };
        let scopes = site.pair.scopes();
        assert_eq!(site.there(), APART, "{version} {mode:?}");
        let request = site.exchange();
        let preview = site.perch.call::<PreviewChange>(&(), &request).unwrap();
        let differences = preview.targets.iter().map(|target| target.differences.len());
        assert_eq!(differences.collect::<Vec<_>>(), [1, 1], "{version} {mode:?} {preview:#?}");

        let report = site.perch.call::<ApplyChange>(&(), &request).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{version} {mode:?} {report:#?}");
        assert_eq!(site.there(), ALIKE, "{version} {mode:?}");

        // One line in the history, which says what went where.
        let id = report.id.unwrap();
        let change = site.perch.call::<GetChange>(&(id.clone(),), &ChangeQuery::default()).unwrap();
        let lists: Vec<usize> = change.record.places.iter().map(|place| place.list).collect();
        assert_eq!((lists, change.lists.len()), (vec![0, 1], 2), "{version} {mode:?} {change:#?}");

        let drafts = site.perch.call::<UndoChange>(&(id.clone(),), &()).unwrap();
        let [one, other] = drafts.as_slice() else { panic!("{version} {mode:?} {drafts:#?}") };
        let edits: Vec<(&ServerId, Vec<Edit>)> =
            [one, other].map(|draft| (&draft.targets[0].server, draft.edits.clone())).into();
        let undo = ChangeRequest { undoes: Some(id), ..for_each(edits.into_iter(), Family::V4) };
        let report = site.perch.call::<ApplyChange>(&(), &undo).unwrap();
        assert_eq!(report.outcome, Outcome::Applied, "{version} {mode:?} {report:#?}");
        assert_eq!(site.there(), APART, "{version} {mode:?}");
        site.pair.wait_until_normal();
        assert_eq!(site.pair.scopes(), scopes, "{version} {mode:?}");
    }
}

#[test]
fn where_one_partner_refuses_its_edits_the_other_does_not_get_its_own() {
    for version in VERSIONS {
        let Some(site) = Drifted::open(version) else { continue };
        for (member, command) in
            [(0, "config-test"), (1, "config-test"), (0, "config-set"), (1, "config-set")]
        {
            let refusal = Fault::Answer(json!([{"result": 1, "text": "no such thing"}]));
            site.relays[member].break_once(command, refusal);
            let failed = site.perch.call::<ApplyChange>(&(), &site.exchange()).unwrap_err();
            assert_eq!(failed.body.code, ErrorCode::Refused, "{version} {command} {failed:#?}");
            assert_eq!(site.there(), APART, "{version} {command} {failed:#?}");
            site.pair.wait_until_normal();
        }
    }
}

#[test]
fn killed_on_the_way_both_partners_have_their_edits_or_neither() {
    for version in VERSIONS {
        let Some(Drifted { pair, relays: _relays, mut perch, ids }) = Drifted::open(version) else {
            continue;
        };
        let steps =
            [("set", false), ("was-set", false), ("set:2", false), ("was-set:2", true), ("written", true)];
        for (round, (step, after)) in steps.into_iter().enumerate() {
            let codes = [230, 240].map(|base| base + u16::try_from(round).unwrap());
            let edits = codes.map(|code| vec![add_code(code, "0A")]);
            let request = for_each(ids.iter().zip(edits), Family::V4);
            perch = perch.restart_with_fault(&format!("{step}=kill")).dies_over_change(&request);
            let recovered = perch.recovered();
            for (member, lab) in pair.members.iter().enumerate() {
                for root in [lab.running(Family::V4), lab.written(Family::V4)] {
                    let has = |code: u16| {
                        root["option-data"].as_array().unwrap().iter().any(|option| option["code"] == code)
                    };
                    let what = format!("{version} {step} member {member} {recovered:#?}\n{}", perch.log());
                    assert_eq!(has(codes[member]), after, "{what}");
                    assert!(!has(codes[1 - member]), "the other's edits: {what}");
                }
            }
            pair.wait_until_normal();
        }
    }
}

#[test]
fn edits_for_nobody_are_refused() {
    let Some(site) = Drifted::open(VERSIONS[1]) else { return };
    let both = ChangeRequest { edits: vec![add_code(230, "0A")], ..site.exchange() };
    let refused = site.perch.call::<ApplyChange>(&(), &both).unwrap_err();
    assert_eq!((refused.status, refused.body.code), (422, ErrorCode::Invalid), "{refused:#?}");
    // Where one has none of its own, the change's are for that one; without any there is nothing to do.
    let mut some = site.exchange();
    some.targets[0].edits.clear();
    let body = serde_json::to_vec(&some).unwrap();
    let headers = [("content-type", "application/json")];
    let reply = site.perch.send("POST", &ApplyChange::path(&()), &headers, &body);
    assert_eq!(failure(&reply).status, 422, "{}", reply.text());
    assert_eq!(site.there(), APART);
}

#[test]
fn a_conflict_says_whose_edit_it_is() {
    for version in VERSIONS {
        let Some(site) = Drifted::open(version) else { continue };
        let request = site.exchange();
        // What the second is to get is made there by somebody else, with another value.
        site.pair.members[1].change(Family::V4, |root| {
            let option = json!({"name": NAMES[0], "data": "192.0.2.9"});
            root["option-data"].as_array_mut().unwrap().push(option);
        });
        for refused in [
            site.perch.call::<PreviewChange>(&(), &request).map(drop),
            site.perch.call::<ApplyChange>(&(), &request).map(drop),
        ] {
            let refused = refused.unwrap_err();
            let [conflict] = refused.body.conflicts.as_slice() else { panic!("{version} {refused:#?}") };
            let whose = (site.ids[1].clone(), Family::V4);
            assert_eq!(
                (conflict.index, conflict.target.as_ref()),
                (0, Some(&whose)),
                "{version} {refused:#?}"
            );
        }
    }
}
