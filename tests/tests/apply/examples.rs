//! Kea's own example configurations, from its package: an edit and its undo leave what `config-get` showed before.
//! They are read from the unpacked packages. What only another host can run (interfaces, databases, hooks, sockets) is
//! replaced by the lab's.

use perch_shared::{
    Family,
    api::{Absent, ApplyChange, ChangeRequest, ChangeTarget, Outcome, ServerId, UndoChange},
    change::{Edit, diff, edits_between},
    command::mend,
    config::Config,
    json,
};
use perch_tests::{lab::Lab, perch::Perch, skip};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// How many of a version's examples have to run, so that none goes missing unseen.
const LEAST: usize = 50;

/// What an example gets from the lab instead.
const HOST: [&str; 5] =
    ["interfaces-config", "control-socket", "control-sockets", "lease-database", "loggers"];
/// What it does without.
const ABSENT: [&str; 6] = [
    "hooks-libraries",
    "hosts-database",
    "hosts-databases",
    "config-control",
    "dhcp4o6-port",
    "data-directory",
];

#[test]
fn the_examples_of_2_2_survive_an_edit_and_its_undo() {
    survive("2.2.0");
}

#[test]
fn the_examples_of_2_6_survive_an_edit_and_its_undo() {
    survive("2.6.3");
}

#[test]
fn the_examples_of_3_0_survive_an_edit_and_its_undo() {
    survive("3.0.4");
}

fn survive(version: &str) {
    let Some(mut lab) = Lab::open(version) else { return };
    let Some(folder) = lab.examples() else {
        skip(&format!("Kea {version} is here without its examples; `cargo xtask kea` fetches them"));
        return;
    };
    let addresses = Family::ALL.map(|family| {
        lab.start(family);
        lab.unix_address(family)
    });
    let perch = Perch::serve();
    let id = perch.add(&addresses.each_ref().map(String::as_str));
    let site = Site { lab, perch, id };
    let (mut ran, mut refused) = (0, Vec::new());
    for (family, name) in [(Family::V4, "kea4"), (Family::V6, "kea6")] {
        let bench = site.lab.written(family);
        for (file, mut example) in read(&folder.join(name), family) {
            if version == "2.2.0" {
                spare(&mut example);
            }
            match site.load(family, fit(example, &bench)) {
                Ok(()) => {
                    site.edit_and_undo(family, &file);
                    ran += 1;
                }
                Err(why) => refused.push(format!("{name}/{file}: {why}")),
            }
        }
    }
    println!("Kea {version}: {ran} examples ran; not here:\n  {}", refused.join("\n  "));
    assert!(ran >= LEAST, "Kea {version} ran {ran} examples: {refused:#?}");
}

struct Site {
    lab: Lab,
    perch: Perch,
    id: ServerId,
}

impl Site {
    /// Has Kea read the example from its file, as it does at its start.
    fn load(&self, family: Family, root: Value) -> Result<(), String> {
        let text = serde_json::to_vec(&json!({family.root_key(): root})).unwrap();
        fs::write(self.lab.config_file(family), text).unwrap();
        let answer = self.lab.ask(family, &json!({"command": "config-reload"}));
        if answer["result"] == 0 { Ok(()) } else { Err(answer["text"].to_string()) }
    }

    fn edit_and_undo(&self, family: Family, file: &str) {
        for (what, change) in [("added", add as fn(&mut Config)), ("removed", remove)] {
            let what = format!("{} {file} {what}", self.lab.version());
            let before = self.lab.running(family);
            let mut config = Config { family, root: before.clone() };
            mend(&mut config.root);
            let mut after = config.clone();
            change(&mut after);
            let edits = edits_between(&config, &after);
            if edits.is_empty() {
                continue;
            }
            let report = self.perch.apply_to(std::slice::from_ref(&self.id), family, Absent::Wait, &edits);
            let report = report.unwrap_or_else(|failure| panic!("{what}: {failure:#?} {edits:#?}"));
            assert_eq!(report.outcome, Outcome::Applied, "{what}: {report:#?}");
            assert_ne!(self.lab.running(family), before, "{what}: nothing changed");

            let id = report.id.unwrap();
            let drafts = self.perch.call::<UndoChange>(&(id.clone(),), &()).unwrap();
            let [draft] = drafts.as_slice() else { panic!("{what}: {drafts:#?}") };
            let target = &draft.targets[0];
            assert_eq!(target.conflicts, [], "{what}");
            let target = ChangeTarget {
                server: target.server.clone(),
                family,
                based_on: target.based_on.clone(),
                edits: Vec::new(),
            };
            let request = ChangeRequest {
                targets: vec![target],
                edits: draft.edits.clone(),
                comment: String::new(),
                absent: Absent::Wait,
                undoes: Some(id),
                restores: None,
            };
            let report = self.perch.call::<ApplyChange>(&(), &request);
            let report = report.unwrap_or_else(|failure| panic!("{what}: {failure:#?}"));
            assert_eq!(report.outcome, Outcome::Applied, "{what}: {report:#?}");
            let said: Vec<String> = edits.iter().map(Edit::describe).collect();
            let restored = self.lab.running(family);
            assert_eq!(diff(&before, &restored), [], "{what}: {said:?}");
            for (key, value) in before.as_object().unwrap() {
                assert_eq!(restored[key], *value, "{what}: {said:?}: only the order differs");
            }
        }
    }
}

/// The examples of a folder, by name.
fn read(folder: &Path, family: Family) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let document = json::parse(&text);
        let root = document.root().and_then(|root| Some(root.get(family.root_key())?.to_value()));
        if let Some(root) = root {
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), root));
        }
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

/// The example with the lab's surroundings.
fn fit(mut example: Value, bench: &Value) -> Value {
    drop_interfaces(&mut example);
    let map = example.as_object_mut().unwrap();
    for key in HOST.into_iter().chain(ABSENT) {
        map.remove(key);
    }
    for key in HOST {
        if let Some(value) = bench.get(key) {
            map.insert(key.to_owned(), value.clone());
        }
    }
    example
}

/// Kea 2.2.0 dies when it shows DHCPv6 option 45.
fn spare(example: &mut Value) {
    if let Some(options) = example.get_mut("option-data").and_then(Value::as_array_mut) {
        options.retain(|option| option["code"] != 45 && option["name"] != "client-data");
    }
}

/// Subnets name interfaces of their own host, and updates of the DNS its address.
fn drop_interfaces(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| {
                !matches!(key.as_str(), "interface" | "4o6-interface" | "sender-ip" | "sender-port")
            });
            map.values_mut().for_each(drop_interfaces);
        }
        Value::Array(list) => list.iter_mut().for_each(drop_interfaces),
        _ => {}
    }
}

/// Something of every kind comes, and a value changes.
fn add(config: &mut Config) {
    let (code, host) = match config.family {
        Family::V4 => (251, json!({"hw-address": "02:00:00:00:77:01", "hostname": "added"})),
        Family::V6 => (1251, json!({"duid": "00:03:00:01:02:00:00:00:77:01", "hostname": "added"})),
    };
    let option = json!({"code": code, "csv-format": false, "data": "0A0B"});
    let root = &mut config.root;
    push(&mut root["option-data"], option.clone());
    push(&mut root["client-classes"], json!({"name": "added", "test": "option[60].exists"}));
    root["decline-probation-period"] = json!(4321);
    if let Some(subnet) = first_subnet(config) {
        push(&mut subnet["option-data"], option);
        push(&mut subnet["reservations"], host);
        subnet["valid-lifetime"] = json!(4322);
        subnet["user-context"]["comment"] = json!("zoë");
    }
}

/// The first one of every list goes, of the daemon and of its last subnet.
fn remove(config: &mut Config) {
    let key = config.family.subnet_key();
    let remove_first = |map: &mut Value, key: &str| {
        let list = map.get_mut(key).and_then(Value::as_array_mut);
        if let Some(list) = list.filter(|list| list.len() > 1) {
            list.remove(0);
        }
    };
    for list in ["option-data", "reservations", key] {
        remove_first(&mut config.root, list);
    }
    if let Some(subnet) =
        config.root.get_mut(key).and_then(Value::as_array_mut).and_then(|list| list.last_mut())
    {
        for list in ["option-data", "reservations", "pools", "pd-pools"] {
            remove_first(subnet, list);
        }
    }
}

fn push(list: &mut Value, item: Value) {
    if list.is_null() {
        *list = json!([]);
    }
    list.as_array_mut().unwrap().push(item);
}

/// The first subnet, in a shared network where there is no other.
fn first_subnet(config: &mut Config) -> Option<&mut Value> {
    let key = config.family.subnet_key();
    let root = &mut config.root;
    if root.get(key).and_then(Value::as_array).is_some_and(|list| !list.is_empty()) {
        return Some(&mut root[key][0]);
    }
    let networks = root.get_mut("shared-networks")?.as_array_mut()?;
    networks.iter_mut().find_map(|network| network.get_mut(key)?.as_array_mut()?.first_mut())
}
