//! Numbers, `true`, `false` and `null`, and what stands where one of them should.

use super::Parser;
use crate::json::{SyntaxCode, SyntaxError};

/// What ends a word.
const fn ends_word(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | b'}' | b'[' | b'{' | b':' | b'"' | b'#' | b';' | b'='
    )
}

impl Parser<'_> {
    /// Anything that is no map, list or text.
    pub(super) fn word(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let next = rest.get(digits).copied().unwrap_or(b' ');
        if digits > 0 && digits < 19 && ends_word(next) {
            self.at += digits;
            return;
        }
        let end = self.end_of_word(start);
        self.at = end;
        match self.part(start, end) {
            "true" | "false" | "null" => {}
            word if is_integer(word) => self.integer(start, word),
            word if is_real(word) => self.real(start, word),
            word => self.no_value_word(start, word),
        }
    }

    /// Where the word that begins at `start` ends: at least one character behind it.
    pub(super) fn end_of_word(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let is_end = |(index, byte): (usize, &u8)| {
            ends_word(*byte)
                || (matches!(byte, b'/' | b'<') && matches!(rest.get(index + 1), Some(b'/' | b'*' | b'?')))
        };
        let length = rest.iter().enumerate().position(is_end).unwrap_or(rest.len());
        let first = self.text.get(start..).and_then(|text| text.chars().next()).map_or(1, char::len_utf8);
        start + length.max(first)
    }

    fn integer(&mut self, start: usize, word: &str) {
        if word.parse::<i64>().is_err() {
            let message = format!("`{word}` is beyond 64 bits");
            let error = SyntaxError::new(SyntaxCode::Number, start..self.at, message);
            let error = error.help("Kea's integers go from -9223372036854775808 to 9223372036854775807");
            self.error(error.only_file());
        }
    }

    fn real(&mut self, start: usize, word: &str) {
        let span = start..self.at;
        match word.parse::<f64>() {
            Ok(number) if number.is_finite() => {}
            Ok(_) => {
                let error =
                    SyntaxError::new(SyntaxCode::Number, span.clone(), format!("`{word}` is too big"));
                self.error(error.repair(span, "0.0"));
            }
            Err(_) => {
                let error =
                    SyntaxError::new(SyntaxCode::Number, span.clone(), format!("`{word}` is no number"));
                self.error(error.help("write digits on both sides of the point").repair(span, "null"));
            }
        }
    }

    /// A word that is no value.
    fn no_value_word(&mut self, start: usize, word: &str) {
        if let Some(close) = closing_of(word) {
            return self.other_quotes(start, close);
        }
        if self.peek() == Some(b'"') && word.chars().all(char::is_alphanumeric) {
            return self.opening_quote(start, word);
        }
        let span = start..self.at;
        let lower = word.to_ascii_lowercase();
        let error = match lower.as_str() {
            "true" | "false" | "null" => SyntaxError::syntax(
                span.clone(),
                format!("`{word}` is written in lower case"),
            )
            .fix(&format!("write `{lower}`"), span, &lower),
            "yes" | "on" | "no" | "off" => SyntaxError::syntax(span.clone(), format!("`{word}` is no value"))
                .help("write `true` or `false`")
                .repair(span, "null"),
            "none" | "nil" | "undefined" => {
                SyntaxError::syntax(span.clone(), format!("`{word}` is no value"))
                    .help("write `null`, or leave the member out")
                    .repair(span, "null")
            }
            _ => self.other_word(start, word),
        };
        self.error(error);
    }

    fn other_word(&self, start: usize, word: &str) -> SyntaxError {
        let span = start..self.at;
        let is_numeric = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
        let hexadecimal = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"));
        if let Some(number) = hexadecimal.and_then(|digits| i64::from_str_radix(digits, 16).ok()) {
            let error =
                SyntaxError::new(SyntaxCode::Number, span.clone(), "a number is written in decimal digits");
            return error.fix(&format!("write `{number}`"), span, &number.to_string());
        }
        if is_numeric {
            let error = SyntaxError::new(SyntaxCode::Number, span.clone(), format!("`{word}` is no number"));
            return error.help("write the number alone, or the text in double quotes").repair(span, "null");
        }
        let shown: String = word.chars().take(40).collect();
        let error = SyntaxError::syntax(span.clone(), format!("`{shown}` is no value"));
        error.help("put a text in double quotes").repair(span, "null")
    }

    /// A text in single or typographic quotes.
    fn other_quotes(&mut self, start: usize, close: char) {
        let rest = self.text.get(start..).unwrap_or_default();
        let open = rest.chars().next().map_or(0, char::len_utf8);
        let inner = rest.get(open..).unwrap_or_default();
        let found =
            inner.find([close, '\n']).filter(|at| inner.get(*at..).is_some_and(|at| at.starts_with(close)));
        let Some(length) = found else {
            let line = inner.split('\n').next().unwrap_or_default();
            let end = start + open + line.trim_end().trim_end_matches([',', '}', ']', ' ']).len();
            self.at = end.max(start + open);
            let error = SyntaxError::syntax(start..self.at, "a text stands in double quotes");
            return self.error(error.repair(start..self.at, "null"));
        };
        let content = inner.get(..length).unwrap_or_default();
        self.at = start + open + length + close.len_utf8();
        let error = SyntaxError::syntax(start..self.at, "a text stands in double quotes");
        let error = if content.contains(['\\', '\t']) {
            error.help("write `\"` around it").repair(start..self.at, "null")
        } else {
            error.fix("put it in double quotes", start..self.at, &crate::json::edit::quote(content))
        };
        self.error(error);
    }

    /// `foo"`: the quote before it is missing.
    fn opening_quote(&mut self, start: usize, word: &str) {
        self.at += 1;
        let error = SyntaxError::syntax(start..self.at, format!("the opening quote of `{word}` is missing"));
        self.error(error.fix("put the quote there", start..start, "\""));
    }
}

/// `-?[0-9]+`.
fn is_integer(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `[-+]?[0-9]*\.?[0-9]*([eE][-+]?[0-9]+)?`, which Kea's lexer takes for a number before it looks closer.
fn is_real(word: &str) -> bool {
    let digits = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = word.strip_prefix(['-', '+']).unwrap_or(word);
    let rest = rest.get(rest.len() - digits(rest)..).unwrap_or_default();
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rest = rest.get(rest.len() - digits(rest)..).unwrap_or_default();
    let Some(exponent) = rest.strip_prefix(['e', 'E']) else { return rest.is_empty() };
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    !exponent.is_empty() && digits(exponent) == 0
}

/// The quote that closes a text which begins with another quote than the double one.
fn closing_of(word: &str) -> Option<char> {
    match word.chars().next()? {
        quote @ ('\'' | '`') => Some(quote),
        '\u{201c}' | '\u{201d}' | '\u{201e}' => Some('\u{201d}'),
        '\u{2018}' | '\u{2019}' => Some('\u{2019}'),
        _ => None,
    }
}
