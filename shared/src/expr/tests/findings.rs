//! What depends on the daemon: an expression, and what is said where.

use super::definitions;
use crate::{
    Family, KeaVersion,
    expr::{Context, Purpose, check, parse},
};
use std::{borrow::Cow, collections::BTreeSet};

/// The findings as `code 'text'`.
fn found(text: &str, family: Family, version: KeaVersion, purpose: Purpose) -> Vec<String> {
    let definitions = definitions(family, version);
    let classes: BTreeSet<Cow<'_, str>> = ["gold".into()].into();
    let context = Context { definitions: &definitions, purpose, classes: Some(&classes), suggests: true };
    check(&parse(text), &context)
        .into_iter()
        .map(|found| {
            assert!(found.help.is_some(), "{text}: {found:?}");
            format!("{} '{}'", found.code, text.get(found.span.unwrap()).unwrap())
        })
        .collect()
}

const OLD: KeaVersion = KeaVersion::new(2, 2, 0);
const NEW: KeaVersion = KeaVersion::new(3, 0, 4);
const NEXT: KeaVersion = KeaVersion::new(3, 3, 0);

#[test]
fn the_daemon_decides() {
    use Family::{V4, V6};
    use Purpose::{TemplateTest, Test, Value};
    for (text, family, version, purpose, expected) in [
        ("pkt4.mac == 1", V6, NEW, Test, "expression/wrong-family 'pkt4'"),
        ("relay4[1].exists", V6, NEW, Test, "expression/wrong-family 'relay4'"),
        ("pkt6.transid == 1", V4, NEW, Test, "expression/wrong-family 'pkt6'"),
        ("relay6[0].peeraddr == ::", V4, NEW, Test, "expression/wrong-family 'relay6'"),
        ("option[256].exists", V4, NEW, Test, "expression/out-of-range '256'"),
        ("option[1].option[ 256 ].exists", V4, NEW, Test, "expression/out-of-range '256'"),
        ("lcase('A') == 'a'", V4, OLD, Test, "expression/too-new 'lcase('A')'"),
        (
            "option[1].exists sor option[2].exists",
            V4,
            OLD,
            Test,
            "expression/too-new 'option[1].exists sor option[2].exists'",
        ),
        (
            "option[1].option[2].option[3].exists",
            V4,
            NEW,
            Test,
            "expression/too-new 'option[1].option[2].option[3]'",
        ),
        ("relay4[1].option[2].exists", V4, NEW, Test, "expression/too-new 'relay4[1].option[2]'"),
        ("option[1].option[host-name].exists", V4, NEXT, Test, "expression/syntax 'host-name'"),
        ("'\0' == 'a'", V4, OLD, Test, "expression/too-new ''\0''"),
        ("option[hostname].exists", V4, NEW, Test, "expression/unknown-option 'hostname'"),
        ("option[clientid].exists", V4, NEW, Test, "expression/unknown-option 'clientid'"),
        ("member('silver')", V4, NEW, Test, "expression/unknown-class ''silver''"),
        ("match('(?i)a', 'b')", V4, NEW, Test, "expression/bad-regex '(?i'"),
        ("'a'", V4, NEW, Test, "expression/wrong-type ''a''"),
        ("member('silver')", V4, NEW, TemplateTest, "expression/wrong-type 'member('silver')'"),
        ("option[60].exists", V4, NEW, Value, "expression/wrong-type 'option[60].exists'"),
        ("tolower(option[60].text) == 'a'", V4, NEW, Test, "expression/unknown-word 'tolower'"),
    ] {
        assert_eq!(found(text, family, version, purpose), [expected], "{text}");
    }
}

#[test]
fn what_kea_accepts_is_not_refused() {
    use Family::{V4, V6};
    use Purpose::{TemplateTest, Test, Value};
    for (text, family, version, purpose) in [
        ("member('gold') or member('KNOWN') or member('HA_server1')", V4, OLD, Test),
        ("option[host-name\n ].text == 'a'", V4, OLD, Test),
        ("option[clientid].option[1].exists", V6, OLD, Test),
        ("option[1].option[2].option[3].exists", V4, NEXT, Test),
        ("relay4[1].option[host-name].exists", V4, NEXT, Test),
        ("ifelse(member('silver'), 'a', 'b')", V4, NEW, TemplateTest),
        ("option[60].hex", V4, NEW, Value),
        ("match('^(a|b)\\1{2,}[]$', 'x') sand 'a' == 'b'", V6, NEW, Test),
    ] {
        let found = found(text, family, version, purpose);
        let refused = found.iter().filter(|found| !found.starts_with("expression/constant"));
        assert_eq!(refused.count(), 0, "{text}: {found:?}");
    }
}

#[test]
fn what_its_author_will_regret() {
    use Family::{V4, V6};
    for (text, family, expected) in [
        (
            "substring(option[60].hex, 0, 3) == 'phone'",
            V4,
            "expression/never-equal 'substring(option[60].hex, 0, 3) == 'phone''",
        ),
        (
            "substring(pkt4.mac, -3, all) == 0x01020304",
            V4,
            "expression/never-equal 'substring(pkt4.mac, -3, all) == 0x01020304'",
        ),
        ("pkt.src + 'a' == 'abcd'", V4, "expression/never-equal 'pkt.src + 'a' == 'abcd''"),
        (
            "ifelse(option[60].exists, 'a', 'bc') == 'abc'",
            V4,
            "expression/never-equal 'ifelse(option[60].exists, 'a', 'bc') == 'abc''",
        ),
        (
            "hexstring(pkt4.ciaddr, '') == 'C0000201'",
            V4,
            "expression/never-equal 'hexstring(pkt4.ciaddr, '') == 'C0000201''",
        ),
        ("ucase(option[12].text) == 'a'", V4, "expression/never-equal 'ucase(option[12].text) == 'a''"),
        ("relay6[0].linkaddr == 'a'", V6, "expression/never-equal 'relay6[0].linkaddr == 'a''"),
        ("substring(option[60].hex, 0, 5) == 'abc'", V4, "expression/substring-length '5'"),
        (
            "option[60].hex == option[12].hex",
            V4,
            "expression/both-missing 'option[60].hex == option[12].hex'",
        ),
        ("option[60].hex == ''", V4, "expression/empty-text 'option[60].hex == '''"),
        ("option[60].hex == '0x01'", V4, "expression/quoted-hex ''0x01''"),
        ("int16totext(pkt.len) == 'a'", V4, "expression/fails 'int16totext(pkt.len)'"),
        ("split(pkt.iface, '.', 4294967296) == 'a'", V4, "expression/fails '4294967296'"),
        ("0x61 == 'a'", V4, "expression/constant '0x61 == 'a''"),
        ("option[3].text == 'a'", V4, "expression/text-of-bytes 'text'"),
        ("match('(a*)+', pkt.iface)", V4, "expression/slow-regex '(a*)+'"),
        ("pkt.iface == 'a' and pkt.iface == 'b'", V4, "expression/contradiction 'pkt.iface == 'b''"),
    ] {
        assert_eq!(found(text, family, NEW, Purpose::Test), [expected], "{text}");
    }
}

#[test]
fn what_may_be_true_is_not_doubted() {
    use Family::{V4, V6};
    for (text, family) in [
        ("substring(option[60].hex, 0, 3) == 'abc'", V4),
        ("substring(option[60].hex, 0, 5) == option[12].hex + 'abc'", V4),
        ("substring(option[60].hex, 1, -1) == 'a'", V4),
        ("substring(pkt.src, 0, 9) == 192.0.2.1", V4),
        ("vendor.enterprise == ''", V4),
        ("hexstring(option[61].hex, ':') == '01:0a'", V4),
        ("addrtotext(pkt.src) == '2001:db8::1'", V6),
        ("uint32totext(pkt.len) == '300'", V6),
        ("addrtotext(relay6[0].linkaddr) == '::'", V6),
        ("lcase(option[12].text) == 'a\u{c4}'", V4),
        ("option[12].text == 'a' and not option[12].text == 'b'", V4),
        ("option[12].text == 'a' and option[60].text == 'b'", V4),
        ("pkt.iface == 'a' and ('a' + 'b' == pkt.iface or pkt.iface == 'b')", V4),
        ("ifelse(member('gold'), 'a', 'bcd') == 'bcd'", V4),
        ("option[230].text == 'a'", V4),
        ("option[250].hex == 'abc' and option[250].option[1].text == 'x'", V4),
        ("match('(a+b)+', pkt.iface)", V4),
    ] {
        assert_eq!(found(text, family, NEW, Purpose::Test), [""; 0], "{text}");
    }
}

#[test]
fn fixes_lead_to_what_is_accepted() {
    let definitions = definitions(Family::V4, NEW);
    let context = Context::new(&definitions, Purpose::Test);
    for (text, expected) in [
        ("option[60].text = 'a'", "option[60].text == 'a'"),
        ("option[60].text == \"a\"", "option[60].text == 'a'"),
        ("option[60].exists AND option[61].exists", "option[60].exists and option[61].exists"),
        ("option[60].exists&&option[61].exists", "option[60].exists and option[61].exists"),
        ("option[60].exist", "option[60].exists"),
        ("option[hostname].exists", "option[host-name].exists"),
        ("tolower(option[60].text) == 'a'", "lcase(option[60].text) == 'a'"),
        ("member('KNWON')", "member('KNOWN')"),
    ] {
        let context = Context { classes: Some(&BTreeSet::new()), ..context };
        let edits: Vec<_> = check(&parse(text), &context)
            .into_iter()
            .filter_map(|found| found.fix)
            .flat_map(|fix| fix.edits)
            .collect();
        let fixed = crate::json::apply(text, &edits);
        assert_eq!(fixed.replace("  ", " "), expected);
        assert_eq!(check(&parse(&fixed), &context), [], "{fixed}");
    }
}
