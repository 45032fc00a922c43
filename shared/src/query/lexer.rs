//! The words and signs of a filter.

use std::ops::Range;

/// How a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    Starts,
    Ends,
    Like,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    /// A word without quotes.
    Word(&'t str),
    /// What stands between quotes, and whether they are closed.
    Quoted(&'t str, bool),
    /// A comparison, and whether it is turned around.
    Sign(Sign, bool),
    Open,
    Close,
    Comma,
}

/// A token and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub kind: Kind<'t>,
    pub at: Range<usize>,
}

impl Token<'_> {
    /// Whether it is one of the language's own words.
    pub(super) fn is(&self, keyword: &str) -> bool {
        matches!(self.kind, Kind::Word(word) if word.eq_ignore_ascii_case(keyword))
    }
}

/// All signs, the longer ones first.
const SIGNS: [(&str, Sign, bool); 15] = [
    ("==", Sign::Equal, false),
    ("=@", Sign::Contains, false),
    ("=^", Sign::Starts, false),
    ("=$", Sign::Ends, false),
    ("=~", Sign::Like, false),
    ("!=", Sign::Equal, true),
    ("!@", Sign::Contains, true),
    ("!^", Sign::Starts, true),
    ("!$", Sign::Ends, true),
    ("!~", Sign::Like, true),
    ("<=", Sign::LessOrEqual, false),
    (">=", Sign::GreaterOrEqual, false),
    ("=", Sign::Equal, false),
    ("<", Sign::Less, false),
    (">", Sign::Greater, false),
];

/// Every token of a text. Never fails: what is wrong is said by the parser.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blanks = rest.len() - rest.trim_start().len();
        if blanks > 0 {
            at += blanks;
            continue;
        }
        let (kind, length) = token(rest);
        tokens.push(Token { kind, at: at..at + length });
        at += length;
    }
    tokens
}

/// The token at the start of a text that is not empty and begins with no blank.
fn token(text: &str) -> (Kind<'_>, usize) {
    match text.as_bytes().first() {
        Some(b'(') => return (Kind::Open, 1),
        Some(b')') => return (Kind::Close, 1),
        Some(b',') => return (Kind::Comma, 1),
        Some(quote @ (b'"' | b'\'')) => {
            let inner = text.get(1..).unwrap_or_default();
            let quote = char::from(*quote);
            return match inner.split_once(quote) {
                Some((inner, _)) => (Kind::Quoted(inner, true), inner.len() + 2),
                None => (Kind::Quoted(inner, false), text.len()),
            };
        }
        _ => {}
    }
    if let Some((spelled, sign, turned)) = sign(text) {
        return (Kind::Sign(sign, turned), spelled.len());
    }
    let ends = |(at, letter): (usize, char)| {
        let rest = text.get(at..).unwrap_or_default();
        letter.is_whitespace() || matches!(letter, '(' | ')' | ',') || (at > 0 && sign(rest).is_some())
    };
    let length = text.char_indices().find(|found| ends(*found)).map_or(text.len(), |(at, _)| at);
    (Kind::Word(text.get(..length).unwrap_or(text)), length)
}

fn sign(text: &str) -> Option<(&'static str, Sign, bool)> {
    SIGNS.into_iter().find(|(spelled, ..)| text.starts_with(spelled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_signs_begin() {
        let kinds: Vec<Kind<'_>> =
            tokens("free<10 and a!~\"x y\" (2001:db8::/32, b").into_iter().map(|token| token.kind).collect();
        let expected = [
            Kind::Word("free"),
            Kind::Sign(Sign::Less, false),
            Kind::Word("10"),
            Kind::Word("and"),
            Kind::Word("a"),
            Kind::Sign(Sign::Like, true),
            Kind::Quoted("x y", true),
            Kind::Open,
            Kind::Word("2001:db8::/32"),
            Kind::Comma,
            Kind::Word("b"),
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn every_byte_belongs_to_a_token_or_is_blank() {
        for text in ["", " ", "!", "é=ü", "'open", "a = = b", "中文(", "!x", "\u{a0}x"] {
            let mut covered = String::new();
            tokens(text).iter().for_each(|token| covered.push_str(text.get(token.at.clone()).unwrap()));
            let wanted: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            assert_eq!(covered.replace(' ', ""), wanted, "{text:?}");
        }
    }
}
