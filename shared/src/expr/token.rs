//! The words and signs of the language.

use super::{call::Function, path::Field, span::Span, tree::Operator};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// `'…'`
    Text,
    /// `0x…`
    Hex,
    /// Digits, with `-` in front or not.
    Integer,
    /// An address by its shape; whether it is one is another matter.
    Address,
    /// A name in front of `]`.
    OptionName,
    Not,
    Operator(Operator),
    Function(Function),
    Option,
    Relay4,
    Relay6,
    Pkt,
    Pkt4,
    Pkt6,
    Vendor,
    VendorClass,
    Field(Field),
    All,
    Dot,
    Comma,
    Star,
    Open,
    Close,
    OpenBracket,
    CloseBracket,
    /// `'` without its end on the same line.
    Unterminated,
    /// Letters that are no word of the language.
    UnknownWord,
    /// A character that the language has no use for.
    Stray,
    End,
}

/// A token and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub token: Token,
    pub span: Span,
}

/// The token of a whole word.
pub(super) fn word(text: &str) -> Option<Token> {
    Some(match text {
        "and" => Token::Operator(Operator::And),
        "or" => Token::Operator(Operator::Or),
        "sand" => Token::Operator(Operator::Sand),
        "sor" => Token::Operator(Operator::Sor),
        "not" => Token::Not,
        "option" => Token::Option,
        "relay4" => Token::Relay4,
        "relay6" => Token::Relay6,
        "pkt" => Token::Pkt,
        "pkt4" => Token::Pkt4,
        "pkt6" => Token::Pkt6,
        "vendor" => Token::Vendor,
        "vendor-class" => Token::VendorClass,
        "all" => Token::All,
        _ => {
            return Field::by_name(text)
                .map(Token::Field)
                .or_else(|| Function::by_name(text).map(Token::Function));
        }
    })
}

/// Words that are neither functions nor fields, for suggestions and for cutting glued words.
pub(super) const OTHER_WORDS: [&str; 14] = [
    "and",
    "or",
    "sand",
    "sor",
    "not",
    "option",
    "relay4",
    "relay6",
    "pkt",
    "pkt4",
    "pkt6",
    "vendor",
    "vendor-class",
    "all",
];

/// Every word of the language.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    OTHER_WORDS
        .into_iter()
        .chain(Field::ALL.iter().map(|field| field.name()))
        .chain(Function::ALL.iter().map(|function| function.name()))
}
