//! Every kind of edit, on a configuration that has something of everything.

use perch_shared::{
    Family, KeaVersion,
    change::{Edit, Place, Position},
    config::Config,
};
use serde_json::{Value, json};

/// Edits that are made together.
pub struct Case {
    /// What is tried.
    pub name: &'static str,
    /// The edits.
    pub edits: Vec<Edit>,
}

/// Texts of one family.
pub struct World {
    /// Which family.
    pub family: Family,
    /// The daemon's version.
    pub version: KeaVersion,
}

impl World {
    fn prefix(&self, number: u8) -> String {
        match self.family {
            Family::V4 => format!("10.{number}.0.0/16"),
            Family::V6 => format!("2001:db8:{number}::/48"),
        }
    }

    fn range(&self, number: u8, first: u8, last: u8) -> String {
        match self.family {
            Family::V4 => format!("10.{number}.0.{first} - 10.{number}.0.{last}"),
            Family::V6 => format!("2001:db8:{number}::{first} - 2001:db8:{number}:0::{last}"),
        }
    }

    fn place(&self, number: u8) -> Place {
        Place::root().subnet(u64::from(number), self.prefix(number))
    }

    fn subnet(&self, number: u8, more: Value) -> Value {
        let mut subnet = json!({"id": number, "subnet": self.prefix(number)});
        subnet.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        subnet
    }

    fn option(&self, data: &str) -> Value {
        match self.family {
            Family::V4 => json!({"code": 15, "data": data}),
            Family::V6 => json!({"code": 24, "data": data}),
        }
    }

    fn class_key(&self) -> &'static str {
        if self.version < KeaVersion::new(2, 7, 5) { "client-class" } else { "client-classes" }
    }

    /// What the edits are carried out on.
    pub fn base(&self, root: &Value) -> Config {
        let key = self.family.subnet_key();
        let mut root = root.clone();
        let map = root.as_object_mut().unwrap();
        for list in ["option-data", "option-def", "client-classes", "shared-networks", "reservations", key] {
            map.remove(list);
        }
        let more = json!({
            "valid-lifetime": 7200,
            "option-def": [{"name": "door", "code": 230, "type": "string"}, {"name": "aisle", "code": 231, "type": "uint8"}],
            "option-data": [{"name": "door", "data": "zoë"}],
            "client-classes": [{"name": "one"}, {"name": "two", "test": "member('one')"}, {"name": "three"}],
            "reservations": [{"hw-address": "02-00-00-00-00-01".replace('-', ":"), "hostname": "first"}],
            key: [
                self.subnet(1, json!({"pools": [{"pool": self.range(1, 10, 20)}], "user-context": {"comment": "zoë", "n": [1, null]}})),
                self.subnet(2, json!({"valid-lifetime": 900, "reservations": [{"duid": "01:02:03:04", "hostname": "x"}]})),
            ],
            "shared-networks": [{"name": "campus", "renew-timer": 500, key: [self.subnet(3, json!({}))]}, {"name": "annex"}],
        });
        map.extend(more.as_object().unwrap().clone());
        if self.family == Family::V6 {
            root[key][0]["pd-pools"] =
                json!([{"prefix": "2001:db8:8000::", "prefix-len": 40, "delegated-len": 56}]);
        }
        Config { family: self.family, root }
    }

    /// The edits.
    #[allow(clippy::too_many_lines, reason = "one table: splitting it would hide which cases there are")]
    pub fn cases(&self, now: &Config) -> Vec<Case> {
        let mut cases: Vec<Case> = Vec::new();
        let mut case = |name, edits: Vec<Edit>| cases.push(Case { name, edits });
        let root = Place::root;
        let key = self.family.subnet_key();
        let find = |list: &str, key: &str, value: Value| {
            let items = now.root[list].as_array().unwrap();
            items.iter().find(|item| item[key] == value).cloned().unwrap()
        };
        let first = find(key, "id", json!(1));
        let scopes = [
            ("global", root()),
            ("class", root().class("two")),
            ("network", root().network("campus")),
            ("subnet", self.place(1)),
            ("subnet of a network", self.place(3)),
            ("pool", self.place(1).pool(self.range(1, 10, 20))),
            ("reservation", self.place(2).reservation("duid", "01020304")),
        ];
        for (name, scope) in &scopes {
            case(name, vec![Edit::add_to(scope, "option-data", self.option("example.org")).unwrap()]);
            let context = Edit::set(
                scope.clone().key("user-context").key("note"),
                None,
                Some(json!({"é": [null, 1.5]})),
            );
            case(name, vec![context]);
        }
        let door = find("option-data", "name", json!("door"));
        let mut other = door.clone();
        other["data"] = json!("façade");
        case(
            "option changed",
            vec![Edit::set(
                Edit::add_to(&root(), "option-data", door.clone()).unwrap().place,
                Some(door.clone()),
                Some(other),
            )],
        );
        case(
            "option removed",
            vec![Edit::remove(Edit::add_to(&root(), "option-data", door.clone()).unwrap().place, door)],
        );
        let definition =
            json!({"name": "gate", "code": 232, "type": "record", "record-types": "uint8, string"});
        case("definition", vec![Edit::add_to(&root(), "option-def", definition).unwrap()]);
        let aisle = find("option-def", "name", json!("aisle"));
        case(
            "definition removed",
            vec![Edit::remove(Edit::add_to(&root(), "option-def", aisle.clone()).unwrap().place, aisle)],
        );

        let class =
            json!({"name": "four", "test": "member('two')", "user-context": {"perch": {"global": true}}});
        case("class at the end", vec![Edit::add(root().class("four"), class.clone())]);
        case(
            "class in between",
            vec![Edit::add(root().class("four"), class).at(Position::After("two".into()))],
        );
        case(
            "class first",
            vec![Edit::add(root().class("zero"), json!({"name": "zero"})).at(Position::First)],
        );
        case(
            "class moved",
            vec![Edit::move_to(root().class("three"), Position::After("two".into()), Position::First)],
        );
        case(
            "class test",
            vec![Edit::set(root().class("three").key("test"), None, Some(json!("member('two')")))],
        );
        let three = find("client-classes", "name", json!("three"));
        let mut gone = Edit::remove(root().class("three"), three);
        gone.from = Some(Position::After("two".into()));
        case("class removed", vec![gone]);

        let mut whole = self.subnet(9, json!({"pools": [{"pool": self.range(9, 1, 9)}], "reservations": [{"hw-address": "02:00:00:00:00:99", "hostname": "n"}], "valid-lifetime": 60}));
        whole["option-data"] = json!([self.option("sub.example")]);
        case("subnet", vec![Edit::add(self.place(9), whole.clone())]);
        whole["shared-network-name"] = json!("campus");
        case("subnet in a network", vec![Edit::add(self.place(9), whole)]);
        case("subnet removed", vec![Edit::remove(self.place(1), first)]);
        case("subnet into a network", vec![Edit::move_subnet(self.place(1), None, Some("campus"))]);
        case("subnet out of a network", vec![Edit::move_subnet(self.place(3), Some("campus"), None)]);
        case(
            "subnet to another network",
            vec![Edit::move_subnet(self.place(3), Some("campus"), Some("annex"))],
        );
        case(
            "pool",
            vec![Edit::add_to(&self.place(1), "pools", json!({"pool": self.range(1, 30, 40)})).unwrap()],
        );
        let pool = find(key, "id", json!(1))["pools"][0].clone();
        case("pool removed", vec![Edit::remove(self.place(1).pool(self.range(1, 10, 20)), pool.clone())]);
        case(
            "pool changed",
            vec![Edit::set(
                self.place(1).pool(self.range(1, 10, 20)),
                Some(pool),
                Some(json!({"pool": self.range(1, 10, 29)})),
            )],
        );
        if self.family == Family::V6 {
            let pd =
                |length: u8| json!({"prefix": "2001:db8:9000::", "prefix-len": 40, "delegated-len": length});
            case("pd-pool", vec![Edit::add(self.place(1).pd_pool("2001:db8:9000::/40"), pd(56))]);
            let old = self.place(1).pd_pool("2001:db8:8000::/40");
            case(
                "pd-pool changed",
                vec![Edit::set(old.key("delegated-len"), Some(json!(56)), Some(json!(60)))],
            );
        }
        case(
            "network",
            vec![
                Edit::add(root().network("new"), json!({"name": "new", "valid-lifetime": 800})),
                Edit::move_subnet(self.place(1), None, Some("new")),
            ],
        );
        case(
            "network removed",
            vec![
                Edit::move_subnet(self.place(3), Some("campus"), None),
                Edit::remove(root().network("campus"), network(now, "campus")),
            ],
        );
        case(
            "network renamed",
            vec![Edit::set(root().network("campus").key("name"), Some(json!("campus")), Some(json!("site")))],
        );

        for (identifier, value) in self.identifiers() {
            for scope in [root(), self.place(2)] {
                let host = json!({(*identifier): value, "hostname": "h"});
                case("reservation", vec![Edit::add_to(&scope, "reservations", host).unwrap()]);
            }
        }
        let host = find("reservations", "hostname", json!("first"));
        case(
            "reservation removed",
            vec![Edit::remove(root().reservation("hw-address", "020000000001"), host)],
        );
        case(
            "reservation changed",
            vec![Edit::set(
                root().reservation("hw-address", "2:0:0:0:0:1").key("hostname"),
                Some(json!("first")),
                Some(json!("second")),
            )],
        );
        case(
            "reservation's classes",
            vec![Edit::set(
                self.place(2).reservation("duid", "01:02:03:04").key("client-classes"),
                None,
                Some(json!(["one"])),
            )],
        );

        for (name, scope) in [
            ("global", root()),
            ("network", root().network("campus")),
            ("subnet", self.place(1)),
            ("subnet of a network", self.place(3)),
        ] {
            for (key, value) in [
                ("valid-lifetime", json!(1234)),
                ("renew-timer", json!(99)),
                ("calculate-tee-times", json!(true)),
                ("t1-percent", json!(0.25)),
            ] {
                let before = now_at(now, &scope, key);
                case(name, vec![Edit::set(scope.clone().key(key), before, Some(value))]);
            }
        }
        case("inherits again", vec![Edit::set(self.place(2).key("valid-lifetime"), Some(json!(900)), None)]);
        case(
            "set to what it inherits",
            vec![Edit::set(self.place(2).key("valid-lifetime"), Some(json!(900)), Some(json!(7200)))],
        );
        for (path, value) in [
            (&["dhcp-ddns", "enable-updates"][..], json!(true)),
            (&["interfaces-config", "re-detect"], json!(false)),
            (&["expired-leases-processing", "hold-reclaimed-time"], json!(60)),
            (&["ddns-send-updates"], json!(false)),
            (&["reservations-global"], json!(true)),
            (&["decline-probation-period"], json!(60)),
        ] {
            let place = path.iter().fold(root(), |place, key| place.key(*key));
            let before = path.iter().fold(&now.root, |value, key| &value[*key]).clone();
            case("property", vec![Edit::set(place.clone(), Some(before), Some(value.clone()))]);
            // A form that knows only what is not the default.
            case("property", vec![Edit::set(place, None, Some(value))]);
        }
        for (name, scope) in &scopes[2..6] {
            let one = if self.class_key() == "client-class" { json!("one") } else { json!(["one"]) };
            case(name, vec![Edit::set(scope.clone().key(self.class_key()), None, Some(one))]);
            // The newest spelling is for all versions.
            case(name, vec![Edit::set(scope.clone().key("client-classes"), None, Some(json!(["one"])))]);
            case(
                name,
                vec![Edit::set(
                    scope.clone().key("evaluate-additional-classes"),
                    None,
                    Some(json!(["one", "three"])),
                )],
            );
        }
        cases
    }

    fn identifiers(&self) -> &'static [(&'static str, &'static str)] {
        match self.family {
            Family::V4 => &[
                ("hw-address", "02:00:00:00:00:AA"),
                ("duid", "0A0b0c"),
                ("client-id", "01:AA:bb"),
                ("circuit-id", "'port 7'"),
                ("flex-id", "0xA1b2"),
            ],
            Family::V6 => &[("hw-address", "02:00:00:00:00:AA"), ("duid", "0A:0b:0c"), ("flex-id", "'ab'")],
        }
    }
}

fn network(now: &Config, name: &str) -> Value {
    let networks = now.root["shared-networks"].as_array().unwrap();
    let mut network = networks.iter().find(|network| network["name"] == name).cloned().unwrap();
    network.as_object_mut().unwrap().remove(now.family.subnet_key());
    network
}

/// What `config-get` prints for a key of a scope.
fn now_at(now: &Config, scope: &Place, key: &str) -> Option<Value> {
    let list = now.family.subnet_key();
    let mut all: Vec<&Value> = now.root[list].as_array().unwrap().iter().collect();
    let networks = now.root["shared-networks"].as_array().unwrap();
    all.extend(networks.iter().filter_map(|network| network[list].as_array()).flatten());
    let map = match scope.subnet_name() {
        Some(name) => all.into_iter().find(|subnet| subnet["id"].as_u64() == name.id).unwrap(),
        None if scope.steps.is_empty() => &now.root,
        None => networks.iter().find(|network| network["name"] == "campus").unwrap(),
    };
    map.get(key).cloned()
}
