//! Subnets, pools, shared networks and reservations.

use super::{
    Text,
    made::{dhcp4, dhcp6, in_subnet, list4, list6, many, range},
};
use std::{fmt::Write as _, net::Ipv4Addr};

pub const SCOPES: &[(&str, Text)] = &[
    ("subnets: fine", |n| {
        list4(n, "subnet4", |i, out| {
            write!(out, "{{\"id\":{},\"subnet\":\"10.{}.{}.0/24\"}}", i + 1, i / 256 % 256, i % 256)
        })
    }),
    ("subnets: one id", |n| {
        list4(n, "subnet4", |i, out| {
            write!(out, "{{\"id\":1,\"subnet\":\"{}.{}.{}.0/24\"}}", 10 + i / 65536, i / 256 % 256, i % 256)
        })
    }),
    ("subnets: one prefix", |n| {
        list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{},\"subnet\":\"10.0.0.0/24\"}}", i + 1))
    }),
    ("subnets: in one another", |n| {
        list6(n, "subnet6", |i, out| {
            write!(out, "{{\"id\":{},\"subnet\":\"2001:db8::/{}\"}}", i + 1, i % 128)
        })
    }),
    ("subnets: overlapping", |n| {
        list4(n, "subnet4", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"subnet\":\"10.{}.{}.{}/{}\"}}",
                i + 1,
                i / 65536 % 256,
                i / 256 % 256,
                i % 256,
                8 + i % 24
            )
        })
    }),
    ("subnets: wrong prefixes", |n| {
        list4(n, "subnet4", |i, out| write!(out, "{{\"id\":{},\"subnet\":\"10.0.0/24\"}}", i + 1))
    }),
    ("subnets: without id", |n| list4(n, "subnet4", |_, out| write!(out, "{{\"interface\":\"a\"}}"))),
    ("subnets: without id, one with", |n| {
        let subnets = many(n, ",", |_, out| write!(out, "{{\"subnet\":\"10.0.0.0/24\"}}"));
        dhcp4(&format!("\"subnet4\":[{subnets},{{\"id\":1}}]"))
    }),
    ("pools: one range", |n| {
        in_subnet(n, "pools", |_, out| write!(out, "{{\"pool\":\"10.0.0.1 - 10.0.0.9\"}}"))
    }),
    ("pools: in one another", |n| {
        in_subnet(n, "pools", |i, out| {
            write!(
                out,
                "{{\"pool\":\"10.0.{}.{} - 10.255.{}.{}\"}}",
                i / 256 % 256,
                i % 256,
                255 - i / 256 % 256,
                255 - i % 256
            )
        })
    }),
    ("pools: reversed", |n| {
        in_subnet(n, "pools", |_, out| write!(out, "{{\"pool\":\"10.0.0.9-10.0.0.1\"}}"))
    }),
    ("pools: outside", |n| {
        in_subnet(n, "pools", |i, out| write!(out, "{{\"pool\":\"{}\"}}", range(0xb00_0000, i)))
    }),
    ("pools: of another subnet", |n| {
        let subnets = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"subnet\":\"10.{}.{}.0/24\",\"pools\":[{{\"pool\":\"10.0.0.1-10.0.0.9\"}}]}}",
                i + 1,
                i / 256 % 256,
                i % 256
            )
        });
        dhcp4(&format!("\"subnet4\":[{subnets}]"))
    }),
    ("pools: wrong", |n| in_subnet(n, "pools", |_, out| write!(out, "{{\"pool\":\"a\"}}"))),
    ("pools: empty", |n| in_subnet(n, "pools", |_, out| write!(out, "{{}}"))),
    ("pools: one id", |n| {
        in_subnet(n, "pools", |i, out| write!(out, "{{\"pool-id\":1,\"pool\":\"{}\"}}", range(0xa00_0000, i)))
    }),
    ("pools: gateways in them", |n| {
        let option = "\"option-data\":[{\"name\":\"routers\",\"data\":\"10.0.0.5\"}]";
        let pools = many(n, ",", |_, out| write!(out, "{{\"pool\":\"10.0.0.1-10.0.0.9\"}}"));
        dhcp4(&format!("\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",{option},\"pools\":[{pools}]}}]"))
    }),
    ("pools: many gateways", |n| {
        let gateways = many(n, ",", |i, out| write!(out, "{}", Ipv4Addr::from(0xa00_0000 + i as u32)));
        let option = format!("\"option-data\":[{{\"name\":\"routers\",\"data\":\"{gateways}\"}}]");
        let pools = many(n, ",", |i, out| write!(out, "{{\"pool\":\"{}\"}}", range(0xa00_0000, i)));
        dhcp4(&format!("\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",{option},\"pools\":[{pools}]}}]"))
    }),
    ("pd-pools: one prefix", |n| {
        let pools = many(n, ",", |_, out| {
            write!(out, "{{\"prefix\":\"2001:db8::\",\"prefix-len\":48,\"delegated-len\":64}}")
        });
        dhcp6(&format!("\"subnet6\":[{{\"id\":1,\"subnet\":\"2001:db8::/32\",\"pd-pools\":[{pools}]}}]"))
    }),
    ("pd-pools: wrong", |n| {
        let pools = many(n, ",", |_, out| {
            write!(out, "{{\"prefix\":\"2001:db8::1\",\"prefix-len\":200,\"excluded-prefix\":\"a\"}}")
        });
        dhcp6(&format!("\"subnet6\":[{{\"id\":1,\"subnet\":\"2001:db8::/32\",\"pd-pools\":[{pools}]}}]"))
    }),
    ("reservations: one identifier", |n| {
        in_subnet(n, "reservations", |i, out| {
            write!(
                out,
                "{{\"hw-address\":\"02:00:00:00:00:01\",\"ip-address\":\"10.0.{}.{}\"}}",
                i / 256 % 256,
                i % 256
            )
        })
    }),
    ("reservations: one address", |n| {
        in_subnet(n, "reservations", |i, out| {
            write!(
                out,
                "{{\"hw-address\":\"02:00:00:00:{:02x}:{:02x}\",\"ip-address\":\"10.0.0.1\"}}",
                i / 256 % 256,
                i % 256
            )
        })
    }),
    ("reservations: global, one of both", |n| {
        list4(n, "reservations", |_, out| {
            write!(out, "{{\"hw-address\":\"02:00:00:00:00:01\",\"ip-address\":\"10.0.0.1\"}}")
        })
    }),
    ("reservations: one of both, in subnets", |n| {
        list4(n, "subnet4", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"subnet\":\"10.{}.{}.0/24\",\"reservations\":[{{\"hw-address\":\"02:00:00:00:00:01\",\"ip-address\":\"10.0.0.1\"}}]}}",
                i + 1,
                i / 256 % 256,
                i % 256
            )
        })
    }),
    ("reservations: of nothing", |n| {
        in_subnet(n, "reservations", |_, out| write!(out, "{{\"hostname\":\"a\"}}"))
    }),
    ("reservations: wrong", |n| {
        in_subnet(n, "reservations", |_, out| {
            write!(out, "{{\"hw-address\":\"02:0\",\"duid\":\"01\",\"ip-address\":\"a\"}}")
        })
    }),
    ("reservations: in pools", |n| {
        let held = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"hw-address\":\"02:00:00:00:{:02x}:{:02x}\",\"ip-address\":\"10.0.{}.{}\"}}",
                i / 256 % 256,
                i % 256,
                i / 256 % 256,
                i % 256
            )
        });
        let pools = many(n, ",", |_, out| write!(out, "{{\"pool\":\"10.0.0.0-10.0.255.255\"}}"));
        dhcp4(&format!(
            "\"subnet4\":[{{\"id\":1,\"subnet\":\"10.0.0.0/8\",\"pools\":[{pools}],\"reservations\":[{held}]}}]"
        ))
    }),
    ("reservations: one with many addresses", |n| {
        let addresses = many(n, ",", |i, out| write!(out, "\"2001:db8::{:x}:{:x}\"", i / 65536, i % 65536));
        dhcp6(&format!(
            "\"subnet6\":[{{\"id\":1,\"subnet\":\"2001:db8::/32\",\"reservations\":[{{\"duid\":\"01:02:03\",\"ip-addresses\":[{addresses}],\"prefixes\":[\"2001:db8::/64\"]}}]}}]"
        ))
    }),
    ("reservations: excluded prefixes", |n| {
        let prefixes = many(n, ",", |_, out| write!(out, "\"2001:db8::/48\""));
        let excluded = many(n, ",", |_, out| write!(out, "\"2001:db8::/60\""));
        dhcp6(&format!(
            "\"reservations\":[{{\"duid\":\"01:02:03\",\"prefixes\":[{prefixes}],\"excluded-prefixes\":[{excluded}]}}]"
        ))
    }),
    ("networks: one name", |n| {
        list4(n, "shared-networks", |_, out| write!(out, "{{\"name\":\"a\",\"subnet4\":[]}}"))
    }),
    ("networks: mismatching interfaces", |n| {
        let subnets = many(n, ",", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"subnet\":\"10.{}.{}.0/24\",\"interface\":\"eth{i}\",\"authoritative\":{}}}",
                i + 1,
                i / 256 % 256,
                i % 256,
                i % 2 == 0
            )
        });
        dhcp4(&format!("\"shared-networks\":[{{\"name\":\"a\",\"subnet4\":[{subnets}]}}]"))
    }),
    ("networks: of one subnet, without name", |n| {
        list4(n, "shared-networks", |i, out| {
            write!(out, "{{\"subnet4\":[{{\"id\":{},\"subnet\":\"10.0.0.0/24\"}}]}}", i + 1)
        })
    }),
    ("relays: one address", |n| {
        list4(n, "subnet4", |i, out| {
            write!(out, "{{\"id\":{},\"relay\":{{\"ip-addresses\":[\"10.0.0.1\"]}}}}", i + 1)
        })
    }),
    ("relays: many addresses", |n| {
        let addresses = many(n, ",", |_, out| write!(out, "\"10.0.0.1\""));
        dhcp4(&format!("\"subnet4\":[{{\"id\":1,\"relay\":{{\"ip-addresses\":[{addresses}]}}}}]"))
    }),
    ("lifetimes: in no order", |n| {
        list4(n, "subnet4", |i, out| {
            write!(
                out,
                "{{\"id\":{},\"valid-lifetime\":1,\"min-valid-lifetime\":5,\"max-valid-lifetime\":2,\"renew-timer\":9,\"rebind-timer\":3}}",
                i + 1
            )
        })
    }),
];
