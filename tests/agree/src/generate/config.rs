//! Whole configurations out of the table of keys.

use super::{disturb, keys, misspelt, odd, sprinkle, values};
use crate::{
    node::{Node, map, raw, string},
    random::Random,
};
use perch_shared::Family;

/// A configuration in which a few keys of a few objects are used.
pub(super) fn config(random: &mut Random, family: Family) -> Node {
    let mistakes = random.vary(45, 0, &[1, 1, 1, 2]);
    let mut writer = Writer { family, mistakes, subnets: 0, hosts: 0, left: random.between(3, 30) };
    let mut global = writer.object(random, "global", 0);
    if global.get("interfaces-config").is_none() && random.chance(80) {
        global.push("interfaces-config", map([("interfaces", Node::List(Vec::new()))]));
    }
    if writer.mistakes > 0 {
        disturb(random, &mut global);
    }
    let key = if random.chance(99) { family.root_key() } else { "Dhcp" };
    let mut whole = map([(key, global)]);
    if random.chance(1) {
        let key = random.pick(&["Dhcp4", "Dhcp6", "Logging", "comment", "DhcpDdns", "x"]);
        let value = odd(random);
        whole.push(key, value);
    }
    whole
}

struct Writer {
    family: Family,
    /// How many mistakes are still to be made.
    mistakes: usize,
    subnets: usize,
    hosts: usize,
    /// How many keys are still to be written.
    left: usize,
}

impl Writer {
    fn object(&mut self, random: &mut Random, name: &'static str, depth: usize) -> Node {
        let keys = keys::of(name, self.family);
        let mut object = map([]);
        let needed = required(name, self.family);
        for key in keys.iter().filter(|key| needed.contains(&key.name)) {
            if self.mistake(random, 4) {
                continue;
            }
            self.entry(random, &mut object, *key, depth);
        }
        let extra = if depth == 0 { random.between(1, 6) } else { random.vary(50, 1, &[0, 2, 3]) };
        for _ in 0..extra {
            if self.left == 0 {
                break;
            }
            let key = random.pick(&keys);
            if object.get(key.name).is_some() || conflicts(&object, key.name) && random.chance(90) {
                continue;
            }
            self.entry(random, &mut object, key, depth);
        }
        if random.chance(4) {
            sprinkle(random, &mut object);
        }
        object
    }

    fn mistake(&mut self, random: &mut Random, percent: usize) -> bool {
        let make = self.mistakes > 0 && random.chance(percent);
        self.mistakes -= usize::from(make);
        make
    }

    fn entry(&mut self, random: &mut Random, object: &mut Node, key: keys::Key, depth: usize) {
        self.left = self.left.saturating_sub(1);
        if self.mistake(random, 6) {
            let name = misspelt(random, key.name);
            let value = self.value(random, key, depth);
            object.push(&name, value);
            return;
        }
        let value =
            if self.mistake(random, 12) { self.wrong(random, key) } else { self.value(random, key, depth) };
        object.push(key.name, value);
        // A wish of the whole table: what belongs together comes together, mostly.
        for partner in partners(key.name) {
            let known = keys::of("pd-pool", self.family).into_iter().find(|key| key.name == *partner);
            if let Some(key) = known.filter(|_| random.chance(90)) {
                let value = self.value(random, key, depth);
                object.push(key.name, value);
            }
        }
    }

    fn value(&mut self, random: &mut Random, key: keys::Key, depth: usize) -> Node {
        let values: Vec<&'static str> = key.values.split('|').collect();
        match key.kind {
            'i' if key.name == "id" => {
                self.subnets += 1;
                raw(self.subnets)
            }
            'i' | 'f' => raw(random.pick(&values)),
            'b' => raw(random.pick(&["true", "false"])),
            'o' => self.object(random, key.values, depth + 1),
            'l' => {
                let count = if depth > 4 { 0 } else { random.vary(75, 1, &[0, 2]) };
                Node::List((0..count).map(|_| self.object(random, key.values, depth + 1)).collect())
            }
            'S' if key.values.is_empty() => Node::List(Vec::new()),
            'S' => {
                let count = random.vary(70, 1, &[0, 2]);
                Node::List((0..count).map(|_| self.text(random, &values)).collect())
            }
            'm' => {
                Node::parse(random.pick(&["{}", "{\"a\":1}", "{\"a\":{\"b\":[null,1.5]}}"])).expect("a map")
            }
            _ => self.text(random, &values),
        }
    }

    fn text(&mut self, random: &mut Random, values: &[&str]) -> Node {
        let v4 = self.family == Family::V4;
        let third = self.subnets.max(1);
        let text = random.pick(values);
        let text = match text {
            "PREFIX" if v4 => format!("10.0.{third}.0/24"),
            "PREFIX" => format!("2001:db8:{third}::/64"),
            "POOL" => {
                self.hosts += 1;
                let (low, high) = (10 * self.hosts % 240, 10 * self.hosts % 240 + 5);
                if v4 {
                    format!("10.0.{third}.{low}-10.0.{third}.{high}")
                } else {
                    format!("2001:db8:{third}::{low:x}-2001:db8:{third}::{high:x}")
                }
            }
            "ADDRESS" if v4 => {
                self.hosts += 1;
                format!("10.0.{third}.{}", self.hosts % 250)
            }
            "ADDRESS" => values::address(random, Family::V6),
            "SOCKET" | "LOG" => random.pick(&["/tmp/x", "x", "/run/kea/x", "/var/log/kea/x", ""]).to_owned(),
            text => text.to_owned(),
        };
        string(&text)
    }

    /// A value that the key may not have: of another kind, or out of its range.
    fn wrong(&mut self, random: &mut Random, key: keys::Key) -> Node {
        if random.chance(50) {
            return odd(random);
        }
        match key.kind {
            'i' => raw(values::number(random)),
            'f' => raw(random.pick(&["1", "0", "-0.5", "1.5", "2.0", "1e0", "0.0", "\"0.5\"", "1.0"])),
            'b' => raw(random.pick(&["0", "1", "\"true\"", "null", "\"\""])),
            'o' => raw(random.pick(&["{}", "[]", "null", "\"x\"", "[{}]"])),
            'l' => raw(random.pick(&["[]", "{}", "[{}]", "[null]", "[[]]", "null", "\"x\"", "[1]"])),
            'S' => raw(random.pick(&[
                "[]",
                "[1]",
                "\"a\"",
                "[null]",
                "[\"\"]",
                "[\"no such\"]",
                "[[]]",
                "[\"a\",\"a\"]",
                "[\"*\"]",
            ])),
            'm' => raw(random.pick(&["[]", "null", "\"x\"", "1"])),
            'e' => {
                let values: Vec<&str> = key.values.split('|').collect();
                let value = random.pick(&values);
                let upper = if random.chance(50) { value.to_uppercase() } else { format!("{value} ") };
                string(random.pick(&[upper.as_str(), "", "x", "none", "all"]))
            }
            _ => string(random.pick(&[
                "",
                " ",
                "x",
                "é",
                "0",
                "a b",
                "\n",
                "::",
                "1.2.3.4.5",
                "a/b",
                "[",
                "(",
                "\"",
                "-1",
                "*",
            ])),
        }
    }
}

/// Keys without which an object is hardly ever right.
fn required(object: &str, family: Family) -> &'static [&'static str] {
    match object {
        "subnet" => &["id", "subnet"],
        "network" | "class" | "logger" => &["name"],
        "pool" => &["pool"],
        "pd-pool" => &["prefix", "prefix-len", "delegated-len"],
        "reservation" if family == Family::V4 => &["hw-address", "ip-address"],
        "reservation" => &["duid", "ip-addresses"],
        "option-def" | "class-option-def" => &["name", "code", "type"],
        "option-data" => &["name", "data"],
        "interfaces" => &["interfaces"],
        "lease-database" | "database" => &["type"],
        "hook" => &["library"],
        "socket" => &["socket-type", "socket-name"],
        "auth" => &["type"],
        "client" => &["user", "password"],
        "header" => &["name", "value"],
        "queue" => &["enable-queue", "queue-type"],
        "d2" => &["enable-updates"],
        "sanity" => &["lease-checks"],
        "server-id" => &["type"],
        "relay" => &["ip-addresses"],
        "output" => &["output"],
        "config-control" => &["config-databases"],
        _ => &[],
    }
}

/// Whether a key hardly ever stands beside what is there.
fn conflicts(object: &Node, key: &str) -> bool {
    let pairs = [
        ("client-class", "client-classes"),
        ("require-client-classes", "evaluate-additional-classes"),
        ("ip-address", "ip-addresses"),
        ("control-socket", "control-sockets"),
        ("hw-address", "duid"),
        ("hw-address", "client-id"),
        ("hw-address", "circuit-id"),
        ("hw-address", "flex-id"),
        ("duid", "flex-id"),
        ("test", "template-test"),
        ("only-if-required", "only-in-additional-list"),
        ("hosts-database", "hosts-databases"),
        ("ddns-use-conflict-resolution", "ddns-conflict-resolution-mode"),
        ("reservation-mode", "reservations-global"),
        ("ddns-ttl", "ddns-ttl-percent"),
        ("output-options", "output_options"),
    ];
    let meets = |(one, two): &(&str, &str)| {
        (key == *one && object.get(two).is_some()) || (key == *two && object.get(one).is_some())
    };
    pairs.iter().any(meets)
}

/// Keys that come together.
fn partners(key: &str) -> &'static [&'static str] {
    match key {
        "excluded-prefix" => &["excluded-prefix-len"],
        _ => &[],
    }
}
