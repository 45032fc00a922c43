//! The corpus: packets and expressions, each packet with each expression of its family.

use perch_shared::{Family, KeaVersion};
use serde::Deserialize;
use serde_json::{Value, json};

/// One line.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Line {
    Packet { family: Family, packet: String, message: String },
    Expression { family: Family, expression: String, since: Option<KeaVersion> },
}

/// All lines.
pub struct Corpus(Vec<Line>);

impl Corpus {
    pub fn read() -> Self {
        let line = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        Self(include_str!("../../corpus/evaluations.jsonl").lines().map(line).collect())
    }

    /// The expressions that a daemon knows.
    pub fn expressions(&self, family: Family, version: KeaVersion) -> Vec<String> {
        let known = |line: &Line| match line {
            Line::Expression { family: of, expression, since } if *of == family => {
                since.is_none_or(|since| version >= since).then(|| expression.clone())
            }
            _ => None,
        };
        self.0.iter().filter_map(known).collect()
    }

    /// The packets with their names.
    pub fn packets(&self, family: Family) -> Vec<(String, Vec<u8>)> {
        let of_family = |line: &Line| match line {
            Line::Packet { family: of, packet, message } if *of == family => {
                Some((packet.clone(), bytes(message)))
            }
            _ => None,
        };
        self.0.iter().filter_map(of_family).collect()
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex digits"))
        .collect()
}

/// The daemon's `option-def`: every type that a client's option can have.
pub fn definitions(family: Family) -> Value {
    let space = family.service();
    let def = |code: u16,
               name: &str,
               space: &str,
               kind: &str,
               array: bool,
               record: &str,
               encapsulate: &str| {
        json!({"code": code, "name": name, "space": space, "type": kind, "array": array, "record-types": record,
            "encapsulate": encapsulate})
    };
    let first = if family == Family::V4 { 170 } else { 1000 };
    let address = if family == Family::V4 { "ipv4-address" } else { "ipv6-address" };
    let mut all: Vec<Value> = [
        ("cell", "uint8", false, "", "cell-space"),
        ("site", "fqdn", false, "", ""),
        (
            "hosts",
            "record",
            true,
            if family == Family::V4 { "uint16, ipv4-address" } else { "uint16, ipv6-address" },
            "",
        ),
        ("ports", "psid", false, "", ""),
        ("range", "ipv6-prefix", false, "", ""),
        ("piece", "tuple", false, "", ""),
        ("flag", "boolean", false, "", ""),
        ("pieces", "tuple", true, "", ""),
        ("small", if family == Family::V4 { "int16" } else { "int8" }, false, "", ""),
        (
            "big",
            if family == Family::V4 { "int32" } else { "record" },
            family == Family::V4,
            if family == Family::V4 { "" } else { "uint8, binary" },
            "",
        ),
    ]
    .into_iter()
    .zip(first..)
    .map(|((name, kind, array, record, encapsulate), code)| {
        def(code, name, space, kind, array, record, encapsulate)
    })
    .collect();
    all.push(def(1, "inside", "cell-space", "string", false, "", ""));
    if family == Family::V4 {
        all.extend([
            def(180, "blob", space, "record", false, "uint8, binary", ""),
            def(182, "box", space, "empty", false, "", "box-space"),
            def(183, "words", space, "record", false, "uint8, string", ""),
            def(224, "door", space, "record", false, "uint16, string", ""),
            def(225, "lamp", space, "uint8", true, "", ""),
            def(226, "base", space, "uint8", false, "", "base-space"),
            def(1, "inner", "base-space", address, false, "", ""),
            def(230, "words-late", space, "string", false, "", ""),
        ]);
    }
    json!(all)
}
