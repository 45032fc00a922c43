//! Drift found and undone.

use super::*;
use crate::Family;
use serde_json::json;

fn config(root: Value) -> Config {
    Config { family: Family::V4, root }
}

fn found(left: Value, right: Value) -> Vec<String> {
    let side = |value: &Option<Value>| if value.is_some() { "+" } else { "-" };
    let line = |object: &DriftObject| {
        let differences: Vec<&str> = object.differences.iter().map(|found| found.path.as_str()).collect();
        format!(
            "{:?} {} {}{} {}",
            object.kind,
            object.name,
            side(&object.left),
            side(&object.right),
            differences.join(",")
        )
    };
    let found = drift(&config(left), &config(right));
    found.objects.iter().map(|object| line(object).trim_end().to_owned()).collect()
}

fn left() -> Value {
    json!({
        "valid-lifetime": 4000,
        "interfaces-config": {"interfaces": ["eth0"]},
        "control-socket": {"socket-name": "/run/kea/a"},
        "lease-database": {"type": "memfile", "name": "/var/lib/kea/a.csv"},
        "loggers": [{"name": "kea-dhcp4", "severity": "INFO"}],
        "option-data": [
            {"code": 6, "name": "domain-name-servers", "space": "dhcp4", "data": "192.0.2.53"},
            {"code": 54, "name": "dhcp-server-identifier", "space": "dhcp4", "data": "192.0.2.1"}],
        "client-classes": [{"name": "a"}, {"name": "b", "test": "member('a')"}],
        "hooks-libraries": [{"library": "/usr/lib/x/libdhcp_ha.so", "parameters": {"high-availability": [{
            "this-server-name": "server1", "mode": "hot-standby", "trust-anchor": "/etc/one",
            "peers": [{"name": "server1", "url": "http://192.0.2.1/", "role": "primary", "basic-auth-password": "x"},
                {"name": "server2", "url": "http://192.0.2.2/", "role": "standby"}]}]}}],
        "shared-networks": [{"name": "floor", "interface": "eth1", "subnet4": [
            {"id": 7, "subnet": "198.51.100.0/24", "valid-lifetime": 4000, "pools": [{"pool": "198.51.100.8/29"}]}]}],
        "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "valid-lifetime": 4000, "interface": "eth0",
            "reservations": [{"hw-address": "02:00:00:00:00:01", "ip-address": "192.0.2.9"}]}],
    })
}

/// The same as a partner has it: other names, interfaces, paths, order and, from a newer Kea, other keys.
fn partner() -> Value {
    json!({
        "valid-lifetime": 4000,
        "interfaces-config": {"interfaces": ["ens3"]},
        "control-sockets": [{"socket-type": "unix", "socket-name": "/run/kea/b"}],
        "lease-database": {"type": "memfile", "name": "/var/lib/kea/b.csv"},
        "loggers": [{"name": "kea-dhcp4", "severity": "DEBUG"}],
        "option-data": [
            {"code": 54, "name": "dhcp-server-identifier", "space": "dhcp4", "data": "192.0.2.2"},
            {"code": 6, "name": "domain-name-servers", "space": "dhcp4", "data": "192.0.2.53", "never-send": false}],
        "client-classes": [{"name": "a", "only-in-additional-list": false}, {"name": "b", "test": "member('a')"}],
        "hooks-libraries": [{"library": "libdhcp_ha.so", "parameters": {"high-availability": [{
            "this-server-name": "server2", "mode": "hot-standby", "trust-anchor": "/etc/two",
            "peers": [{"name": "server2", "url": "http://192.0.2.2/", "role": "standby"},
                {"name": "server1", "url": "http://192.0.2.1/", "role": "primary"}]}]}}],
        "shared-networks": [{"name": "floor", "interface": "ens4", "subnet4": [
            {"id": 7, "subnet": "198.51.100.0/24", "pools": [{"pool": "198.51.100.8/29"}], "client-classes": []}]}],
        "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "interface": "ens3",
            "reservations": [{"hw-address": "02:00:00:00:00:01", "ip-address": "192.0.2.9"}]}],
    })
}

/// Something that somebody changed on the partner.
struct Case {
    change: fn(&mut Value),
    found: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case { change: |_| {}, found: &[] },
    Case {
        change: |root| root["valid-lifetime"] = 5000.into(),
        found: &["Property valid-lifetime ++ value"],
    },
    Case { change: |root| root["subnet4"][0]["id"] = 2.into(), found: &["SubnetId 192.0.2.0/24 ++ id"] },
    Case { change: |root| root["subnet4"] = json!([]), found: &["Subnet 192.0.2.0/24 +-"] },
    Case {
        change: |root| root["subnet4"][0]["reservations"] = json!([]),
        found: &["Reservation 192.0.2.0/24 hw-address 02:00:00:00:00:01 +-"],
    },
    Case {
        change: |root| root["option-data"][1]["data"] = "192.0.2.54".into(),
        found: &["Option 6 ++ data"],
    },
    Case {
        change: |root| {
            root["client-classes"] =
                json!([{"name": "b", "test": "member('a')"}, {"name": "a"}, {"name": "c"}])
        },
        found: &["Class c -+", "ClassOrder  ++ client-classes"],
    },
    Case {
        change: |root| {
            root["shared-networks"][0]["subnet4"][0]["pools"] = json!([{"pool": "198.51.100.16/29"}])
        },
        found: &["Subnet 198.51.100.0/24 ++ pools[198.51.100.16/29],pools[198.51.100.8/29]"],
    },
    Case {
        change: |root| {
            let moved = root["shared-networks"][0]["subnet4"].as_array_mut().unwrap().remove(0);
            root["subnet4"].as_array_mut().unwrap().push(moved);
        },
        found: &["Subnet 198.51.100.0/24 ++ shared-network-name"],
    },
    Case {
        change: |root| root["shared-networks"] = json!([]),
        found: &["Subnet 198.51.100.0/24 +-", "SharedNetwork floor +-"],
    },
    Case {
        change: |root| root["subnet4"][0]["require-client-classes"] = json!(["a"]),
        found: &["Subnet 192.0.2.0/24 ++ evaluate-additional-classes"],
    },
];

#[test]
fn every_change_is_found_and_nothing_else() {
    for Case { change, found: wanted } in CASES {
        let mut right = partner();
        change(&mut right);
        let mut seen = found(left(), right);
        for line in &mut seen {
            let (head, tail) = line.rsplit_once(' ').unwrap_or((line, ""));
            let mut paths: Vec<&str> = tail.split(',').collect();
            paths.sort_unstable();
            *line = format!("{head} {}", paths.join(",")).trim_end().to_owned();
        }
        assert_eq!(seen, *wanted);
    }
}

#[test]
fn adopting_everything_leaves_no_drift_and_no_partner_loses_what_is_its_own() {
    for Case { change, .. } in CASES {
        let mut right = partner();
        change(&mut right);
        let (left, right) = (config(left()), config(right));
        for (target, source) in [(&left, &right), (&right, &left)] {
            let found = drift(target, source);
            let chosen: Vec<_> =
                found.objects.iter().map(|object| (object.kind, object.name.clone())).collect();
            let adopted = adopt(target, source, &chosen);
            assert_eq!(drift(&adopted, source).objects, [], "{:#}", adopted.root);
            for key in
                ["interfaces-config", "control-socket", "control-sockets", "hooks-libraries", "loggers"]
            {
                assert_eq!(adopted.root.get(key), target.root.get(key), "{key}");
            }
            let own = |config: &Config| config.root["option-data"].to_string().contains("192.0.2.2");
            assert_eq!(own(&adopted), own(target), "the server's own identifier stays");
        }
    }
}

#[test]
fn only_what_was_chosen_is_adopted() {
    let mut right = partner();
    right["valid-lifetime"] = 5000.into();
    right["subnet4"][0]["id"] = 2.into();
    let (left, right) = (config(left()), config(right));
    let adopted = adopt(&right, &left, &[(DriftKind::SubnetId, "192.0.2.0/24".into())]);
    assert_eq!(adopted.root["subnet4"][0]["id"], 1);
    assert_eq!(adopted.root["subnet4"][0]["interface"], "ens3");
    assert_eq!(adopted.root["valid-lifetime"], 5000);
}

#[test]
fn secrets_are_hidden_and_numbers_are_bounded() {
    let many: Vec<Value> = (0..1500)
        .map(|id| json!({"id": id, "subnet": format!("10.{}.{}.0/24", id / 256, id % 256)}))
        .collect();
    let found =
        drift(&config(json!({"subnet4": many})), &config(json!({"dhcp-queue": {"password": "first-word"}})));
    assert_eq!((found.objects.len(), found.more), (LISTED, 501));
    let found = drift(&config(json!({})), &config(json!({"dhcp-queue": {"password": "first-word"}})));
    assert!(!format!("{found:?}").contains("first-word"));
}

#[test]
fn hostile_trees_do_no_harm() {
    for odd in [
        json!(null),
        json!([]),
        json!({"subnet4": [1, {"subnet": 5}], "shared-networks": [[]], "hooks-libraries": {}, "client-classes": ["x", {}], "option-data": [null]}),
    ] {
        let everything = drift(&config(odd.clone()), &config(left()));
        let chosen: Vec<_> =
            everything.objects.iter().map(|object| (object.kind, object.name.clone())).collect();
        let _ = adopt(&config(odd.clone()), &config(left()), &chosen);
        let _ = adopt(&config(left()), &config(odd), &chosen);
    }
}
