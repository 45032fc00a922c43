//! What filters find, and what is said about those that are none.

use super::*;
use crate::{Family, api::SubnetRow};

fn rows() -> Vec<(Line, Option<Usage>)> {
    let row = |subnet: &str, classes: &[&str], comment: &str| SubnetRow {
        subnet: subnet.to_owned(),
        classes: classes.iter().map(|&class| class.to_owned()).collect(),
        comment: comment.to_owned(),
        ..SubnetRow::default()
    };
    let usage = |total, assigned| Some(Usage { total, assigned, ..Usage::default() });
    let office = SubnetRow {
        id: 1,
        pools: vec!["10.0.0.10-10.0.0.99".to_owned()],
        reservations: 3,
        ..row("10.0.0.0/24", &["voip"], "Head office")
    };
    let guests = SubnetRow {
        id: 2,
        pool_classes: vec!["Guest WiFi".to_owned()],
        pools: vec!["10.1.8.0/21".to_owned()],
        ..row("10.1.0.0/16", &[], "")
    };
    let six = SubnetRow {
        id: 3,
        pd_pools: vec!["2001:db8:8::/40 of /56".to_owned()],
        ..row("2001:db8::/32", &[], "")
    };
    let pair = ["kea-1".to_owned(), "kea-2".to_owned()];
    vec![
        (Line::new(Family::V4, &office, "", &pair), usage(90.0, 85.0)),
        (Line::new(Family::V4, &guests, "Campus", &["branch".to_owned()]), usage(2048.0, 2.0)),
        (Line::new(Family::V6, &six, "Campus", &["branch".to_owned()]), None),
    ]
}

/// Which rows pass, by their ids.
fn found(text: &str) -> Vec<usize> {
    let query = Query::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    let passed = rows().into_iter().map(|(line, usage)| query.matches(&line, usage.as_ref()));
    passed.enumerate().filter_map(|(index, passed)| passed.then_some(index + 1)).collect()
}

#[test]
fn filters_find_rows() {
    for (text, expected) in [
        ("", &[1, 2, 3][..]),
        // Words by themselves.
        ("office", &[1]),
        ("10.1", &[2]),
        ("10.1.200.7", &[2]),
        ("10.0.0.0/8", &[1, 2]),
        ("10.1.3.0/24", &[2]),
        ("2001:db8:1::7", &[3]),
        ("2001:DB8::", &[3]),
        ("campus branch", &[2, 3]),
        ("\"head office\"", &[1]),
        ("kea-2", &[1]),
        ("guest", &[2]),
        ("nowhere", &[]),
        // Addresses.
        ("subnet in 10.0.0.0/8", &[1, 2]),
        ("subnet in (10.1.0.0/16, 2001:db8::/16)", &[2, 3]),
        ("subnet not in (10.0.0.0/8)", &[3]),
        ("subnet = 10.0.0.0/24", &[1]),
        ("subnet == 10.0.0.7", &[1]),
        ("subnet != 10.0.0.0/24", &[2, 3]),
        ("subnet > 10.0.0.0", &[2]),
        ("subnet >= 10.0.0.0", &[1, 2]),
        ("subnet =^ 10.1", &[2]),
        ("subnet =$ /24", &[1]),
        ("pool = 10.0.0.50", &[1]),
        ("pool = 10.0.0.10-10.0.0.99", &[1]),
        ("pool = \"10.0.0.10 - 10.0.0.99\"", &[1]),
        ("pool in 10.1.0.0/16", &[2]),
        ("pool in 2001:db8::/32", &[3]),
        ("pool = ''", &[]),
        // Words of a field.
        ("class=VoIP", &[1]),
        ("clientClass = \"guest wifi\"", &[2]),
        ("client-class in (voip, 'Guest WiFi')", &[1, 2]),
        ("class != voip", &[2, 3]),
        ("class = ''", &[3]),
        ("network=''", &[1]),
        ("network=@amp and family=6", &[3]),
        ("network !@ amp", &[1]),
        ("server=^kea", &[1]),
        ("server=$2", &[1]),
        ("server !^ kea", &[2, 3]),
        ("comment=~\"^head +off\"", &[1]),
        ("comment =~ OFFICE$", &[1]),
        ("comment !~ o", &[2, 3]),
        ("superscope=campus", &[2, 3]),
        // Numbers.
        ("free<10", &[1]),
        ("free>=10", &[2]),
        ("used > 90%", &[1]),
        ("used<1", &[2]),
        ("total=90", &[1]),
        ("reservations>0", &[1]),
        ("id in (1, 3)", &[1, 3]),
        ("not free<10", &[2, 3]),
        // Together.
        ("class=voip or family=dhcp6", &[1, 3]),
        ("class=voip and free<10 and subnet in 10.0.0.0/8", &[1]),
        ("not (class=voip or family=dhcp6)", &[2]),
        ("NOT class=voip AND not id=3", &[2]),
        ("id=1 or id=2 and id=3", &[1]),
        ("(id=1 or id=2) id=2", &[2]),
        // Words that are also names of fields.
        ("subnet", &[]),
        ("network or office", &[1]),
        ("not in", &[1, 2, 3]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    for (text, at, message, help) in [
        ("sbnet=1", 0..5, "no field is called `sbnet`", "Did you mean `subnet`?"),
        ("free<", 4..5, "a value is missing behind this", "A condition is a field"),
        ("free<x", 5..6, "`x` is no number", "Write a number"),
        ("free=@1", 4..6, "`free` is a number", "use = !="),
        ("class<a", 5..6, "`class` has no order", "contains"),
        ("family<4", 6..7, "`family` is one or the other", "family=dhcp4"),
        ("family=5", 7..8, "`5` is no family", "dhcp6"),
        ("subnet=10.1", 7..11, "`10.1` is neither an address nor a prefix", "subnet=^10.1"),
        ("subnet in", 7..9, "a value is missing behind this", "A condition"),
        ("id in (1, 2", 6..7, "this list is not closed", "commas"),
        ("(office", 0..1, "this `(` is not closed", "`)`"),
        ("office)", 6..7, "this `)` closes nothing", "`(`"),
        ("office and", 10..10, "something is missing at the end", "a condition"),
        ("or office", 0..2, "before this `or` something is missing", "\"or\""),
        ("=5", 0..1, "a field's name is missing here", "A condition"),
        ("comment=\"x", 8..10, "this quote is not closed", "same quote"),
        ("comment=~\"(\"", 9..12, "this is no regular expression", "POSIX"),
        ("a, b", 1..2, "this does not belong here", "A condition"),
    ] {
        let error = Query::parse(text).expect_err(text);
        assert_eq!(error.at, at, "{text}");
        assert!(error.message.starts_with(message), "{text}: {}", error.message);
        assert!(error.help.contains(help), "{text}: {}", error.help);
    }
    assert!(Query::parse(&"(".repeat(1000)).is_err());
}

fn offers(text: &str) -> Vec<String> {
    let known = Vocabulary {
        servers: vec!["branch".to_owned(), "kea-1".to_owned()],
        networks: vec!["North campus".to_owned(), "campus".to_owned()],
        classes: vec!["pxe".to_owned(), "voip".to_owned()],
    };
    complete(text, text.len(), &known).offers.into_iter().map(|offer| offer.text).collect()
}

#[test]
fn names_are_completed() {
    assert_eq!(offers("su"), ["subnet in "]);
    assert_eq!(offers("class="), ["pxe", "voip"]);
    assert_eq!(offers("class = v"), ["voip"]);
    assert_eq!(offers("class in (pxe, v"), ["voip"]);
    assert_eq!(offers("class not in (v"), ["voip"]);
    assert_eq!(offers("network=camp"), ["campus", "\"North campus\""]);
    assert_eq!(offers("family=dh"), ["dhcp4", "dhcp6"]);
    assert_eq!(offers("free<10 a"), ["and "]);
    assert_eq!(offers("free<10 and use"), ["used<"]);
    assert_eq!(offers("vo"), ["class=voip"]);
    assert_eq!(offers("campu"), ["network=\"North campus\"", "network=campus"]);
    assert_eq!(offers("family "), ["=", "!="]);
    assert_eq!(offers("").len(), Field::ALL.len());
    assert_eq!(offers("(").len(), Field::ALL.len());
    assert_eq!(offers("class=voip"), [""; 0], "it is written already");
    let middle = complete("fr and id=1", 2, &Vocabulary::default());
    assert_eq!((middle.at, middle.offers.len()), (0..2, 1));
}
