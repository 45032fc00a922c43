//! Client classes and their expressions.

use super::{
    Text,
    made::{class, dhcp4, in_subnet, list4, many},
};
use std::fmt::Write as _;

pub const CLASSES: &[(&str, Text)] = &[
    ("classes: one name", |n| list4(n, "client-classes", |_, out| write!(out, "{{\"name\":\"a\"}}"))),
    ("classes: chain", |n| {
        list4(n, "client-classes", |i, out| {
            write!(out, "{{\"name\":\"c{}\",\"test\":\"member('c{i}')\"}}", i + 1)
        })
    }),
    ("classes: chain, backwards", |n| {
        list4(n, "client-classes", |i, out| {
            write!(out, "{{\"name\":\"c{i}\",\"test\":\"member('c{}')\"}}", i + 1)
        })
    }),
    ("classes: unknown ones in pools", |n| {
        in_subnet(n, "pools", |i, out| write!(out, "{{\"pool\":\"10.0.0.1\",\"client-class\":\"c{i}\"}}"))
    }),
    ("classes: known ones in pools", |n| {
        let classes = many(n, ",", |i, out| write!(out, "{{\"name\":\"c{i}\"}}"));
        let pools =
            many(n, ",", |i, out| write!(out, "{{\"pool\":\"10.0.0.1\",\"client-classes\":[\"c{i}\"]}}"));
        dhcp4(&format!(
            "\"client-classes\":[{classes}],\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[{pools}]}}]"
        ))
    }),
    ("classes: spawned ones in pools", |n| {
        let classes =
            many(n, ",", |i, out| write!(out, "{{\"name\":\"c{i}\",\"template-test\":\"option[1].text\"}}"));
        let pools = many(n, ",", |i, out| {
            write!(out, "{{\"pool\":\"10.0.0.1\",\"client-classes\":[\"SPAWN_x{i}_a\"]}}")
        });
        dhcp4(&format!(
            "\"client-classes\":[{classes}],\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[{pools}]}}]"
        ))
    }),
    ("classes: known and unknown ones", |n| {
        let classes = many(n, ",", |i, out| write!(out, "{{\"name\":\"c{i}\",\"test\":\"member('d{i}')\"}}"));
        let pools = many(n, ",", |i, out| write!(out, "{{\"pool\":\"10.0.0.1\",\"client-class\":\"d{i}\"}}"));
        dhcp4(&format!(
            "\"client-classes\":[{classes}],\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[{pools}]}}]"
        ))
    }),
    ("classes: one with many members", |n| class(&many(n, " and ", |i, out| write!(out, "member('c{i}')")))),
    ("classes: wrong tests", |n| {
        list4(n, "client-classes", |i, out| {
            write!(out, "{{\"name\":\"c{i}\",\"test\":\"option[300].hex == \"}}")
        })
    }),
    ("classes: unknown options", |n| {
        list4(n, "client-classes", |i, out| {
            write!(out, "{{\"name\":\"c{i}\",\"test\":\"option[routter].exists\"}}")
        })
    }),
    ("tests: terms", |n| class(&many(n, " or ", |i, out| write!(out, "option[60].text == 'a{i}'")))),
    ("tests: contradictions", |n| {
        class(&many(n, " and ", |i, out| write!(out, "option[60].text == 'a{i}'")))
    }),
    ("tests: terms of both", |n| {
        class(&many(n, " and ", |i, out| {
            write!(out, "(option[60].text == 'a{i}' or option[61].text == 'b{i}')")
        }))
    }),
    ("tests: parentheses", |n| class(&format!("{}option[1].exists{}", "(".repeat(n), ")".repeat(n)))),
    ("tests: parentheses, open", |n| class(&"(".repeat(n))),
    ("tests: nots", |n| class(&format!("{}option[1].exists", "not ".repeat(n)))),
    ("tests: concat", |n| class(&format!("{}'a'{} == 'a'", "concat('b', ".repeat(n), ")".repeat(n)))),
    ("tests: pluses", |n| class(&format!("{} == 'a'", many(n, " + ", |_, out| write!(out, "'b'"))))),
    ("tests: ifelse", |n| {
        class(&format!("{}'a'{} == 'a'", "ifelse(option[1].exists, 'b', ".repeat(n), ")".repeat(n)))
    }),
    ("tests: substrings", |n| {
        class(&format!("{}option[1].hex{} == 'a'", "substring(".repeat(n), ", 0, 5)".repeat(n)))
    }),
    ("tests: commas", |n| class(&",".repeat(n))),
    ("tests: quotes, open", |n| class(&"' ".repeat(n + 1))),
    ("tests: signs", |n| class(&"== ".repeat(n))),
    ("tests: letters", |n| class(&"? ".repeat(n))),
    ("tests: words", |n| class(&"foo ".repeat(n))),
    ("tests: one word", |n| class(&"foo".repeat(n))),
    ("tests: numbers", |n| class(&"9".repeat(n))),
    ("tests: hexadecimal", |n| class(&format!("option[1].hex == 0x{}", "0a".repeat(n)))),
    ("tests: one text", |n| class(&format!("option[1].hex == '{}'", "a".repeat(n * 10)))),
    ("tests: option dots", |n| class(&format!("option[1]{}.exists", ".option[1]".repeat(n)))),
    ("tests: relay dots", |n| class(&"relay4[1].".repeat(n))),
    ("tests: patterns", |n| class(&many(n, " or ", |_, out| write!(out, "match('a*b', option[60].text)")))),
    ("tests: one pattern", |n| class(&format!("match('{}', option[60].text)", "(a*)*".repeat(n)))),
    ("tests: pattern of groups", |n| {
        class(&format!("match('{}a{}', option[60].text)", "(".repeat(n), ")*".repeat(n)))
    }),
    ("tests: pattern of choices", |n| class(&format!("match('{}', option[60].text)", "a|".repeat(n)))),
    ("tests: pattern of brackets", |n| class(&format!("match('{}', option[60].text)", "[a-z]".repeat(n)))),
    ("tests: pattern of one bracket", |n| class(&format!("match('[{}]', option[60].text)", "a-z".repeat(n)))),
    ("tests: pattern of counts", |n| class(&format!("match('{}', option[60].text)", "a{1,9}".repeat(n)))),
    ("tests: escaped", |n| class(&"\\u0027".repeat(n))),
];
