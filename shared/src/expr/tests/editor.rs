//! What an editor shows.

use super::definitions;
use crate::{
    Family, KeaVersion,
    expr::{Context, Purpose, complete, hover},
};
use std::{borrow::Cow, collections::BTreeSet};

const NEW: KeaVersion = KeaVersion::new(3, 0, 4);

#[test]
fn offers_what_fits_the_place() {
    // `|` is the cursor.
    for (text, family, wanted, unwanted) in [
        ("|", Family::V4, "option not pkt4 relay4 substring member match", "== and pkt6 relay6 text all"),
        ("pk|", Family::V6, "option not pkt6 relay6", "pkt4 relay4"),
        ("pkt4.m|", Family::V4, "mac msgtype", "iface text"),
        ("option[|", Family::V4, "host-name dhcp-client-identifier", "clientid option"),
        ("option[host|].text == 'a'", Family::V4, "host-name", "clientid"),
        ("option[60].|", Family::V4, "text hex exists option", "mac"),
        ("option[60].text |", Family::V4, "== +", "option )"),
        ("option[60].exists |", Family::V4, "and or", "== +"),
        ("relay6[|", Family::V6, "0 -1", "option"),
        ("relay6[0].|", Family::V6, "peeraddr option", "text"),
        ("vendor[|", Family::V6, "* 4491", "option"),
        ("member(|", Family::V4, "gold KNOWN", "option"),
        ("member('g|", Family::V4, "gold KNOWN", "option"),
        ("substring(|", Family::V4, "option lcase", "not member"),
        ("substring('a', |", Family::V4, "", "option all"),
        ("substring('a', 1, |", Family::V4, "all", "option"),
        ("substring('a'|", Family::V4, ",", ""),
        ("ifelse(|", Family::V4, "not member option", "all"),
        ("lcase('a' |", Family::V4, ") == +", ","),
    ] {
        let definitions = definitions(family, NEW);
        let classes: BTreeSet<Cow<'_, str>> = ["gold".into()].into();
        let context = Context {
            definitions: &definitions,
            purpose: Purpose::Test,
            classes: Some(&classes),
            suggests: true,
        };
        let offset = text.find('|').unwrap();
        let offered = complete(&text.replace('|', ""), offset, &context);
        let labels: Vec<&str> = offered.iter().map(|offer| offer.label.as_str()).collect();
        for word in wanted.split_whitespace() {
            assert!(labels.contains(&word), "{text}: {word} is not in {labels:?}");
        }
        for word in unwanted.split_whitespace() {
            assert!(!labels.contains(&word), "{text}: {word} is in {labels:?}");
        }
    }
}

#[test]
fn an_offer_replaces_the_word_that_is_there() {
    let definitions = definitions(Family::V4, NEW);
    let context = Context::new(&definitions, Purpose::Test);
    let text = "option[host].exists";
    let offered = complete(text, 9, &context);
    let offer = offered.iter().find(|offer| offer.label == "host-name").unwrap();
    let mut text = text.to_owned();
    text.replace_range(offer.span.range(), &offer.insert);
    assert_eq!(text, "option[host-name].exists");
}

#[test]
fn says_what_a_word_means() {
    let definitions = definitions(Family::V4, KeaVersion::new(2, 2, 0));
    let context = Context::new(&definitions, Purpose::Test);
    for (text, offset, title) in [
        ("substring('a', 0, 1) == 'a'", 3, Some("substring(string, start, length)")),
        ("option[host-name].text == 'a'", 9, Some("host-name (12)")),
        ("option[12].text == 'a'", 7, Some("host-name (12)")),
        ("option[82].option[1].hex == 'a'", 18, None),
        ("option[12].text == 'a'", 12, Some(".text")),
        ("pkt4.mac == 0x0102", 13, Some("0x0102")),
        ("member('KNOWN')", 9, Some("KNOWN")),
        ("'a'  == 'b'", 4, None),
    ] {
        let hover = hover(text, offset, &context);
        assert_eq!(hover.as_ref().map(|hover| hover.title.as_str()), title, "{text}");
    }
    let lcase = hover("lcase('A') == 'a'", 0, &context).unwrap();
    assert!(lcase.text.contains("Kea 2.5.2 and newer"));
}
