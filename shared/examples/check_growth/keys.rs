//! Many keys, known, unknown and repeated.

use super::{
    Text,
    made::{dhcp4, list4, many},
};
use std::fmt::Write as _;

pub const KEYS: &[(&str, Text)] = &[
    ("keys: one unknown, again", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"a\":1")))),
    ("keys: one unknown, again, lines", |n| dhcp4(&many(n, ",\n", |_, out| write!(out, "\"a\":1")))),
    ("keys: one known, again", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"valid-lifetime\":4000")))),
    ("keys: one wrong, again", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"valid-lifetime\":\"a\"")))),
    ("keys: one deprecated, again", |n| {
        dhcp4(&many(n, ",", |_, out| write!(out, "\"reservation-mode\":\"all\"")))
    }),
    ("keys: one list, again", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"subnet4\":[{{\"a\":1}}]")))),
    ("keys: one daemon, again", |n| {
        format!("{{{}}}", many(n, ",", |_, out| write!(out, "\"Dhcp4\":{{\"a\":1}}")))
    }),
    ("keys: one of users, again", |n| {
        dhcp4(&format!("\"user-context\": {{{}}}", many(n, ",", |_, out| write!(out, "\"a\":1"))))
    }),
    ("keys: again in every map", |n| {
        list4(n, "subnet4", |_, out| write!(out, "{{\"id\":1,\"id\":2,\"a\":1,\"a\":2}}"))
    }),
    ("keys: again at every depth", |n| {
        dhcp4(&format!("\"a\":1,{}1{}", "\"b\":1,\"b\":{".repeat(n), "}".repeat(n)))
    }),
    ("keys: again with escapes", |n| {
        dhcp4(&many(n, ",", |i, out| write!(out, "\"{}\":1", if i % 2 == 0 { "a" } else { "\\u0061" })))
    }),
    ("keys: long, again at the end", |n| {
        let key = "k".repeat(n);
        dhcp4(&format!(
            "\"user-context\":{{\"{key}\":{{{}}}}}",
            many(n, ",", |_, out| write!(out, "\"a\":1"))
        ))
    }),
    ("keys: unknown, global", |n| dhcp4(&many(n, ",", |i, out| write!(out, "\"unknown-{i}\":1")))),
    ("keys: unknown, global, lines", |n| dhcp4(&many(n, ",\n  ", |i, out| write!(out, "\"unknown-{i}\":1")))),
    ("keys: nearly known, global", |n| dhcp4(&many(n, ",", |i, out| write!(out, "\"valid-lifetim{i}\":1")))),
    ("keys: of other objects, global", |n| dhcp4(&many(n, ",", |_, out| write!(out, "\"pool\":1")))),
    ("keys: unknown, in subnets", |n| list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{i},\"pol\":1}}"))),
    ("keys: unknown, in one subnet", |n| {
        dhcp4(&format!("\"subnet4\":[{{{}}}]", many(n, ",", |i, out| write!(out, "\"u{i}\":1"))))
    }),
    ("keys: unknown, in one class", |n| {
        dhcp4(&format!("\"client-classes\":[{{{}}}]", many(n, ",", |i, out| write!(out, "\"u{i}\":1"))))
    }),
    ("keys: unknown, in one database", |n| {
        dhcp4(&format!("\"lease-database\":{{{}}}", many(n, ",", |i, out| write!(out, "\"u{i}\":1"))))
    }),
    ("keys: deprecated, in subnets", |n| {
        list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{i},\"client-class\":\"a\"}}"))
    }),
    ("keys: renamed, in subnets", |n| {
        list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{i},\"reservation-mode\":\"all\"}}"))
    }),
    ("keys: comments, in reservations", |n| {
        list4(n, "reservations", |_, out| write!(out, "{{\"comment\":\"a\",\"user-context\":{{}}}}"))
    }),
    ("keys: both comments, in classes", |n| {
        list4(n, "client-classes", |_, out| {
            write!(out, "{{\"user-context\":{{\"comment\":\"a\"}},\"comment\":\"a\"}}")
        })
    }),
    ("keys: escaped, in one another", |n| dhcp4(&format!("{}1{}", "\"\\u0061\":{".repeat(n), "}".repeat(n)))),
    ("keys: missing, in classes", |n| list4(n, "client-classes", |_, out| write!(out, "{{\"test\":\"\"}}"))),
    ("keys: missing, in libraries", |n| {
        list4(n, "hooks-libraries", |_, out| write!(out, "{{\"parameters\":{{}}}}"))
    }),
    ("keys: long unknown", |n| dhcp4(&format!("\"{}\":1", "k".repeat(n * 10)))),
    ("values: of another kind", |n| list4(n, "subnet4", |_, out| write!(out, "{{\"id\":\"a\"}}"))),
    ("values: of no kind", |n| list4(n, "subnet4", |_, out| write!(out, "1"))),
    ("values: items of another kind", |n| {
        dhcp4(&format!(
            "\"interfaces-config\":{{\"interfaces\":[{}]}}",
            many(n, ",", |_, out| write!(out, "1"))
        ))
    }),
    ("values: out of range", |n| list4(n, "subnet4", |_, out| write!(out, "{{\"id\":-1}}"))),
    ("values: inherited and wrong", |n| {
        let subnets = many(n, ",", |i, out| write!(out, "{{\"id\":{i},\"t1-percent\":0.5}}"));
        dhcp4(&format!("\"t1-percent\": \"a\", \"t2-percent\": \"a\", \"subnet4\": [{subnets}]"))
    }),
    ("values: unknown words", |n| {
        list4(n, "option-def", |_, out| write!(out, "{{\"name\":\"a\",\"code\":200,\"type\":\"strin\"}}"))
    }),
];
