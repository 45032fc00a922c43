//! What holds for every text and every edit.

#![allow(clippy::unreachable, clippy::string_slice, reason = "a law that fails shall stop its test")]

use crate::{
    KeaVersion,
    check::check,
    diagnostic::Reader,
    json::{Document, Element, Kind, Repaired, TextEdit, apply, parse},
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A value, and a text for it with comments, blanks and superfluous commas.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z \\\\\"é]{0,5}".prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-h\"\\\\]{1,2}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn write(value: &Value, noise: &mut impl FnMut() -> &'static str, out: &mut String) {
    let (open, close) = if value.is_object() { ("{", "}") } else { ("[", "]") };
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => {
            map.iter().map(|(key, value)| (format!("{}:", Value::from(key.as_str())), value)).collect()
        }
        Value::Array(list) => list.iter().map(|value| (String::new(), value)).collect(),
        other => return out.push_str(&other.to_string()),
    };
    out.push_str(open);
    let count = children.len();
    for (index, (key, value)) in children.into_iter().enumerate() {
        out.push_str(noise());
        out.push_str(&key);
        out.push_str(noise());
        write(value, noise, out);
        out.push_str(noise());
        if index + 1 < count || noise().is_empty() {
            out.push(',');
        }
    }
    out.push_str(noise());
    out.push_str(close);
}

fn text_of(value: &Value, noises: &[usize]) -> String {
    const NOISES: [&str; 8] = ["", " ", "\n  ", "// c, \"x\"\n", "/* { */", "", "# [\n\t", "\r\n"];
    let mut next = noises.iter().cycle();
    let mut noise = || NOISES[next.next().unwrap() % NOISES.len()];
    let mut out = String::new();
    write(value, &mut noise, &mut out);
    out
}

/// Every value of a document.
fn all<'d>(document: &'d Document<'_>) -> Vec<Element<'d>> {
    (0..document.nodes.len())
        .map(|id| document.element(crate::json::NodeId(id.try_into().unwrap())).unwrap())
        .collect()
}

/// The steps that lead to a value: positions among siblings.
fn steps(element: Element<'_>) -> Vec<usize> {
    let mut steps = Vec::new();
    let mut here = element;
    while let Some(parent) = here.parent() {
        steps.push(parent.children().position(|child| child.id() == here.id()).unwrap());
        here = parent;
    }
    steps.reverse();
    steps
}

/// Does the same to a value as an edit shall do to its text.
fn at<'v>(root: &'v mut Value, steps: &[usize]) -> &'v mut Value {
    steps.iter().fold(root, |here, step| match here {
        Value::Array(list) => &mut list[*step],
        Value::Object(map) => map.iter_mut().nth(*step).unwrap().1,
        _ => unreachable!(),
    })
}

fn comments(text: &str) -> usize {
    text.matches("// c, \"x\"\n").count() + text.matches("/* { */").count() + text.matches("# [\n").count()
}

proptest! {
    #[test]
    fn a_text_is_read_as_what_it_is(value in tree(), noises in prop::collection::vec(0_usize..8, 1..20)) {
        let text = text_of(&value, &noises);
        let document = parse(&text);
        prop_assert_eq!(document.errors(), &[], "{}", text);
        prop_assert_eq!(document.root().unwrap().to_value(), value, "{}", text);
    }

    #[test]
    fn an_edit_does_what_it_says(
        value in tree(), noises in prop::collection::vec(0_usize..8, 1..20), which in any::<prop::sample::Index>(), action in 0_usize..5,
    ) {
        let text = text_of(&value, &noises);
        let document = parse(&text);
        let elements = all(&document);
        let element = elements[which.index(elements.len())];
        let steps = steps(element);
        let mut expected = value.clone();
        let new = json!({"new": [1, {"x": "é\"\\"}]});
        let edits: Vec<TextEdit> = match action {
            0 => {
                *at(&mut expected, &steps) = new.clone();
                element.replace(&new)
            }
            1 if element.kind() == Kind::Map => {
                at(&mut expected, &steps).as_object_mut().unwrap().insert("zz".into(), new.clone());
                element.insert("zz", &new)
            }
            2 if element.kind() == Kind::List => {
                at(&mut expected, &steps).as_array_mut().unwrap().push(new.clone());
                element.push(&new)
            }
            3 => {
                if let Some((last, rest)) = steps.split_last() {
                    match at(&mut expected, rest) {
                        Value::Array(list) => drop(list.remove(*last)),
                        Value::Object(map) => {
                            let key = element.key().unwrap().into_owned();
                            map.remove(&key);
                        }
                        _ => unreachable!(),
                    }
                }
                element.remove()
            }
            _ => element.key().map_or_else(Vec::new, |key| {
                let (_, rest) = steps.split_last().unwrap();
                let map = at(&mut expected, rest).as_object_mut().unwrap();
                let value = map.remove(key.as_ref()).unwrap();
                map.insert("z\"z".into(), value);
                element.rename("z\"z")
            }),
        };
        let changed = apply(&text, &edits);
        let after = parse(&changed);
        prop_assert_eq!(after.errors(), &[], "{}\n{}", text, changed);
        prop_assert_eq!(after.root().unwrap().to_value(), expected, "{}\n{}", text, changed);
        if matches!(action, 1..=3) {
            // Nothing is lost that stands outside of what went: the edit only takes blanks, commas and the value.
            // The root cannot be removed: nothing goes then.
            let start = element.key_span().map_or(element.span().start, |key| key.end);
            let gone = if action == 3 && !edits.is_empty() { comments(&text[start..element.span().end]) } else { 0 };
            prop_assert_eq!(comments(&changed) + gone, comments(&text), "{}\n{}", text, changed);
        }
    }

    /// Anything at all: it is read without a stop, in steps in proportion, and what is mended can be read better.
    #[test]
    fn any_text_is_read(pieces in prop::collection::vec(prop_oneof![
        Just("{"), Just("}"), Just("["), Just("]"), Just(","), Just(":"), Just("\""), Just("\\"), Just("\n"), Just(" "), Just("  "), Just("'"), Just("/*"), Just("*/"),
        Just("//"), Just("#"), Just("<?include \"a\"?>"), Just("<?"), Just("\"a\""), Just("\"Dhcp4\""), Just("\"subnet4\""), Just("\"id\""), Just("1"), Just("-"), Just("1.5"), Just("true"),
        Just("nul"), Just("é"), Just("\u{201c}"), Just("\0"), Just("\t"), Just("\\u00"), Just("\\ud83d\\ude00"), Just("="), Just(";"), Just("\u{feff}"), Just("\"user-context\":"), Just("\"relay\":{"),
    ], 0..60)) {
        let text = pieces.concat();
        let document = parse(&text);
        prop_assert!(document.nodes.len() <= text.len() + 1);
        prop_assert!(document.errors().len() <= text.len() + 2);
        for error in document.errors() {
            prop_assert!(text.get(error.span.clone()).is_some(), "{:?} {}", error, text);
            if let Some(fix) = &error.fix {
                let fixed = apply(&text, &fix.edits);
                prop_assert!(fixed != text, "{:?}", error);
            }
        }
        for element in all(&document) {
            prop_assert!(text.get(element.span()).is_some());
            let _ = (element.kind(), element.key(), element.as_str(), element.remove(), element.insert("a", &Value::Null), element.push(&Value::Null));
        }
        if let Some(repaired) = Repaired::of(&document) {
            for at in 0..=repaired.text.len() {
                if let Some(place) = repaired.original(&(at..at)) {
                    prop_assert!(place.end <= text.len());
                }
            }
        }
        let report = check(&text, KeaVersion::new(3, 0, 4));
        for found in &report.diagnostics {
            let span = found.span.clone().unwrap();
            prop_assert!(text.get(span.clone()).is_some(), "{:?} {:?}", found, text);
        }
    }
}

/// Texts that would be slow if reading went back.
#[test]
fn hostile_texts_take_linear_time() {
    let many = 20_000;
    for text in [
        "[".repeat(many),
        "{\"a\":".repeat(many),
        "\"a".repeat(many),
        "\"\n".repeat(many),
        "<?".repeat(many),
        "<?include \"".repeat(many),
        "/*".repeat(many),
        "'".repeat(many),
        ",:".repeat(many),
        "}\n".repeat(many),
        format!("[{}", "}\n]".repeat(many)),
        format!("[{}", "\"a\nx\n".repeat(many)),
        format!("{{{}}}", "\"a\":1,".repeat(many)),
        format!("{{{}}}", (0..many).map(|n| format!("\"k{n}\":1,")).collect::<String>()),
        format!("[{}", " ".repeat(many) + "{\n" + &" ".repeat(many) + "]"),
        format!("{{{}", "a b ".repeat(many)),
        "\\".repeat(many),
        format!("[\"{}\"]", "\\u0141".repeat(many)),
        format!("[\"{}\"]", "\t".repeat(many)),
        format!("{{\"a\":[{}", "{]".repeat(many)),
        format!("{{\"Dhcp4\":{{\"a\":{}", "{\"b\":[".repeat(many)),
        format!("{{\n{}", "  \"a\": {\n".repeat(many)),
    ] {
        let document = parse(&text);
        assert!(document.errors().len() <= 1000, "{}", text.chars().take(20).collect::<String>());
        check(&text, KeaVersion::new(3, 0, 4));
    }
}

/// What is left out of a long list of mistakes must not change what Kea's readers say.
#[test]
fn many_mistakes_of_one_kind_hide_no_other() {
    let version = KeaVersion::new(3, 0, 4);
    let again = |value: &str| format!("\"valid-lifetime\": {value}, ").repeat(300);
    for (values, last, api) in
        [("1", "1", true), ("1", "1 \"a\": 1", false), ("\"x\"", "1", true), ("1", "\"x\"", false)]
    {
        let text = format!("{{\"Dhcp4\": {{{}\"valid-lifetime\": {last}}}}}", again(values));
        let report = check(&text, version);
        assert!(!report.accepts(Reader::File));
        assert_eq!(report.accepts(Reader::Api), api, "{values} {last}");
        let told: Vec<_> =
            report.diagnostics.iter().filter(|found| found.code == "json/duplicate-key").collect();
        assert_eq!(told.len(), 201);
        assert!(told.last().unwrap().message.ends_with("and 99 more of this kind are before it"), "{told:?}");
    }
    let numbers = format!(
        "{{\"Dhcp4\": {{\"user-context\": {{\"a\": [{}1{}]}}}}}}",
        "9999999999999999999, ".repeat(300),
        "0".repeat(40)
    );
    assert!(!check(&numbers, version).accepts(Reader::Api));
    assert!(check(&numbers.replace(&"0".repeat(40), ""), version).accepts(Reader::Api));
}
