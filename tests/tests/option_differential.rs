//! Perch's verdict on options beside that of real Keas, over every standard option. Other cases are in `perch-agree`.

use perch_shared::{
    Family,
    config::Config,
    option::{Definition, Definitions, OptionData, OptionDef, OptionType, check},
    rules::review,
};
use perch_tests::lab::{self, Lab};
use serde_json::{Value, json};

/// What the daemon's `config-test` says about options: nothing, or why it refuses them.
fn kea_says(
    lab: &Lab,
    family: Family,
    definitions: &[OptionDef],
    options: &[OptionData],
) -> Result<(), String> {
    let answer = lab.ask(family, &config_test(family, definitions, options));
    match answer["result"].as_i64() {
        Some(0) => Ok(()),
        _ => Err(answer["text"].as_str().unwrap_or_default().to_owned()),
    }
}

fn config_test(family: Family, definitions: &[OptionDef], options: &[OptionData]) -> Value {
    let root = json!({
        "interfaces-config": {"interfaces": []},
        "lease-database": {"type": "memfile", "persist": false},
        "option-def": definitions,
        "option-data": options,
    });
    json!({"command": "config-test", "arguments": {family.root_key(): root}})
}

/// The labs of every version that is here, both daemons running.
fn labs() -> Vec<Lab> {
    let mut labs: Vec<Lab> = lab::VERSIONS.into_iter().filter_map(Lab::open).collect();
    for lab in &mut labs {
        Family::ALL.into_iter().for_each(|family| lab.start(family));
    }
    labs
}

#[test]
fn kea_knows_every_standard_option_by_code_and_by_name() {
    for lab in labs() {
        for family in Family::ALL {
            let definitions = Definitions::new(family, lab.version(), Vec::new());
            for definition in definitions.all() {
                let by_code = OptionData { code: Some(definition.code), ..sample(&definition) };
                let by_name = OptionData { name: definition.name.clone(), ..sample(&definition) };
                for option in [by_code, by_name] {
                    let checked = check(&definitions, &option);
                    assert!(checked.bytes.is_some(), "{option:?}: {:?}", checked.diagnostics);
                    let kea = kea_says(&lab, family, &[], std::slice::from_ref(&option));
                    assert_eq!(kea, Ok(()), "Kea {}: {option:?}", lab.version());
                }
            }
        }
    }
}

#[test]
fn kea_has_no_definition_where_perch_has_none() {
    for lab in labs() {
        for (family, codes) in [(Family::V4, 1..=254), (Family::V6, 1..=200)] {
            let definitions = Definitions::new(family, lab.version(), Vec::new());
            for code in codes.filter(|code| definitions.by_code(family.service(), *code).is_none()) {
                let text = OptionData { code: Some(code), csv_format: Some(true), ..OptionData::default() };
                let kea = kea_says(&lab, family, &[], &[text]).expect_err("no definition");
                assert!(kea.contains("does not exist"), "Kea {}: {family} {code}: {kea}", lab.version());
            }
        }
    }
}

#[test]
fn kea_3_0_ends_on_an_empty_tuple() {
    let Some(mut lab) = Lab::open("3.0.4") else { return };
    let root = json!({
        "option-def": [{"code": 224, "name": "foo", "type": "tuple"}],
        "option-data": [{"code": 224, "data": " "}],
    });
    assert!(refused(&lab, &root, "option-data/stops-kea"));
    assert!(ends_kea(&mut lab, &root));
}

#[test]
fn every_kea_ends_on_options_that_hold_each_other() {
    for mut lab in lab::VERSIONS.into_iter().filter_map(Lab::open) {
        let root = json!({
            "option-def": [
                {"code": 224, "name": "a", "type": "empty", "encapsulate": "x"},
                {"code": 1, "name": "b", "space": "x", "type": "empty", "encapsulate": "y"},
                {"code": 1, "name": "c", "space": "y", "type": "empty", "encapsulate": "x"},
            ],
            "option-data": [{"code": 224}, {"code": 1, "space": "x"}, {"code": 1, "space": "y"}],
        });
        assert!(refused(&lab, &root, "option-data/cycle"));
        assert!(ends_kea(&mut lab, &root), "Kea {}", lab.version());
    }
}

/// Whether Perch's rules refuse a configuration with a finding of that code.
fn refused(lab: &Lab, root: &Value, code: &str) -> bool {
    let config = Config { family: Family::V4, root: root.clone() };
    review(&config, lab.version()).iter().any(|found| found.is_error() && found.code == code)
}

/// Whether the DHCPv4 daemon is gone after `config-test`.
fn ends_kea(lab: &mut Lab, root: &Value) -> bool {
    lab.start(Family::V4);
    let command = json!({"command": "config-test", "arguments": {"Dhcp4": root}});
    let answer = lab::ask_socket(&lab.socket(Family::V4), &command);
    let alive = lab::ask_socket(&lab.socket(Family::V4), &json!({"command": "version-get"}));
    answer.is_err() && alive.is_err()
}

/// A value that fits a definition.
fn sample(definition: &Definition) -> OptionData {
    let value = |kind: OptionType| match kind {
        OptionType::Empty => "",
        OptionType::Binary => "0102",
        OptionType::Boolean => "true",
        OptionType::Ipv4Address => "192.0.2.1",
        OptionType::Ipv6Address => "2001:db8::1",
        OptionType::Ipv6Prefix => "2001:db8::/32",
        OptionType::Psid => "3/4",
        OptionType::String | OptionType::Tuple => "text",
        OptionType::Fqdn => "host.example.org",
        _ => "1",
    };
    let data = match (definition.kind, definition.code, definition.family) {
        (OptionType::Internal, 121, _) => "10.0.0.0/8 - 192.0.2.1".to_owned(),
        (OptionType::Internal, ..) => "100, dot.example.org.".to_owned(),
        // The second field is the first byte of a tuple: a length.
        (_, 124, Family::V4) => "4491, 020102".to_owned(),
        (_, 16, Family::V6) => "4491, 00020102".to_owned(),
        (OptionType::Record, ..) => {
            let values: Vec<&str> = definition.fields.iter().map(|kind| value(*kind)).collect();
            values.join(", ")
        }
        (kind, ..) => value(kind).to_owned(),
    };
    OptionData { data, ..OptionData::default() }
}
