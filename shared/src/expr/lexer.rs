//! Text to tokens, by Kea's rules: the longest match wins, and words need no blank between them.

use super::{
    span::Span,
    token::{self, Lexeme, Token},
};

/// Reads one token after the other.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
    word: Word,
}

/// The run of letters, digits, `-` and `_` around the reading place, so that a long run is looked at once.
#[derive(Debug, Clone, Copy, Default)]
struct Word {
    end: usize,
    /// Whether it is an option's name: it ends in a letter or digit, and `]` follows.
    name: bool,
    /// Whether it may be cut into words: no part of it is unknown.
    cut: bool,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, word: Word::default() }
    }

    /// The next token; [`Token::End`] again and again at the end.
    pub(super) fn next(&mut self) -> Lexeme {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n')) {
            self.at += 1;
        }
        let start = self.at;
        let (token, length) = match bytes.get(start) {
            None => (Token::End, 0),
            Some(first) => self.token(*first),
        };
        self.at = start + length;
        Lexeme { token, span: Span::new(start, self.at) }
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn token(&mut self, first: u8) -> (Token, usize) {
        match first {
            b'\'' => quoted(self.rest()),
            b'0'..=b'9' | b':' | b'-' => number_or_address(self.rest()).unwrap_or_else(|| self.stray()),
            b'a'..=b'z' | b'A'..=b'Z' => self.letters(),
            b'=' if self.rest().starts_with(b"==") => (Token::Operator(super::Operator::Equal), 2),
            b'+' => (Token::Operator(super::Operator::Plus), 1),
            b'.' => (Token::Dot, 1),
            b',' => (Token::Comma, 1),
            b'*' => (Token::Star, 1),
            b'(' => (Token::Open, 1),
            b')' => (Token::Close, 1),
            b'[' => (Token::OpenBracket, 1),
            b']' => (Token::CloseBracket, 1),
            _ => self.stray(),
        }
    }

    /// A token that begins with a letter: an option's name, an address, a word, or an unknown one.
    fn letters(&mut self) -> (Token, usize) {
        if self.at >= self.word.end {
            self.word = self.measure();
        }
        let run = self.word.end - self.at;
        if self.word.name {
            return (Token::OptionName, run);
        }
        if let Some(length) = address6(self.rest()) {
            return (Token::Address, length);
        }
        let word = self.text.get(self.at..self.word.end).unwrap_or_default();
        if let Some(token) = token::word(word) {
            return (token, run);
        }
        if !self.word.cut {
            self.word.cut = self.can_be_cut();
        }
        if !self.word.cut {
            return (Token::UnknownWord, run);
        }
        longest_word(word).unwrap_or((Token::UnknownWord, run))
    }

    /// The run at the reading place.
    fn measure(&self) -> Word {
        let rest = self.rest();
        let length = rest.iter().take_while(|byte| in_name(**byte)).count();
        let ends_well =
            length.checked_sub(1).and_then(|last| rest.get(last)).is_some_and(u8::is_ascii_alphanumeric);
        let mut behind = rest.iter().skip(length).skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
        Word { end: self.at + length, name: ends_well && behind.next() == Some(&b']'), cut: false }
    }

    /// Whether the run from here on falls apart into tokens without a rest.
    fn can_be_cut(&self) -> bool {
        let mut probe = self.clone();
        probe.word.cut = true;
        while probe.at < self.word.end {
            let Lexeme { token, span } = probe.next();
            if matches!(token, Token::UnknownWord | Token::Stray) && span.start < span.end {
                return false;
            }
        }
        true
    }

    /// A character that fits nowhere, with all its bytes and the like ones behind it.
    fn stray(&self) -> (Token, usize) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if let Some(inside) = rest.strip_prefix('"').and_then(|rest| rest.find(['"', '\n']))
            && rest.as_bytes().get(inside + 1) == Some(&b'"')
        {
            return (Token::Stray, inside + 2);
        }
        let known = |c: char| c.is_ascii_alphanumeric() || " \t\n':.,*()[]+".contains(c);
        let mut length = rest.chars().next().map_or(1, char::len_utf8);
        if rest.starts_with(|c: char| !known(c) && c != '=' && c != '-') {
            length = rest.find(|c: char| known(c) || c == '-').unwrap_or(rest.len());
        }
        (Token::Stray, length)
    }
}

fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// `'…'` up to the next quote on the same line.
fn quoted(rest: &[u8]) -> (Token, usize) {
    let inside = rest.iter().skip(1).take_while(|byte| !matches!(byte, b'\'' | b'\n')).count();
    match rest.get(inside + 1) {
        Some(b'\'') => (Token::Text, inside + 2),
        _ => (Token::Unterminated, inside + 1),
    }
}

/// The longest of an integer, a hex string and an address.
fn number_or_address(rest: &[u8]) -> Option<(Token, usize)> {
    let sign = usize::from(rest.first() == Some(&b'-'));
    let digits = digits(rest, sign);
    let mut best = (digits > 0).then_some((Token::Integer, sign + digits));
    if sign == 0 {
        let longer = |length: usize| best.is_none_or(|(_, best)| length > best);
        if let Some(length) = address4(rest).filter(|length| longer(*length)) {
            best = Some((Token::Address, length));
        }
        let longer = |length: usize| best.is_none_or(|(_, best)| length > best);
        if let Some(length) = address6(rest).filter(|length| longer(*length)) {
            best = Some((Token::Address, length));
        }
        let longer = |length: usize| best.is_none_or(|(_, best)| length > best);
        if let Some(length) = hex(rest).filter(|length| longer(*length)) {
            best = Some((Token::Hex, length));
        }
    }
    best
}

fn digits(rest: &[u8], from: usize) -> usize {
    rest.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count()
}

fn hex_digits(rest: &[u8], from: usize) -> usize {
    rest.iter().skip(from).take_while(|byte| byte.is_ascii_hexdigit()).count()
}

/// `0x` and at least one digit.
fn hex(rest: &[u8]) -> Option<usize> {
    let prefix = rest.first() == Some(&b'0') && matches!(rest.get(1), Some(b'x' | b'X'));
    let digits = if prefix { hex_digits(rest, 2) } else { 0 };
    (digits > 0).then_some(2 + digits)
}

/// Four numbers with dots.
fn address4(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    for part in 0..4 {
        if part > 0 {
            (rest.get(at) == Some(&b'.')).then_some(())?;
            at += 1;
        }
        let length = digits(rest, at);
        (length > 0).then_some(())?;
        at += length;
    }
    Some(at)
}

/// Hex digits with two colons, then anything of hex digits, colons and dots.
fn address6(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    for _ in 0..2 {
        at += hex_digits(rest, at);
        (rest.get(at) == Some(&b':')).then_some(())?;
        at += 1;
    }
    let tail = rest
        .iter()
        .skip(at)
        .take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
        .count();
    Some(at + tail)
}

/// The longest word that `text` begins with.
fn longest_word(text: &str) -> Option<(Token, usize)> {
    let word = token::words().filter(|word| text.starts_with(word)).max_by_key(|word| word.len())?;
    Some((token::word(word)?, word.len()))
}
