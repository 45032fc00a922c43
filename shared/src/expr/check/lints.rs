//! What Kea accepts and the author will regret. Only asked of expressions without a mistake.

use super::{
    code, report,
    value::{Values, literal},
};
use crate::{
    Family,
    diagnostic::Diagnostic,
    expr::{Code, Context, Field, Function, Kind, NodeId, Operator, Parsed, Span, regex},
    option::OptionType,
};

use std::collections::BTreeSet;

/// Looks at every node once.
pub(super) fn check(parsed: &Parsed<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let values = Values::of(parsed, context);
    let lints = Lints { parsed, context, values: &values, asked: asked(parsed) };
    let mut joined = 0;
    for (id, node) in parsed.nodes().iter().enumerate() {
        match node.kind {
            Kind::Binary(Operator::Equal) => lints.equal(id, found),
            Kind::Binary(Operator::And | Operator::Sand) => joined += 1,
            Kind::Call(function) => lints.call(id, function, found),
            Kind::Field(Field::Text) => lints.text_of_bytes(id, found),
            Kind::Pattern => lints.pattern(id, found),
            _ => {}
        }
    }
    if joined > 0 {
        super::contradiction::check(parsed, found);
    }
}

struct Lints<'a> {
    parsed: &'a Parsed<'a>,
    context: &'a Context<'a>,
    values: &'a Values,
    /// The paths whose presence is asked for somewhere, such as `option[61]`.
    asked: BTreeSet<&'a str>,
}

/// The paths in front of `.exists`.
fn asked<'a>(parsed: &'a Parsed<'_>) -> BTreeSet<&'a str> {
    let exists =
        parsed.nodes().iter().enumerate().filter(|(_, node)| node.kind == Kind::Field(Field::Exists));
    exists.filter_map(|(id, _)| parsed.child(id)).map(|path| parsed.source(path)).collect()
}

impl Lints<'_> {
    fn span(&self, id: NodeId) -> Span {
        self.parsed.node(id).map(|node| node.span).unwrap_or_default()
    }

    fn kind(&self, id: NodeId) -> Option<Kind> {
        self.parsed.node(self.parsed.inside(id)).map(|node| node.kind)
    }

    fn equal(&self, id: NodeId, found: &mut Vec<Diagnostic>) {
        let Some((left, right)) = self.parsed.operands(id) else { return };
        let (left, right) = (self.parsed.inside(left), self.parsed.inside(right));
        let span = self.span(id);
        if let (Some(one), Some(other)) = (literal(self.parsed, left), literal(self.parsed, right)) {
            let truth = if one == other { "always" } else { "never" };
            let message = format!("this is {truth} true: both sides are fixed");
            let help =
                "compare something of the packet; for a class of everybody leave the test out and use `ALL`";
            found.push(report::hint(code::CONSTANT, span, message).help(help));
            return;
        }
        if let Some(finding) = self.never(span, left, right) {
            found.push(finding);
            return;
        }
        for (text, other) in [(left, right), (right, left)] {
            if let Some(finding) = self.quoted(text, other).or_else(|| self.longer(text, other)) {
                found.push(finding);
                return;
            }
        }
        self.missing(span, left, right, found);
    }

    /// Both sides can never be the same.
    fn never(&self, span: Span, left: NodeId, right: NodeId) -> Option<Diagnostic> {
        let (one, other) = (self.values.get(left), self.values.get(right));
        if !one.meets(other) {
            let message = format!("this is never true: {} here, {} there", one.lengths(), other.lengths());
            let help = if [left, right].into_iter().any(|side| self.looks_quoted(side)) {
                "write an address or hex string without quotes"
            } else {
                "compare strings of the same length"
            };
            return Some(report::warning(code::NEVER_EQUAL, span, message).help(help));
        }
        for (value, text) in [(one, right), (other, left)] {
            let Some(bytes) = literal(self.parsed, text) else { continue };
            let (wrong, help) = if value.lower && bytes.iter().any(u8::is_ascii_uppercase) {
                ("lower", "write the text in lower case")
            } else if value.upper && bytes.iter().any(u8::is_ascii_lowercase) {
                ("upper", "write the text in upper case")
            } else {
                continue;
            };
            let message =
                format!("this is never true: the other side has no letters but those in {wrong} case");
            return Some(report::warning(code::NEVER_EQUAL, span, message).help(help));
        }
        None
    }

    fn looks_quoted(&self, id: NodeId) -> bool {
        let text = self.parsed.quoted(id);
        self.kind(id) == Some(Kind::Text)
            && (text.starts_with("0x") || text.parse::<std::net::IpAddr>().is_ok() || is_mac(text))
    }

    /// A hex string or hardware address in quotes, where bytes are.
    fn quoted(&self, text: NodeId, other: NodeId) -> Option<Diagnostic> {
        let quoted = self.parsed.quoted(text);
        let is_hex = quoted
            .strip_prefix("0x")
            .is_some_and(|hex| !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let bytes = match self.kind(other)? {
            Kind::Field(Field::Hex) => is_hex,
            Kind::Field(Field::Mac) => is_hex || is_mac(quoted),
            _ => false,
        };
        if self.kind(text) != Some(Kind::Text) || !bytes {
            return None;
        }
        let span = self.span(text);
        let digits: String =
            quoted.trim_start_matches("0x").chars().filter(char::is_ascii_hexdigit).collect();
        let message = format!("`'{quoted}'` is a text of {} characters, not bytes", quoted.len());
        let found = report::warning(code::QUOTED_HEX, span, message).help(format!("write `0x{digits}`"));
        Some(report::fix(found, format!("write `0x{digits}`"), span, format!("0x{digits}")))
    }

    /// `substring(x, 0, 6) == 'abc'`.
    fn longer(&self, text: NodeId, other: NodeId) -> Option<Diagnostic> {
        let wanted = literal(self.parsed, text)?.len();
        if wanted == 0 || self.kind(other)? != Kind::Call(Function::Substring) {
            return None;
        }
        let mut arguments = self.parsed.children(other);
        let (length, start, string) = (arguments.next()?, arguments.next()?, arguments.next()?);
        let (Kind::Number(Some(length_value)), Kind::Number(Some(start))) =
            (self.kind(length)?, self.kind(start)?)
        else {
            return None;
        };
        let (length_value, start) = (usize::try_from(length_value).ok()?, usize::try_from(start).ok()?);
        let fixed = self.values.get(string).is_fixed();
        if length_value <= wanted || fixed || self.values.get(string).max < start + length_value {
            return None;
        }
        let message = format!(
            "`substring` takes up to {length_value} bytes, the text has {wanted}: this is only true where the value ends there"
        );
        let span = self.span(length);
        let found = report::warning(code::SUBSTRING_LENGTH, span, message)
            .help(format!("take {wanted} bytes to compare only the beginning"));
        Some(report::fix(found, format!("take {wanted} bytes"), span, wanted.to_string()))
    }

    /// Comparisons that a missing option makes true.
    fn missing(&self, span: Span, left: NodeId, right: NodeId, found: &mut Vec<Diagnostic>) {
        let reads = |id| {
            let asked =
                self.parsed.child(id).is_some_and(|path| self.asked.contains(self.parsed.source(path)));
            matches!(self.kind(id), Some(Kind::Field(Field::Text | Field::Hex))) && !asked
        };
        let empty = |id| self.kind(id) == Some(Kind::Text) && self.parsed.quoted(id).is_empty();
        if reads(left) && empty(right) || empty(left) && reads(right) {
            let message = "this is also true when the option is missing";
            let help =
                "ask with `.exists` whether it is there; for a missing option write `not option[…].exists`";
            found.push(report::warning(code::EMPTY_TEXT, span, message).help(help));
        } else if reads(left) && reads(right) && self.parsed.source(left) != self.parsed.source(right) {
            let message = "this is also true when both options are missing";
            found.push(
                report::warning(code::BOTH_MISSING, span, message)
                    .help("add `.exists` of one of them with `and`"),
            );
        }
    }

    fn call(&self, id: NodeId, function: Function, found: &mut Vec<Diagnostic>) {
        for child in self.parsed.children(id) {
            if self.kind(child) == Some(Kind::Number(None)) {
                let message = "this number does not fit 32 bits: Kea fails when it evaluates it";
                let help =
                    "use a number between -2147483648 and 2147483647; nobody is in a class whose test fails";
                found.push(report::warning(code::FAILS, self.span(child), message).help(help));
            }
        }
        let sizes: &[usize] = match function {
            Function::Int8ToText | Function::Uint8ToText => &[1],
            Function::Int16ToText | Function::Uint16ToText => &[2],
            Function::Int32ToText | Function::Uint32ToText => &[4],
            Function::AddrToText => &[4, 16],
            _ => return,
        };
        let Some(argument) = self.parsed.child(id) else { return };
        let value = self.values.get(argument);
        if sizes.iter().all(|size| !value.may_have(*size)) && value.max > 0 {
            let wanted = sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(" or ");
            let message = format!(
                "`{}` fails for all but {wanted} bytes, here are {}",
                function.name(),
                value.lengths()
            );
            let help = "cut the bytes out with `substring`; nobody is in a class whose test fails";
            found.push(report::warning(code::FAILS, self.span(id), message).help(help));
        }
    }

    /// `.text` of an option that is no text gives what Kea writes into its log.
    fn text_of_bytes(&self, id: NodeId, found: &mut Vec<Diagnostic>) {
        let Some(Kind::Option(option)) = self.parsed.child(id).and_then(|head| self.kind(head)) else {
            return;
        };
        let space = self.context.family().service();
        let definitions = self.context.definitions;
        let definition = match option {
            Code::Number(number) => definitions.by_code(space, number),
            Code::Name(span) => definitions.by_name(space, span.of(self.parsed.text())),
        };
        let Some(definition) = definition else { return };
        // Classes and vendors can define these otherwise.
        let private = self.context.family() == Family::V4 && matches!(definition.code, 43 | 224..=254);
        if private || definition.kind == OptionType::String && !definition.array {
            return;
        }
        let message = format!(
            "`{}` is no text but {}: `.text` gives what Kea would log, such as `type={:03}, len=…`",
            definition.name, definition.kind, definition.code
        );
        let span = self.span(id);
        let start = (span.end as usize).saturating_sub("text".len());
        let field = Span::new(start, span.end as usize);
        found.push(report::warning(code::TEXT_OF_BYTES, field, message).help("use `.hex` and compare bytes"));
    }

    fn pattern(&self, id: NodeId, found: &mut Vec<Diagnostic>) {
        let Ok(regex::Regex { explosive: Some(span), .. }) = regex::check(self.parsed.quoted(id)) else {
            return;
        };
        let start = self.span(id).start as usize + 1;
        let span = Span::new(start + span.start, start + span.end);
        let here = span.of(self.parsed.text());
        let message = format!(
            "`{here}` repeats a repeat: the time doubles with every byte of a text that does not match"
        );
        let help =
            "repeat only once, such as `a+` instead of `(a+)+`: any client can slow the server down with it";
        found.push(report::warning(code::SLOW_REGEX, span, message).help(help));
    }
}

/// Whether it is pairs of hex digits with colons or dashes between.
fn is_mac(text: &str) -> bool {
    let mut parts = text.split([':', '-']);
    parts.clone().count() == 6
        && parts.all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
