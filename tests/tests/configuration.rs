//! What Perch believes about whole configurations, held against real Keas: inheritance, rules, and the demo's files.

use perch_shared::{
    Family,
    api::ConfigurationView,
    change::diff,
    command::mend,
    config::{Config, freeze, thaw},
    draft::{Draft, SHAPES},
    option::OptionData,
    rules,
};
use perch_tests::lab::{self, Lab};
use serde_json::{Map, Value, json};

/// The labs of every version that is here, both daemons running.
fn labs() -> Vec<Lab> {
    let mut labs: Vec<Lab> = lab::VERSIONS.into_iter().filter_map(Lab::open).collect();
    for lab in &mut labs {
        Family::ALL.into_iter().for_each(|family| lab.start(family));
    }
    labs
}

/// What the daemon runs, with its text mended so that it can be sent back.
fn running(lab: &Lab, family: Family) -> Value {
    let mut root = lab.running(family);
    mend(&mut root);
    root
}

/// Has the daemon run the configuration and gives what it prints then, or why it refuses.
fn run(lab: &Lab, family: Family, root: &Value) -> Result<Value, String> {
    let answer = lab.ask(family, &json!({"command": "config-set", "arguments": {family.root_key(): root}}));
    match answer["result"].as_i64() {
        Some(0) => Ok(running(lab, family)),
        _ => Err(answer["text"].as_str().unwrap_or_default().to_owned()),
    }
}

/// The lab's own configuration without its subnets, with the keys of `extra`.
fn with(base: &Value, family: Family, extra: &Value) -> Value {
    let mut root = base.clone();
    let map = root.as_object_mut().unwrap();
    let ours = [
        "option-data",
        "option-def",
        "client-classes",
        "shared-networks",
        "reservations",
        family.subnet_key(),
    ];
    ours.iter().for_each(|key| drop(map.remove(*key)));
    map.extend(extra.as_object().unwrap().clone());
    root
}

fn subnet(family: Family, id: u64, keys: &Value) -> Value {
    let prefix = match family {
        Family::V4 => format!("10.{id}.0.0/16"),
        Family::V6 => format!("2001:db8:{id}::/48"),
    };
    let mut subnet = json!({"id": id, "subnet": prefix});
    subnet.as_object_mut().unwrap().extend(keys.as_object().cloned().unwrap_or_default());
    subnet
}

/// A configuration in which every level sets some of what is inherited, and nothing to what it would inherit.
fn levels(family: Family) -> Value {
    let relay = |last: u8| match family {
        Family::V4 => json!({"ip-addresses": [format!("10.0.0.{last}")]}),
        Family::V6 => json!({"ip-addresses": [format!("2001:db8::{last}")]}),
    };
    let key = family.subnet_key();
    let mut root = json!({
        "valid-lifetime": 10_000, "max-valid-lifetime": 20_000, "renew-timer": 1_000, "t1-percent": 0.3,
        key: [
            subnet(family, 1, &json!({})),
            subnet(family, 2, &json!({"valid-lifetime": 11_000, "min-valid-lifetime": 5_000, "relay": relay(1)})),
            subnet(family, 3, &json!({"max-valid-lifetime": 21_000, "cache-threshold": 0.4, "store-extended-info": true})),
        ],
        "shared-networks": [
            {"name": "a", key: [subnet(family, 4, &json!({})), subnet(family, 5, &json!({"rebind-timer": 2_000}))]},
            {
                "name": "b", "relay": relay(2), "valid-lifetime": 12_000, "min-valid-lifetime": 6_000, "renew-timer": 1_100,
                key: [
                    subnet(family, 6, &json!({})),
                    subnet(family, 7, &json!({"relay": relay(3), "min-valid-lifetime": 7_000, "t2-percent": 0.7})),
                ],
            },
        ],
    });
    if family == Family::V6 {
        root["preferred-lifetime"] = json!(8_000);
        root["shared-networks"][1]["max-preferred-lifetime"] = json!(9_000);
    }
    root
}

#[test]
fn a_thawed_configuration_runs_as_the_same() {
    for lab in labs() {
        for family in Family::ALL {
            let base = running(&lab, family);
            let printed = run(&lab, family, &with(&base, family, &levels(family))).unwrap();
            let mut config = Config { family, root: printed.clone() };
            thaw(&mut config);
            let again = run(&lab, family, &config.root).unwrap();
            assert_eq!(diff(&printed, &again), [], "{} {family}", lab.version());
            freeze(&mut config);
            assert_eq!(diff(&printed, &config.root), [], "{} {family}: Kea freezes otherwise", lab.version());
        }
    }
}

#[test]
fn a_thawed_configuration_inherits_as_the_file_did() {
    let changes = [
        ("", "valid-lifetime", json!(13_000)),
        ("", "min-valid-lifetime", json!(4_000)),
        ("", "max-valid-lifetime", json!(30_000)),
        ("", "renew-timer", json!(1_234)),
        ("", "t1-percent", json!(0.45)),
        ("", "cache-threshold", json!(0.35)),
        ("", "calculate-tee-times", json!("other")),
        ("", "store-extended-info", json!("other")),
        ("/shared-networks/0", "valid-lifetime", json!(13_000)),
        ("/shared-networks/1", "valid-lifetime", json!(13_000)),
        ("/shared-networks/1", "relay", json!("gone")),
    ];
    for lab in labs() {
        for family in Family::ALL {
            let base = running(&lab, family);
            let file = with(&base, family, &levels(family));
            let printed = run(&lab, family, &file).unwrap();
            let mut thawed = Config { family, root: printed.clone() };
            thaw(&mut thawed);
            for (place, key, value) in &changes {
                let change = |root: &Value| {
                    let mut root = root.clone();
                    let map = root.pointer_mut(place).unwrap().as_object_mut().unwrap();
                    match value.as_str() {
                        Some("other") => {
                            drop(map.insert((*key).to_owned(), json!(!printed[*key].as_bool().unwrap())))
                        }
                        Some(_) => drop(map.remove(*key)),
                        None => drop(map.insert((*key).to_owned(), value.clone())),
                    }
                    root
                };
                let from_file = run(&lab, family, &change(&file)).unwrap();
                let from_thawed = run(&lab, family, &change(&thawed.root)).unwrap();
                assert_eq!(diff(&from_file, &from_thawed), [], "{} {family} {place} {key}", lab.version());
            }
        }
    }
}

#[test]
fn without_thawing_a_change_does_not_reach_the_subnets() {
    for lab in labs() {
        let base = running(&lab, Family::V4);
        let file = with(&base, Family::V4, &levels(Family::V4));
        let mut frozen = run(&lab, Family::V4, &file).unwrap();
        frozen["valid-lifetime"] = json!(13_000);
        let after = run(&lab, Family::V4, &frozen).unwrap();
        assert_eq!(after["subnet4"][0]["valid-lifetime"], 10_000, "{}", lab.version());
    }
}

/// A rule's example: whether the rule finds something, and the keys of a configuration.
fn rule_examples(family: Family) -> Vec<(&'static str, bool, Value)> {
    let key = family.subnet_key();
    let one = |keys: Value| json!({key: [subnet(family, 1, &keys)]});
    let pools = |pools: &[(u16, u16)]| {
        let text = |(first, last): &(u16, u16)| match family {
            Family::V4 => format!("10.1.{}.{} - 10.1.{}.{}", first >> 8, first & 255, last >> 8, last & 255),
            Family::V6 => format!("2001:db8:1::{first:x} - 2001:db8:1::{last:x}"),
        };
        one(json!({"pools": pools.iter().map(|pool| json!({"pool": text(pool)})).collect::<Vec<_>>()}))
    };
    let outside = subnet(family, 9, &json!({}))["subnet"].clone();
    let both = |mut left: Value, right: Value| {
        left["shared-networks"] = json!([{"name": "n", key: [right]}]);
        left
    };
    let same_id = Value::Object(Map::from_iter([("id".to_owned(), json!(1))]));
    let class = |keys: Value| {
        let mut class = json!({"name": "a"});
        class.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
        json!({"client-classes": [class]})
    };
    let option = |data: &str| json!({"option-data": [{"code": if family == Family::V4 { 6 } else { 23 }, "data": data}]});
    let good = if family == Family::V4 { "192.0.2.1" } else { "2001:db8::1" };
    let unknown = json!({"option-data": [{"code": 224, "data": "01"}]});
    vec![
        ("option-data/value", false, option(good)),
        ("option-data/value", true, option("nonsense")),
        ("option-data/value", true, one(option("nonsense"))),
        ("option-data/value", true, class(option("nonsense"))),
        ("option-data/undefined", true, unknown.clone()),
        ("option-data/undefined", false, one(unknown.clone())),
        ("option-data/undefined", false, class(unknown)),
        ("pool/outside-subnet", false, pools(&[(0, 65_535)])),
        ("pool/outside-subnet", true, one(json!({"pools": [{"pool": outside}]}))),
        ("pool/overlap", false, pools(&[(1, 9), (10, 20)])),
        ("pool/overlap", true, pools(&[(1, 9), (9, 20)])),
        ("pool/overlap", true, pools(&[(1, 900), (20, 30), (40, 50)])),
        ("subnet/duplicate-id", false, both(one(json!({})), subnet(family, 2, &json!({})))),
        ("subnet/duplicate-id", true, both(one(json!({})), subnet(family, 2, &same_id))),
        ("subnet/duplicate-prefix", true, both(one(json!({})), subnet(family, 1, &json!({"id": 7})))),
        (
            "lifetime/order",
            false,
            json!({"min-valid-lifetime": 5, "valid-lifetime": 5, "max-valid-lifetime": 5}),
        ),
        ("lifetime/order", true, json!({"valid-lifetime": 5, "max-valid-lifetime": 4})),
        ("lifetime/order", true, json!({"min-valid-lifetime": 8_000, "valid-lifetime": 7_200})),
        ("lifetime/order", true, one(json!({"max-valid-lifetime": 5}))),
        ("lifetime/order", false, one(json!({"valid-lifetime": 5}))),
        ("lifetime/order", true, class(json!({"min-valid-lifetime": 1, "max-valid-lifetime": 2}))),
        ("lifetime/order", false, class(json!({"max-valid-lifetime": 2}))),
    ]
}

#[test]
fn kea_refuses_what_the_rules_call_an_error_and_nothing_else() {
    for lab in labs() {
        for family in Family::ALL {
            let base = running(&lab, family);
            for (code, wrong, keys) in rule_examples(family) {
                let mut root = with(&base, family, &keys);
                root.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
                let found = rules::review(&Config { family, root: root.clone() }, lab.version());
                let errors: Vec<&str> =
                    found.iter().filter(|f| f.is_error()).map(|f| f.code.as_str()).collect();
                assert_eq!(errors.contains(&code), wrong, "{code} {family} {keys}: {errors:?}");
                let test = json!({"command": "config-test", "arguments": {family.root_key(): root}});
                let answer = lab.ask(family, &test);
                assert_eq!(
                    answer["result"] != 0,
                    wrong,
                    "{} {code} {family} {keys}: {answer}",
                    lab.version()
                );
            }
        }
    }
}

#[test]
fn kea_accepts_what_the_rules_only_warn_of() {
    let twice = json!({"code": 6, "data": "192.0.2.1"});
    for lab in labs() {
        let mut root = with(&running(&lab, Family::V4), Family::V4, &json!({"option-data": [twice, twice]}));
        let map = root.as_object_mut().unwrap();
        ["control-socket", "control-sockets"].iter().for_each(|key| drop(map.remove(*key)));
        let found = rules::review(&Config { family: Family::V4, root: root.clone() }, lab.version());
        let mut codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
        codes.sort_unstable();
        assert_eq!(codes, ["control-socket/missing", "option-data/duplicate"]);
        let answer = lab.ask(Family::V4, &json!({"command": "config-test", "arguments": {"Dhcp4": root}}));
        assert_eq!(answer["result"], 0, "{answer}");
    }
}

#[test]
fn kea_accepts_the_files_of_the_demo() {
    const FILES: [(&str, Family, &str); 6] = [
        ("2.6.3", Family::V4, include_str!("../../proxy/src/demo/data/hq-dhcp4.json")),
        ("2.6.3", Family::V4, include_str!("../../proxy/src/demo/data/branch-dhcp4.json")),
        ("2.6.3", Family::V6, include_str!("../../proxy/src/demo/data/branch-dhcp6.json")),
        ("2.6.3", Family::V4, include_str!("../../proxy/src/demo/data/warehouse-dhcp4.json")),
        ("3.0.4", Family::V4, include_str!("../../proxy/src/demo/data/lab-dhcp4.json")),
        ("3.0.4", Family::V6, include_str!("../../proxy/src/demo/data/lab-dhcp6.json")),
    ];
    for lab in labs() {
        for (_, family, file) in FILES.iter().filter(|(version, ..)| *version == lab.version().to_string()) {
            let mut file: Value = serde_json::from_str(file).unwrap();
            let running = running(&lab, *family);
            let root = file[family.root_key()].as_object_mut().unwrap();
            // The socket's folder and the lease file's are the lab's: everything else is as in the demo.
            for key in ["control-socket", "control-sockets", "lease-database"] {
                if root.contains_key(key) {
                    root.insert(key.to_owned(), running[key].clone());
                }
            }
            let answer = lab.ask(*family, &json!({"command": "config-test", "arguments": file}));
            assert_eq!(answer["result"], 0, "{family} {answer}\n{file}");
        }
    }
}

/// A draft of the lab's configuration without options and definitions.
fn draft(lab: &Lab, family: Family) -> Draft {
    let config = with(&running(lab, family), family, &json!({}));
    Draft::new(ConfigurationView { family, version: lab.version(), hash: String::new(), config })
}

/// Every set of options with its examples filled in, and the classes, run as they are.
#[test]
fn kea_runs_every_recipe() {
    for lab in labs() {
        for family in Family::ALL {
            let recipes = draft(&lab, family).recipes();
            assert!(recipes.len() > 1);
            for recipe in recipes {
                let mut draft = draft(&lab, family);
                draft.add_recipe("", &recipe);
                for set in draft.options("").into_iter().filter(|set| set.option.data.is_empty()) {
                    let data = draft.example_of(&set.option).to_owned();
                    draft.set_option(&set.path, &OptionData { data, ..set.option });
                }
                let printed = run(&lab, family, &draft.after().root)
                    .unwrap_or_else(|why| panic!("{} on {}: {why}", recipe.id, lab.version()));
                let printed = printed["option-data"].as_array().unwrap().clone();
                // Kea prints the head of sub-options with their bytes.
                for set in draft.options("").into_iter().filter(|set| !set.option.data.is_empty()) {
                    let is_it = |one: &&Value| {
                        one["code"] == json!(set.option.code) && one["space"] == set.option.space
                    };
                    let there =
                        printed.iter().find(is_it).unwrap_or_else(|| panic!("{} is lost", set.option.name));
                    assert_eq!(there["data"], set.option.data, "{} on {}", recipe.id, lab.version());
                }
            }
        }
        let mut classes = draft(&lab, Family::V4);
        classes.add_boot_classes();
        classes.add_port_class();
        run(&lab, Family::V4, &classes.after().root).unwrap();
    }
}

/// An option that nobody knows, defined where it stands, as each of the types that are offered.
#[test]
fn kea_runs_every_shape_of_an_option() {
    for lab in labs() {
        for (family, code) in [(Family::V4, 150), (Family::V6, 250)] {
            for (shape, data) in
                SHAPES.into_iter().zip(["192.0.2.1", "2001:db8::1", "a text", "7", "700", "70000", "true"])
            {
                let mut draft = draft(&lab, family);
                let option = OptionData {
                    code: Some(code),
                    data: data.to_owned(),
                    csv_format: Some(false),
                    ..OptionData::default()
                };
                let path = draft.add_option("", &option);
                draft.define_option(&path, shape);
                // Digits are bytes as well, and become what the type makes of them.
                draft.set_option(
                    &path,
                    &OptionData { data: data.to_owned(), csv_format: None, ..draft.option(&path) },
                );
                let printed = run(&lab, family, &draft.after().root)
                    .unwrap_or_else(|why| panic!("{shape:?} on {}: {why}", lab.version()));
                assert_eq!(printed["option-data"][0]["data"], data, "{shape:?} on {}", lab.version());
                assert_eq!(printed["option-def"][0]["type"], shape.kind);
            }
        }
    }
}
