//! What somebody else changes between reading and saving is shown and kept, never overwritten.

use crate::{Site, WAYS};
use perch_shared::Family;
use perch_tests::{
    edits::{add, change},
    lab::data,
};
use serde_json::json;

#[test]
fn a_change_of_something_else_is_shown_and_kept() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let view = perch.options(&id, Family::V4).unwrap();
        let edits = [add("domain-name-servers", "192.0.2.1")];
        lab.change(Family::V4, |root| root["valid-lifetime"] = json!(7300));

        let refused = perch.apply(&id, Family::V4, &view.hash, &edits).unwrap_err();
        assert_eq!(refused.status, 409, "{way:?} {refused:#?}");
        let running = lab.running(Family::V4);
        assert_eq!(running["valid-lifetime"], 7300, "{way:?}: the other change is lost");
        assert_eq!(data(&running, "domain-name-servers"), None, "{way:?}");

        let preview = perch.preview(&id, Family::V4, &view.hash, &edits).unwrap();
        assert!(preview.changed_meanwhile, "{way:?}");
        let external: Vec<&str> =
            preview.external.iter().map(|difference| difference.path.as_str()).collect();
        // Kea prints the global lifetime into what inherits it; sent back by the other console it is set there.
        assert!(external.contains(&"valid-lifetime"), "{way:?} {external:?}");
        assert!(external.iter().all(|path| path.contains("lifetime")), "{way:?} {external:?}");
        assert_eq!(preview.differences.len(), 1, "{way:?} {preview:#?}");

        perch.apply(&id, Family::V4, preview.hash.as_ref().unwrap(), &edits).unwrap();
        let running = lab.running(Family::V4);
        assert_eq!(running["valid-lifetime"], 7300, "{way:?}: the other change is lost");
        assert_eq!(data(&running, "domain-name-servers"), Some("192.0.2.1"), "{way:?}");
    }
}

#[test]
fn a_change_of_the_same_option_is_refused_with_both_sides() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let view = perch.options(&id, Family::V4).unwrap();
        let edits = [change(&view, "domain-name", "ours.example"), add("time-servers", "192.0.2.4")];
        lab.change(Family::V4, |root| {
            for option in root["option-data"].as_array_mut().unwrap() {
                if option["name"] == "domain-name" {
                    option["data"] = json!("theirs.example");
                }
            }
        });
        let now = perch.options(&id, Family::V4).unwrap();
        for refused in [
            perch.preview(&id, Family::V4, &view.hash, &edits).unwrap_err(),
            // Even with today's hash: the edit itself says what it expects.
            perch.apply(&id, Family::V4, &now.hash, &edits).unwrap_err(),
        ] {
            assert_eq!(refused.status, 409, "{way:?} {refused:#?}");
            let [conflict] = refused.body.conflicts.as_slice() else { panic!("{way:?} {refused:#?}") };
            let sides = [&conflict.expected, &conflict.found, &conflict.wanted]
                .map(|side| side.as_ref().map(|option| option["data"].as_str().unwrap_or_default()));
            assert_eq!(
                sides,
                [Some("branch.example"), Some("theirs.example"), Some("ours.example")],
                "{way:?}"
            );
        }
        assert_eq!(perch.apply(&id, Family::V4, &view.hash, &edits).unwrap_err().status, 409, "{way:?}");
        let running = lab.running(Family::V4);
        assert_eq!(data(&running, "domain-name"), Some("theirs.example"), "{way:?}");
        assert_eq!(data(&running, "time-servers"), None, "{way:?}: half of the change was made");
        assert_eq!(data(&lab.written(Family::V4), "domain-name"), Some("branch.example"), "{way:?}");
    }
}

#[test]
fn an_option_that_appeared_is_not_added_a_second_time() {
    for way in WAYS {
        let Some(Site { lab, perch, id }) = Site::open(way) else { continue };
        let view = perch.options(&id, Family::V6).unwrap();
        lab.change(Family::V6, |root| {
            let option = json!({"name": "dns-servers", "data": "2001:db8::aa"});
            root["option-data"].as_array_mut().unwrap().push(option);
        });
        let edits = [add("dns-servers", "2001:db8::bb")];
        let refused = perch.preview(&id, Family::V6, &view.hash, &edits).unwrap_err();
        assert_eq!(refused.status, 409, "{way:?} {refused:#?}");
        let found = refused.body.conflicts[0]
            .found
            .as_ref()
            .map(|option| option["data"].as_str().unwrap_or_default());
        assert_eq!(found, Some("2001:db8::aa"), "{way:?}");
        assert_eq!(data(&lab.running(Family::V6), "dns-servers"), Some("2001:db8::aa"), "{way:?}");
    }
}

#[test]
fn two_consoles_that_save_at_once_do_not_lose_one_another() {
    let Some(Site { lab, perch, id }) = Site::open(WAYS[1]) else { return };
    let view = perch.options(&id, Family::V4).unwrap();
    let save = |name: &str, data: &str| perch.apply(&id, Family::V4, &view.hash, &[add(name, data)]);
    let results = std::thread::scope(|scope| {
        let one = scope.spawn(|| save("domain-name-servers", "192.0.2.1"));
        let two = scope.spawn(|| save("time-servers", "192.0.2.2"));
        [one.join().unwrap(), two.join().unwrap()]
    });
    let statuses =
        results.each_ref().map(|result| result.as_ref().map_or_else(|failure| failure.status, |_| 200));
    assert!(statuses == [200, 409] || statuses == [409, 200], "{statuses:?}");
    let running = lab.running(Family::V4);
    let [one, two] = ["domain-name-servers", "time-servers"].map(|name| data(&running, name).is_some());
    assert_eq!([one, two], statuses.map(|status| status == 200), "what runs is not what was said");
}
