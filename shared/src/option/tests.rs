//! What Kea accepts, refuses and sends, type by type; and laws that hold for any text.

use super::*;
use crate::{Family, KeaVersion, diagnostic::Severity};
use proptest::prelude::*;

const NEWEST: KeaVersion = KeaVersion::new(3, 0, 4);

fn def(kind: &str, array: bool) -> OptionDef {
    let record = kind.contains(',');
    OptionDef {
        code: 224,
        name: "foo".into(),
        space: String::new(),
        kind: if record { OptionType::Record } else { kind.parse().unwrap() },
        array,
        record_types: if record { kind.into() } else { String::new() },
        encapsulate: String::new(),
        rest: serde_json::Map::new(),
    }
}

fn definitions(family: Family, def: OptionDef) -> Definitions {
    Definitions::new(family, NEWEST, vec![def])
}

fn judge(family: Family, def: OptionDef, data: &str, csv_format: Option<bool>) -> Checked {
    let option = OptionData { code: Some(224), data: data.into(), csv_format, ..OptionData::default() };
    check(&definitions(family, def), &option)
}

/// Every case: the type, whether it is an array, the text, and the bytes in hexadecimal or `-` for a refusal.
const TEXTS: &[(&str, bool, &str, &str)] = &[
    ("empty", false, "", ""),
    ("empty", false, ",", ""),
    ("empty", false, "x", "-"),
    ("binary", false, "0a0B", "0A0B"),
    ("binary", false, "0a 0B", "0A0B"),
    ("binary", false, "0x0a", "-"),
    ("binary", false, "012", "-"),
    ("boolean", false, "TrUe", "01"),
    ("boolean", false, "0", "00"),
    ("boolean", false, "2", "-"),
    ("boolean", false, "yes", "-"),
    ("boolean", true, "true,false", "0100"),
    ("int8", false, "-128", "80"),
    ("int8", false, "128", "-"),
    ("int16", true, "-1,1", "FFFF0001"),
    ("int32", false, "-2147483648", "80000000"),
    ("uint8", false, "255", "FF"),
    ("uint8", false, "256", "-"),
    ("uint8", false, "-1", "-"),
    ("uint8", false, "", "-"),
    ("uint8", false, "ff", "FF"),
    ("uint8", true, "", "-"),
    ("uint16", false, "1e3", "01E3"),
    ("uint16", false, "0x1F", "001F"),
    ("uint16", false, "1.5", "-"),
    ("uint32", false, " 4294967295 ", "FFFFFFFF"),
    ("uint32", false, "4294967296", "-"),
    ("ipv4-address", false, "192.0.2.1", "C0000201"),
    ("ipv4-address", false, "192.0.2.256", "-"),
    ("ipv4-address", false, "2001:db8::1", "20010DB8"),
    ("ipv4-address", true, "192.0.2.1,,10.0.0.1", "C00002010A000001"),
    ("ipv4-address", true, "", ""),
    ("ipv6-address", false, "2001:db8::1", "20010DB8000000000000000000000001"),
    ("ipv6-address", false, "192.0.2.1", "-"),
    ("ipv6-address", true, "1.1.1.1,2.2.2.2,3.3.3.3,4.4.4.4", "01010101020202020303030304040404"),
    ("ipv6-prefix", false, "2001:db8::/32", "2020010DB8"),
    ("ipv6-prefix", false, "2001:db8:: / 0x20", "2020010DB8"),
    ("ipv6-prefix", false, "2001:db8::ffff/33", "2120010DB800"),
    ("ipv6-prefix", false, "::/0", "00"),
    ("ipv6-prefix", false, "2001:db8::/129", "-"),
    ("ipv6-prefix", false, "2001:db8::", "-"),
    ("ipv6-prefix", true, "::/0,ff00::/8", "0008FF"),
    ("psid", false, "3/4", "043000"),
    ("psid", false, "16/4", "-"),
    ("psid", false, "5/0", "000000"),
    ("psid", false, "1/17", "-"),
    ("string", false, "a b", "612062"),
    ("string", false, "a\\,b", "612C62"),
    ("string", false, "a,b", "61"),
    ("string", false, "zoë", "7A6FC3AB"),
    ("string", false, " ", "-"),
    ("tuple", false, "ab", "026162"),
    ("tuple", false, " ", "-"),
    ("tuple", true, "ab,c", "0261620163"),
    ("fqdn", false, "a.example", "0161076578616D706C6500"),
    ("fqdn", false, "a..b", "-"),
    ("fqdn", false, ".", "-"),
    ("fqdn", false, "a b", "-"),
    ("fqdn", true, "a,b.", "016100016200"),
    ("uint8,string", false, "1,text", "0174657874"),
    ("uint8,string", false, "1", "-"),
    ("uint8,ipv4-address", true, "1,10.0.0.1,10.0.0.2", "010A0000010A000002"),
    ("uint8,uint8", false, "1,2,3", "0102"),
    ("fqdn,uint16", false, "a,1", "0161000001"),
];

#[test]
fn text_becomes_what_kea_sends() {
    for (kind, array, data, expected) in TEXTS {
        let checked = judge(Family::V4, def(kind, *array), data, None);
        let found = checked.bytes.as_deref().map_or("-".to_owned(), hex::print);
        assert_eq!(found, *expected, "{kind} {array} {data:?}: {:?}", checked.diagnostics);
        assert_eq!(
            checked.bytes.is_none(),
            checked.diagnostics.iter().any(|found| found.is_error()),
            "{data:?}"
        );
    }
}

#[test]
fn a_tuple_has_a_longer_length_in_dhcpv6() {
    let checked = judge(Family::V6, def("tuple", false), "ab", None);
    assert_eq!(checked.bytes.as_deref(), Some(&b"\0\x02ab"[..]));
}

#[test]
fn hexadecimal_becomes_what_kea_sends() {
    for (kind, array, data, expected) in [
        ("string", false, "'text'", "74657874"),
        ("string", false, "610000", "61"),
        ("string", false, "0", "-"),
        ("uint16", false, "0102", "0102"),
        ("uint16", false, "01", "-"),
        ("uint16", false, "010203", "0102"),
        ("uint16", true, "010203", "-"),
        ("ipv4-address", true, "01:02:03:04", "01020304"),
        ("ipv4-address", true, "0x0102030405", "-"),
        ("empty", false, "01", ""),
        ("boolean", false, "05", "05"),
        ("tuple", false, "00", "-"),
        ("tuple", false, "026162", "026162"),
        ("tuple", false, "0261", "-"),
        ("fqdn", false, "016100", "016100"),
        ("fqdn", false, "0161", "-"),
        ("fqdn", true, "0161000162c000", "0161000162016100"),
        ("uint8,string", false, "01", "01"),
        ("binary", false, "0X01", "-"),
    ] {
        let checked = judge(Family::V4, def(kind, array), data, Some(false));
        let found = checked.bytes.as_deref().map_or("-".to_owned(), hex::print);
        assert_eq!(found, expected, "{kind} {data:?}: {:?}", checked.diagnostics);
    }
}

#[test]
fn special_options_read_their_own_text() {
    let v4 = Definitions::new(Family::V4, NEWEST, Vec::new());
    let v6 = Definitions::new(Family::V6, NEWEST, Vec::new());
    for (definitions, code, data, expected) in [
        (&v4, 121, "10.0.0.0/8 - 192.0.2.1, 0.0.0.0/0-192.0.2.2", "080AC000020100C0000202"),
        (&v4, 121, "10.0.0.0 - 192.0.2.1", "-"),
        (&v4, 125, "4491", "0000118B00"),
        (
            &v4,
            162,
            "1, a., 10.0.0.1, alpn=dot port=853",
            "0019000103016100040A0000010001000403646F74000300020355",
        ),
        (&v4, 162, "1, a., 10.0.0.1, alpn=h2", "-"),
        (&v6, 144, "1, a.", "00010003016100"),
        (&v6, 67, "2001:db8::/33", "2120010DB800"),
        (&v6, 17, "4491", "0000118B"),
    ] {
        let option = OptionData { code: Some(code), data: data.into(), ..OptionData::default() };
        let checked = check(definitions, &option);
        let found = checked.bytes.as_deref().map_or("-".to_owned(), hex::print);
        assert_eq!(found, expected, "{code} {data:?}: {:?}", checked.diagnostics);
        if let (Some(bytes), Some(definition), 121 | 162 | 144) = (&checked.bytes, &checked.definition, code)
        {
            let text = decode(definition, bytes).unwrap();
            let again = check(definitions, &OptionData { data: text, ..option });
            assert_eq!(again.bytes.as_ref(), Some(bytes), "{code} {data:?}");
        }
    }
}

/// Every case: the option, the severity and code of its first finding, its text and its help.
#[test]
fn findings_say_what_is_wrong_and_what_to_do() {
    let v4 = Definitions::new(Family::V4, NEWEST, Vec::new());
    let named =
        |name: &str, data: &str| OptionData { name: name.into(), data: data.into(), ..OptionData::default() };
    let coded =
        |code: u16, data: &str| OptionData { code: Some(code), data: data.into(), ..OptionData::default() };
    for (option, severity, code, message, help) in [
        (
            coded(6, "149,112.112.112"),
            Severity::Error,
            "option-data/value",
            "`149` is not an IPv4 address",
            "did you mean `149.112.112.112`? a comma ends an address",
        ),
        (
            coded(3, "192.168.001.1"),
            Severity::Error,
            "option-data/value",
            "`192.168.001.1` is not an IPv4 address",
            "write `192.168.1.1`",
        ),
        (
            coded(3, "10.0.0.1 10.0.0.2"),
            Severity::Error,
            "option-data/value",
            "`10.0.0.1 10.0.0.2` is not an IPv4 address",
            "separate addresses with commas: `10.0.0.1, 10.0.0.2`",
        ),
        (
            coded(28, "2001:db8::1"),
            Severity::Warning,
            "option-data/address-family",
            "`2001:db8::1` is an IPv6 address: Kea would send its first four bytes",
            "give an IPv4 address",
        ),
        (
            coded(26, "1e3"),
            Severity::Warning,
            "option-data/bare-hex",
            "`1e3` is read as hexadecimal, 483",
            "write `483`, or `0x` before hexadecimal digits",
        ),
        (coded(26, "70000"), Severity::Error, "option-data/range", "`70000` is not between 0 and 65535", ""),
        (
            coded(15, "a.example,b.example"),
            Severity::Warning,
            "option-data/extra-value",
            "Kea keeps only `a.example`",
            "put a backslash before each comma that belongs to the text: `a.example\\,b.example`",
        ),
        (
            coded(3, ""),
            Severity::Warning,
            "option-data/empty",
            "Kea sends `routers` without a value",
            "give IPv4 addresses, separated by commas",
        ),
        (
            coded(51, "3600"),
            Severity::Warning,
            "option-data/set-by-kea",
            "Kea sets `dhcp-lease-time` itself",
            "set `valid-lifetime` instead",
        ),
        (
            named("Routers", "10.0.0.1"),
            Severity::Error,
            "option-data/unknown-option",
            "Kea 3.0.4 knows no option `Routers` in the space `dhcp4`",
            "did you mean `routers`?",
        ),
        (
            coded(224, "1"),
            Severity::Error,
            "option-data/unknown-option",
            "Kea 3.0.4 has no definition of option 224 in the space `dhcp4`",
            "define it with `option-def`, or set `csv-format` to false and give its bytes in hexadecimal",
        ),
        (
            OptionData { code: Some(3), ..named("routes", "10.0.0.1") },
            Severity::Error,
            "option-data/name-mismatch",
            "the code 3 is `routers`, not `routes`",
            "give only one of the two, or make them agree",
        ),
        (
            coded(43, "0102"),
            Severity::Error,
            "option-data/value",
            "`vendor-encapsulated-options` takes no value",
            "leave the value empty and set the sub-options in the space `vendor-encapsulated-options-space`, or set \
             `csv-format` to false and give the bytes in hexadecimal",
        ),
    ] {
        let checked = check(&v4, &option);
        let found = checked.diagnostics.first().unwrap();
        let wanted = (severity, code, message, help);
        let help = found.help.as_deref().unwrap_or_default();
        assert_eq!((found.severity, found.code.as_str(), found.message.as_str(), help), wanted);
    }
}

#[test]
fn spans_point_at_the_value() {
    let v4 = Definitions::new(Family::V4, NEWEST, Vec::new());
    let data = "10.0.0.1, x ,10.0.0.2, y";
    let option = OptionData { code: Some(3), data: data.into(), ..OptionData::default() };
    let spans: Vec<_> =
        check(&v4, &option).diagnostics.into_iter().map(|found| &data[found.span.unwrap()]).collect();
    assert_eq!(spans, ["x", "y"]);
}

#[test]
fn versions_differ() {
    let at = |major, minor, patch, family| {
        Definitions::new(family, KeaVersion::new(major, minor, patch), Vec::new())
    };
    let routes = OptionData { code: Some(121), data: "0.0.0.0/0 - 10.0.0.1".into(), ..OptionData::default() };
    assert!(check(&at(2, 2, 0, Family::V4), &routes).bytes.is_none());
    assert!(check(&at(2, 6, 3, Family::V4), &routes).bytes.is_some());
    let never = OptionData {
        code: Some(3),
        data: "10.0.0.1".into(),
        never_send: Some(true),
        ..OptionData::default()
    };
    assert!(check(&at(2, 2, 0, Family::V4), &never).bytes.is_none());
    assert!(check(&at(2, 6, 3, Family::V4), &never).bytes.is_some());
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

fn kinds() -> impl Strategy<Value = (OptionDef, Family)> {
    let scalars = OptionType::ALL.map(OptionType::as_str).into_iter().filter(|kind| *kind != "record");
    let records = ["uint8,string", "fqdn,ipv6-prefix", "tuple,psid,binary", "boolean,ipv4-address"];
    let kinds: Vec<&'static str> = scalars.chain(records).collect();
    (prop::sample::select(kinds), any::<bool>(), prop::sample::select(Family::ALL.to_vec()), any::<bool>())
        .prop_map(|(kind, array, family, nested)| {
            let repeats = !matches!(
                kind,
                "empty" | "binary" | "string" | "internal" | "uint8,string" | "tuple,psid,binary"
            );
            let mut def = def(kind, array && repeats);
            if nested && !def.array {
                def.encapsulate = "inner".into();
            }
            (def, family)
        })
}

proptest! {
    #[test]
    fn checking_never_fails_on_any_text(
        (def, family) in kinds(),
        data in "[ -~\\\\,|/:.0-9a-f\u{e9}\t\n]{0,40}|.{0,40}",
        csv_format in any::<Option<bool>>(),
    ) {
        let checked = judge(family, def, &data, csv_format);
        prop_assert_eq!(checked.bytes.is_none(), checked.diagnostics.iter().any(|found| found.is_error()));
        for found in &checked.diagnostics {
            let span = found.span.clone().unwrap_or_default();
            prop_assert!(data.get(span).is_some(), "{:?}", found);
        }
    }

    #[test]
    fn every_standard_option_takes_any_text(data in "[0-9a-f:./, -]{0,30}|.{0,20}", csv_format in any::<Option<bool>>()) {
        for family in Family::ALL {
            let definitions = Definitions::new(family, NEWEST, Vec::new());
            for definition in definitions.all() {
                let option =
                    OptionData { code: Some(definition.code), data: data.clone(), csv_format, ..OptionData::default() };
                check(&definitions, &option);
            }
        }
    }

    #[test]
    fn bytes_that_have_a_text_come_back_from_it(
        (def, family) in kinds(),
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0_u8..5, b'a'..b'e'], 0..24),
    ) {
        let definitions = definitions(family, def);
        let definition = definitions.by_code(family.service(), 224).unwrap();
        if let Some(data) = decode(&definition, &bytes) {
            let option = OptionData { code: Some(224), data, ..OptionData::default() };
            prop_assert_eq!(check(&definitions, &option).bytes, Some(bytes));
        }
    }

    #[test]
    fn typed_values_have_a_text(
        addresses in prop::collection::vec(any::<[u8; 4]>(), 1..5),
        number in any::<i32>(),
        text in "[a-zA-Z0-9,\\\\'\"][ -~]{0,20}[a-z,\\\\]",
    ) {
        for (kind, array, bytes) in [
            ("ipv4-address", true, addresses.concat()),
            ("int32", false, number.to_be_bytes().to_vec()),
            ("string", false, text.into_bytes()),
        ] {
            let definition = Definition::custom(Family::V4, &def(kind, array));
            let data = decode(&definition, &bytes);
            prop_assert!(data.is_some(), "{} {:?}", kind, bytes);
        }
    }

    #[test]
    fn type_names_are_read_back(kind in prop::sample::select(OptionType::ALL.to_vec())) {
        prop_assert_eq!(kind.to_string().parse::<OptionType>(), Ok(kind));
    }
}
