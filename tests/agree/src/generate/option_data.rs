//! Option values.

mod texts;

use super::{disturb, option_def, root, sprinkle};
use crate::{
    node::{Node, map, raw, string},
    random::Random,
};
use perch_shared::Family;
use std::sync::OnceLock;
use texts::{csv_text, hex_text};

/// A configuration with a few options somewhere.
pub(super) fn config(random: &mut Random, family: Family) -> Node {
    let mut entries = Vec::new();
    let mut own = Vec::new();
    if random.chance(55) {
        own = (0..random.vary(75, 1, &[2, 3])).map(|_| sound_definition(random)).collect();
        entries.push(("option-def", Node::List(own.iter().map(Own::node).collect())));
    } else if random.slip(8) {
        entries.push(("option-def", Node::List(vec![option_def::definition(random, family)])));
    }
    let count = random.vary(82, 1, &[2, 2, 3]);
    let options: Vec<Node> = (0..count).map(|_| option(random, family, &own)).collect();
    place(random, family, &mut entries, Node::List(options));
    root(family, entries)
}

/// Puts a list of options where one may stand.
fn place(random: &mut Random, family: Family, entries: &mut Vec<(&'static str, Node)>, options: Node) {
    let v4 = family == Family::V4;
    let prefix = if v4 { "192.0.2.0/24" } else { "2001:db8::/32" };
    let range = if v4 { "192.0.2.10-192.0.2.20" } else { "2001:db8::10-2001:db8::20" };
    let subnet = || map([("id", raw(1)), ("subnet", string(prefix))]);
    let subnets = |subnet: Node| (family.subnet_key(), Node::List(vec![subnet]));
    let entry = match random.below(24) {
        0 => ("client-classes", Node::List(vec![map([("name", string("a")), ("option-data", options)])])),
        1 => subnets(subnet().with("option-data", options)),
        2 => {
            let pool = map([("pool", string(range)), ("option-data", options)]);
            subnets(subnet().with("pools", Node::List(vec![pool])))
        }
        3 => {
            let reservation = map([("hw-address", string("0a:0b:0c:0d:0e:0f")), ("option-data", options)]);
            subnets(subnet().with("reservations", Node::List(vec![reservation])))
        }
        4 => {
            let network = map([("name", string("n")), ("option-data", options)]);
            ("shared-networks", Node::List(vec![network]))
        }
        5 if !v4 => {
            let pool = map([
                ("prefix", string("2001:db8:1::")),
                ("prefix-len", raw(48)),
                ("delegated-len", raw(64)),
                ("option-data", options),
            ]);
            subnets(subnet().with("pd-pools", Node::List(vec![pool])))
        }
        _ => ("option-data", options),
    };
    entries.push(entry);
}

/// A definition of our own that Kea accepts.
struct Own {
    name: String,
    code: usize,
    kind: &'static str,
    fields: Vec<&'static str>,
    array: bool,
    space: Option<&'static str>,
    encapsulate: Option<&'static str>,
}

impl Own {
    fn node(&self) -> Node {
        let mut def =
            map([("name", string(&self.name)), ("code", raw(self.code)), ("type", string(self.kind))]);
        if !self.fields.is_empty() {
            def.push("record-types", string(&self.fields.join(",")));
        }
        if self.array {
            def.push("array", raw("true"));
        }
        if let Some(space) = self.space {
            def.push("space", string(space));
        }
        if let Some(space) = self.encapsulate {
            def.push("encapsulate", string(space));
        }
        def
    }
}

fn sound_definition(random: &mut Random) -> Own {
    let kind = random.pick(&option_def::TYPES);
    let mut fields = Vec::new();
    if kind == "record" {
        for _ in 0..random.vary(60, 2, &[3, 4]) {
            let at = random.between(2, 15);
            let field = option_def::TYPES[at];
            fields.push(if field == "string" { "uint8" } else { field });
        }
        if random.chance(25) {
            fields.push(random.pick(&["string", "binary"]));
        }
    }
    let array = !matches!(kind, "string" | "binary" | "empty")
        && !matches!(fields.last(), Some(&("string" | "binary")))
        && random.chance(35);
    Own {
        name: random.pick(&["foo", "bar", "Foo"]).to_owned(),
        code: random.vary(80, 224, &[225, 230, 254, 43]),
        kind,
        fields,
        array,
        space: random.vary(75, None, &[Some("mine"), Some("vendor-1234"), Some("x")]),
        encapsulate: if array { None } else { random.vary(92, None, &[Some("mine"), Some("y")]) },
    }
}

/// One `option-data`.
fn option(random: &mut Random, family: Family, own: &[Own]) -> Node {
    let mut option = map([]);
    let types: Vec<String>;
    let mut array = false;
    if !own.is_empty() && random.chance(85) {
        let def = &own[random.below(own.len())];
        name_it(random, &mut option, &def.name, def.code);
        if let Some(space) = def.space.filter(|_| !random.slip(5)) {
            option.push("space", string(space));
        }
        array = def.array;
        types = if def.fields.is_empty() {
            vec![def.kind.to_owned()]
        } else {
            def.fields.iter().map(|&field| field.to_owned()).collect()
        };
    } else if !random.slip(15) {
        let def = standard(random, family);
        name_it(random, &mut option, def.name, def.code);
        if def.space != family.service() && !random.slip(3) {
            option.push("space", string(def.space));
        }
        array = def.array;
        types = def.types.clone();
    } else {
        stray(random, &mut option);
        types = vec![random.pick(&option_def::TYPES).to_owned()];
    }
    value(random, &mut option, &types, array);
    flags(random, &mut option);
    sprinkle(random, &mut option);
    if random.slip(4) {
        disturb(random, &mut option);
    }
    option
}

/// A name, a code, or both; now and then one that does not fit.
fn name_it(random: &mut Random, option: &mut Node, name: &str, code: usize) {
    let ways = if random.slip(8) { 12 } else { 11 };
    match random.below(ways) {
        0..=4 => option.push("name", string(name)),
        5..=8 => option.push("code", raw(code)),
        9 | 10 => {
            option.push("name", string(name));
            option.push("code", raw(code));
        }
        _ => {
            option.push("name", string(&name.to_uppercase()));
            option.push("code", raw(code + random.below(2)));
        }
    }
}

fn stray(random: &mut Random, option: &mut Node) {
    let codes = [
        "0",
        "255",
        "256",
        "65535",
        "65536",
        "-1",
        "4294967520",
        "4294967296",
        "224",
        "222",
        "43",
        "1.0",
        "\"6\"",
        "null",
    ];
    let names = [
        "foo",
        "",
        " ",
        "routers ",
        "domain name",
        "no-such",
        "unassigned-125",
        "dns-servers",
        "option-43",
        "é",
    ];
    if random.chance(70) {
        let code = random.pick(&codes).to_owned();
        let code = if random.chance(50) { random.below(300).to_string() } else { code };
        option.push("code", raw(code));
    }
    if random.chance(50) {
        option.push("name", string(random.pick(&names)));
    }
    if random.chance(50) {
        let spaces = [
            "dhcp4",
            "dhcp6",
            "mine",
            "vendor-4491",
            "vendor-1",
            "x y",
            "",
            "docsis3-v4",
            "vendor-encapsulated-options-space",
            "isc",
            "-a",
            "dhcp-agent-options-space",
        ];
        option.push("space", string(random.pick(&spaces)));
    }
}

/// A line of the table of standard options.
struct Standard {
    space: &'static str,
    code: usize,
    name: &'static str,
    array: bool,
    types: Vec<String>,
}

/// The table, read as text: the cases should not depend on the code that they judge.
fn table() -> &'static [Standard] {
    static TABLE: OnceLock<Vec<Standard>> = OnceLock::new();
    let line = |line: &'static str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let fields: Vec<String> =
            columns[5].split(',').filter(|field| !field.is_empty()).map(str::to_owned).collect();
        Standard {
            space: columns[0],
            code: columns[1].parse().unwrap_or_default(),
            name: columns[2],
            array: columns[4] == "array",
            types: if fields.is_empty() { vec![columns[3].to_owned()] } else { fields },
        }
    };
    TABLE.get_or_init(|| {
        include_str!("../../../../shared/data/standard-options.tsv").lines().skip(1).map(line).collect()
    })
}

/// A standard option, mostly of the family's own space.
fn standard(random: &mut Random, family: Family) -> &'static Standard {
    for _ in 0..20 {
        let found = &table()[random.below(table().len())];
        if found.space == family.service() || random.chance(15) {
            return found;
        }
    }
    &table()[0]
}

fn flags(random: &mut Random, option: &mut Node) {
    if random.chance(8) {
        let key = random.pick(&["always-send", "never-send"]);
        option.push(key, raw(random.mostly(90, "true", &["false", "1", "\"true\"", "null"])));
    }
    if random.chance(3) {
        let list =
            random.pick(&["[]", "[\"a\"]", "[\"a\",\"b\"]", "[1]", "\"a\"", "[\"\"]", "[\"a\",\"a\"]"]);
        option.push("client-classes", Node::parse(list).expect("a value"));
    }
}

/// `data` and `csv-format`.
fn value(random: &mut Random, option: &mut Node, types: &[String], array: bool) {
    let csv = random.chance(82);
    if !csv || random.chance(20) {
        option.push(
            "csv-format",
            raw(random.mostly(97, if csv { "true" } else { "false" }, &["\"true\"", "1", "null"])),
        );
    }
    if random.slip(4) {
        return;
    }
    let data = if csv { csv_text(random, types, array) } else { hex_text(random, types) };
    option.push("data", string(&data));
}
