//! Texts in double quotes.

use super::Parser;
use crate::json::{
    SyntaxCode, SyntaxError, TextEdit,
    trivia::{line_end, special},
};

/// What stands further down in the text.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// Where the next word begins; before the place that is read: nobody looked.
    word: usize,
    /// The place behind the next quote, or the text's end.
    quote: usize,
    /// Whether that quote looks like a text's end.
    quote_closes: bool,
    /// Whether no block comment ends any more.
    pub(super) no_comment_ends: bool,
}

impl Parser<'_> {
    /// A text, from its quote to behind its closing quote. `is_key`: it is the key of a member.
    pub(super) fn string(&mut self, is_key: bool) {
        let start = self.at;
        let mut controls = Vec::new();
        self.at = special(self.bytes, start + 1);
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    break;
                }
                Some(b'\\') => self.escape(),
                Some(b'\n' | b'\r') if !self.goes_on_in_next_line(is_key) => {
                    return self.unclosed(start, is_key);
                }
                Some(_) => {
                    controls.push(self.at);
                    self.at += 1;
                }
                None => return self.unclosed(start, is_key),
            }
            self.at = special(self.bytes, self.at);
        }
        if !controls.is_empty() {
            self.controls(&controls);
        }
        if self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric()) {
            self.swallowed(start, is_key);
        }
    }

    /// Control characters in a text: Kea's files may not have them.
    fn controls(&mut self, places: &[usize]) {
        let Some(first) = places.first().copied() else { return };
        let (message, help) = match self.bytes.get(first) {
            Some(b'\t') => ("a tab stands in a text", "write `\\t`"),
            Some(b'\n' | b'\r') => {
                ("a line ends within a text", "write the text in one line; `\\n` stands for a line's end")
            }
            _ => ("a control character stands in a text", "write it as an escape such as `\\u0000`"),
        };
        let written = |at: usize| match self.bytes.get(at) {
            Some(b'\t') => "\\t".to_owned(),
            Some(b'\n') => "\\n".to_owned(),
            Some(b'\r') => "\\r".to_owned(),
            other => format!("\\u{:04x}", other.copied().unwrap_or_default()),
        };
        let edits = places.iter().map(|at| TextEdit::replace(*at..*at + 1, written(*at))).collect();
        let error = SyntaxError::new(SyntaxCode::ControlCharacter, first..first + 1, message).help(help);
        self.error(error.only_file().fixes("write it as an escape", edits));
    }

    /// A backslash and what follows it.
    fn escape(&mut self) {
        let start = self.at;
        let next = self.text.get(start + 1..).and_then(|rest| rest.chars().next());
        match next {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => self.at += 2,
            Some('u') => self.unicode(start),
            None => self.at += 1,
            Some(c) => {
                self.at += 1 + if c < ' ' { 0 } else { c.len_utf8() };
                let span = start..self.at;
                let message = format!("`{}` is no escape", self.part(span.start, span.end));
                let error = SyntaxError::new(SyntaxCode::Escape, span, message);
                self.error(error.help("write `\\\\` for a backslash").repair(start..start, "\\"));
            }
        }
    }

    /// `\uXXXX`. Kea takes it for one byte, so it knows `\u0000` to `\u00ff` only.
    fn unicode(&mut self, start: usize) {
        let rest = self.text.get(start..).unwrap_or_default();
        let Some(unit) = unit(rest) else {
            let length = 2 + rest.bytes().skip(2).take(4).take_while(u8::is_ascii_hexdigit).count();
            self.at = start + length;
            let error =
                SyntaxError::new(SyntaxCode::Escape, start..self.at, "`\\u` needs four hexadecimal digits");
            return self.error(error.help("write `\\\\` for a backslash").repair(start..start, "\\"));
        };
        self.at = start + 6;
        if unit < 0x100 {
            return;
        }
        let second = rest.get(6..).and_then(self::unit).filter(|second| (0xdc00..0xe000).contains(second));
        let pair = second.filter(|_| (0xd800..0xdc00).contains(&unit));
        let code = pair.map_or(unit, |second| 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00));
        self.at += if pair.is_some() { 6 } else { 0 };
        let span = start..self.at;
        let message =
            format!("Kea does not know `{}`: it reads escapes up to `\\u00ff`", self.part(start, self.at));
        let error = SyntaxError::new(SyntaxCode::Escape, span.clone(), message).only_file();
        self.error(match char::from_u32(code) {
            Some(c) => {
                error.help("write the character itself").fix(&format!("write `{c}`"), span, &c.to_string())
            }
            None => error.help("write the character itself").repair(span, "?"),
        });
    }

    /// Whether a text that reaches the end of its line is meant to go on in the next one.
    fn goes_on_in_next_line(&mut self, is_key: bool) -> bool {
        if is_key {
            return false;
        }
        if self.ahead.word < self.at {
            let rest = self.text.get(self.at..).unwrap_or_default();
            self.ahead.word = self.bytes.len() - rest.trim_start().len();
        }
        let word = self.bytes.get(self.ahead.word);
        if matches!(word, None | Some(b'"' | b'}' | b']' | b'{' | b'[' | b',' | b'#' | b'/')) {
            return false;
        }
        if self.ahead.quote < self.at {
            let behind =
                self.text.get(self.at..).and_then(|rest| rest.split_once('"')).map(|(_, behind)| behind);
            self.ahead.quote = self.bytes.len() - behind.map_or(0, str::len);
            self.ahead.quote_closes = behind.is_some_and(|behind| {
                let next = behind.trim_start_matches([' ', '\t', '\r']);
                next.is_empty() || next.starts_with([',', '}', ']', '\n', '#', '/'])
            });
        }
        self.ahead.quote_closes
    }

    /// Goes back: what was seen further down is no more the next.
    fn back_to(&mut self, at: usize) {
        self.at = at;
        (self.ahead.word, self.ahead.quote) = (0, 0);
    }

    /// A text whose closing quote is missing: it ends with its line, but for what follows a value.
    fn unclosed(&mut self, start: usize, is_key: bool) {
        let line = line_end(self.bytes, start);
        let text = self.part(start + 1, line.min(self.bytes.len()));
        let length = match text.find(':').filter(|_| is_key) {
            Some(colon) => colon,
            None => text
                .trim_end()
                .trim_end_matches([',', ' ', '\t'])
                .trim_end_matches(['}', ']', ' ', '\t', ','])
                .len(),
        };
        let end = start + 1 + length;
        self.back_to(end);
        let error = SyntaxError::syntax(start..end, "the closing quote of this text is missing");
        let name = self.part(start + 1, end);
        let is_name = is_key
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        self.error(if is_name {
            error.fix("put the quote there", end..end, "\"")
        } else {
            error.help("write `\"` where the text ends").repair(end..end, "\"")
        });
    }

    /// A text that ends where another begins, as in `"name: "foo"` and `"foo, "next": 1`: its own quote is missing.
    fn swallowed(&mut self, start: usize, is_key: bool) {
        let text = self.part(start + 1, self.at - 1);
        let kept = text.trim_end();
        let kept = if is_key { kept.strip_suffix(':') } else { kept.strip_suffix(',') };
        let Some(kept) = kept else { return };
        let end = start + 1 + kept.len();
        self.back_to(end);
        let error = SyntaxError::syntax(start..end, "the closing quote of this text is missing");
        self.error(error.fix("put the quote there", end..end, "\""));
    }
}

/// The number of `\uXXXX` at the start of a text.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
