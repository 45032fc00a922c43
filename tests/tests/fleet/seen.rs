//! What somebody else changes, and what Perch changes itself, as its pages hear of it.

use super::{quick, view};
use perch_shared::{
    Family,
    api::{ChangeStage, Event, ListExternalChanges, ReasonCode},
};
use perch_tests::{
    edits::add,
    events::Events,
    lab::{Access, Lab, VERSIONS},
    wait,
};
use serde_json::json;
use std::time::Instant;

#[test]
fn an_external_change_is_seen_within_an_interval_on_every_version() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        let perch = quick();
        let id = perch.add(&[&lab.start_behind_agent(Access::Open)]);
        wait::until("the first look", || {
            let status = view(&perch).servers.remove(0);
            let seen = status.daemons.iter().all(|daemon| daemon.hash.is_some());
            if seen { Ok(()) } else { Err(format!("{status:?}")) }
        });
        let mut events = Events::listen(&perch, None);
        let start = Instant::now();
        lab.change(Family::V4, |root| root["valid-lifetime"] = 4567.into());
        events.until("about the change", |event| {
            matches!(event, Event::Configuration { server, daemon: Family::V4, external: true, .. } if *server == id)
        });
        println!("{version}: an external change was told after {:?}, interval 1 s", start.elapsed());
        let changes = perch.call::<ListExternalChanges>(&(), &()).unwrap();
        let [change] = changes.as_slice() else { panic!("{version} {changes:#?}") };
        assert!(change.compared, "{change:#?}");
        let lifetime = change.differences.iter().find(|found| found.path == "valid-lifetime");
        assert_eq!(lifetime.unwrap().after, Some(json!(4567)), "{change:#?}");
    }
}

#[test]
fn perchs_own_change_is_nobody_elses() {
    let Some(mut lab) = Lab::open("3.0.4") else { return };
    let perch = quick();
    let id = perch.add(&[&lab.start_direct(Family::V4, Access::Open)]);
    let mut events = Events::listen(&perch, None);
    let view_before = perch.options(&id, Family::V4).unwrap();
    let report =
        perch.apply(&id, Family::V4, &view_before.hash, &[add("domain-name-servers", "192.0.2.1")]).unwrap();
    let hash = report.hash.unwrap();
    for wanted in [ChangeStage::Began, ChangeStage::Applied] {
        events.until(
            "about the change's steps",
            |event| matches!(event, Event::Change { step, .. } if *step == wanted),
        );
    }
    events.until(
        "about the own change",
        |event| matches!(event, Event::Configuration { hash: now, external: false, .. } if *now == hash),
    );
    assert_eq!(perch.call::<ListExternalChanges>(&(), &()).unwrap(), []);

    // The stream is resumed behind what was heard already.
    let last = events.last.clone().unwrap();
    drop(events);
    lab.change(Family::V4, |root| root["valid-lifetime"] = 4567.into());
    wait::until("the external change", || {
        let seen = perch.call::<ListExternalChanges>(&(), &()).unwrap();
        if seen.is_empty() { Err("not yet".to_owned()) } else { Ok(()) }
    });
    let mut resumed = Events::listen(&perch, Some(&last));
    resumed.until("that was missed", |event| matches!(event, Event::Configuration { external: true, .. }));
    assert_eq!(Events::listen(&perch, Some("0000-1")).hear(), Event::Missed);
}

#[test]
fn a_hook_command_of_somebody_else_is_not_in_the_file() {
    let Some(mut lab) = Lab::open("3.0.4") else { return };
    let perch = quick();
    let address = lab.start_direct_with(Family::V4, Access::Open, |root| {
        let mut hook = root["hooks-libraries"][0].clone();
        hook["library"] = hook["library"].as_str().unwrap().replace("lease_cmds", "subnet_cmds").into();
        root["hooks-libraries"].as_array_mut().unwrap().push(hook);
    });
    perch.add(&[&address]);
    let reasons = || {
        let status = view(&perch).servers.remove(0);
        status.daemons[0].reasons.iter().map(|reason| reason.code).collect::<Vec<_>>()
    };
    // Kea counts whole seconds since it loaded its file: what happens in the first ones looks like a load.
    wait::until("the load to be over", || {
        let status = view(&perch).servers.remove(0);
        if status.daemons[0].reload > Some(4) { Ok(()) } else { Err(format!("{status:?}")) }
    });
    let subnet = json!({"id": 900, "subnet": "203.0.113.0/24"});
    let answer = lab.ask(Family::V4, &json!({"command": "subnet4-add", "arguments": {"subnet4": [subnet]}}));
    assert_eq!(answer["result"], 0, "{answer}");
    wait::until("the reason", || match reasons() {
        seen if seen == [ReasonCode::PerhapsNotWritten] => Ok(()),
        seen => Err(format!("{seen:?}")),
    });
    lab.restart(Family::V4);
    wait::until(
        "the restart",
        || if reasons().is_empty() { Ok(()) } else { Err(format!("{:?}", reasons())) },
    );
}
