//! Hooks, sockets, databases, loggers and other daemons.

use super::{
    Text,
    made::{dhcp4, list4, many},
};
use std::fmt::Write as _;

pub const REST: &[(&str, Text)] = &[
    ("interfaces: one, again", |n| {
        dhcp4(&format!(
            "\"interfaces-config\":{{\"interfaces\":[{}]}}",
            many(n, ",", |_, out| write!(out, "\"eth0\""))
        ))
    }),
    ("interfaces: wrong", |n| {
        dhcp4(&format!(
            "\"interfaces-config\":{{\"interfaces\":[{}]}}",
            many(n, ",", |i, out| write!(out, "\"eth{i}/a\""))
        ))
    }),
    ("hooks: wrong paths", |n| {
        list4(n, "hooks-libraries", |i, out| write!(out, "{{\"library\":\"/tmp/{i}.so\"}}"))
    }),
    ("hooks: expressions", |n| {
        let options = many(n, ",", |i, out| write!(out, "{{\"code\":{i},\"add\":\"foo(\"}}"));
        dhcp4(&format!(
            "\"hooks-libraries\":[{{\"library\":\"/usr/lib/kea/hooks/libdhcp_flex_option.so\",\"parameters\":{{\"options\":[{options}]}}}}]"
        ))
    }),
    ("hooks: relationships", |n| {
        let relations = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"this-server-name\":\"s{i}\",\"mode\":\"load-balancing\",\"peers\":[{{\"name\":\"a\",\"role\":\"primary\"}}]}}"
            )
        });
        dhcp4(&format!(
            "\"hooks-libraries\":[{{\"library\":\"libdhcp_ha.so\",\"parameters\":{{\"high-availability\":[{relations}]}}}}]"
        ))
    }),
    ("hooks: peers", |n| {
        let peers = many(n, ",", |i, out| write!(out, "{{\"name\":\"p{i}\",\"role\":\"foo\"}}"));
        dhcp4(&format!(
            "\"hooks-libraries\":[{{\"library\":\"libdhcp_ha.so\",\"parameters\":{{\"high-availability\":[{{\"this-server-name\":\"a\",\"mode\":\"hot-standby\",\"peers\":[{peers}]}}]}}}}]"
        ))
    }),
    ("sockets: one, again", |n| {
        list4(n, "control-sockets", |_, out| {
            write!(out, "{{\"socket-type\":\"unix\",\"socket-name\":\"a\"}}")
        })
    }),
    ("sockets: http", |n| {
        list4(n, "control-sockets", |_, out| {
            write!(out, "{{\"socket-type\":\"http\",\"socket-address\":\"0.0.0.0\",\"socket-port\":80}}")
        })
    }),
    ("sockets: clients", |n| {
        let clients = many(n, ",", |i, out| write!(out, "{{\"user\":\"u{i}\",\"password\":\"1234\"}}"));
        dhcp4(&format!(
            "\"control-sockets\":[{{\"socket-type\":\"http\",\"socket-address\":\"127.0.0.1\",\"socket-port\":80,\"authentication\":{{\"type\":\"basic\",\"clients\":[{clients}]}}}}]"
        ))
    }),
    ("databases: one, again", |n| {
        list4(n, "hosts-databases", |_, out| write!(out, "{{\"type\":\"mysql\",\"name\":\"a\"}}"))
    }),
    ("loggers: wrong", |n| {
        list4(n, "loggers", |_, out| {
            write!(
                out,
                "{{\"name\":\"kea-dhcp4\",\"severity\":\"infoo\",\"output_options\":[{{\"output\":\"a\"}}]}}"
            )
        })
    }),
    ("identifiers: again", |n| {
        dhcp4(&format!(
            "\"host-reservation-identifiers\":[{}]",
            many(n, ",", |_, out| write!(out, "\"duid\""))
        ))
    }),
    ("agent: unknown keys", |n| {
        format!("{{\"Control-agent\":{{{}}}}}", many(n, ",", |i, out| write!(out, "\"u{i}\":1")))
    }),
    ("ddns: domains", |n| {
        let domains = many(n, ",", |i, out| {
            write!(out, "{{\"name\":\"d{i}\",\"key-name\":\"k\",\"dns-servers\":[{{\"ip-address\":\"a\"}}]}}")
        });
        format!("{{\"DhcpDdns\":{{\"forward-ddns\":{{\"ddns-domains\":[{domains}]}}}}}}")
    }),
];
