//! A change on a hot-standby pair: what it costs is said before, and the pair is whole afterwards.

use perch_shared::{
    Family,
    api::{DaemonState, GetServer},
};
use perch_tests::{edits::add, lab::HaPair, lab::data, perch::Perch};

#[test]
fn a_change_on_a_pair_says_what_it_costs() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(pair) = HaPair::open(version) else { continue };
        let perch = Perch::serve();
        let ids = pair.addresses.each_ref().map(|address| perch.add(&[address]));
        for (member, id) in ids.iter().enumerate() {
            let status = perch.call::<GetServer>(&(id.clone(),), &()).unwrap();
            let daemon = &status.daemons[0];
            assert_eq!(daemon.state, DaemonState::Ok, "{version} {daemon:#?}");
            let [relationship] = daemon.ha.as_slice() else { panic!("{version} {daemon:#?}") };
            assert_eq!(relationship.mode, "hot-standby");
            assert!(relationship.healthy, "{version} {relationship:#?}");
            let roles = ["primary", "standby"];
            assert_eq!(relationship.local.role, roles[member]);
            assert_eq!(relationship.remote.as_ref().unwrap().role, roles[1 - member]);

            let view = perch.options(id, Family::V4).unwrap();
            let edits = [add("domain-name-servers", "192.0.2.1")];
            let preview = perch.preview(id, Family::V4, &view.hash, &edits).unwrap();
            assert!(!preview.notes.is_empty(), "{version}: a change restarts HA, and nobody says so");
            perch.apply(id, Family::V4, &preview.hash, &edits).unwrap();
            pair.wait_until_normal();
        }
        for lab in &pair.members {
            assert_eq!(data(&lab.running(Family::V4), "domain-name-servers"), Some("192.0.2.1"));
            assert_eq!(data(&lab.written(Family::V4), "domain-name-servers"), Some("192.0.2.1"));
        }
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
