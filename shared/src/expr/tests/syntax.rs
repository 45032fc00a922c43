//! Text to tree, and where what is wrong begins and ends.

use crate::expr::{Kind, NodeId, Parsed, parse};

/// A tree as nested parentheses.
fn shape(parsed: &Parsed<'_>, id: NodeId) -> String {
    let node = parsed.node(id).unwrap();
    let mut children: Vec<String> = parsed.children(id).map(|child| shape(parsed, child)).collect();
    children.reverse();
    let inner = children.join(" ");
    match node.kind {
        Kind::Binary(operator) => format!("({} {inner})", operator.name()),
        Kind::Not => format!("(not {inner})"),
        Kind::Call(function) => format!("({} {inner})", function.name()),
        Kind::Group => format!("[{inner}]"),
        Kind::Error => format!("<{inner}>"),
        _ if children.is_empty() => parsed.source(id).to_owned(),
        Kind::SubOption(_) | Kind::Field(_) | Kind::Data(_) => parsed.source(id).to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn binds_as_kea_does() {
    for (text, expected) in [
        ("'a' == 'b'", "(== 'a' 'b')"),
        (
            "'a' == 'b' or 'c' == 'd' and not 'e' == 'f'",
            "(or (== 'a' 'b') (and (== 'c' 'd') (not (== 'e' 'f'))))",
        ),
        ("member('a') sor member('b') or member('c')", "(sor (member 'a') (or (member 'b') (member 'c')))"),
        (
            "member('a') sand member('b') and member('c')",
            "(sand (member 'a') (and (member 'b') (member 'c')))",
        ),
        ("not not member('a') and member('b')", "(and (not (not (member 'a'))) (member 'b'))"),
        ("'a' + 'b' + 0x01 == concat('a', 'b')", "(== (+ (+ 'a' 'b') 0x01) (concat 'a' 'b'))"),
        ("not('a'=='b')and(option[1].exists)", "(and (not [(== 'a' 'b')]) [option[1].exists])"),
        (
            "substring(option[host-name ].hex,-3,all)=='foo'",
            "(== (substring option[host-name ].hex -3 all) 'foo')",
        ),
        ("match('^a$', vendor-class[*].data[2])", "(match '^a$' vendor-class[*].data[2])"),
        ("'a'=='a'and'b'=='b'", "(and (== 'a' 'a') (== 'b' 'b'))"),
        ("notnotmember('a')", "(not (not (member 'a')))"),
        ("pkt4.ciaddr == 192.0.2.1", "(== pkt4.ciaddr 192.0.2.1)"),
        ("pkt6.transid == 1", "(== pkt6.transid 1)"),
        ("relay6[-1].option[1].option[2].text == ::1", "(== relay6[-1].option[1].option[2].text ::1)"),
    ] {
        let parsed = parse(text);
        assert_eq!(parsed.problems(), [], "{text}");
        assert_eq!(shape(&parsed, parsed.root().unwrap()), expected, "{text}");
    }
}

#[test]
fn every_problem_is_told_where_it_is() {
    for (text, expected) in [
        ("", "Empty ''"),
        (" \n", "Empty ''"),
        ("'a' ==", "MissingOperand ''"),
        ("'a' = 'b'", "Stray '='"),
        ("'a' != 'b'", "Stray '!='"),
        ("\"a\" == 'b'", "DoubleQuotes '\"a\"'"),
        ("'a' == 'b", "Unterminated ''b'"),
        ("('a' == 'b'", "Unclosed '('"),
        ("'a' == 'b')", "Unopened ')'"),
        ("'a' == 'b', 'c'", "StrayComma ','"),
        ("'a' 'b'", "MissingOperator ''b''"),
        ("'a' AND 'b'", "UnknownWord 'AND'"),
        ("('a' == 'a') == 'b'", "Operand(Equal, Condition) '('a' == 'a')'"),
        ("'a' and member('b')", "Operand(And, String) ''a''"),
        ("not 'a'", "NotOfString ''a''"),
        ("substring('a', 'b', all) == 'a'", "Argument(Substring, Integer) ''b''"),
        ("substring('a', (1), all) == 'a'", "Argument(Substring, Integer) '(1)'"),
        ("substring('a', 1) == 'a'", "ArgumentCount(Substring, 2) 'substring('a', 1)'"),
        ("lcase() == 'a'", "ArgumentCount(Lcase, 0) 'lcase()'"),
        ("substring == 'a'", "NoArguments(Substring) 'substring'"),
        ("option[70000].exists", "OptionCodeRange '70000'"),
        ("relay4[agent].hex == 'a'", "SubOptionName 'agent'"),
        ("relay6[32].peeraddr == ::", "NestLevelRange '32'"),
        ("vendor[-1].exists", "EnterpriseRange '-1'"),
        ("vendor-class[1].data[256] == 'a'", "DataIndexRange '256'"),
        ("option.exists", "MissingBracket 'option'"),
        ("option[1", "UnclosedBracket ''"),
        ("4294967296 == 'a'", "Integer '4294967296'"),
        ("-1 == 'a'", "Integer '-1'"),
        ("9223372036854775808 == 'a'", "HugeInteger '9223372036854775808'"),
        ("1.2.3.256 == pkt4.ciaddr", "Address '1.2.3.256'"),
        ("all == 'a'", "Misplaced 'all'"),
    ] {
        let parsed = parse(text);
        let found: Vec<String> = parsed
            .problems()
            .iter()
            .map(|problem| format!("{:?} '{}'", problem.what, problem.span.of(text)))
            .collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn several_problems_are_told_at_once() {
    let parsed = parse("option[1].hx == 'a' and 'b' == or foo == 'c'");
    let found: Vec<&str> = parsed.problems().iter().map(|problem| problem.span.of(parsed.text())).collect();
    assert_eq!(found, ["hx", "or", "foo"]);
}

#[test]
fn no_depth_is_too_much() {
    for text in ["(".repeat(1_000_000), "not ".repeat(1_000_000), "lcase(".repeat(1_000_000)] {
        assert!(!parse(&text).problems().is_empty());
    }
    let text = format!("{}member('a'){}", "(".repeat(1_000_000), ")".repeat(1_000_000));
    let parsed = parse(&text);
    assert_eq!(parsed.problems(), []);
    assert_eq!(parsed.node(parsed.root().unwrap()).unwrap().size, 1_000_002);
}
