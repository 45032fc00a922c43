//! What depends on the daemon: its family, its version, its options and its classes.

use super::{code, report};
use crate::{
    Family, KeaVersion,
    diagnostic::Diagnostic,
    expr::{Code, Context, Kind, NodeId, Parsed, Span, regex, suggest::nearest},
};

/// The first Kea that takes any number of sub-options in a row.
const FREE_NESTING: KeaVersion = KeaVersion::new(3, 3, 0);

/// Who has more begins at the top anyway.
const MOST_FINDINGS: usize = 100;

/// Looking for a similar name takes time: only so many findings of an expression get one.
const MOST_SUGGESTIONS: usize = 8;

/// Checks every node.
pub(super) fn check(parsed: &Parsed<'_>, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (id, node) in parsed.nodes().iter().enumerate() {
        if found.len() >= MOST_FINDINGS {
            return;
        }
        match node.kind {
            Kind::Option(at) => option(parsed, context, id, at, found),
            Kind::SubOption(at) => sub_option(parsed, context, id, at, found),
            Kind::Relay4(at) => {
                family(context, Family::V4, "relay4", node.span, found);
                range(parsed, context, id, at, found);
            }
            Kind::Relay6(_) => family(context, Family::V6, "relay6", node.span, found),
            Kind::Pkt4 => family(context, Family::V4, "pkt4", node.span, found),
            Kind::Pkt6 => family(context, Family::V6, "pkt6", node.span, found),
            Kind::Call(function) => since(context, function.name(), function.since(), node.span, found),
            Kind::Binary(operator) => since(context, operator.name(), operator.since(), node.span, found),
            Kind::ClassName => {
                nul(parsed, context, id, found);
                class(parsed, context, id, found);
            }
            Kind::Pattern => pattern(parsed, id, found),
            Kind::Text => nul(parsed, context, id, found),
            _ => {}
        }
    }
}

fn family(context: &Context<'_>, of: Family, word: &str, span: Span, found: &mut Vec<Diagnostic>) {
    if context.family() == of {
        return;
    }
    let span = Span { end: span.start.saturating_add(u32::try_from(word.len()).unwrap_or(0)), ..span };
    let help = match word {
        "pkt4" => "use `pkt6`, or `option[…]` and `relay6[…]`: a DHCPv6 packet has no such fields",
        "pkt6" => "use `pkt4`",
        "relay4" => "use `relay6[0].option[…]`",
        _ => "use `relay4[…]` for a sub-option of option 82",
    };
    let message = format!("`{word}` is only for {}", of.protocol());
    found.push(report::error(code::WRONG_FAMILY, span, message).help(help));
}

fn since(context: &Context<'_>, word: &str, since: KeaVersion, span: Span, found: &mut Vec<Diagnostic>) {
    if context.version() >= since {
        return;
    }
    let message = format!("Kea {} does not know `{word}`", context.version());
    let help = match word {
        "sand" | "sor" | "sifelse" => {
            let plain = word.trim_start_matches('s');
            format!("write `{plain}`, or upgrade to Kea {since}")
        }
        "match" => format!("compare with `substring(…) == '…'`, or upgrade to Kea {since}"),
        "lcase" | "ucase" => format!("list the spellings with `or`, or upgrade to Kea {since}"),
        _ => format!("upgrade to Kea {since}"),
    };
    found.push(report::error(code::TOO_NEW, span, message).help(help));
}

/// The last brackets of a node's text, without them.
fn bracketed(parsed: &Parsed<'_>, id: NodeId) -> Span {
    let span = parsed.node(id).map(|node| node.span).unwrap_or_default();
    let source = span.of(parsed.text());
    let Some(open) = source.rfind('[') else { return span };
    let inside = source.get(open + 1..).unwrap_or_default().trim_end_matches(']');
    let left = inside.len() - inside.trim_start_matches([' ', '\t', '\n']).len();
    let start = span.start as usize + open + 1 + left;
    Span::new(start, start + inside.trim_matches([' ', '\t', '\n']).len())
}

/// An option's code within the family's range.
fn range(parsed: &Parsed<'_>, context: &Context<'_>, id: NodeId, number: u16, found: &mut Vec<Diagnostic>) {
    let most = context.family().max_option_code();
    if number > most {
        let message = format!("`{number}` is no option code of {}", context.family().protocol());
        let span = bracketed(parsed, id);
        found.push(report::error(code::OUT_OF_RANGE, span, message).help(format!("codes are 0 to {most}")));
    }
}

fn option(parsed: &Parsed<'_>, context: &Context<'_>, id: NodeId, at: Code, found: &mut Vec<Diagnostic>) {
    let span = match at {
        Code::Number(number) => return range(parsed, context, id, number, found),
        Code::Name(span) => span,
    };
    let name = span.of(parsed.text());
    let space = context.family().service();
    if context.definitions.code_of(space, name).is_some() {
        return;
    }
    let error = report::error(code::UNKNOWN_OPTION, span, format!("option `{name}` is not defined"));
    let suggests = context.suggests && found.len() < MOST_SUGGESTIONS;
    let all = if suggests { context.definitions.all() } else { Vec::new() };
    found.push(match nearest(name, all.iter().map(|definition| definition.name.as_str())) {
        Some(meant) => report::fix(error, format!("write `{meant}`"), span, meant)
            .help(format!("did you mean `{meant}`?")),
        None => error.help("use the option's code, or define it in the global `option-def`"),
    });
}

fn sub_option(parsed: &Parsed<'_>, context: &Context<'_>, id: NodeId, at: Code, found: &mut Vec<Diagnostic>) {
    // A path is a chain: all below this node are the steps before it, and the head is the first.
    let steps = parsed.node(id).map_or(0, |node| node.size as usize).saturating_sub(1);
    let Some(kind) = parsed.node(id - steps.min(id)).map(|node| node.kind) else { return };
    match at {
        Code::Number(number) => range(parsed, context, id, number, found),
        Code::Name(span) => {
            let named = context.version() >= FREE_NESTING
                && match kind {
                    Kind::Relay4(_) => true,
                    Kind::Relay6(_) | Kind::Vendor(_) => steps > 1,
                    _ => false,
                };
            if named {
                option(parsed, context, id, at, found);
            } else {
                let name = span.of(parsed.text());
                let message = format!("a sub-option is given by its code, not as `{name}`");
                found.push(report::error(code::SYNTAX, span, message).help("write the sub-option's number"));
            }
        }
    }
    let most = usize::from(!matches!(kind, Kind::Relay4(_)));
    if steps == most + 1 && context.version() < FREE_NESTING {
        let span = parsed.node(id).map(|node| node.span).unwrap_or_default();
        let message = format!("Kea {} does not look deeper into an option here", context.version());
        let help = format!(
            "take the part with `substring` from the outer option's `.hex`, or upgrade to Kea {FREE_NESTING}"
        );
        found.push(report::error(code::TOO_NEW, span, message).help(help));
    }
}

fn class(parsed: &Parsed<'_>, context: &Context<'_>, id: NodeId, found: &mut Vec<Diagnostic>) {
    let name = parsed.quoted(id);
    if context.knows_class(name) {
        return;
    }
    let span = parsed.node(id).map(|node| node.span).unwrap_or_default();
    let error =
        report::error(code::UNKNOWN_CLASS, span, format!("class `{name}` is not defined before this one"));
    let suggests = context.suggests && found.len() < MOST_SUGGESTIONS;
    let known = context.classes.filter(|_| suggests).into_iter().flatten().map(AsRef::as_ref);
    found.push(match nearest(name, known.chain(crate::expr::BUILT_IN)) {
        Some(meant) => report::fix(error, format!("write `{meant}`"), span, format!("'{meant}'"))
            .help(format!("did you mean `{meant}`?")),
        None => error.help("define the class further up in `client-classes`"),
    });
}

/// A text that begins with a NUL byte: Kea before 2.5.3 takes it for the text's end and fails.
fn nul(parsed: &Parsed<'_>, context: &Context<'_>, id: NodeId, found: &mut Vec<Diagnostic>) {
    if parsed.quoted(id).starts_with('\0') && context.version() < KeaVersion::new(2, 5, 3) {
        let span = parsed.node(id).map(|node| node.span).unwrap_or_default();
        let message = format!("Kea {} cannot read a text that begins with a NUL byte", context.version());
        found.push(report::error(code::TOO_NEW, span, message).help("write it as hex: `0x00…`"));
    }
}

fn pattern(parsed: &Parsed<'_>, id: NodeId, found: &mut Vec<Diagnostic>) {
    let Err(error) = regex::check(parsed.quoted(id)) else { return };
    let start = parsed.node(id).map_or(0, |node| node.span.start as usize) + 1;
    let span = Span::new(start + error.span.start, start + error.span.end);
    let here = span.of(parsed.text());
    let message = format!("in the regular expression, `{here}`: {}", error.what);
    found.push(report::error(code::BAD_REGEX, span, message).help("write it as ECMAScript has it"));
}
