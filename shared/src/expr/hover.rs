//! What an editor says about the word under the pointer.

use super::{
    Context, Function, Span, is_built_in,
    lexer::Lexer,
    token::{Lexeme, Token},
    tree::Operator,
};

/// A word and what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// The word as it is used: `substring(string, start, length)`.
    pub title: String,
    /// What it means, in a line or two.
    pub text: String,
}

/// What to say about the word at a byte of the text.
///
/// ```
/// use perch_shared::{Family, KeaVersion, expr, option::Definitions};
/// let definitions = Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new());
/// let context = expr::Context::new(&definitions, expr::Purpose::Test);
/// let hover = expr::hover("option[12].text == 'a'", 8, &context).unwrap();
/// assert_eq!(hover.title, "host-name (12)");
/// ```
pub fn hover(text: &str, offset: usize, context: &Context<'_>) -> Option<Hover> {
    let mut lexer = Lexer::new(text);
    let mut before = [None; 3];
    loop {
        let next = lexer.next();
        if next.token == Token::End || next.span.start as usize > offset {
            return None;
        }
        if offset < next.span.end as usize {
            let (title, about) = describe(next, &before, text, context)?;
            return Some(Hover { span: next.span, title, text: about });
        }
        let [_, second, third] = before;
        before = [second, third, Some(next.token)];
    }
}

fn describe(
    lexeme: Lexeme,
    before: &[Option<Token>; 3],
    text: &str,
    context: &Context<'_>,
) -> Option<(String, String)> {
    let word = lexeme.span.of(text);
    Some(match lexeme.token {
        Token::Function(function) => (signature(function), since(function.does(), function.since(), context)),
        Token::Operator(operator) => {
            (operator.name().to_owned(), since(about_operator(operator), operator.since(), context))
        }
        Token::Field(field) => (format!(".{}", field.name()), field.does().to_owned()),
        Token::OptionName => {
            return option(context, |space| {
                context.definitions.by_name(space, word.trim_end_matches([' ', '\t', '\n']))
            });
        }
        Token::Integer
            if matches!(before, [Some(Token::Dot), Some(Token::Option), Some(Token::OpenBracket)]) =>
        {
            return None;
        }
        Token::Integer if matches!(before, [_, Some(Token::Option), Some(Token::OpenBracket)]) => {
            let code = word.parse().ok()?;
            return option(context, |space| context.definitions.by_code(space, code));
        }
        Token::Text if matches!(before, [_, Some(Token::Function(Function::Member)), Some(Token::Open)]) => {
            class(word.trim_matches('\''), context)
        }
        Token::Text => (word.to_owned(), length(word.len().saturating_sub(2))),
        Token::Hex => (word.to_owned(), length(word.len().saturating_sub(1) / 2)),
        Token::Integer => (word.to_owned(), "a number: 4 bytes, the highest first".to_owned()),
        Token::Address => {
            let bytes = if word.contains(':') { 16 } else { 4 };
            (word.to_owned(), format!("an address: {bytes} bytes"))
        }
        token => {
            let (title, about) = about_head(token)?;
            (title.to_owned(), about.to_owned())
        }
    })
}

fn length(bytes: usize) -> String {
    if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") }
}

/// How a function is written.
pub(super) fn signature(function: Function) -> String {
    format!("{}({})", function.name(), function.labels().join(", "))
}

fn since(about: &str, since: crate::KeaVersion, context: &Context<'_>) -> String {
    if since > context.version() { format!("{about} (Kea {since} and newer)") } else { about.to_owned() }
}

/// What an operator does.
pub(super) const fn about_operator(operator: Operator) -> &'static str {
    match operator {
        Operator::Or => "true if one side is; the right side is only looked at when the left one is false",
        Operator::And => "true if both sides are; the right side is only looked at when the left one is true",
        Operator::Sor => "as `or`, but both sides are always looked at",
        Operator::Sand => "as `and`, but both sides are always looked at",
        Operator::Equal => "whether both strings have the same bytes",
        Operator::Plus => "both strings, joined",
    }
}

/// What a head, a keyword or a sign begins.
pub(super) const fn about_head(token: Token) -> Option<(&'static str, &'static str)> {
    Some(match token {
        Token::Option => {
            ("option[code or name]", "an option of the packet: `.text`, `.hex`, `.exists`, `.option[code]`")
        }
        Token::Relay4 => ("relay4[code]", "a sub-option of option 82, which the relay adds"),
        Token::Relay6 => (
            "relay6[n]",
            "the message of a relay: 0 is the one next to the server, -1 the one next to the client",
        ),
        Token::Pkt => ("pkt", "what every packet has: `.iface`, `.src`, `.dst`, `.len`"),
        Token::Pkt4 => ("pkt4", "the fields of a DHCPv4 packet, such as `.mac` and `.giaddr`"),
        Token::Pkt6 => ("pkt6", "the fields of a DHCPv6 packet: `.msgtype`, `.transid`"),
        Token::Vendor => {
            ("vendor[enterprise or *]", "the vendor's options: option 125 in DHCPv4, 17 in DHCPv6")
        }
        Token::VendorClass => {
            ("vendor-class[enterprise or *]", "the vendor class: option 124 in DHCPv4, 16 in DHCPv6")
        }
        Token::Not => ("not", "true if the condition behind it is false"),
        Token::All => ("all", "everything up to the end"),
        Token::Star => ("*", "any enterprise number"),
        _ => return None,
    })
}

fn option(
    context: &Context<'_>,
    find: impl Fn(&str) -> Option<crate::option::Definition>,
) -> Option<(String, String)> {
    let definition = find(context.family().service())?;
    Some((format!("{} ({})", definition.name, definition.code), about_option(&definition)))
}

/// An option's type, and who defines it.
pub(super) fn about_option(definition: &crate::option::Definition) -> String {
    let array = if definition.array { ", repeated" } else { "" };
    let origin = if definition.standard { "" } else { ", from `option-def`" };
    format!("{}{array}{origin}", definition.kind)
}

fn class(name: &str, context: &Context<'_>) -> (String, String) {
    let about = if is_built_in(name) {
        "a built-in class"
    } else if context.classes.is_some_and(|classes| classes.contains(name)) {
        "a class that is defined further up"
    } else {
        "a class"
    };
    (name.to_owned(), about.to_owned())
}
