//! Expressions over small packets: what each part gives, and why.

use super::*;
use crate::{
    Family, KeaVersion,
    expr::parse,
    packet::{FormOption, PacketForm},
};

fn packet(options: &[(u16, &[u8])]) -> Packet {
    let options =
        options.iter().map(|(code, data)| FormOption { code: *code, data: data.to_vec() }).collect();
    PacketForm { options, ..PacketForm::default() }.packet().unwrap()
}

fn definitions(major: u16) -> Definitions {
    let version = if major == 3 { KeaVersion::new(3, 0, 4) } else { KeaVersion::new(2, 6, 3) };
    Definitions::new(Family::V4, version, Vec::new())
}

fn traced(text: &str, packet: &Packet, major: u16) -> Trace {
    let definitions = definitions(major);
    let received = Received::new(packet, &definitions, false).unwrap();
    let classes = Classes::default();
    let environment =
        Environment { packet, received: &received, definitions: &definitions, classes: &classes };
    trace(&parse(text), &environment)
}

#[test]
fn conditions() {
    let packet = packet(&[(12, b"Host"), (82, &[1, 2, b'e', b'0']), (55, &[1, 3, 6])]);
    for (text, expected) in [
        ("option[12].text == 'Host'", true),
        ("option[host-name].hex == 0x486f7374", true),
        ("lcase(option[12].text) == 'host'", true),
        ("option[60].exists", false),
        ("not option[60].exists and relay4[1].exists", true),
        ("relay4[1].hex == option[82].option[1].hex", true),
        ("substring(option[60].hex, 0, 3) == ''", true),
        ("pkt4.msgtype == 1 and pkt4.hlen == 6", true),
        ("pkt4.mac == 0x020000000001", true),
        ("hexstring(pkt4.mac, ':') == '02:00:00:00:00:01'", true),
        ("addrtotext(pkt4.giaddr) == '0.0.0.0'", true),
        ("uint8totext(substring(option[55].hex, 1, 1)) == '3'", true),
        ("concat('a', 'b') + 'c' == 'abc'", true),
        ("ifelse(option[60].exists, 'a', 'b') == 'b'", true),
        ("match('H[a-z]+', option[12].text)", true),
        ("split('a.b.c', '.', 3) == 'c'", true),
        ("member('ALL')", false),
        ("pkt.src == 0.0.0.0", true),
    ] {
        assert_eq!(traced(text, &packet, 3).outcome, Outcome::Condition(expected), "{text}");
    }
}

#[test]
fn failures_say_why() {
    let packet = packet(&[(12, b"Host")]);
    for text in ["uint8totext(option[12].hex) == '1'", "substring('abc', 99999999999, 1) == ''"] {
        assert!(matches!(traced(text, &packet, 3).outcome, Outcome::Failed(_)), "{text}");
    }
}

#[test]
fn kea_3_stops_where_it_is_decided() {
    let packet = packet(&[(12, b"Host")]);
    let text = "option[60].exists and uint8totext(option[12].hex) == '1'";
    assert_eq!(traced(text, &packet, 3).outcome, Outcome::Condition(false));
    assert!(matches!(traced(text, &packet, 2).outcome, Outcome::Failed(_)));
    let trace = traced("ifelse(option[12].exists, 'a', uint8totext('zz')) == 'a'", &packet, 3);
    assert_eq!(trace.outcome, Outcome::Condition(true));
    assert_eq!(trace.steps.iter().filter(|step| step.value == StepValue::Skipped).count(), 2);
}

#[test]
fn the_reason_is_the_side_that_decides() {
    let packet = packet(&[(12, b"Host")]);
    let text = "option[12].exists and (option[60].text == 'x' or member('a'))";
    let trace = traced(text, &packet, 3);
    let because: Vec<&str> = trace
        .because
        .iter()
        .map(|index| &trace.steps[*index])
        .map(|step| text.get(step.start as usize..step.end as usize).unwrap())
        .collect();
    assert_eq!(because, ["option[60].text == 'x'", "member('a')"]);
    let missing = trace.steps.iter().find_map(|step| step.note.as_deref());
    assert_eq!(missing, Some("option 60 is not in the packet"));
}

#[test]
fn nothing_grows_without_end() {
    let packet = packet(&[]);
    let mut text = "'x'".to_owned();
    for _ in 0..40 {
        text = format!("hexstring({text}, '--------')");
    }
    assert!(matches!(traced(&format!("{text} == ''"), &packet, 3).outcome, Outcome::Failed(_)));
    let chain = vec!["'0123456789'"; 20_000].join(" + ");
    assert_eq!(traced(&format!("{chain} == ''"), &packet, 3).outcome, Outcome::Condition(false));
    let deep = format!("{}option[1].exists{}", "not (".repeat(50_000), ")".repeat(50_000));
    assert_eq!(traced(&deep, &packet, 2).outcome, Outcome::Condition(false));
}

fn class(name: &str, test: &str) -> ClassRule {
    ClassRule { name: name.to_owned(), test: Some(test.to_owned()), ..ClassRule::default() }
}

#[test]
fn classes_in_two_rounds() {
    let packet = Packet { known: true, ..packet(&[(60, b"MSFT 5.0"), (43, &[5, 1, 7])]) };
    let classes = [
        class("late", "member('KNOWN') and option[43].option[5].exists"),
        class("early", "member('VENDOR_CLASS_MSFT 5.0') and not option[43].option[5].exists"),
        class("later", "member('late')"),
        ClassRule { template: true, ..class("spawn", "substring(option[60].text, 0, 4)") },
        ClassRule { additional: true, ..class("extra", "member('later')") },
        ClassRule { name: "plain".to_owned(), ..ClassRule::default() },
    ];
    let found = classify(&packet, &definitions(3), &classes, false).unwrap();
    assert_eq!(
        found.assigned,
        ["ALL", "VENDOR_CLASS_MSFT 5.0", "early", "SPAWN_spawn_MSFT", "spawn", "KNOWN", "late", "later"]
    );
    let rounds: Vec<Round> = found.results.iter().map(|result| result.round).collect();
    use Round::{Additional, Early, Late, NotTested};
    assert_eq!(rounds, [Late, Early, Late, Early, Additional, NotTested]);
    assert!(found.results[4].trace.as_ref().unwrap().outcome.matches());
}

#[test]
fn drop_ends_it() {
    let classes = [class("DROP", "option[12].exists"), class("late", "member('UNKNOWN')")];
    let found = classify(&packet(&[(12, b"x")]), &definitions(3), &classes, false).unwrap();
    assert!(found.dropped && found.results[1].trace.is_none());
}
