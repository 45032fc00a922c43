//! What a change does not name stays as it is, byte for byte.

use crate::{Fragile, Site, WAYS};
use perch_shared::{Family, api::ReloadConfiguration};
use perch_tests::{
    edits::{add, remove},
    fault::Fault,
    lab::{Lab, data},
};
use serde_json::{Value, json};

#[test]
fn adding_and_removing_leaves_everything_else_as_it_was() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        for family in Family::ALL {
            let before = lab.running(family);
            let comment = before["user-context"]["comment"].as_str().unwrap();
            assert!(comment.contains("zo\u{c3}\u{ab} \u{e4}\u{b8}\u{ad}"), "Kea prints bytes: {comment}");
            let name = if family == Family::V4 { "domain-name-servers" } else { "dns-servers" };
            let value = if family == Family::V4 { "192.0.2.1" } else { "2001:db8::1" };
            // Three times: text that is damaged a little is damaged more every time.
            for _ in 0..3 {
                let view = perch.options(&id, family).unwrap();
                perch.apply(&id, family, &view.hash, &[add(name, value)]).unwrap();
                let view = perch.options(&id, family).unwrap();
                perch.apply(&id, family, &view.hash, &[remove(&view, name)]).unwrap();
            }
            assert_eq!(lab.running(family), before, "{way:?} {family}");
            assert_eq!(lab.written(family), before, "{way:?} {family}: the file");
        }
    }
}

#[test]
fn what_subnets_inherit_stays_inherited() {
    for version in ["2.2.0", "2.6.3", "3.0.4"] {
        let Some(Fragile { lab, perch, id, relay }) = Fragile::open(version) else { continue };
        let view = perch.options(&id, Family::V4).unwrap();
        let edits = [add("domain-name-servers", "192.0.2.1")];
        relay.bodies();
        // The first one fails after Kea carried it out, so that the earlier configuration is put back.
        relay.break_once("config-set", Fault::Lost);
        perch.apply(&id, Family::V4, &view.hash, &edits).unwrap_err();
        perch.apply(&id, Family::V4, &view.hash, &edits).unwrap();
        let mut sent = relay.bodies();
        sent.retain(|command| command["command"] == "config-set");
        assert_eq!(sent.len(), 3, "{version}: a change, what was there before, the change again");
        for (which, command) in ["a change", "putting back", "a change again"].iter().zip(&sent) {
            inherits(&lab, &command["arguments"]["Dhcp4"], &format!("{version}, {which}"));
        }
    }
}

/// Kea itself says whether a lifetime is inherited: what Perch sent, with other global ones.
fn inherits(lab: &Lab, sent: &Value, which: &str) {
    let mut root = sent.clone();
    root["valid-lifetime"] = json!(9000);
    root["rebind-timer"] = json!(2500);
    let answer = lab.ask(Family::V4, &json!({"command": "config-set", "arguments": {"Dhcp4": root}}));
    assert_eq!(answer["result"], 0, "{which} {answer}");
    let running = lab.running(Family::V4);
    let values = |subnets: &Value, key: &str| -> Vec<i64> {
        subnets.as_array().unwrap().iter().map(|subnet| subnet[key].as_i64().unwrap()).collect()
    };
    let subnets = &running["subnet4"];
    assert_eq!(values(subnets, "valid-lifetime"), [9000, 600], "{which}: subnet 2 has its own");
    assert_eq!(values(subnets, "rebind-timer"), [2500, 2500], "{which}");
    let hall = &running["shared-networks"][0];
    assert_eq!(hall["valid-lifetime"], 9000, "{which}");
    assert_eq!(values(&hall["subnet4"], "valid-lifetime"), [9000, 9000], "{which}");
}

#[test]
fn reloading_takes_back_what_was_not_written() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        lab.change(Family::V4, |root| root["valid-lifetime"] = json!(7777));
        let said = perch.call::<ReloadConfiguration>(&(id, Family::V4), &()).unwrap();
        assert_eq!(said.result, 0, "{way:?} {said:?}");
        let running = lab.running(Family::V4);
        assert_eq!(running["valid-lifetime"], 4000, "{way:?}");
        assert_eq!(data(&running, "domain-name"), Some("branch.example"), "{way:?}");
    }
}
