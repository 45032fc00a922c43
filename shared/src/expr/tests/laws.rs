//! What is true of every text.

use super::definitions;
use crate::{
    Family, KeaVersion,
    expr::{Context, Kind, Parsed, Purpose, check, complete, highlight, hover, parse, print},
};
use proptest::prelude::*;

/// Words and signs of the language, and some that are not.
const PARTS: &[&str] = &[
    "(",
    ")",
    "not ",
    " and ",
    " or ",
    " sand ",
    " sor ",
    "==",
    "+",
    "option[",
    "relay4[",
    "relay6[",
    "]",
    ".",
    "text",
    "hex",
    "exists",
    "pkt.iface",
    "pkt4.mac",
    "pkt6.transid",
    "vendor",
    "vendor-class",
    "[*]",
    "[4491]",
    "enterprise",
    "data",
    "'a'",
    "''",
    "0x1F",
    "12",
    "-1",
    "4294967296",
    "192.0.2.1",
    "::1",
    "host-name",
    "clientid",
    "substring(",
    "ifelse(",
    "match(",
    "member(",
    "lcase(",
    ",",
    "all",
    "foo",
    "\"",
    "=",
    "é",
    "\n",
    " ",
    "\0",
    "'",
    ".option[1]",
    "option[1].exists",
    "option[60].text == 'a'",
    "member('ALL')",
];

fn text() -> impl Strategy<Value = String> {
    let parts = prop::collection::vec(prop::sample::select(PARTS), 0..24).prop_map(|parts| parts.concat());
    prop_oneof![4 => parts, 1 => any::<String>()]
}

/// An expression without a mistake.
fn good() -> impl Strategy<Value = String> {
    let string = prop::sample::select(
        &[
            "'a'",
            "0x0F",
            "007",
            "192.0.2.1",
            "2001:DB8::0:1",
            "option[ host-name ].hex",
            "pkt.iface",
            "vendor[0].option[1].text",
            "vendor-class[*].data[0]",
            "option[1].option[02].hex",
            "substring('abc', -01, all)",
        ][..],
    )
    .prop_map(str::to_owned);
    let string = string.prop_recursive(3, 12, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("{one}+{other}")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("concat({one},{other})")),
            inner.prop_map(|inner| format!("({inner})")),
        ]
    });
    let condition = prop_oneof![
        (string.clone(), string).prop_map(|(one, other)| format!("{one}=={other}")),
        Just("option[60].exists".to_owned()),
        Just("member( 'a' )".to_owned()),
    ];
    condition.prop_recursive(4, 24, 2, |inner| {
        let operator = prop::sample::select(&["and", "or", "sand", "sor"][..]);
        prop_oneof![
            (inner.clone(), operator, inner.clone())
                .prop_map(|(one, operator, other)| format!("{one} {operator} {other}")),
            inner.clone().prop_map(|inner| format!("not {inner}")),
            inner.clone().prop_map(|inner| format!("({inner})")),
            inner.prop_map(|inner| format!("ifelse({inner}, 'x', 'y') == 'x'")),
        ]
    })
}

/// The tree without places and parentheses.
fn shape(parsed: &Parsed<'_>) -> Vec<String> {
    let nodes = parsed.nodes().iter().enumerate().filter(|(_, node)| node.kind != Kind::Group);
    nodes
        .map(|(id, node)| match node.kind {
            Kind::Text | Kind::Pattern | Kind::ClassName => parsed.source(id).to_owned(),
            Kind::Hex => parsed.source(id).to_lowercase(),
            Kind::Option(crate::expr::Code::Name(span)) => span.of(parsed.text()).to_owned(),
            other => format!("{other:?}"),
        })
        .collect()
}

proptest! {
    #[test]
    fn nothing_stops_at_any_text(text in text(), offset in 0usize..64) {
        for family in Family::ALL {
            let definitions = definitions(family, KeaVersion::new(3, 0, 4));
            let context = Context::new(&definitions, Purpose::Test);
            let parsed = parse(&text);
            let size = parsed.root().map_or(0, |root| parsed.nodes()[root].size as usize);
            prop_assert_eq!(size, parsed.nodes().len(), "one tree");
            for found in check(&parsed, &context) {
                prop_assert!(text.get(found.span.clone().unwrap()).is_some(), "{:?}", found);
            }
            complete(&text, offset, &context);
            hover(&text, offset, &context);
            print(&parsed);
        }
    }

    #[test]
    fn the_parts_cover_all_but_blanks(text in text()) {
        let mut at = 0;
        for (span, _) in highlight(&text) {
            prop_assert!(text.get(at..span.start as usize).unwrap().chars().all(|c| " \t\n".contains(c)));
            prop_assert!(span.start < span.end);
            at = span.end as usize;
        }
        prop_assert!(text.get(at..).unwrap().chars().all(|c| " \t\n".contains(c)));
    }

    #[test]
    fn what_is_printed_reads_as_the_same_tree(text in good()) {
        let parsed = parse(&text);
        prop_assert_eq!(parsed.problems(), []);
        let printed = print(&parsed);
        let again = parse(&printed);
        prop_assert_eq!(again.problems(), []);
        prop_assert_eq!(shape(&parsed), shape(&again));
        prop_assert_eq!(print(&again), printed);
    }
}
