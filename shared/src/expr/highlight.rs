//! What kind of word every part of an expression is, for an editor's colours.

use super::{Span, lexer::Lexer, token::Token, tree::Operator};

/// What a part of the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// `and`, `or`, `not` and their like.
    Keyword,
    /// `==`, `+`.
    Operator,
    /// `substring` and its like.
    Function,
    /// `option`, `pkt4` and their like.
    Head,
    /// `text`, `mac` and their like.
    Field,
    /// An option's name.
    OptionName,
    /// `'…'`
    Text,
    /// A number or hex string.
    Number,
    /// An address.
    Address,
    /// Parentheses, brackets, dots and commas.
    Punctuation,
    /// What the language does not know.
    Invalid,
}

/// The parts of an expression in order; blanks are in none.
///
/// ```
/// use perch_shared::expr::{Class, highlight};
/// let classes: Vec<Class> = highlight("not 'a' == 1").map(|(_, class)| class).collect();
/// assert_eq!(classes, [Class::Keyword, Class::Text, Class::Operator, Class::Number]);
/// ```
pub fn highlight(text: &str) -> impl Iterator<Item = (Span, Class)> {
    let mut lexer = Lexer::new(text);
    std::iter::from_fn(move || {
        let next = lexer.next();
        (next.token != Token::End).then(|| (next.span, class(next.token)))
    })
}

fn class(token: Token) -> Class {
    match token {
        Token::Text => Class::Text,
        Token::Hex | Token::Integer => Class::Number,
        Token::Address => Class::Address,
        Token::OptionName => Class::OptionName,
        Token::Operator(Operator::Equal | Operator::Plus) => Class::Operator,
        Token::Not | Token::All | Token::Operator(_) => Class::Keyword,
        Token::Function(_) => Class::Function,
        Token::Option
        | Token::Relay4
        | Token::Relay6
        | Token::Pkt
        | Token::Pkt4
        | Token::Pkt6
        | Token::Vendor
        | Token::VendorClass => Class::Head,
        Token::Field(_) => Class::Field,
        Token::Dot
        | Token::Comma
        | Token::Star
        | Token::Open
        | Token::Close
        | Token::OpenBracket
        | Token::CloseBracket => Class::Punctuation,
        Token::Unterminated | Token::UnknownWord | Token::Stray | Token::End => Class::Invalid,
    }
}
