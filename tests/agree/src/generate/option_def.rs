//! Option definitions.

use super::{disturb, root, sprinkle};
use crate::{
    node::{Node, map, raw, string},
    random::Random,
};
use perch_shared::Family;

/// The types, each as often as it should come.
pub(super) const TYPES: [&str; 17] = [
    "empty",
    "binary",
    "boolean",
    "int8",
    "int16",
    "int32",
    "uint8",
    "uint16",
    "uint32",
    "ipv4-address",
    "ipv6-address",
    "ipv6-prefix",
    "psid",
    "string",
    "tuple",
    "fqdn",
    "record",
];

/// A configuration of a few definitions.
pub(super) fn config(random: &mut Random, family: Family) -> Node {
    let count = random.vary(60, 1, &[2, 2, 3, 5]);
    let defs: Vec<Node> = (0..count).map(|_| definition(random, family)).collect();
    let defs = Node::List(defs);
    if family == Family::V4 && random.chance(15) {
        let class = map([("name", string("a")), ("option-def", defs)]);
        return root(family, vec![("client-classes", Node::List(vec![class]))]);
    }
    let mut entries = vec![("option-def", defs)];
    if random.chance(3) {
        let class =
            map([("name", string("a")), ("option-def", Node::List(vec![definition(random, family)]))]);
        entries.push(("client-classes", Node::List(vec![class])));
    }
    root(family, entries)
}

/// One definition.
pub(super) fn definition(random: &mut Random, family: Family) -> Node {
    let mut def = map([]);
    if !random.slip(2) {
        def.push("name", string(&name(random)));
    }
    if !random.slip(2) {
        def.push("code", raw(code(random, family)));
    }
    let kind = kind(random);
    if !random.slip(2) {
        def.push("type", string(kind));
    }
    if (kind == "record") != random.slip(6) {
        def.push("record-types", string(&fields(random)));
    }
    let sound = !matches!(kind, "string" | "binary" | "empty");
    if if sound { random.chance(25) } else { random.slip(20) } {
        def.push("array", raw(random.mostly(92, "true", &["false", "1", "\"true\"", "null"])));
    } else if random.chance(15) {
        def.push("array", raw("false"));
    }
    if random.chance(35) {
        def.push("space", string(space(random, family)));
    }
    if random.chance(22) {
        let spaces = ["", "-x", "x y", "x.y", "é", "_x", "dhcp4", "dhcp6", "mine"];
        let space = random.pick_mostly(80, &["mine", "x", "y", "vendor-4491", "isc"], &spaces);
        def.push("encapsulate", string(space));
    }
    sprinkle(random, &mut def);
    if random.slip(5) {
        disturb(random, &mut def);
    }
    def
}

fn kind(random: &mut Random) -> &'static str {
    let others = [
        "internal",
        "Uint8",
        "uint64",
        "int",
        "ipv4",
        "ipv4-address ",
        "any-address",
        "",
        "array",
        "opaque",
        "bool",
        "text",
        "unknown",
        "record ",
        "string,string",
        "IPV4-ADDRESS",
    ];
    if random.slip(8) { random.pick(&others) } else { random.pick(&TYPES) }
}

fn name(random: &mut Random) -> String {
    let edges = [
        "",
        " ",
        "a b",
        "-a",
        "a-",
        "_a",
        "a_",
        "a.b",
        "a,b",
        "é",
        "A",
        "a:b",
        "9",
        "9a",
        "routers",
        "Routers",
        "domain-name-servers",
        "dns-servers",
        "vendor-encapsulated-options",
        "hosT-name",
        "all",
        "x!",
        "a--b",
        "a/b",
        "user-class",
        "my-option",
        "subnet-mask",
        "dhcp4o6-server-addr",
        "v4-dnr",
        "dhcp-agent-options",
        "circuit-id",
        "option-225",
        "space",
    ];
    if random.slip(6) {
        return "a".repeat(random.pick(&[1, 64, 255, 256, 1000]));
    }
    if random.slip(20) { random.pick(&edges).to_owned() } else { format!("opt-{}", random.below(40)) }
}

fn code(random: &mut Random, family: Family) -> String {
    let edges = [
        "0",
        "255",
        "256",
        "254",
        "-1",
        "65535",
        "65536",
        "4294967295",
        "4294967296",
        "4294967520",
        "-4294967072",
        "224",
        "9223372036854775808",
        "18446744073709551840",
        "1.0",
        "\"224\"",
        "null",
    ];
    match random.below(10) {
        0..=3 => random.between(224, 254).to_string(),
        4 | 5 if random.slip(40) => random.below(if family == Family::V4 { 256 } else { 200 }).to_string(),
        6 | 7 if random.slip(40) => random.between(143, 150).to_string(),
        8 if random.slip(40) => random.below(66_000).to_string(),
        9 if random.slip(40) => random.pick(&edges).to_owned(),
        _ => random.between(163, 210).to_string(),
    }
}

fn space(random: &mut Random, family: Family) -> &'static str {
    let own = family.service();
    let all = [
        "dhcp4",
        "dhcp6",
        "mine",
        "x",
        "y",
        "isc",
        "vendor-4491",
        "vendor-2495",
        "vendor-1",
        "vendor-0",
        "vendor-4294967295",
        "vendor-4294967296",
        "vendor-x",
        "dhcp-agent-options-space",
        "vendor-encapsulated-options-space",
        "docsis3-v4",
        "docsis3-v6",
        "s46-cont-mape-options",
        "s46-rule-options",
        "s46-v4v6bind-options",
        "s46-cont-lw-options",
        "s46-cont-mapt-options",
        "cablelabs-client-conf",
        "v6-ntp-server-suboptions",
        "lq-relay-data",
        "rsoo-opts",
        "ia-na",
        "isc-4o6",
        "",
        " ",
        "-x",
        "x-",
        "DHCP4",
        "dhcp4 ",
        "a b",
        "a.b",
        "é",
        "1",
        "_",
        "4o6",
    ];
    if random.slip(50) { random.pick(&all) } else { random.pick(&[own, own, "mine", "x", "vendor-1234"]) }
}

fn fields(random: &mut Random) -> String {
    let edges = [
        "",
        ",",
        " ",
        "uint8,,uint8",
        "uint8,",
        ",uint8,uint8",
        "uint8 uint8",
        "uint8;uint8",
        "record,uint8",
        "empty,uint8",
        "internal, uint8",
        "uint8,foo",
        "Uint8,uint8",
        "uint8",
    ];
    if random.slip(14) {
        return random.pick(&edges).to_owned();
    }
    let count = random.vary(80, 2, &[1, 3, 4, 6]);
    let separator = random.vary(60, ", ", &[",", " , ", ",\t", ",  "]);
    let one = |random: &mut Random| {
        if !random.slip(15) {
            let plain = [
                "boolean",
                "int8",
                "uint8",
                "uint16",
                "uint32",
                "int32",
                "int16",
                "ipv4-address",
                "ipv6-address",
                "ipv6-prefix",
                "psid",
                "fqdn",
                "tuple",
            ];
            random.pick(&plain)
        } else {
            random.pick(&TYPES)
        }
    };
    let mut fields: Vec<&str> = (0..count).map(|_| one(random)).collect();
    if random.chance(20) {
        fields.push(random.pick(&["string", "binary"]));
    }
    fields.join(separator)
}
