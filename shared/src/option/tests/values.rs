//! Values of every type, and the bytes they become.

use super::{NEWEST, def, judge};
use crate::{
    Family, KeaVersion,
    option::{Definitions, OptionData, check, decode, hex},
};

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
