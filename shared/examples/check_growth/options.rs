//! Option data and definitions.

use super::{
    Text,
    made::{dhcp4, dhcp6, list4, list6, many},
};
use std::fmt::Write as _;

pub const OPTIONS: &[(&str, Text)] = &[
    ("options: one, again", |n| {
        list4(n, "option-data", |_, out| write!(out, "{{\"name\":\"routers\",\"data\":\"10.0.0.1\"}}"))
    }),
    ("options: unknown names", |n| {
        list4(n, "option-data", |i, out| write!(out, "{{\"name\":\"router{i}\",\"data\":\"10.0.0.1\"}}"))
    }),
    ("options: undefined codes", |n| {
        list4(n, "option-data", |_, out| write!(out, "{{\"code\":231,\"data\":\"a\"}}"))
    }),
    ("options: wrong addresses", |n| {
        list4(n, "option-data", |_, out| write!(out, "{{\"name\":\"routers\",\"data\":\"10.0.0\"}}"))
    }),
    ("options: wrong hex", |n| {
        list4(n, "option-data", |_, out| write!(out, "{{\"code\":200,\"csv-format\":false,\"data\":\"zz\"}}"))
    }),
    ("options: without anything", |n| list4(n, "option-data", |_, out| write!(out, "{{\"data\":\"a\"}}"))),
    ("options: unknown spaces", |n| {
        list4(n, "option-data", |i, out| write!(out, "{{\"code\":1,\"space\":\"s{i}\",\"data\":\"01\"}}"))
    }),
    ("options: one with many values", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"routers\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "10.0.0.1"))
        ))
    }),
    ("options: one with many wrong values", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"routers\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "a"))
        ))
    }),
    ("options: one with many names", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"domain-search\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "a..b"))
        ))
    }),
    ("options: one with much hex", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"code\":200,\"csv-format\":false,\"data\":\"{}\"}}]",
            "0a".repeat(n)
        ))
    }),
    ("options: one with hex in pairs", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"code\":200,\"csv-format\":false,\"data\":\"{}\"}}]",
            many(n, ":", |_, out| write!(out, "0a"))
        ))
    }),
    ("options: one long text", |n| {
        dhcp4(&format!("\"option-data\":[{{\"name\":\"domain-name\",\"data\":\"{}\"}}]", "a".repeat(n * 10)))
    }),
    ("options: one long name", |n| {
        dhcp4(&format!("\"option-data\":[{{\"name\":\"{}\",\"data\":\"a\"}}]", "a".repeat(n * 10)))
    }),
    ("options: one text of escapes", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"domain-name-servers\",\"data\":\"{}\"}}]",
            "\\\\,".repeat(n)
        ))
    }),
    ("options: dnr", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"v4-dnr\",\"data\":\"{}\"}}]",
            many(n, " | ", |_, out| write!(out, "1, a.b., 10.0.0.1, alpn=dot\\\\,doq port=8530"))
        ))
    }),
    ("options: routes", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"classless-static-route\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "10.0.0.0/8 - 10.0.0.1"))
        ))
    }),
    ("options: keys again in one", |n| {
        dhcp4(&format!("\"option-data\":[{{{}}}]", many(n, ",", |_, out| write!(out, "\"data\":\"a\""))))
    }),
    ("options: classes of one", |n| {
        dhcp4(&format!(
            "\"option-data\":[{{\"name\":\"routers\",\"client-classes\":[{}]}}]",
            many(n, ",", |i, out| write!(out, "\"c{i}\""))
        ))
    }),
    ("options: sub-options of many", |n| {
        let data = many(n, ",", |i, out| {
            write!(out, "{{\"code\":{},\"space\":\"vendor-{}\",\"data\":\"01\"}}", i % 250 + 1, i / 250)
        });
        dhcp4(&format!("\"option-data\":[{data}]"))
    }),
    ("definitions: one, again", |n| {
        list4(n, "option-def", |_, out| write!(out, "{{\"name\":\"a\",\"code\":200,\"type\":\"string\"}}"))
    }),
    ("definitions: one space", |n| {
        list4(n, "option-def", |i, out| {
            write!(out, "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s\",\"type\":\"string\"}}", i % 250 + 1)
        })
    }),
    ("definitions: many spaces", |n| {
        list4(n, "option-def", |i, out| {
            write!(out, "{{\"name\":\"a\",\"code\":1,\"space\":\"s{i}\",\"type\":\"string\"}}")
        })
    }),
    ("definitions: one name in spaces", |n| {
        list6(n, "option-def", |i, out| {
            write!(out, "{{\"name\":\"a\",\"code\":{},\"space\":\"s\",\"type\":\"string\"}}", i % 65535 + 1)
        })
    }),
    ("definitions: with options", |n| {
        let definitions = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s\",\"type\":\"string\"}}",
                i % 65535 + 1
            )
        });
        let options =
            many(n, ",", |i, out| write!(out, "{{\"name\":\"a{i}\",\"space\":\"s\",\"data\":\"x\"}}"));
        dhcp6(&format!("\"option-def\":[{definitions}],\"option-data\":[{options}]"))
    }),
    ("definitions: unknown names", |n| {
        let definitions = many(n, ",", |i, out| {
            write!(out, "{{\"name\":\"a{i}\",\"code\":{},\"type\":\"string\"}}", 1000 + i % 60000)
        });
        let options = many(n, ",", |i, out| write!(out, "{{\"name\":\"b{i}\",\"data\":\"x\"}}"));
        dhcp6(&format!("\"option-def\":[{definitions}],\"option-data\":[{options}]"))
    }),
    ("definitions: chain", |n| {
        let definitions = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s{i}\",\"type\":\"empty\",\"encapsulate\":\"s{}\"}}",
                i % 250 + 1,
                i + 1
            )
        });
        let options = many(n, ",", |i, out| write!(out, "{{\"name\":\"a{i}\",\"space\":\"s{i}\"}}"));
        dhcp4(&format!("\"option-def\":[{definitions}],\"option-data\":[{options}]"))
    }),
    ("definitions: ring", |n| {
        let definitions = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s{i}\",\"type\":\"empty\",\"encapsulate\":\"s{}\"}}",
                i % 250 + 1,
                (i + 1) % n
            )
        });
        let options = many(n, ",", |i, out| write!(out, "{{\"name\":\"a{i}\",\"space\":\"s{i}\"}}"));
        dhcp4(&format!("\"option-def\":[{definitions}],\"option-data\":[{options}]"))
    }),
    ("definitions: ring in subnets", |n| {
        let definitions = many(50, ",", |i, out| {
            write!(
                out,
                "{{\"name\":\"a{i}\",\"code\":{},\"space\":\"s{i}\",\"type\":\"empty\",\"encapsulate\":\"s{}\"}}",
                i % 250 + 1,
                (i + 1) % 50
            )
        });
        let subnets = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"id\":{i},\"option-data\":[{{\"name\":\"a1\",\"space\":\"s1\"}},{{\"code\":1,\"space\":\"s0\",\"data\":\"\"}}]}}"
            )
        });
        dhcp4(&format!("\"option-def\":[{definitions}],\"subnet4\":[{subnets}]"))
    }),
    ("definitions: one with many fields", |n| {
        dhcp4(&format!(
            "\"option-def\":[{{\"name\":\"a\",\"code\":200,\"type\":\"record\",\"record-types\":\"{}\"}}],\"option-data\":[{{\"name\":\"a\",\"data\":\"{}\"}}]",
            many(n, ",", |_, out| write!(out, "uint8")),
            many(n, ",", |_, out| write!(out, "1"))
        ))
    }),
    ("definitions: wrong", |n| {
        list4(n, "option-def", |i, out| {
            write!(
                out,
                "{{\"name\":\"a b\",\"code\":{i},\"type\":\"strng\",\"record-types\":\"a,b\",\"encapsulate\":\"-\"}}"
            )
        })
    }),
    ("definitions: in classes", |n| {
        list4(n, "client-classes", |i, out| {
            write!(
                out,
                "{{\"name\":\"c{i}\",\"option-def\":[{{\"name\":\"a{i}\",\"code\":{},\"type\":\"string\"}}],\"option-data\":[{{\"name\":\"a{i}\",\"data\":\"x\"}}]}}",
                128 + i % 100
            )
        })
    }),
    ("definitions: relay-supplied", |n| {
        dhcp6(&format!("\"relay-supplied-options\":[{}]", many(n, ",", |i, out| write!(out, "\"o{i}\""))))
    }),
];
