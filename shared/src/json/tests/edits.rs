//! Edits: what they say happens, and nothing else.

use crate::json::{Document, Element, TextEdit, apply, parse};
use serde_json::{Value, json};

/// The value at a path such as `/a/0`.
fn at<'d>(document: &'d Document<'_>, path: &str) -> Element<'d> {
    path.split('/').skip(1).fold(document.root().unwrap(), |here, step| match step.parse::<usize>() {
        Ok(index) => here.children().nth(index).unwrap(),
        Err(_) => here.get(step).unwrap(),
    })
}

fn changed(text: &str, path: &str, edit: impl Fn(Element<'_>) -> Vec<TextEdit>) -> String {
    let document = parse(text);
    apply(text, &edit(at(&document, path)))
}

#[test]
fn removing_takes_the_comma_and_leaves_the_comments() {
    for (text, path, expected) in [
        (r#"{"a": 1, "b": 2, "c": 3}"#, "/a", r#"{"b": 2, "c": 3}"#),
        (r#"{"a": 1, "b": 2, "c": 3}"#, "/b", r#"{"a": 1, "c": 3}"#),
        (r#"{"a": 1, "b": 2, "c": 3}"#, "/c", r#"{"a": 1, "b": 2}"#),
        (r#"{"a": 1}"#, "/a", "{}"),
        (r#"{ "a": 1 }"#, "/a", "{ }"),
        ("[1,2,3]", "/1", "[1,3]"),
        ("[1,2,3]", "/2", "[1,2]"),
        ("[1,2,,]", "/1", "[1,,]"),
        ("{\n  \"a\": 1,\n  \"b\": 2\n}", "/a", "{\n  \"b\": 2\n}"),
        ("{\n  \"a\": 1,\n  \"b\": 2\n}", "/b", "{\n  \"a\": 1\n}"),
        ("{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}", "/a", "{\n  // one\n  \"b\": 2 // two\n}"),
        ("{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}", "/b", "{\n  \"a\": 1 // one\n  // two\n}"),
        ("{\n  \"a\": {\n    \"x\": 1\n  },\n  \"b\": 2\n}", "/a", "{\n  \"b\": 2\n}"),
        ("{\n  \"a\": 1,\n  \"b\": 2 }", "/b", "{\n  \"a\": 1 }"),
        ("[1 /* one */, 2]", "/0", "[/* one */ 2]"),
        ("[1 # one\n, 2 # two\n]", "/1", "[1 # one\n # two\n]"),
    ] {
        let found = changed(text, path, |element| element.remove());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn adding_follows_the_layout() {
    for (text, path, expected) in [
        ("{}", "", r#"{"k": [1, 2]}"#),
        ("{ }", "", r#"{"k": [1, 2] }"#),
        (r#"{"a": 1}"#, "", r#"{"a": 1, "k": [1, 2]}"#),
        (r#"{ "a": 1 }"#, "", r#"{ "a": 1, "k": [1, 2] }"#),
        (r#"{"a": 1,}"#, "", r#"{"a": 1, "k": [1, 2],}"#),
        ("{\n  \"a\": 1\n}", "", "{\n  \"a\": 1,\n  \"k\": [1, 2]\n}"),
        ("{\n  \"a\": 1 // one\n}", "", "{\n  \"a\": 1, // one\n  \"k\": [1, 2]\n}"),
        ("{\"a\": 1 // one\n}", "", "{\"a\": 1, // one\n\"k\": [1, 2]\n}"),
        ("{\n  \"a\": 1, // one\n}", "", "{\n  \"a\": 1, // one\n  \"k\": [1, 2],\n}"),
        (
            "{\n\t\"a\": {\n\t\t// nothing\n\t}\n}",
            "/a",
            "{\n\t\"a\": {\n\t\t\"k\": [1, 2]\n\t\t// nothing\n\t}\n}",
        ),
    ] {
        assert_eq!(changed(text, path, |map| map.insert("k", &json!([1, 2]))), expected, "{text}");
    }
    let subnet = json!({"id": 1, "pools": [{"pool": "a"}]});
    assert_eq!(
        changed("{\n  \"a\": [\n    1\n  ]\n}", "/a", |list| list.push(&subnet)),
        "{\n  \"a\": [\n    1,\n    {\n      \"id\": 1,\n      \"pools\": [\n        {\n          \"pool\": \"a\"\n        }\n      ]\n    }\n  ]\n}"
    );
    assert_eq!(changed("[]", "", |list| list.push(&subnet)), r#"[{ "id": 1, "pools": [{ "pool": "a" }] }]"#);
}

#[test]
fn setting_and_renaming_touch_nothing_else() {
    let text = "{ \"a\" /* x */ : 1, \"b\": [ ] }";
    assert_eq!(changed(text, "", |map| map.set("a", &json!("ü"))), "{ \"a\" /* x */ : \"ü\", \"b\": [ ] }");
    assert_eq!(
        changed(text, "", |map| map.set("c", &Value::Null)),
        "{ \"a\" /* x */ : 1, \"b\": [ ], \"c\": null }"
    );
    assert_eq!(changed(text, "/b", |b| b.rename("b\"c")), "{ \"a\" /* x */ : 1, \"b\\\"c\": [ ] }");
}

#[test]
fn edits_that_share_a_place_are_in_conflict() {
    let edit = |start, end| TextEdit::replace(start..end, "x");
    assert!(edit(1, 3).conflicts_with(&edit(2, 4)) && edit(3, 3).conflicts_with(&edit(1, 3)));
    assert!(!edit(1, 3).conflicts_with(&edit(3, 4)) && edit(2, 2).conflicts_with(&edit(2, 2)));
}
