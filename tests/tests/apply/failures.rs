//! Whatever goes wrong on the way, Kea runs either the change or what it ran before, and Perch says which.

use crate::{Fragile, Site, WAYS, Way};
use perch_shared::{
    Family,
    api::{ApplyPhase, ErrorCode},
    option::OptionData,
};
use perch_tests::{
    edits::{add, set},
    fault::Fault,
    lab::data,
};
use serde_json::{Value, json};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

const SERVERS: &str = "domain-name-servers";

#[test]
fn a_killed_kea_loses_nothing_and_works_again_after_its_restart() {
    for way in WAYS {
        let Some(Site { mut lab, perch, id }) = Site::open(way) else { continue };
        let edits = [add(SERVERS, "192.0.2.1")];
        let view = perch.options(&id, Family::V4).unwrap();
        let preview = perch.preview(&id, Family::V4, &view.hash, &edits).unwrap();
        let before = lab.running(Family::V4);
        lab.kill(Family::V4);
        for failure in [
            perch.apply(&id, Family::V4, preview.hash.as_ref().unwrap(), &edits).unwrap_err(),
            perch.preview(&id, Family::V4, preview.hash.as_ref().unwrap(), &edits).unwrap_err(),
            perch.options(&id, Family::V4).unwrap_err(),
        ] {
            assert_eq!((failure.status, failure.body.code), (502, ErrorCode::Unreachable), "{way:?}");
            assert!(failure.body.help.is_some(), "{way:?}: no remedy in {failure:#?}");
        }
        lab.restart(Family::V4);
        assert_eq!(lab.running(Family::V4), before, "{way:?}");
        perch.apply(&id, Family::V4, preview.hash.as_ref().unwrap(), &edits).unwrap();
        assert_eq!(data(&lab.running(Family::V4), SERVERS), Some("192.0.2.1"), "{way:?}");
        assert_eq!(data(&lab.written(Family::V4), SERVERS), Some("192.0.2.1"), "{way:?}");
    }
}

#[test]
fn a_refusal_of_config_test_changes_nothing_and_is_told_word_for_word() {
    // Kea reads the password's file again with every configuration.
    let Some(Site { lab, perch, id }) = Site::open(Way::Direct("3.0.4")) else { return };
    let edits = [add(SERVERS, "192.0.2.1")];
    let view = perch.options(&id, Family::V4).unwrap();
    let before = lab.running(Family::V4);
    fs::remove_file(lab.folder().join("etc/password")).unwrap();
    let said = lab.ask(Family::V4, &json!({"command": "config-test", "arguments": {"Dhcp4": before}}));
    assert_ne!(said["result"], 0, "this test needs a refusal: {said}");
    let path = said["text"].as_str().unwrap().split("etc/password").next().unwrap().to_owned();

    let preview = perch.preview(&id, Family::V4, &view.hash, &edits).unwrap();
    assert_eq!(preview.kea.as_ref().unwrap().result, said["result"].as_i64().unwrap(), "{preview:#?}");
    assert!(preview.kea.as_ref().unwrap().text.contains(&path), "{preview:#?}\n{said}");
    let refused = perch.apply(&id, Family::V4, &view.hash, &edits).unwrap_err();
    assert_eq!((refused.status, refused.body.code), (422, ErrorCode::Refused), "{refused:#?}");
    let kea = refused.body.kea.as_ref().unwrap();
    assert_eq!((kea.command.as_str(), &kea.text), ("config-test", &preview.kea.as_ref().unwrap().text));
    let phases: Vec<ApplyPhase> = refused.report().steps.iter().map(|step| step.phase).collect();
    assert_eq!(phases, [ApplyPhase::Compare, ApplyPhase::ConfigTest]);
    assert_eq!(lab.running(Family::V4), before);
    assert_eq!(data(&lab.written(Family::V4), SERVERS), None);
}

#[test]
fn what_kea_checks_is_what_it_runs() {
    for version in ["2.2.0", "2.6.3", "3.0.4"] {
        let Some(Fragile { lab, perch, id, relay }) = Fragile::open(version) else { continue };
        let view = perch.options(&id, Family::V4).unwrap();
        relay.bodies();
        perch.apply(&id, Family::V4, &view.hash, &[add(SERVERS, "192.0.2.1")]).unwrap();
        let sent = relay.bodies();
        let [checked, set] = ["config-test", "config-set"].map(|name| {
            let found = sent.iter().find(|command| command["command"] == name);
            found.unwrap_or_else(|| panic!("{version}: {name} was not sent"))["arguments"].clone()
        });
        assert_eq!(checked, set, "{version}");
        assert_eq!(data(&set["Dhcp4"], SERVERS), Some("192.0.2.1"), "{version}");
        assert!(set.get("hash").is_none(), "{version}: Kea refuses its own hash");
        drop(lab);
    }
}

/// A key that Kea does not know is refused by Kea, in its own words, unless Perch's rules know it already.
#[test]
fn a_refusal_over_the_edit_itself_changes_nothing() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let view = perch.options(&id, Family::V4).unwrap();
        let before = lab.running(Family::V4);
        let after = OptionData {
            name: SERVERS.into(),
            data: "192.0.2.1".into(),
            rest: serde_json::from_value(json!({"surprise": 1})).unwrap(),
            ..OptionData::default()
        };
        let edits = [set(&after)];
        let refused = perch.apply(&id, Family::V4, &view.hash, &edits).unwrap_err();
        assert_eq!(refused.status, 422, "{way:?} {refused:#?}");
        let said = refused
            .body
            .kea
            .map(|said| said.text)
            .or_else(|| Some(refused.body.diagnostics.first()?.message.clone()));
        assert!(said.as_ref().is_some_and(|said| said.contains("surprise")), "{way:?} {said:?}");
        assert_eq!(lab.running(Family::V4), before, "{way:?}");
    }
}

#[test]
fn perchs_own_rules_refuse_before_kea_is_asked() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let view = perch.options(&id, Family::V4).unwrap();
        let before = lab.running(Family::V4);
        for (name, wrong) in [(SERVERS, "192.0.2.300"), (SERVERS, "ns.example"), ("interface-mtu", "70000")] {
            let edits = [add(name, wrong)];
            let preview = perch.preview(&id, Family::V4, &view.hash, &edits).unwrap();
            assert!(preview.diagnostics.iter().any(|found| found.is_error()), "{way:?} {wrong} {preview:#?}");
            assert_ne!(
                preview.kea.as_ref().unwrap().result,
                0,
                "{way:?}: Kea takes {wrong}, so Perch must not refuse it"
            );
            let refused = perch.apply(&id, Family::V4, &view.hash, &edits).unwrap_err();
            assert_eq!(
                (refused.status, refused.body.code),
                (422, ErrorCode::Invalid),
                "{way:?} {refused:#?}"
            );
            assert!(!refused.body.diagnostics.is_empty(), "{way:?}");
        }
        assert_eq!(lab.running(Family::V4), before, "{way:?}");
    }
}

/// Gives Kea a hook library that refuses to load when its script is gone: `config-test` does not see that,
/// `config-set` fails over it and leaves Kea deaf.
fn with_script(root: &mut Value, folder: &Path) {
    write_script(folder);
    let inside = folder.file_name().unwrap().to_str().unwrap();
    let library = root["hooks-libraries"][0]["library"].as_str().unwrap().replace("lease_cmds", "run_script");
    let hook = json!({"library": library, "parameters": {"name": format!("/{inside}/data/script.sh"), "sync": false}});
    root["hooks-libraries"].as_array_mut().unwrap().push(hook);
}

fn write_script(folder: &Path) {
    let script = folder.join("data/script.sh");
    fs::write(&script, "#!/bin/sh\n").unwrap();
    fs::set_permissions(script, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_config_set_that_fails_is_put_back() {
    for version in ["2.2.0", "2.6.3", "3.0.4"] {
        let Some(site) = Fragile::open_with(version, with_script) else { continue };
        let Fragile { lab, perch, id, relay } = &site;
        let edits = [add(SERVERS, "192.0.2.1")];
        let view = perch.options(id, Family::V4).unwrap();
        let before = (lab.running(Family::V4), commands(&site));
        fs::remove_file(lab.folder().join("data/script.sh")).unwrap();
        // The script is back before Perch hears of the failure: what it puts back can be loaded.
        let folder = lab.folder();
        relay.after("config-set", move || write_script(&folder));
        relay.seen();

        let failed = perch.apply(id, Family::V4, &view.hash, &edits).unwrap_err();
        assert_eq!((failed.status, failed.body.code), (422, ErrorCode::Refused), "{version} {failed:#?}");
        assert_eq!(failed.body.kea.as_ref().unwrap().command, "config-set", "{version}");
        let report = failed.report();
        let last = report.steps.last().unwrap();
        assert_eq!((last.phase, last.done), (ApplyPhase::PutBack, true), "{version} {report:#?}");
        let sent = relay.seen().iter().filter(|command| *command == "config-set").count();
        assert_eq!(sent, 2, "{version}: the change once, what was there before once");
        assert_eq!((lab.running(Family::V4), commands(&site)), before, "{version}");
        assert_eq!(data(&lab.written(Family::V4), SERVERS), None, "{version}");
        perch.apply(id, Family::V4, &view.hash, &edits).unwrap();
        assert_eq!(data(&lab.written(Family::V4), SERVERS), Some("192.0.2.1"), "{version}");
    }
}

#[test]
fn a_failure_that_cannot_be_put_back_is_said_with_what_to_do() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(site) = Fragile::open_with(version, with_script) else { continue };
        let Fragile { lab, perch, id, .. } = &site;
        let edits = [add(SERVERS, "192.0.2.1")];
        let view = perch.options(id, Family::V4).unwrap();
        fs::remove_file(lab.folder().join("data/script.sh")).unwrap();
        let failed = perch.apply(id, Family::V4, &view.hash, &edits).unwrap_err();
        let report = failed.report();
        let last = report.steps.last().unwrap();
        assert_eq!((last.phase, last.done), (ApplyPhase::PutBack, false), "{version} {failed:#?}");
        assert!(failed.body.help.as_ref().unwrap().contains("kea-dhcp4"), "{version} {failed:#?}");
        assert!(failed.body.message.contains("could not"), "{version} {failed:#?}");
        // What the help says works: the file on disk was not touched.
        write_script(&lab.folder());
        let said = lab.ask(Family::V4, &json!({"command": "config-reload"}));
        assert_eq!(said["result"], 0, "{said}");
        assert_eq!(perch.options(id, Family::V4).unwrap().hash, view.hash, "{version}");
    }
}

#[test]
fn an_answer_that_is_lost_after_config_set_is_found_out_by_reading() {
    for version in ["2.2.0", "2.6.3", "3.0.4"] {
        for fault in [Fault::Lost, Fault::Cut, Fault::Garbage, Fault::Html, Fault::Closed, Fault::Never] {
            let Some(site) = Fragile::open(version) else { continue };
            let Fragile { lab, perch, id, relay } = &site;
            let edits = [add(SERVERS, "192.0.2.1")];
            let view = perch.options(id, Family::V4).unwrap();
            let before = lab.running(Family::V4);
            relay.break_once("config-set", fault.clone());
            let failed = perch.apply(id, Family::V4, &view.hash, &edits).unwrap_err();
            let expected = if fault == Fault::Never { 504 } else { 502 };
            assert_eq!(failed.status, expected, "{version} {fault:?} {failed:#?}");
            let report = failed.report();
            let last = report.steps.last().unwrap();
            assert_eq!(
                (last.phase, last.done),
                (ApplyPhase::PutBack, true),
                "{version} {fault:?} {failed:#?}"
            );
            assert_eq!(lab.running(Family::V4), before, "{version} {fault:?}");
            assert_eq!(data(&lab.written(Family::V4), SERVERS), None, "{version} {fault:?}");
        }
    }
}

#[test]
fn a_file_that_kea_cannot_write_is_said_and_the_change_runs() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let file = lab.config_file(Family::V4);
        let aside = file.with_extension("aside");
        fs::rename(&file, &aside).unwrap();
        // A folder of that name cannot be written as a file, not even by root.
        fs::create_dir(&file).unwrap();
        let view = perch.options(&id, Family::V4).unwrap();
        let report = perch.apply(&id, Family::V4, &view.hash, &[add(SERVERS, "192.0.2.1")]).unwrap();
        assert_eq!(report.written, None, "{way:?}");
        let last = report.steps.last().unwrap();
        assert_eq!((last.phase, last.done), (ApplyPhase::ConfigWrite, false), "{way:?}");
        assert!(last.text.contains("dhcp4.json"), "{way:?}: {last:?}");
        assert!(last.remedy.as_ref().is_some_and(|remedy| remedy.contains("restart")), "{way:?}: {last:?}");
        assert_eq!(data(&lab.running(Family::V4), SERVERS), Some("192.0.2.1"), "{way:?}");
        fs::remove_dir(&file).unwrap();
        fs::rename(&aside, &file).unwrap();
        assert_eq!(data(&lab.written(Family::V4), SERVERS), None, "{way:?}");
    }
}

fn commands(site: &Fragile) -> Value {
    site.lab.ask(Family::V4, &json!({"command": "list-commands"}))["arguments"].clone()
}
