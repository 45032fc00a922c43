//! The words for every problem of syntax and types, with a remedy.

use super::{code, report};
use crate::{
    KeaVersion,
    diagnostic::Diagnostic,
    expr::{Field, Function, Operator, Parameter, Problem, Span, Type, What, suggest::nearest, token},
};

/// A problem as a finding.
pub(super) fn describe(problem: &Problem, text: &str, version: KeaVersion) -> Diagnostic {
    let Problem { what, span } = *problem;
    let at = |code, message: String| report::error(code, span, message);
    let here = shortened(span.of(text));
    match what {
        What::Empty => at(code::SYNTAX, "there is no expression".into())
            .help("write one such as `option[60].exists`, or leave the key out"),
        What::MissingOperand => at(code::SYNTAX, "an operand is missing here".into())
            .help("write a string such as `option[60].text`, or a condition such as `option[60].exists`"),
        What::MissingOperator => at(code::SYNTAX, format!("there is no operator in front of `{here}`"))
            .help("put `==`, `+`, `and` or `or` between the two"),
        What::UnknownWord => unknown_word(span, text, version),
        What::Stray => stray(span, text),
        What::DoubleQuotes => double_quotes(span, text),
        What::Unterminated => at(code::SYNTAX, "the text has no closing `'`".into())
            .help("end it with `'` on the same line; a text cannot hold a `'`, write it as hex: `0x27`"),
        What::Unclosed => {
            at(code::SYNTAX, format!("{} is never closed", opened(span, text))).help("add the missing `)`")
        }
        What::Unopened => {
            let found = at(code::SYNTAX, "this `)` closes nothing".into()).help("take it away");
            report::fix(found, "take it away", span, "")
        }
        What::StrayComma => at(code::SYNTAX, "a `,` only separates a function's arguments".into())
            .help("take it away, or put the arguments into the parentheses of a function"),
        What::Misplaced => {
            at(code::SYNTAX, format!("`{here}` cannot stand here")).help(misplaced(span.of(text)))
        }
        What::NoArguments(function) => {
            at(code::SYNTAX, format!("`{}` has no arguments", function.name())).help(usage(function))
        }
        What::ArgumentCount(function, given) => {
            at(code::WRONG_TYPE, count(function, given)).help(usage(function))
        }
        What::Argument(function, parameter) => {
            at(code::WRONG_TYPE, format!("`{}` wants {} here", function.name(), wanted(parameter)))
                .help(usage(function))
        }
        What::Operand(operator, given) => operand(operator, given, span),
        What::NotOfString => at(code::WRONG_TYPE, "`not` wants a condition, this is a string".into())
            .help("compare the string with `==` first, or ask for an option with `.exists`"),
        _ => path(what, span, &here),
    }
}

/// Problems inside of a path, and of numbers.
fn path(what: What, span: Span, here: &str) -> Diagnostic {
    let at = |code, message: String| report::error(code, span, message);
    match what {
        What::HugeInteger => at(code::OUT_OF_RANGE, format!("`{here}` does not fit 64 bits")).help("use a smaller number"),
        What::Integer => at(code::OUT_OF_RANGE, format!("`{here}` is not within 0 to 4294967295"))
            .help("a number in an expression is 4 bytes long; for other lengths write it as hex, such as `0x0001`"),
        What::Address => at(code::SYNTAX, format!("`{here}` looks like an address and is none")).help(
            "write four numbers up to 255 without leading zeros, or an IPv6 address; a hardware address is hex: `0x0c0102030405`",
        ),
        What::OptionCode => at(code::SYNTAX, "in these brackets comes an option's code or name".into())
            .help("write `[60]` or `[vendor-class-identifier]`"),
        What::OptionCodeRange => at(code::OUT_OF_RANGE, format!("`{here}` is no option code"))
            .help("codes are 0 to 255 in DHCPv4 and 0 to 65535 in DHCPv6"),
        What::SubOptionName => at(code::SYNTAX, format!("a sub-option is given by its code, not as `{}`", name(here)))
            .help("write the number, such as `relay4[1]`"),
        What::NestLevel => at(code::SYNTAX, "in these brackets comes the number of a relay".into())
            .help("write `relay6[0]` for the relay next to the server, `relay6[-1]` for the one next to the client"),
        What::NestLevelRange => {
            at(code::OUT_OF_RANGE, format!("`{here}` is not within -32 to 31")).help("there are at most 32 relays")
        }
        What::Enterprise => at(code::SYNTAX, "in these brackets comes an enterprise number, or `*` for any".into())
            .help("write a number such as `vendor[4491]`, or `vendor[*]`"),
        What::EnterpriseRange => at(code::OUT_OF_RANGE, format!("`{here}` is not within 0 to 4294967295"))
            .help("look the enterprise number up in IANA's list"),
        What::DataIndex => {
            at(code::SYNTAX, "in these brackets comes a number".into()).help("write `data[0]` for the first piece")
        }
        What::DataIndexRange => {
            at(code::OUT_OF_RANGE, format!("`{here}` is not within 0 to 255")).help("`data[0]` is the first piece")
        }
        What::MissingBracket => at(code::SYNTAX, format!("`[` is missing behind `{here}`")).help(brackets(here)),
        What::UnclosedBracket => at(code::SYNTAX, "a `]` is missing here".into()).help("add it"),
        What::MissingField(fields, nested) => at(code::SYNTAX, "something is missing here".into())
            .help(format!("go on with {}", continuations(fields, nested))),
        What::WrongField(fields, nested) => wrong_field(span, here, fields, nested),
        _ => at(code::SYNTAX, format!("`{here}` cannot stand here")),
    }
}

fn unknown_word(span: Span, text: &str, version: KeaVersion) -> Diagnostic {
    let word = name(span.of(text));
    let found =
        report::error(code::UNKNOWN_WORD, span, format!("`{}` is no word of the language", shortened(word)));
    let here = Span::new(span.start as usize, span.start as usize + word.len());
    match other_languages(word).or_else(|| nearest(word, token::words())) {
        Some(meant) if since(meant) > version => {
            found.help(format!("Kea has `{meant}` since {}: upgrade, or do without", since(meant)))
        }
        Some(meant) => report::fix(found, format!("write `{meant}`"), here, meant)
            .help(format!("did you mean `{meant}`?")),
        None => found.help(format!("for a text, put it into single quotes: `'{}'`", shortened(word))),
    }
}

/// The first version that has a word.
fn since(word: &str) -> KeaVersion {
    Function::by_name(word).map_or(KeaVersion::OLDEST, Function::since)
}

/// What other languages call what Kea has.
fn other_languages(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "eq" | "equals" | "is" => "==",
        "tolower" | "lower" | "lowercase" => "lcase",
        "toupper" | "upper" | "uppercase" => "ucase",
        "substr" => "substring",
        "tohex" | "hexstr" => "hexstring",
        "chaddr" | "hardware" => "mac",
        "opt" => "option",
        "in" | "class" => "member",
        "if" | "iif" => "ifelse",
        "regex" | "matches" => "match",
        _ => return None,
    })
}

fn stray(span: Span, text: &str) -> Diagnostic {
    let sign = span.of(text);
    let found =
        report::error(code::SYNTAX, span, format!("`{}` is no sign of the language", shortened(sign)));
    let meant = match sign {
        "=" | "===" => "==",
        "&&" | "&" => "and",
        "||" | "|" => "or",
        "!" => "not",
        "!=" | "<>" => return found.help("put `not` in front: `not option[60].text == 'a'`"),
        "<" | ">" | "<=" | ">=" => {
            return found.help("numbers cannot be compared by size: list the values with `==` and `or`");
        }
        "\\" => return found.help("there are no escapes; write such bytes as hex: `0x0a`"),
        "\r" | "\u{b}" | "\u{c}" | "\u{a0}" => {
            return found.help("separate with a blank, a tab or a newline");
        }
        _ => {
            return found
                .help("for a text, put it into single quotes; other bytes are written as hex: `0x0a`");
        }
    };
    report::fix(found, format!("write `{meant}`"), span, spaced(meant, span, text))
        .help(format!("write `{meant}`"))
}

/// A word with the blanks that part it from its neighbours.
fn spaced(word: &str, span: Span, text: &str) -> String {
    let glued = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let is_word = word.starts_with(|c: char| c.is_ascii_alphabetic());
    let before = glued(text.get(..span.start as usize).and_then(|before| before.chars().next_back()));
    let behind = glued(text.get(span.end as usize..).and_then(|behind| behind.chars().next()));
    let blank = |wanted| if wanted && is_word { " " } else { "" };
    format!("{}{word}{}", blank(before), blank(behind))
}

fn double_quotes(span: Span, text: &str) -> Diagnostic {
    let found = report::error(code::SYNTAX, span, "a text stands in single quotes".to_owned());
    let inside = span.of(text).trim_matches('"');
    let help = "write `'` instead of `\"`";
    if span.of(text).len() < 2 || inside.contains('\'') {
        return found.help(help);
    }
    report::fix(found, "use single quotes", span, format!("'{inside}'")).help(help)
}

fn opened(span: Span, text: &str) -> String {
    match span.of(text) {
        "(" => "this `(`".to_owned(),
        function => format!("the `(` of `{function}`"),
    }
}

fn misplaced(word: &str) -> &'static str {
    match word {
        "all" => "`all` is only `substring`'s third argument",
        "text" | "hex" | "exists" => "write it behind an option: `option[60].hex`",
        "." => "a field follows a path, such as `option[60].text`",
        "*" => "`*` is only an enterprise number: `vendor[*]`",
        "[" | "]" => "brackets follow `option`, `relay4`, `relay6`, `vendor`, `vendor-class` and `data`",
        _ => "write it behind what it belongs to, such as `pkt4.mac`",
    }
}

fn operand(operator: Operator, given: Type, span: Span) -> Diagnostic {
    let (is, wants) = match given {
        Type::Condition => ("a condition", "strings"),
        _ => ("a string", "conditions"),
    };
    let name = operator.name();
    let found = report::error(code::WRONG_TYPE, span, format!("`{name}` wants {wants}, this is {is}"));
    match (operator, given) {
        (Operator::Equal, Type::Condition) => {
            found.help("a condition needs no comparison: write it alone, or with `not` in front")
        }
        (_, Type::Condition) => found.help("choose between two strings with `ifelse(condition, 'a', 'b')`"),
        _ => found.help("compare the string with `==`, or ask for an option with `.exists`"),
    }
}

fn wanted(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::String => "a string",
        Parameter::Condition => "a condition",
        Parameter::Integer => "a plain integer",
        Parameter::Length => "a plain integer or `all`",
        Parameter::Pattern => "a regular expression in single quotes",
        Parameter::ClassName => "a class's name in single quotes",
    }
}

fn count(function: Function, given: u32) -> String {
    let wanted = function.parameters().len();
    let plural = if wanted == 1 { "" } else { "s" };
    format!("`{}` wants {wanted} argument{plural}, here are {given}", function.name())
}

fn usage(function: Function) -> String {
    format!("write `{}({})`", function.name(), function.labels().join(", "))
}

fn brackets(head: &str) -> String {
    let inside = match head {
        "relay4" => "1",
        "relay6" => "0",
        _ => "60",
    };
    format!("write `{head}[{inside}]` with the number you mean")
}

fn continuations(fields: &[Field], nested: bool) -> String {
    let mut all: Vec<String> = fields.iter().map(|field| format!("`.{}`", field.name())).collect();
    if nested {
        all.push("`.option[…]`".to_owned());
    }
    match all.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

fn wrong_field(span: Span, here: &str, fields: &'static [Field], nested: bool) -> Diagnostic {
    let found = report::error(code::SYNTAX, span, format!("`.{here}` does not exist here"));
    let names = fields.iter().map(|field| field.name());
    match nearest(here, names.chain(nested.then_some("option"))) {
        Some(meant) => report::fix(found, format!("write `{meant}`"), span, meant)
            .help(format!("did you mean `.{meant}`?")),
        None => found.help(format!("write {}", continuations(fields, nested))),
    }
}

/// A name without the blanks and the bracket behind it.
fn name(text: &str) -> &str {
    text.trim_end_matches([' ', '\t', '\n'])
}

/// The text, cut where it is too long for a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
