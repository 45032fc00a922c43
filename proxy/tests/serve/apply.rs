//! Changes: what is sent to Kea, what is refused before, and what is put back after a failure.

use crate::{
    fake_kea::{FakeKea, Trick},
    world::{Options, Reply, World, add_domain, config, dns, set_option},
};
use perch::store::{Archive, StateDir};
use perch_shared::api::{ApplyPhase, ApplyReport, ErrorCode, TargetReport};
use serde_json::{Value, json};
use std::{fs, sync::Arc, time::Duration};

async fn send(world: &World, action: &str, based_on: &str, edits: Value) -> Reply {
    let targets = json!([{"server": "lab", "family": "dhcp4", "based-on": based_on}]);
    let path = if action == "preview" { "/api/v1/changes/preview" } else { "/api/v1/changes" };
    world.post(path, json!({"targets": targets, "edits": edits})).await
}

async fn apply(world: &World, kea: &FakeKea) -> Reply {
    send(world, "apply", &kea.hash(), json!([add_domain()])).await
}

/// What became of the only target.
fn only(report: ApplyReport) -> TargetReport {
    let [target] = <[TargetReport; 1]>::try_from(report.targets).unwrap();
    target
}

fn last_step(reply: &Reply, status: u16) -> (ApplyPhase, bool) {
    let report = only(reply.error(status).apply.unwrap());
    let step = report.steps.last().unwrap();
    (step.phase, step.done)
}

#[tokio::test]
async fn a_change_is_tested_set_read_back_and_written() {
    let (world, kea) = World::with_kea(config()).await;
    let options = world.get("/api/v1/servers/lab/daemons/dhcp4/options").await.json();
    assert_eq!((&options["hash"], &options["version"]), (&json!(kea.hash()), &json!("2.6.3")));
    assert_eq!(options["options"], json!([dns("192.0.2.53")]));

    let preview = send(&world, "preview", &kea.hash(), json!([add_domain()])).await;
    assert_eq!(preview.status, 200, "{:?}", preview.body);
    let preview = preview.json()["targets"][0].clone();
    assert_eq!(preview["hash"], kea.hash());
    assert_eq!(preview["changed-meanwhile"], false);
    assert_eq!(preview["differences"].as_array().unwrap().len(), 1, "{preview}");
    assert_eq!(preview["kea"]["text"], "Configuration seems sane.");
    assert_eq!(kea.config(), config(), "a preview changes nothing");

    let reply = apply(&world, &kea).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    let report = reply.json()["targets"][0].clone();
    let phases: Vec<&Value> = report["steps"].as_array().unwrap().iter().map(|step| &step["phase"]).collect();
    assert_eq!(phases, ["compare", "config-test", "config-set", "read-back", "config-write"]);
    assert_eq!(report["steps"][3]["text"], "Kea runs exactly what was meant.");
    assert_eq!(report["written"], "/etc/kea/kea-dhcp4.conf");
    assert_eq!(report["hash"], kea.hash());

    let running = kea.config();
    assert_eq!(running["option-data"][0], dns("192.0.2.53"));
    assert_eq!(running["option-data"][1]["data"], "example.org");
    assert_eq!(running["control-socket"], config()["control-socket"]);
    assert_eq!(running["subnet4"][0], json!({"id": 1, "subnet": "192.0.2.0/24"}), "inherited again");
    for command in kea.received() {
        assert!(command["arguments"].get("hash").is_none(), "Kea refuses its hash");
    }
}

#[tokio::test]
async fn commands_that_change_are_sent_to_the_daemon_once() {
    let (world, kea) = World::with_kea(config()).await;
    apply(&world, &kea).await;
    assert_eq!(kea.changing(), ["config-set", "config-write"]);
    for command in kea.received() {
        assert_eq!(command["service"], json!(["dhcp4"]), "never to the agent itself: {command}");
    }
}

#[tokio::test]
async fn a_configuration_that_changed_after_the_preview_is_not_overwritten() {
    let (world, kea) = World::with_kea(config()).await;
    let seen = world.get("/api/v1/servers/lab/daemons/dhcp4/options").await.json()["hash"].clone();
    let mut theirs = config();
    theirs["valid-lifetime"] = json!(9000);
    kea.change(theirs.clone());

    let error = send(&world, "apply", seen.as_str().unwrap(), json!([add_domain()])).await.error(409);
    assert!(error.help.unwrap().contains("Preview again"));
    assert_eq!(kea.config(), theirs);
    assert!(kea.changing().is_empty());

    let preview =
        send(&world, "preview", seen.as_str().unwrap(), json!([add_domain()])).await.json()["targets"][0]
            .clone();
    assert_eq!(preview["changed-meanwhile"], true);
    assert_eq!(preview["external"], json!([{"path": "valid-lifetime", "before": 4000, "after": 9000}]));
    assert_eq!(preview["differences"].as_array().unwrap().len(), 1, "only the operator's own: {preview}");
    let merged = send(&world, "apply", preview["hash"].as_str().unwrap(), json!([add_domain()])).await;
    assert_eq!(merged.status, 200);
    assert_eq!(kea.config()["valid-lifetime"], 9000, "theirs is kept");
}

#[tokio::test]
async fn an_option_that_somebody_else_changed_is_a_conflict_with_both_sides() {
    let (world, kea) = World::with_kea(config()).await;
    let seen = kea.hash();
    let mut theirs = config();
    theirs["option-data"] = json!([dns("203.0.113.53")]);
    kea.change(theirs.clone());
    let edit = json!([set_option(dns("192.0.2.53"), dns("198.51.100.53"))]);
    for (action, based_on) in [("preview", seen), ("apply", kea.hash())] {
        let error = send(&world, action, &based_on, edit.clone()).await.error(409);
        let conflict = &error.conflicts[0];
        assert_eq!(conflict.expected.as_ref().unwrap()["data"], "192.0.2.53");
        assert_eq!(conflict.found.as_ref().unwrap()["data"], "203.0.113.53");
        assert_eq!(conflict.wanted.as_ref().unwrap()["data"], "198.51.100.53");
    }
    assert_eq!(kea.config(), theirs);
}

#[tokio::test]
async fn no_edits_are_no_change() {
    let (world, kea) = World::with_kea(config()).await;
    for action in ["preview", "apply"] {
        send(&world, action, &kea.hash(), json!([])).await.error(422);
    }
    assert!(kea.changing().is_empty());
}

#[tokio::test]
async fn keas_refusal_in_the_test_stops_the_change() {
    let (world, kea) = World::with_kea(config()).await;
    let refusal = json!({"result": 1, "text": "option data does not match option definition"});
    kea.trick("config-test", Trick::Answer(refusal.clone()));
    let preview =
        send(&world, "preview", &kea.hash(), json!([add_domain()])).await.json()["targets"][0].clone();
    assert_eq!((&preview["kea"]["result"], &preview["kea"]["text"]), (&json!(1), &refusal["text"]));

    kea.trick("config-test", Trick::Answer(refusal));
    let reply = apply(&world, &kea).await;
    assert_eq!(last_step(&reply, 422), (ApplyPhase::ConfigTest, false));
    let error = reply.error(422);
    assert_eq!(error.code, ErrorCode::Refused);
    assert_eq!(error.kea.unwrap().text, "option data does not match option definition");
    assert!(kea.changing().is_empty());
}

#[tokio::test]
async fn perchs_own_rules_stop_the_change() {
    let (world, kea) = World::with_kea(config()).await;
    let wrong =
        json!([set_option(Value::Null, json!({"code": 3, "name": "routers", "data": "192.0.2.999"}))]);
    let preview = send(&world, "preview", &kea.hash(), wrong.clone()).await.json()["targets"][0].clone();
    assert_eq!(preview["diagnostics"][0]["severity"], "error", "{preview}");
    let error = send(&world, "apply", &kea.hash(), wrong).await.error(422);
    assert!(!error.diagnostics.is_empty());
    assert!(kea.changing().is_empty());
}

#[tokio::test]
async fn a_configuration_without_control_socket_is_not_sent() {
    let mut config = config();
    config.as_object_mut().unwrap().remove("control-socket");
    let (world, kea) = World::with_kea(config).await;
    let error = apply(&world, &kea).await.error(422);
    assert!(error.message.contains("control socket"), "{}", error.message);
    assert!(kea.changing().is_empty());
}

/// The ways in which `config-set` can fail; after each, Kea must run what it ran before.
#[tokio::test]
async fn after_a_failed_set_the_earlier_configuration_is_put_back() {
    let damaged = json!({"result": 5, "text": "the configuration was not applied"});
    let refused = json!({"result": 1, "text": "unable to open the interface"});
    for (trick, status) in [
        (Trick::DoAndAnswer(damaged), 422),
        (Trick::Answer(refused), 422),
        (Trick::DoAndClose, 502),
        (Trick::Bytes(b"garbage"), 502),
        (Trick::Slow(Duration::from_millis(600)), 504),
    ] {
        let (world, kea) = World::with_kea(config()).await;
        kea.trick("config-set", trick.clone());
        let before = kea.hash();
        let reply = apply(&world, &kea).await;
        assert_eq!(last_step(&reply, status), (ApplyPhase::PutBack, true), "{trick:?}: {:?}", reply.body);
        let error = reply.error(status);
        assert_eq!(only(error.apply.unwrap()).hash, Some(before.clone()), "{trick:?}");
        assert!(error.message.ends_with("Kea runs its earlier configuration again."), "{trick:?}");
        assert_eq!(kea.hash(), before, "{trick:?}");
        assert_eq!(kea.config()["subnet4"][0], json!({"id": 1, "subnet": "192.0.2.0/24"}), "inherited again");
        assert_eq!(kea.changing(), ["config-set", "config-set"], "{trick:?}: set, put back, not written");
    }
}

#[tokio::test]
async fn what_was_printed_is_put_back_where_kea_does_not_take_what_was_inherited() {
    let (world, kea) = World::with_kea(config()).await;
    let refusal = Trick::Answer(json!({"result": 1, "text": "no"}));
    kea.trick("config-set", refusal.clone());
    kea.trick("config-set", refusal);
    let reply = apply(&world, &kea).await;
    assert_eq!(last_step(&reply, 422), (ApplyPhase::PutBack, true));
    let report = only(reply.error(422).apply.unwrap());
    assert!(report.steps.last().unwrap().text.contains("set in each of them"), "{report:?}");
    assert_eq!((report.hash, kea.config()), (Some(kea.hash()), config()));
}

#[tokio::test]
async fn a_put_back_without_an_answer_is_not_sent_again() {
    let (world, kea) = World::with_kea(config()).await;
    kea.trick("config-set", Trick::Answer(json!({"result": 1, "text": "no"})));
    kea.trick("config-set", Trick::DoAndClose);
    assert_eq!(last_step(&apply(&world, &kea).await, 422), (ApplyPhase::PutBack, false));
    assert_eq!(kea.changing(), ["config-set", "config-set"]);
}

#[tokio::test]
async fn a_put_back_that_fails_is_reported_with_what_to_do() {
    let (world, kea) = World::with_kea(config()).await;
    let refusal = Trick::DoAndAnswer(json!({"result": 5, "text": "broken"}));
    for _ in 0..3 {
        kea.trick("config-set", refusal.clone());
    }
    let reply = apply(&world, &kea).await;
    assert_eq!(last_step(&reply, 422), (ApplyPhase::PutBack, false));
    let error = reply.error(422);
    assert!(
        error.message.contains("could not give kea-dhcp4 its earlier configuration"),
        "{}",
        error.message
    );
    assert!(error.help.unwrap().contains("systemctl restart"), "the remedy");
}

#[tokio::test]
async fn an_edit_that_kea_dropped_is_put_back() {
    let (world, kea) = World::with_kea(config()).await;
    kea.trick("config-set", Trick::Answer(json!({"result": 0, "text": "Configuration successful."})));
    let reply = apply(&world, &kea).await;
    assert_eq!(last_step(&reply, 502), (ApplyPhase::PutBack, true));
    let report = only(reply.error(502).apply.unwrap());
    let read_back = report.steps.iter().find(|step| step.phase == ApplyPhase::ReadBack).unwrap();
    let text =
        "Kea answered with success, but does not show this: Set option domain-name (15) to `example.org`.";
    assert_eq!((read_back.done, read_back.text.as_str()), (false, text));
}

#[tokio::test]
async fn a_lost_hook_library_is_put_back() {
    let (world, kea) = World::with_kea(config()).await;
    let fewer = json!({"result": 0, "arguments": ["config-get", "config-set", "config-test"]});
    kea.later("list-commands", 1, Trick::Answer(fewer));
    let reply = apply(&world, &kea).await;
    assert_eq!(last_step(&reply, 502), (ApplyPhase::PutBack, true));
    assert!(only(reply.error(502).apply.unwrap()).steps.iter().any(|step| step.text.contains("lease4-get")));
    assert_eq!(kea.config()["option-data"], config()["option-data"]);
}

#[tokio::test]
async fn a_value_that_kea_spells_in_its_own_way_is_kept() {
    let (world, kea) = World::with_kea(config()).await;
    let mut printed = config();
    let domain = json!({"code": 15, "name": "domain-name", "space": "dhcp4", "data": "example.org."});
    printed["option-data"].as_array_mut().unwrap().push(domain);
    kea.later("config-get", 1, Trick::ChangedBefore(printed));
    let report = apply(&world, &kea).await;
    assert_eq!(report.status, 200, "{:?}", report.body);
    let report = report.json()["targets"][0].clone();
    let text = report["steps"][3]["text"].as_str().unwrap();
    assert_eq!(text, "Kea writes some of it in its own way: `option-data[domain-name]`.");
    assert_eq!(report["written"], "/etc/kea/kea-dhcp4.conf");
}

#[tokio::test]
async fn a_file_that_kea_cannot_write_is_reported_and_the_change_stays() {
    let (world, kea) = World::with_kea(config()).await;
    let text = "Error during config-write: Unable to open file /etc/kea/kea-dhcp4.conf for writing";
    kea.trick("config-write", Trick::Answer(json!({"result": 1, "text": text})));
    let reply = apply(&world, &kea).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    let report = reply.json()["targets"][0].clone();
    let step = report["steps"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&step["phase"], &step["done"], &step["text"]),
        (&json!("config-write"), &json!(false), &json!(text))
    );
    assert!(step["remedy"].as_str().unwrap().contains("apparmor"), "{step}");
    assert!(report.get("written").is_none_or(Value::is_null), "{report}");
    assert_eq!(kea.config()["option-data"].as_array().unwrap().len(), 2, "the change runs");
}

#[tokio::test]
async fn whether_a_file_was_written_is_not_guessed() {
    let (world, kea) = World::with_kea(config()).await;
    kea.trick("config-write", Trick::DoAndClose);
    let report = apply(&world, &kea).await.json()["targets"][0].clone();
    let step = report["steps"].as_array().unwrap().last().unwrap();
    let remedy = step["remedy"].as_str().unwrap();
    assert!(remedy.contains("not known") && !remedy.contains("apparmor"), "{step}");
    assert_eq!(kea.changing(), ["config-set", "config-write"], "sent once");
}

#[tokio::test]
async fn two_changes_at_once_go_one_after_the_other() {
    let (world, kea) = World::with_kea(config()).await;
    kea.trick("config-test", Trick::Slow(Duration::from_millis(200)));
    let based_on = kea.hash();
    let routers =
        json!([set_option(Value::Null, json!({"code": 3, "name": "routers", "data": "192.0.2.1"}))]);
    let (one, other) = tokio::join!(
        send(&world, "apply", &based_on, json!([add_domain()])),
        send(&world, "apply", &based_on, routers)
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "the second is based on what the first has replaced");
    assert_eq!(kea.config()["option-data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_change_goes_on_when_the_browser_goes_away() {
    let (world, kea) = World::with_kea(config()).await;
    kea.trick("config-test", Trick::Slow(Duration::from_millis(200)));
    let based_on = kea.hash();
    let gone = tokio::time::timeout(
        Duration::from_millis(50),
        send(&world, "apply", &based_on, json!([add_domain()])),
    );
    assert!(gone.await.is_err());
    world.app.tasks.close();
    world.app.tasks.wait().await;
    assert_eq!(kea.changing(), ["config-set", "config-write"]);
}

#[tokio::test]
async fn every_change_that_was_tried_is_in_the_audit_log() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Arc::new(Archive::open(Arc::new(StateDir::open(dir.path()).unwrap())).unwrap());
    let (world, kea) = World::with_kea_and(config(), Options { archive, ..Options::default() }).await;
    let before = kea.hash();
    apply(&world, &kea).await;
    send(&world, "apply", &before, json!([add_domain()])).await.error(409);
    let log = fs::read_to_string(dir.path().join("audit.jsonl")).unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let place = &lines[0]["places"][0];
    assert_eq!((&lines[0]["outcome"], &place["before"]["hash"]), (&json!("applied"), &json!(before)));
    assert_eq!((&place["after"]["hash"], &place["family"]), (&json!(kea.hash()), &json!("dhcp4")));
    assert!(lines[0]["sentences"][0].as_str().unwrap().contains("domain-name"), "{log}");
    assert_eq!(lines[0]["lists"], json!([[add_domain()]]));
    assert_eq!(lines[1]["outcome"], "refused", "{log}");
    assert!(lines[1]["places"][0]["text"].as_str().unwrap().contains("somebody else"), "{log}");
}
