//! Fresh cases from a seed: mostly right or one step from right, so that every rule is met from both sides.

mod config;
mod expression;
mod json;
mod keys;
mod mutate;
mod option_data;
mod option_def;
mod scope;
mod values;

use crate::{
    case::{Case, Kind},
    node::{Node, map, raw, string},
    random::Random,
};
use perch_shared::Family;

/// The case of a kind that belongs to a seed and an index.
pub fn case(kind: Kind, seed: u64, index: u64, kept: &[Case]) -> Case {
    let mut random = Random::of_case(seed, index.wrapping_mul(8) + kind as u64);
    let family = random.pick(&Family::ALL);
    let random = &mut random;
    let (family, text) = match kind {
        Kind::Json => {
            let text = json::text(random, family);
            (named(&text).unwrap_or(family), text)
        }
        Kind::Expression => (family, expression::config(random, family).text()),
        Kind::OptionDef => (family, option_def::config(random, family).text()),
        Kind::OptionData => (family, option_data::config(random, family).text()),
        Kind::Scope => (family, scope::config(random, family).text()),
        Kind::Config if !kept.is_empty() && random.chance(30) => {
            let case = random.pick(kept);
            (case.family, mutate::text(random, case.family, &case.text))
        }
        Kind::Config => (family, config::config(random, family).text()),
    };
    Case { kind, family, text, origin: format!("{} --seed {seed} --only {index}", kind.name()) }
}

/// The family that a text with a changed root means.
fn named(text: &str) -> Option<Family> {
    Family::ALL.into_iter().find(|family| text.contains(&family.root_key()[1..]))
}

/// A class's test, mostly right.
pub fn test(random: &mut Random, family: Family) -> String {
    expression::test(random, family)
}

/// A configuration with the two maps that nearly every daemon has, and these entries.
fn root(family: Family, entries: Vec<(&str, Node)>) -> Node {
    let mut inner = map([
        ("interfaces-config", map([("interfaces", Node::List(Vec::new()))])),
        ("lease-database", map([("type", string("memfile")), ("persist", raw("false"))])),
    ]);
    for (key, value) in entries {
        inner.push(key, value);
    }
    map([(family.root_key(), inner)])
}

/// A value of a kind that nobody expects.
fn odd(random: &mut Random) -> Node {
    let texts = [
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "2",
        "1.5",
        "0.0",
        "1e3",
        "4294967295",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "\"\"",
        "\"x\"",
        "\"true\"",
        "\"0\"",
        "\"1\"",
        "\" \"",
        "[]",
        "{}",
        "[null]",
        "[1]",
        "[\"x\"]",
        "[{}]",
        "[[]]",
        "{\"a\":1}",
    ];
    let text = random.pick(&texts);
    Node::parse(text).expect("a value")
}

/// Adds what any object may hold besides its own keys, right or wrong.
fn sprinkle(random: &mut Random, object: &mut Node) {
    let keys = ["user-context", "comment", "metadata", "foo", "Name", "name ", "_", "id", "data", "comment"];
    match random.below(30) {
        0 => {
            object.push("user-context", Node::parse(r#"{"a":[1,{"b":null}],"comment":"x"}"#).expect("a map"))
        }
        1 if random.slip(30) => object.push("user-context", odd(random)),
        2 => object.push("comment", string("a remark")),
        3 if random.slip(30) => {
            let key = random.pick(&keys);
            let value = odd(random);
            object.push(key, value);
        }
        4 if random.slip(30) => {
            object.push("user-context", map([("note", raw("1"))]));
            object.push("comment", string("a remark"));
        }
        _ => {}
    }
}

/// Replaces, removes or repeats one entry of a map.
fn disturb(random: &mut Random, object: &mut Node) {
    let Node::Map(entries) = object else { return };
    if entries.is_empty() {
        return;
    }
    let at = random.below(entries.len());
    match random.below(4) {
        0 => drop(entries.remove(at)),
        1 => {
            let key = &mut entries[at].0;
            *key = misspelt(random, key);
        }
        _ => entries[at].1 = odd(random),
    }
}

/// A key that is one slip away.
fn misspelt(random: &mut Random, key: &str) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    if letters.is_empty() {
        return "x".into();
    }
    let at = random.below(letters.len());
    match random.below(5) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = letters[at].to_ascii_uppercase(),
        3 => return key.replace('-', "_"),
        _ => letters.push('s'),
    }
    letters.into_iter().collect()
}
