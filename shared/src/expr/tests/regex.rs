//! Which regular expressions Kea takes.

use crate::expr::regex::check;

#[test]
fn takes_what_the_library_takes() {
    for pattern in [
        "",
        "a",
        "a|",
        "|",
        "()",
        "a**",
        "a++",
        "a??",
        "a{2}{3}",
        "a{0}",
        "a{2,}?",
        "[]",
        "[^]",
        "[-a]",
        "[a-]",
        "[--a]",
        "[a-c-e]",
        "a]",
        "a}",
        "\\q",
        "\\0",
        "\\cA",
        "\\x41",
        "\\u0041",
        "(a)\\1",
        "(?=a)b",
        "(?!a)",
        "[\\d-]",
        "[[:ALPHA:]]",
        "[[.space.]]",
        "[[=a=]]",
        "[\\b]",
        "[[]",
        "é+",
        "a{99993}",
        "(a|b)*?c$",
        "\\bfoo\\B",
    ] {
        assert!(check(pattern).is_ok(), "{pattern}: {:?}", check(pattern));
    }
}

#[test]
fn refuses_what_the_library_refuses() {
    for (pattern, at) in [
        ("(", "("),
        ("a)", ")"),
        ("(?i)a", "(?i"),
        ("(?<=a)b", "(?<"),
        ("*a", "*"),
        ("^*", "*"),
        ("\\b+", "+"),
        ("(?=a)*", "*"),
        ("{2}", "{"),
        ("a{", "{"),
        ("a{,2}", "{"),
        ("a{2,1}", "{2,1}"),
        ("a{2147483648}", "{2147483648"),
        ("[a", "[a"),
        ("[z-a]", "-a"),
        ("[a-\\d]", "-\\d"),
        ("[\\d-a]", "-"),
        ("[a-[.b.]]", "-[.b.]"),
        ("[[:word:]]", "[:word:]"),
        ("[[.b", "[.b"),
        ("[\\B]", "\\B"),
        ("[\\1]", "\\1"),
        ("a\\", "\\"),
        ("\\x4", "\\x4"),
        ("\\1", "\\1"),
        ("(a\\1)", "\\1"),
        ("a{99994}", "a{99994}"),
    ] {
        let error = check(pattern).expect_err(pattern);
        assert_eq!(pattern.get(error.span).unwrap(), at, "{pattern}");
    }
}

#[test]
fn long_and_deep_ones_are_refused_and_do_no_harm() {
    for pattern in ["a".repeat(60_000), "(".repeat(1_000_000), "[a]".repeat(100_000), "a|".repeat(100_000)] {
        assert!(check(&pattern).is_err());
    }
    assert!(check(&"a".repeat(50_000)).is_ok());
    assert!(check(&format!("{}a{}", "(".repeat(3000), ")".repeat(3000))).is_ok());
}

#[test]
fn sees_repeats_of_nothing_but_repeats() {
    for (pattern, expected) in [
        ("(a+)+$", Some("(a+)+")),
        ("x((a*))*", Some("((a*))*")),
        ("(a|b+)*", Some("(a|b+)*")),
        ("(a+b)+", None),
        ("(a+){2}", None),
        ("(a?)*", None),
        ("a+b+", None),
        ("(^a+)*", None),
    ] {
        let explosive = check(pattern).unwrap().explosive;
        assert_eq!(explosive.map(|span| pattern.get(span).unwrap()), expected, "{pattern}");
    }
}
