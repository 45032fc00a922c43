//! A change runs in Kea and stands in its file, whatever the version and the channel.

use crate::{Site, WAYS};
use perch_shared::{
    Family,
    api::{ApplyPhase, GetServer},
    change::Edit,
    option::OptionData,
};
use perch_tests::{
    edits::{add, change, remove, set},
    lab::data,
};
use serde_json::json;

const SERVERS: [(Family, &str, &str, &str); 2] = [
    (Family::V4, "domain-name-servers", "192.0.2.1, 192.0.2.2", "192.0.2.3"),
    (Family::V6, "dns-servers", "2001:db8::1, 2001:db8::2", "2001:db8::3"),
];

#[test]
fn an_option_is_added_changed_and_removed() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        for (family, name, first, second) in SERVERS {
            let apply = |edit: Edit| {
                let edits = [edit];
                let view = perch.options(&id, family).unwrap();
                let preview = perch.preview(&id, family, &view.hash, &edits).unwrap();
                assert_eq!(preview.kea.as_ref().unwrap().result, 0, "{way:?} {preview:#?}");
                assert!(!preview.changed_meanwhile && preview.external.is_empty(), "{way:?} {preview:#?}");
                assert_eq!(preview.differences.len(), 1, "{way:?} {preview:#?}");
                let report = perch.apply(&id, family, preview.hash.as_ref().unwrap(), &edits).unwrap();
                assert!(report.steps.iter().all(|step| step.done), "{way:?} {report:#?}");
                assert_eq!(report.steps.last().unwrap().phase, ApplyPhase::ConfigWrite);
                assert!(report.written.is_some(), "{way:?} {report:#?}");
                let after = perch.options(&id, family).unwrap();
                assert_eq!(report.hash.as_deref(), Some(after.hash.as_str()), "{way:?}");
                after
            };
            let view = apply(add(name, first));
            assert_eq!(data(&lab.running(family), name), Some(first), "{way:?}");
            assert_eq!(data(&lab.written(family), name), Some(first), "{way:?}");
            let view = apply(change(&view, name, second));
            assert_eq!(data(&lab.running(family), name), Some(second), "{way:?}");
            assert_eq!(data(&lab.written(family), name), Some(second), "{way:?}");
            apply(remove(&view, name));
            assert_eq!(data(&lab.running(family), name), None, "{way:?}");
            assert_eq!(data(&lab.written(family), name), None, "{way:?}");
        }
    }
}

#[test]
fn several_edits_are_one_change_and_everything_about_an_option_arrives() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let view = perch.options(&id, Family::V4).unwrap();
        let door = OptionData {
            code: Some(224),
            data: "7, Tür zoë 中".into(),
            always_send: Some(true),
            rest: serde_json::from_value(json!({"user-context": {"comment": "façade", "n": null}})).unwrap(),
            ..OptionData::default()
        };
        let edits = [
            add("domain-name-servers", "192.0.2.9"),
            change(&view, "ntp-servers", "192.0.2.124"),
            set(&door),
            remove(&view, "domain-name"),
        ];
        let preview = perch.preview(&id, Family::V4, &view.hash, &edits).unwrap();
        assert_eq!(preview.kea.as_ref().unwrap().result, 0, "{way:?} {preview:#?}");
        perch.apply(&id, Family::V4, preview.hash.as_ref().unwrap(), &edits).unwrap();
        let (running, written) = (lab.running(Family::V4), lab.written(Family::V4));
        for root in [&running, &written] {
            assert_eq!(data(root, "domain-name-servers"), Some("192.0.2.9"));
            assert_eq!(data(root, "ntp-servers"), Some("192.0.2.124"));
            assert_eq!(data(root, "domain-name"), None);
            let door = root["option-data"].as_array().unwrap().iter().find(|option| option["code"] == 224);
            let door = door.unwrap_or_else(|| panic!("{way:?}: {}", root["option-data"]));
            assert_eq!(door["always-send"], true);
            // Kea prints bytes, one character for each.
            assert_eq!(door["data"], latin_1("7, Tür zoë 中"), "{way:?}");
            assert_eq!(door["user-context"], json!({"comment": latin_1("façade"), "n": null}), "{way:?}");
        }
    }
}

#[test]
fn the_server_page_says_what_kea_says() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let status = perch.call::<GetServer>(&(id.clone(),), &()).unwrap();
        let families: Vec<Family> = status.daemons.iter().map(|daemon| daemon.family).collect();
        assert_eq!(families, Family::ALL, "{way:?}");
        for daemon in &status.daemons {
            assert_eq!(daemon.version, Some(lab.version()), "{way:?}");
            let hooks: Vec<&str> = daemon.hooks.iter().map(|hook| hook.name.as_str()).collect();
            assert_eq!(hooks, ["lease_cmds", "stat_cmds"], "{way:?}");
            let said = lab.ask(daemon.family, &json!({"command": "config-hash-get"}));
            if said["result"] == 0 {
                assert_eq!(daemon.hash.as_deref(), said["arguments"]["hash"].as_str(), "{way:?}");
            } else {
                assert_eq!(daemon.hash, Some(perch.options(&id, daemon.family).unwrap().hash), "{way:?}");
            }
        }
    }
}

fn latin_1(text: &str) -> String {
    text.bytes().map(char::from).collect()
}
