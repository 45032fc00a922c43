//! The syntax of files: comments, commas, numbers, strings, and slips in them.

use super::root;
use crate::{
    node::{Node, map, raw, string},
    random::Random,
};
use perch_shared::Family;

/// A configuration's text, right but strangely written, or with a slip.
pub(super) fn text(random: &mut Random, family: Family) -> String {
    let node = base(random, family);
    let mut tokens = Vec::new();
    tokenise(&node, &mut tokens);
    let slips = if random.chance(30) { 0 } else { random.vary(85, 1, &[2, 3]) };
    for _ in 0..slips {
        change(random, &mut tokens);
    }
    spread(random, &tokens)
}

/// A small configuration that all versions accept.
fn base(random: &mut Random, family: Family) -> Node {
    let mut entries = Vec::new();
    if random.chance(60) {
        entries.push(("valid-lifetime", raw(random.pick(&["4000", "1", "7200"]))));
    }
    if random.chance(40) {
        let key = random.pick(&["t1-percent", "t2-percent"]);
        entries.push((key, raw(random.pick(&["0.5", "0.7", "0.25"]))));
    }
    if random.chance(40) {
        entries.push(("calculate-tee-times", raw(random.pick(&["true", "false"]))));
    }
    if random.chance(60) {
        let name = random.pick(&["a", "b c", "é", "日本", "a/b", "#no comment", "//neither", "/* nor */"]);
        let mut class = map([("name", string(name))]);
        if random.chance(40) {
            class.push("test", string("'a' == 'a'"));
        }
        entries.push(("client-classes", Node::List(vec![class, map([("name", string("z"))])])));
    }
    if random.chance(40) {
        let context = [
            r#"{"a":1,"b":[true,null,-1.5],"c":{}}"#,
            "{}",
            r#"{"x":"<?include \"f\"?>"}"#,
            r#"{"n":{"n":{"n":[[[]]]}}}"#,
            r#"{"é":1}"#,
            r#"{"":0}"#,
        ];
        entries.push(("user-context", Node::parse(random.pick(&context)).expect("a map")));
    }
    if random.chance(30) {
        let prefix = if family == Family::V4 { "10.0.0.0/8" } else { "2001:db8::/32" };
        let subnet = map([("id", raw(random.pick(&["1", "2", "100"]))), ("subnet", string(prefix))]);
        entries.push((family.subnet_key(), Node::List(vec![subnet])));
    }
    root(family, entries)
}

fn tokenise(node: &Node, out: &mut Vec<String>) {
    match node {
        Node::Raw(text) => out.push(text.clone()),
        Node::List(items) => {
            out.push("[".into());
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(",".into());
                }
                tokenise(item, out);
            }
            out.push("]".into());
        }
        Node::Map(entries) => {
            out.push("{".into());
            for (index, (key, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(",".into());
                }
                out.push(format!("\"{key}\""));
                out.push(":".into());
                tokenise(value, out);
            }
            out.push("}".into());
        }
    }
}

/// One change to the tokens.
fn change(random: &mut Random, tokens: &mut Vec<String>) {
    let at = random.below(tokens.len().max(1));
    if tokens.is_empty() {
        return;
    }
    let other = random.below(tokens.len());
    match random.below(16) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, tokens[at].clone()),
        2 => tokens.swap(at, other),
        3 if random.chance(40) => tokens.truncate(at),
        4 => tokens.insert(
            at,
            random
                .pick(&[",", ":", "{", "}", "[", "]", "null", "\"x\"", "1", ";", "\\", "'x'", "=", "x"])
                .to_owned(),
        ),
        5 | 6 => comma(random, tokens),
        7 | 8 => {
            swap_scalar(random, tokens, |token| token.starts_with(|c: char| c.is_ascii_digit()), NUMBERS)
        }
        9 => swap_scalar(random, tokens, |token| matches!(token, "true" | "false"), WORDS),
        10 | 11 => string_slip(random, tokens),
        12 => {
            // A repeated key.
            if let Some(colon) = nth(random, tokens, |token| token == ":") {
                let pair = [
                    tokens[colon - 1].clone(),
                    ":".into(),
                    random.pick(&["1", "{}", "null", "\"x\""]).into(),
                    ",".into(),
                ];
                let at = colon - 1;
                tokens.splice(at..at, pair);
            }
        }
        13 => tokens.push(
            random
                .pick(&["}", ",", "{}", "x", "null", ",\"a\":1", "]", "\u{0}", "{\"Dhcp4\":{}}"])
                .to_owned(),
        ),
        14 => tokens.insert(
            0,
            random
                .pick(&["\u{feff}", "x", ",", "[", "\u{0}", "\u{b}", "//", "/*", "#", "\u{a0}", "\\"])
                .to_owned(),
        ),
        _ => {
            if let Some(root) = tokens.get_mut(1) {
                *root = random
                    .pick(&[
                        "\"dhcp4\"",
                        "\"DHCP4\"",
                        "\"Dhcp5\"",
                        "\"Dhcp4 \"",
                        "\"\"",
                        "\"Logging\"",
                        "\"\\u0044hcp4\"",
                        "Dhcp4",
                        "'Dhcp4'",
                        "\"Dhcp4\"",
                    ])
                    .to_owned();
            }
        }
    }
}

const NUMBERS: &[&str] = &[
    "01",
    "-0",
    ".5",
    "1.",
    "5e-1",
    "+1",
    "1e3",
    "1.0",
    "1E3",
    "1e+3",
    "0x10",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "-1",
    "--1",
    "1.5.2",
    "1e",
    "1e400",
    "-",
    "00",
    "1_000",
    "1 000",
    "Infinity",
    "NaN",
    "99999999999999999999999999",
    "4294967296",
    "-.5",
    "-1.",
    ".",
    "1.e1",
    "0.0",
    "1e-400",
    "-01",
];
const WORDS: &[&str] =
    &["True", "TRUE", "False", "yes", "on", "tru", "truefalse", "true1", "nul", "null", "NULL", "true.", "t"];

fn nth(random: &mut Random, tokens: &[String], wanted: impl Fn(&str) -> bool) -> Option<usize> {
    let found: Vec<usize> = (0..tokens.len()).filter(|&at| wanted(&tokens[at])).collect();
    (!found.is_empty()).then(|| random.pick(&found))
}

fn swap_scalar(random: &mut Random, tokens: &mut [String], wanted: impl Fn(&str) -> bool, others: &[&str]) {
    if let Some(at) = nth(random, tokens, wanted) {
        tokens[at] = random.pick(others).to_owned();
    }
}

/// A comma too many or in the wrong place.
fn comma(random: &mut Random, tokens: &mut Vec<String>) {
    let after = random.pick(&[",", "]", "}", "[", "{", ":"]);
    if let Some(at) = nth(random, tokens, |token| token == after) {
        let count = random.vary(60, 1, &[2, 3]);
        let at = if matches!(after, "]" | "}") { at } else { at + 1 };
        tokens.splice(at..at, (0..count).map(|_| ",".to_owned()));
    }
}

/// An escape or a raw byte in a string.
fn string_slip(random: &mut Random, tokens: &mut [String]) {
    let Some(at) = nth(random, tokens, |token| token.starts_with('"') && token.len() > 2) else { return };
    let pieces = [
        "\\n",
        "\\t",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b",
        "\\f",
        "\\r",
        "\\u0041",
        "\\u00e9",
        "\\u0000",
        "\\u20ac",
        "\\ud83d\\ude00",
        "\\u12",
        "\\uzzzz",
        "\\x41",
        "\\a",
        "\\'",
        "\\0",
        "\t",
        "\n",
        "\r",
        "\u{1}",
        "\u{7f}",
        "\u{80}",
        "é",
        "😀",
        "\"",
        "\\",
        "'",
        "\u{2028}",
        "\u{0}",
        "\\u00FF",
        "\\u0100",
        "\\U0041",
        "\\N",
        "/",
        "\u{feff}",
    ];
    let token = &mut tokens[at];
    let places: Vec<usize> = token.char_indices().map(|(at, _)| at).skip(1).collect();
    let place = random.pick(&places);
    token.insert_str(place, random.pick(&pieces));
}

/// The text, with blanks and comments between the tokens.
fn spread(random: &mut Random, tokens: &[String]) -> String {
    let style = random.below(6);
    let mut text = String::new();
    for token in tokens {
        text.push_str(gap(random, style));
        text.push_str(token);
    }
    text.push_str(random.pick_mostly(
        90,
        &["", "\n", "\r\n", " ", "\t", "\n\n"],
        &["// end", "/* end */\n", "# end", "/* open", "/"],
    ));
    text
}

fn gap(random: &mut Random, style: usize) -> &'static str {
    let comments = [
        "// one\n",
        "# two\n",
        "/* three */",
        "/* four\n * lines */\n",
        "//\n",
        "#\n",
        "/**/",
        "/***/",
        "/* // */",
        "// /*\n",
        "# */\n",
        "//é\n",
        "/* \" */",
        "// \"\n",
        "/*/*/",
        "#!\n",
        "//\r\n",
        "/* /* */",
    ];
    let rare = [
        "\u{c}",
        "\u{b}",
        "\u{a0}",
        "\u{feff}",
        "/",
        "*/",
        "//x",
        "/* ",
        "\u{0}",
        "<!-- -->",
        "--",
        "\u{2003}",
        "/* a /* b */ c */",
        "<?include?>",
    ];
    match style {
        0 => "",
        1 => random.pick(&["", " ", "\n", "\t", "\r\n", "  "]),
        2 if random.chance(15) => random.pick(&comments),
        3 if random.slip(3) => random.pick(&rare),
        _ => " ",
    }
}
