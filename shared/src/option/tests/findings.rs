//! What the findings say.

use super::{NEWEST, def, judge};
use crate::{
    Family, KeaVersion,
    diagnostic::Severity::{self, Error, Warning},
    option::{Checked, Definitions, OptionData, OptionDef, check, check_def},
};

/// Every case: the option, and the severity, code, message and help of its first finding.
const FINDINGS: &[(&str, Severity, &str, &str, &str)] = &[
    (
        r#"{"code": 6, "data": "149,112.112.112"}"#,
        Error,
        "option-data/value",
        "`149` is not an IPv4 address",
        "did you mean `149.112.112.112`? a comma ends an address",
    ),
    (
        r#"{"code": 3, "data": "192.168.001.1"}"#,
        Error,
        "option-data/value",
        "`192.168.001.1` is not an IPv4 address",
        "write `192.168.1.1`",
    ),
    (
        r#"{"code": 3, "data": "10.0.0.1 10.0.0.2"}"#,
        Error,
        "option-data/value",
        "`10.0.0.1 10.0.0.2` is not an IPv4 address",
        "separate addresses with commas: `10.0.0.1, 10.0.0.2`",
    ),
    (
        r#"{"code": 28, "data": "2001:db8::1"}"#,
        Warning,
        "option-data/address-family",
        "`2001:db8::1` is an IPv6 address: Kea would send its first four bytes",
        "give an IPv4 address",
    ),
    (
        r#"{"code": 26, "data": "1e3"}"#,
        Warning,
        "option-data/bare-hex",
        "`1e3` is read as hexadecimal, 483",
        "write `483`, or `0x` before hexadecimal digits",
    ),
    (
        r#"{"code": 26, "data": "70000"}"#,
        Error,
        "option-data/range",
        "`70000` is not between 0 and 65535",
        "",
    ),
    (
        r#"{"code": 119, "data": "a.example b.example"}"#,
        Warning,
        "option-data/unsendable-name",
        "`a.example b.example` has characters that Kea cannot send in a name",
        "separate names with commas: `a.example, b.example`",
    ),
    (
        r#"{"code": 121, "data": "10.1.2.3/8 - 192.0.2.1"}"#,
        Warning,
        "option-data/host-bits",
        "`10.1.2.3/8` has bits behind its length",
        "write `10.0.0.0/8`: many clients drop such a route",
    ),
    (
        r#"{"code": 15, "data": "a.example,b.example"}"#,
        Warning,
        "option-data/extra-value",
        "Kea keeps only `a.example`",
        "put a backslash before each comma that belongs to the text: `a.example\\,b.example`",
    ),
    (
        r#"{"code": 3, "data": ""}"#,
        Warning,
        "option-data/empty",
        "Kea sends `routers` without a value",
        "give IPv4 addresses, separated by commas",
    ),
    (
        r#"{"code": 51, "data": "3600"}"#,
        Warning,
        "option-data/set-by-kea",
        "Kea sets `dhcp-lease-time` itself",
        "set `valid-lifetime` instead",
    ),
    (
        r#"{"name": "Routers", "data": "10.0.0.1"}"#,
        Error,
        "option-data/unknown-option",
        "Kea 3.0.4 knows no option `Routers` in the space `dhcp4`",
        "did you mean `routers`?",
    ),
    (
        r#"{"code": 224, "data": "1"}"#,
        Error,
        "option-data/undefined",
        "Kea 3.0.4 has no definition of option 224 in the space `dhcp4`",
        "define it with `option-def`, or set `csv-format` to false and give its bytes in hexadecimal",
    ),
    (
        r#"{"code": 3, "name": "routes", "data": "10.0.0.1"}"#,
        Error,
        "option-data/name-mismatch",
        "the code 3 is `routers`, not `routes`",
        "give only one of the two, or make them agree",
    ),
    (
        r#"{"code": 43, "data": "0102"}"#,
        Error,
        "option-data/value",
        "`vendor-encapsulated-options` takes no value",
        "leave the value empty and set the sub-options in the space `vendor-encapsulated-options-space`, or set \
             `csv-format` to false and give the bytes in hexadecimal",
    ),
];

#[test]
fn findings_say_what_is_wrong_and_what_to_do() {
    let v4 = Definitions::new(Family::V4, NEWEST, Vec::new());
    for (json, severity, code, message, help) in FINDINGS {
        let option: OptionData = serde_json::from_str(json).unwrap();
        let checked = check(&v4, &option);
        let found = checked.diagnostics.first().unwrap();
        let found_help = found.help.as_deref().unwrap_or_default();
        let found = (found.severity, found.code.as_str(), found.message.as_str(), found_help);
        assert_eq!(found, (*severity, *code, *message, *help), "{json}");
    }
}

#[test]
fn what_kea_accepts_and_cannot_send_is_said() {
    let code = |checked: Checked| checked.diagnostics.first().map(|found| found.code.clone());
    let array = judge(Family::V4, def("ipv6-address", true), "2001:db8::1", None);
    assert_eq!(code(array).as_deref(), Some("option-data/unreadable"));
    let client_data = OptionData { code: Some(45), ..OptionData::default() };
    let at = |version| check(&Definitions::new(Family::V6, version, Vec::new()), &client_data);
    assert_eq!(code(at(KeaVersion::new(2, 2, 0))).as_deref(), Some("option-data/stops-kea-later"));
    assert_eq!(code(at(NEWEST)), None);
}

#[test]
fn spans_point_at_the_value() {
    let v4 = Definitions::new(Family::V4, NEWEST, Vec::new());
    let data = "10.0.0.1, x ,10.0.0.2, y";
    let option = OptionData { code: Some(3), data: data.into(), ..OptionData::default() };
    let spans: Vec<_> = check(&v4, &option)
        .diagnostics
        .into_iter()
        .map(|found| data.get(found.span.unwrap()).unwrap())
        .collect();
    assert_eq!(spans, ["x", "y"]);
}

#[test]
fn keys_are_checked_too() {
    let v4 = Definitions::new(Family::V4, NEWEST, Vec::new());
    for (json, path) in [
        (r#"{"code": 3, "data": "10.0.0.1", "foo": 1}"#, "foo"),
        (r#"{"code": 3, "data": "10.0.0.1", "client-classes": "a"}"#, "client-classes"),
        (r#"{"code": 3, "data": "10.0.0.1", "user-context": [1]}"#, "user-context"),
        (r#"{"code": 3, "data": "10.0.0.1", "space": "dhcp6"}"#, "space"),
        (r#"{"code": 3, "data": "10.0.0.1", "space": "-x"}"#, "space"),
        (r#"{"code": 255, "data": "01", "csv-format": false}"#, "code"),
        (r#"{"code": 300, "data": "01", "csv-format": false}"#, "code"),
        (r#"{"data": "01"}"#, "code"),
        (r#"{"name": "a b", "data": "01"}"#, "name"),
    ] {
        let option: OptionData = serde_json::from_str(json).unwrap();
        let checked = check(&v4, &option);
        assert!(checked.diagnostics.iter().any(|found| found.is_error() && found.path == path), "{json}");
    }
}

#[test]
fn definitions_are_checked_beside_the_others() {
    let voip: OptionDef = serde_json::from_str(r#"{"name": "voip", "code": 224, "type": "uint8"}"#).unwrap();
    let v4 = Definitions::new(Family::V4, NEWEST, vec![voip]);
    for (json, codes) in [
        (r#"{"name": "a", "code": 225, "type": "uint8"}"#, &[][..]),
        (r#"{"name": "a", "code": 224, "type": "uint8"}"#, &["option-def/duplicate-code"]),
        (r#"{"name": "voip", "code": 225, "type": "uint8"}"#, &["option-def/duplicate-name"]),
        (r#"{"name": "Voip", "code": 224, "type": "uint8", "space": "x"}"#, &[]),
        (
            r#"{"name": "routers", "code": 6, "type": "uint8"}"#,
            &["option-def/standard-code", "option-def/standard-name"],
        ),
        (r#"{"name": "a", "code": 300, "type": "uint8"}"#, &["option-def/code-range"]),
        (r#"{"name": "a", "code": 255, "type": "uint8"}"#, &["option-def/reserved-code"]),
        (r#"{"name": "a", "code": 255, "type": "uint8", "space": "x"}"#, &[]),
        (
            r#"{"name": "-a", "code": 225, "type": "string", "array": true}"#,
            &["option-def/name", "option-def/array"],
        ),
        (r#"{"name": "a", "code": 225, "type": "record", "record-types": " uint8 ,, uint8"}"#, &[]),
        (
            r#"{"name": "a", "code": 225, "type": "record", "record-types": "string, x"}"#,
            &["option-def/record-field", "option-def/record-field"],
        ),
        (
            r#"{"name": "a", "code": 225, "type": "empty", "encapsulate": "dhcp4"}"#,
            &["option-def/encapsulates-itself"],
        ),
        (r#"{"name": "a", "code": 2, "type": "uint8", "space": "vendor-4491"}"#, &["option-def/hidden"]),
    ] {
        let def: OptionDef = serde_json::from_str(json).unwrap();
        let found: Vec<String> = check_def(&v4, &def).into_iter().map(|found| found.code).collect();
        assert_eq!(found, codes, "{json}");
    }
}
