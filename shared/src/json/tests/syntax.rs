//! What can be read, and what is said about the rest.

use crate::json::{Kind, parse};

/// The mistakes in a text, as `start..end message`, and the fix that is certain as `=> text`.
fn mistakes(text: &str) -> Vec<String> {
    let errors = parse(text).errors().to_vec();
    let show = |error: &crate::json::SyntaxError| {
        let fix = error.fix.as_ref().map(|fix| format!(" => {}", crate::json::apply(text, &fix.edits)));
        format!("{:?} {}{}", error.span, error.message, fix.unwrap_or_default())
    };
    errors.iter().map(show).collect()
}

#[test]
fn what_kea_reads_from_files() {
    for text in [
        "{}",
        "[]",
        "1",
        "{\"a\":1,}",
        "[1,,]",
        "[1,,2]",
        "{\"a\":1,,\"b\":2}",
        "[01, -0, -01, .5, 1., -.5, 5e-1, 1.e5, +1, +.5]",
        "// c\n{} # d",
        "/* a\n */ [ /* /* */ 1 /**/ ] // x",
        "[\"\\u00ff\\u0000\\n\\/\", \"\u{7f}\u{4e2d}\"]",
        "\r\n\t[true,false,null]",
        "[<?include \"a\"?>]",
        "{\"a\": <? include \"b\" ?>}",
        "<?include \"x\"?>",
        "{<?include \"a\"?>, \"b\": 1 <?include \"c\"?> \"d\": 2}",
        "{\"\": 1, \"a\\u0062\": 2}",
        "[-9223372036854775808]",
        "[1e-400]",
        "[\"//\", \"#\", \"/*\"]",
    ] {
        assert_eq!(mistakes(text), [""; 0], "{text}");
    }
}

#[test]
fn one_mistake_is_one_finding() {
    for (text, expected) in [
        ("", "0..0 the text is empty"),
        ("// c\n", "5..5 the text is empty"),
        ("{\"a\": 1 \"b\": 2}", "6..7 `,` is missing after this value => {\"a\": 1, \"b\": 2}"),
        ("[1\n 2]", "1..2 `,` is missing after this value => [1,\n 2]"),
        ("[,1]", "1..2 `,` stands before the first item => [1]"),
        ("{,}", "1..2 `,` stands before the first member => {}"),
        ("[1; 2]", "2..3 `;` stands where `,` is expected => [1, 2]"),
        ("{\"a\" 1}", "1..4 `:` is missing after this key => {\"a\": 1}"),
        ("{\"a\" = 1}", "5..6 `=` stands where `:` is expected => {\"a\" : 1}"),
        ("{\"a\":: 1}", "5..6 `:` is not expected here => {\"a\": 1}"),
        ("{\"a\": }", "1..5 this key has no value"),
        ("{\"a\", \"b\": 1}", "1..4 this key has no value"),
        ("{a: 1, \"b\": 2}", "1..2 a key stands in double quotes => {\"a\": 1, \"b\": 2}"),
        ("{'a': 1}", "1..4 a key stands in double quotes => {\"a\": 1}"),
        ("{a\": 1}", "1..3 a key stands in double quotes => {\"a\": 1}"),
        ("{\"a: 1,\n\"b\": 2}", "1..3 the closing quote of this text is missing => {\"a\": 1,\n\"b\": 2}"),
        (
            "{\"a: \"x\", \"b\": 2}",
            "1..3 the closing quote of this text is missing => {\"a\": \"x\", \"b\": 2}",
        ),
        (
            "{\"a\": \"x, \"b\": 2}",
            "6..8 the closing quote of this text is missing => {\"a\": \"x\", \"b\": 2}",
        ),
        ("{\"a\": \"x,\n\"b\": 2}", "6..8 the closing quote of this text is missing"),
        ("{\"a\": x\", \"b\": 2}", "6..8 the opening quote of `x` is missing => {\"a\": \"x\", \"b\": 2}"),
        ("{\"a\": 'x, y', \"b\": 2}", "6..12 a text stands in double quotes => {\"a\": \"x, y\", \"b\": 2}"),
        ("[\u{201c}x\u{201d}, 1]", "1..8 a text stands in double quotes => [\"x\", 1]"),
        ("[True]", "1..5 `True` is written in lower case => [true]"),
        ("[None, 1]", "1..5 `None` is no value"),
        ("[foo bar, 1]", "1..4 `foo` is no value"),
        ("[3600s]", "1..6 `3600s` is no number"),
        ("[0x1F]", "1..5 a number is written in decimal digits => [31]"),
        ("[1e400]", "1..6 `1e400` is too big"),
        ("[-]", "1..2 `-` is no number"),
        ("[e5]", "1..3 `e5` is no number"),
        ("[9223372036854775808]", "1..20 `9223372036854775808` is beyond 64 bits"),
        ("[\"a\tb\"]", "3..4 a tab stands in a text => [\"a\\tb\"]"),
        ("[\"a\n  b\", 2]", "3..4 a line ends within a text => [\"a\\n  b\", 2]"),
        (
            "[\"\\u4e2d\"]",
            "2..8 Kea does not know `\\u4e2d`: it reads escapes up to `\\u00ff` => [\"\u{4e2d}\"]",
        ),
        (
            "[\"\\ud83d\\ude00\"]",
            "2..14 Kea does not know `\\ud83d\\ude00`: it reads escapes up to `\\u00ff` => [\"\u{1f600}\"]",
        ),
        ("[\"\\d\"]", "2..4 `\\d` is no escape"),
        ("[\"\\u00F\"]", "2..7 `\\u` needs four hexadecimal digits"),
        ("\u{feff}{}", "0..3 the text begins with a byte order mark => {}"),
        ("{\"a\": 1, \"b\": 2, \"a\": 3}", "17..20 `a` is set twice in this map"),
        ("{\"a\": 1, \"\\u0061\": 3}", "9..17 `\\u0061` is set twice in this map"),
        ("{} x", "3..4 nothing may follow the configuration"),
        ("{},", "2..3 nothing may follow the configuration => {}"),
        ("{}}", "2..3 `}` closes nothing => {}"),
        ("{\"a\": [1, 2}", "6..7 this `[` is never closed"),
        ("{\"a\": [1, 2}, \"b\": 3}", "11..12 `}` closes `[` => {\"a\": [1, 2], \"b\": 3}"),
        ("{\"a\": {\"b\": 1}", "0..1 this `{` is never closed"),
        ("{\"a\": [{", "7..8 3 brackets are not closed, this one the last"),
        ("[1 /* x\n]", "3..5 this comment is never closed"),
        ("[<?include a?>1]", "1..14 this directive is not complete"),
        ("[/ 1]", "1..2 `/` is no value"),
        ("{\n  \"a\": {\n    \"b\": 1\n  \"c\": 2\n}\n", "9..10 this `{` is never closed"),
        ("{\n  \"a\": [\n    1,\n    2\n  \"c\": 2\n}\n", "9..10 this `[` is never closed"),
        (
            "{\n  \"a\": {\n    \"b\": {\n      \"x\": 1\n  },\n  \"c\": 2\n}\n",
            "20..21 this `{` is never closed",
        ),
        (
            "{\n  \"a\": {\n    \"b\": 1\n  }\n  },\n  \"c\": 2\n}\n",
            "28..29 `}` closes nothing => {\n  \"a\": {\n    \"b\": 1\n  }\n  ,\n  \"c\": 2\n}\n",
        ),
    ] {
        let found = mistakes(text);
        let [found, rest @ ..] = found.as_slice() else { panic!("{text}: nothing") };
        // Behind a word that is no value, another word needs a comma.
        let allowed = usize::from(text.contains("foo bar") || text.contains("[/ 1"));
        assert!(rest.len() <= allowed * 2, "{text}: {found} {rest:#?}");
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_is_behind_a_mistake_is_read() {
    for text in [
        "{\"x\": 1 \"k\": 2}",
        "{x: 1, \"k\": 2}",
        "{\"x\": [1, \"k\": 2}",
        "{\"x: 3,\n\"k\": 2}",
        "{\"x\": \"3,\n\"k\": 2}",
        "{\"x\": 'y, \"k\": 2}",
    ] {
        let document = parse(text);
        let repaired = crate::json::Repaired::of(&document).unwrap_or_else(|| panic!("{text}"));
        let mended = parse(&repaired.text);
        assert_eq!(mended.errors(), [], "{text}\n{}", repaired.text);
    }
}

#[test]
fn any_depth_is_read() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let document = parse(&deep);
    assert_eq!(document.errors().len(), 1);
    assert_eq!(document.root().unwrap().span(), 0..2_000_000);
    assert!(parse(&"{\"a\":".repeat(1_000_000)).errors().len() < 10);
}

#[test]
fn kinds() {
    for (text, kind) in [
        ("1", Kind::Integer),
        ("-01", Kind::Integer),
        ("99999999999999999999", Kind::BigInteger),
        ("+1", Kind::Real),
        (".5", Kind::Real),
        ("1e5", Kind::Real),
        ("00000000000000000000001", Kind::Integer),
    ] {
        assert_eq!(parse(text).root().unwrap().kind(), kind, "{text}");
    }
}
