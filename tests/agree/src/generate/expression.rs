//! Client classes and their tests.

mod parts;
mod writer;

use super::{disturb, odd, root, sprinkle};
use crate::{
    node::{Node, map, raw, string},
    random::Random,
};
use perch_shared::Family;
use writer::Writer;

/// A configuration of a few classes.
pub(super) fn config(random: &mut Random, family: Family) -> Node {
    let names =
        ["a", "b", "A", "perch", "voip phones", "é", "HA_x", "VENDOR_CLASS_y", "DROP", "KNOWN", "x'y"];
    let count = random.vary(70, 1, &[2, 3, 4]);
    let mut classes = Vec::new();
    for index in 0..count {
        let usual = names[index];
        let name = random.mostly(85, usual, &names);
        let mut class = map([("name", string(name))]);
        if random.chance(92) {
            let key = random.vary(92, "test", &["template-test"]);
            let key = random.mostly(99, key, &["Test", "tests"]);
            let text = test(random, family);
            class.push(key, string(&text));
        }
        if random.chance(6) {
            let key = random.pick(&["only-if-required", "only-in-additional-list"]);
            class.push(key, raw(random.mostly(80, "true", &["false", "1", "\"true\""])));
        }
        sprinkle(random, &mut class);
        if random.slip(4) {
            disturb(random, &mut class);
        }
        classes.push(class);
    }
    let mut entries = Vec::new();
    if random.chance(10) {
        let mut defs = map([("name", string("my-opt")), ("code", raw(231)), ("type", string("string"))]);
        if random.chance(30) {
            let name = random.pick(&["a1", "Xyz", "all-x", "relay4x", "9x", "my_opt"]);
            defs = map([("name", string(name)), ("code", raw(231)), ("type", string("string"))]);
        }
        entries.push(("option-def", Node::List(vec![defs])));
    }
    if random.slip(1) {
        entries.push(("client-classes", odd(random)));
    } else {
        entries.push(("client-classes", Node::List(classes)));
    }
    if random.chance(20) {
        entries.rotate_left(1);
    }
    root(family, entries)
}

/// A class's test: mostly right; else with one slip.
pub(super) fn test(random: &mut Random, family: Family) -> String {
    let mut writer = Writer { random, family, tokens: Vec::new() };
    let depth = writer.random.between(0, 4);
    match writer.random.below(25) {
        0 if writer.random.slip(40) => writer.string(depth),
        1 if writer.random.slip(40) => writer.integer(),
        _ => writer.boolean(depth),
    }
    let mut tokens = writer.tokens;
    if random.slip(35) {
        slip(random, &mut tokens);
    }
    glue(random, &tokens)
}

/// One or two changes to the tokens.
fn slip(random: &mut Random, tokens: &mut Vec<String>) {
    for _ in 0..random.vary(75, 1, &[2]) {
        if tokens.is_empty() {
            return;
        }
        let at = random.below(tokens.len());
        let other = random.below(tokens.len());
        match random.below(6) {
            0 => drop(tokens.remove(at)),
            1 => tokens.insert(at, tokens[at].clone()),
            2 => tokens.swap(at, other),
            3 => tokens.truncate(at),
            4 => tokens[at] = random.pick(WORDS).to_owned(),
            _ => tokens.insert(at, random.pick(WORDS).to_owned()),
        }
    }
}

/// The text: with blanks, sometimes without, sometimes with strange ones.
fn glue(random: &mut Random, tokens: &[String]) -> String {
    let style = random.below(10);
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        let tight = matches!(token.as_str(), "." | "[" | "]" | "(" | ")" | ",")
            || index == 0
            || matches!(tokens[index - 1].as_str(), "." | "[" | "(");
        let blank = match style {
            0 => "",
            1 => random.pick(&["", " ", "  ", "\t", "\n", " \n "]),
            2 => " ",
            3 if random.slip(4) => random.pick(&["", "\r", "\u{b}", "\u{a0}", "\r\n", "\\", ";"]),
            _ if tight => "",
            _ => " ",
        };
        text.push_str(blank);
        text.push_str(token);
    }
    text.push_str(random.mostly(95, "", &[" ", "\n", "\t\t", " x", ";"]));
    text
}

/// What may stand where it should not.
const WORDS: &[&str] = &[
    "==",
    "option",
    "relay4",
    "relay6",
    "peeraddr",
    "linkaddr",
    "text",
    "hex",
    "exists",
    "pkt",
    "iface",
    "src",
    "dst",
    "len",
    "pkt4",
    "mac",
    "hlen",
    "htype",
    "ciaddr",
    "giaddr",
    "yiaddr",
    "siaddr",
    "pkt6",
    "msgtype",
    "transid",
    "vendor",
    "vendor-class",
    "data",
    "enterprise",
    "substring",
    "lcase",
    "ucase",
    "split",
    "all",
    "concat",
    "ifelse",
    "sifelse",
    "hexstring",
    "addrtotext",
    "uint8totext",
    "int32totext",
    "not",
    "and",
    "sand",
    "or",
    "sor",
    "member",
    "match",
    ".",
    "(",
    ")",
    "[",
    "]",
    ",",
    "*",
    "+",
    "0",
    "1",
    "-1",
    "256",
    "4294967295",
    "4294967296",
    "'a'",
    "''",
    "0x1",
    "0x",
    "1.2.3.4",
    "::1",
    "true",
    "!=",
    "\"a\"",
    "&&",
    "'",
    "AND",
    "Option",
    "0xg",
    "1.2.3",
    "a",
    "hex]",
    "_",
    "-",
    "$",
];
