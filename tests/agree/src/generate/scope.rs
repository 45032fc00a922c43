//! Subnets, shared networks, pools, delegated prefixes, reservations and lifetimes.

mod hosts;
mod place;
mod pools;

use super::{disturb, root, sprinkle, values};
use crate::{
    node::{Node, map, raw, string},
    random::Random,
};
use perch_shared::Family;
use place::Place;

/// A configuration of a few scopes.
pub(super) fn config(random: &mut Random, family: Family) -> Node {
    let mut writer = Writer { family, next_id: 1, small: random.chance(60) };
    let mut entries = writer.globals(random);
    let mut subnets = Vec::new();
    for _ in 0..random.vary(70, 1, &[0, 2, 2, 3]) {
        subnets.push(writer.subnet(random));
    }
    if !subnets.is_empty() || random.chance(30) {
        entries.push((family.subnet_key(), Node::List(subnets)));
    }
    if random.chance(25) {
        let mut networks = Vec::new();
        for _ in 0..random.vary(75, 1, &[2, 2, 3]) {
            networks.push(writer.network(random));
        }
        entries.push(("shared-networks", Node::List(networks)));
    }
    if random.chance(8) {
        let hosts = writer.reservations(random);
        entries.push(("reservations", hosts));
    }
    root(family, entries)
}

struct Writer {
    family: Family,
    next_id: usize,
    /// Whether the case keeps to few entries, so that one mistake is not hidden by another.
    small: bool,
}

impl Writer {
    fn v4(&self) -> bool {
        self.family == Family::V4
    }

    fn globals(&self, random: &mut Random) -> Vec<(&'static str, Node)> {
        let mut object = map([]);
        if random.chance(30) {
            self.lifetimes(random, &mut object);
        }
        let mut entries = Vec::new();
        if let Node::Map(found) = object {
            for (key, value) in found {
                entries.push((key.leak() as &'static str, value));
            }
        }
        if random.chance(10) {
            let key = random.pick(&[
                "ip-reservations-unique",
                "reservations-global",
                "reservations-in-subnet",
                "reservations-out-of-pool",
            ]);
            entries.push((key, raw(random.pick(&["true", "false", "false"]))));
        }
        entries
    }

    /// Timers and lifetimes in some order, right or not.
    fn lifetimes(&self, random: &mut Random, object: &mut Node) {
        let mut keys =
            vec!["valid-lifetime", "min-valid-lifetime", "max-valid-lifetime", "renew-timer", "rebind-timer"];
        match self.family {
            Family::V6 => {
                keys.extend(["preferred-lifetime", "min-preferred-lifetime", "max-preferred-lifetime"])
            }
            Family::V4 => keys.push("offer-lifetime"),
        }
        let orderly = !random.slip(30);
        for key in keys {
            if !random.chance(35) {
                continue;
            }
            let number = if orderly {
                let base = if key.starts_with("min") {
                    100
                } else if key.starts_with("max") {
                    9000
                } else {
                    3000
                };
                (base + random.below(20)).to_string()
            } else if random.chance(60) {
                random.pick(&["100", "200", "300", "7200", "3600", "0"]).to_owned()
            } else {
                values::number(random)
            };
            object.push(key, raw(number));
        }
        if random.chance(25) {
            object.push("calculate-tee-times", raw(random.pick(&["true", "true", "false"])));
        }
        let portions = [
            "0.5", "0.875", "0.0", "1.0", "0.3", "0.99", "1.1", "-0.1", "1", "0", "\"0.5\"", "5e-1", "1e0",
            "0.50",
        ];
        for key in ["t1-percent", "t2-percent", "cache-threshold"] {
            if random.chance(10) {
                object.push(key, raw(random.pick_mostly(70, &["0.5", "0.6", "0.8"], &portions)));
            }
        }
        if random.chance(6) {
            object.push("cache-max-age", raw(values::number(random)));
        }
    }

    fn id(&mut self, random: &mut Random) -> Option<String> {
        let edges = ["0", "4294967294", "4294967295", "4294967296", "-1", "1", "2", "\"1\"", "1.0", "null"];
        match random.below(25) {
            0 if random.slip(40) => None,
            1 | 2 if random.slip(40) => Some(random.pick(&edges).to_owned()),
            _ => {
                self.next_id += 1;
                Some((self.next_id - 1).to_string())
            }
        }
    }

    /// The first numbers of a subnet, which its pools and reservations share.
    fn place(&self, random: &mut Random) -> Place {
        let third = random.below(12);
        match self.family {
            Family::V4 => Place {
                v4: true,
                base: format!("10.0.{third}"),
                length: random.vary(82, 24, &[8, 16, 23, 25, 28, 30, 31, 32, 0]),
            },
            Family::V6 => Place {
                v4: false,
                base: format!("2001:db8:{third}:"),
                length: random.vary(82, 64, &[48, 56, 65, 96, 120, 127, 128, 0, 32]),
            },
        }
    }

    fn subnet(&mut self, random: &mut Random) -> Node {
        let place = self.place(random);
        let mut subnet = map([]);
        if let Some(id) = self.id(random) {
            subnet.push("id", raw(id));
        }
        if !random.slip(1) {
            subnet.push("subnet", string(&place.prefix(random)));
        }
        if random.chance(60) {
            let pools = self.list(random, |writer, random| writer.pool(random, &place));
            subnet.push("pools", pools);
        }
        if !self.v4() && random.chance(35) {
            let pools = self.list(random, |writer, random| writer.pd_pool(random));
            subnet.push("pd-pools", pools);
        }
        if random.chance(35) {
            let hosts = self.hosts(random, Some(&place));
            subnet.push("reservations", hosts);
        }
        if random.chance(25) {
            self.lifetimes(random, &mut subnet);
        }
        self.common(random, &mut subnet);
        if self.v4() && random.chance(4) {
            let prefix =
                random.pick(&["2001:db8::/64", "2001:db8::", "192.0.2.0/24", "", "2001:db8::/129", "::/0"]);
            subnet.push("4o6-subnet", string(prefix));
        }
        sprinkle(random, &mut subnet);
        if random.slip(4) {
            disturb(random, &mut subnet);
        }
        subnet
    }

    /// Keys that subnets and shared networks share.
    fn common(&self, random: &mut Random, object: &mut Node) {
        let busy = if self.small { 5 } else { 12 };
        let flags = ["true", "false", "true", "1", "\"true\""];
        let mut flag = |key: &str| {
            if random.chance(busy) {
                object.push(key, raw(random.pick_mostly(95, &["true", "false"], &flags)));
            }
        };
        for key in [
            "reservations-global",
            "reservations-in-subnet",
            "reservations-out-of-pool",
            "store-extended-info",
        ] {
            flag(key);
        }
        let own: &[&str] = if self.v4() { &["match-client-id", "authoritative"] } else { &["rapid-commit"] };
        own.iter().for_each(|key| flag(key));
        if random.chance(busy) {
            let relays = [
                "{\"ip-addresses\":[\"192.0.2.1\"]}",
                "{\"ip-addresses\":[\"2001:db8::1\"]}",
                "{\"ip-address\":\"192.0.2.1\"}",
                "{\"ip-address\":\"2001:db8::1\"}",
                "{}",
                "{\"ip-addresses\":[]}",
                "{\"ip-addresses\":[\"x\"]}",
                "{\"ip-addresses\":[\"192.0.2.1\",\"192.0.2.1\"]}",
                "{\"ip-addresses\":[\"0.0.0.0\"]}",
                "{\"ip-address\":\"\"}",
                "{\"ip-addresses\":\"192.0.2.1\"}",
                "{\"ip-addresses\":[1]}",
                "{\"ip-addresses\":[\"192.0.2.1\"],\"ip-address\":\"192.0.2.1\"}",
                "[]",
                "{\"ip-addresses\":[\"::\"]}",
                "{\"ip-addresses\":[\"192.0.2.1\"],\"x\":1}",
                "{\"ip-addresses\":[\"192.0.2.1\",\"192.0.2.2\"]}",
            ];
            let relay = if random.slip(50) { random.pick(&relays) } else { relays[usize::from(!self.v4())] };
            object.push("relay", Node::parse(relay).expect("a map"));
        }
        if random.chance(busy) {
            classes(random, object);
        }
        if self.v4() && random.chance(busy) {
            let key = random.pick(&["next-server", "server-hostname", "boot-file-name"]);
            let value = if key == "next-server" {
                values::address(random, Family::V4)
            } else {
                "b".repeat(random.pick(&[0, 1, 10, 63, 64, 127, 128, 129]))
            };
            object.push(key, string(&value));
        }
        if random.chance(busy) {
            let keys = ["allocator", "pd-allocator"];
            let key = random.mostly(75, "allocator", &keys);
            object
                .push(key, string(random.pick(&["iterative", "random", "flq", "", "Random", "sequential"])));
        }
        if !self.v4() && random.chance(busy) {
            object.push("interface-id", string(random.pick(&["vlan-1", "", "x"])));
        }
        if random.slip(2) {
            object.push("interface", string(random.pick(&["", "eth99", "lo"])));
        }
    }

    fn list(&mut self, random: &mut Random, mut one: impl FnMut(&mut Self, &mut Random) -> Node) -> Node {
        let count = random.vary(60, 1, &[0, 2, 2, 3]);
        Node::List((0..count).map(|_| one(self, random)).collect())
    }
    fn network(&mut self, random: &mut Random) -> Node {
        let mut network = map([]);
        if !random.slip(3) {
            network.push(
                "name",
                string(random.pick_mostly(80, &["floor", "Floor"], &["", "x y", "é", "floor"])),
            );
        }
        if random.chance(85) {
            let list = self.list(random, |writer, random| writer.subnet(random));
            network.push(self.family.subnet_key(), list);
        }
        if random.chance(20) {
            self.lifetimes(random, &mut network);
        }
        self.common(random, &mut network);
        sprinkle(random, &mut network);
        if random.slip(3) {
            disturb(random, &mut network);
        }
        network
    }
}

/// References to client classes, in the old words or the new.
fn classes(random: &mut Random, object: &mut Node) {
    match random.below(5) {
        0 | 1 => object.push("client-class", string(random.pick(&["a", "", "no such", "é"]))),
        2 => object.push(
            "client-classes",
            Node::parse(random.pick(&["[\"a\"]", "[]", "[\"a\",\"b\"]", "\"a\"", "[1]", "[\"\"]"]))
                .expect("a value"),
        ),
        3 => object.push(
            "require-client-classes",
            Node::parse(random.pick(&["[\"a\"]", "[]", "\"a\"", "[1]", "[\"\"]"])).expect("a value"),
        ),
        _ => object.push(
            "evaluate-additional-classes",
            Node::parse(random.pick(&["[\"a\"]", "[]", "\"a\"", "[1]"])).expect("a value"),
        ),
    }
    if random.chance(12) {
        classes(random, object);
    }
}
