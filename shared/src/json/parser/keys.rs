//! The keys of a map: those that come twice, and those without a value or quotes.

use super::{Before, Parser, frame::Frame};
use crate::json::{
    NodeId, SyntaxCode, SyntaxError,
    document::NO_KEY,
    element::{quoted_length, unquote},
    trivia::boundary,
};
use std::{borrow::Cow, ops::Range};

/// So many members are compared one by one; the keys of bigger maps are sorted.
const FEW: u32 = 32;
/// So many bytes of a key are shown.
const MAX_SHOWN: usize = 100;
/// So many escaped keys are remembered.
const MAX_ESCAPED: usize = 100;

impl Parser<'_> {
    /// Notes a key, and says so when its map has it already.
    pub(super) fn seen_key(&mut self, start: usize, end: usize) {
        let Some(frame) = self.open.last_mut() else { return };
        frame.members += 1;
        if frame.members > FEW {
            return;
        }
        let key = self.bytes.get(start..end).unwrap_or_default();
        let last = key.iter().rev().nth(1).map_or(0, |byte| usize::from(*byte));
        let first = key.get(1).map_or(0, |byte| usize::from(*byte));
        let bit = 1_u64 << ((key.len().wrapping_mul(7) + last + first * 11) % 64);
        let is_new = frame.seen & bit == 0;
        frame.seen |= bit;
        if key.contains(&b'\\') {
            frame.is_escaped = true;
            if self.escaped.len() < MAX_ESCAPED {
                self.escaped.push(NodeId(super::narrow(self.nodes.len())));
            }
        }
        if is_new {
            return;
        }
        let node = frame.node;
        if let Some((first, last)) = self.same_keys(node, key) {
            self.superseded.push(super::narrow(last));
            self.duplicate(first, start..end);
        }
    }

    /// The first and the last key of an open map's members that are written like `key`.
    fn same_keys(&self, map: u32, key: &[u8]) -> Option<(usize, usize)> {
        let mut found = None;
        let mut id = usize::try_from(map).ok()? + 1;
        while let Some(node) = self.nodes.get(id) {
            let start = usize::try_from(node.key).ok().filter(|_| node.key != NO_KEY);
            let is_it = |start: &usize| self.bytes.get(*start..).is_some_and(|rest| rest.starts_with(key));
            if let Some(start) = start.filter(is_it) {
                found = Some((found.map_or(start, |(first, _)| first), start));
            }
            id = usize::try_from(node.after).ok()?;
        }
        found
    }

    /// Looks at the keys of a map that is complete, where that was not done one by one.
    pub(super) fn look_at_all_keys(&mut self, frame: &Frame) {
        if frame.members <= FEW && !frame.is_escaped {
            return;
        }
        let mut keys = self.keys(frame.node);
        keys.sort_unstable();
        let told = self.mistakes.told().iter().filter(|error| error.code == SyntaxCode::DuplicateKey);
        let mut told: Vec<usize> = told.map(|error| error.span.start).collect();
        told.sort_unstable();
        let (mut found, mut superseded) = (Vec::new(), Vec::new());
        for same in keys.chunk_by(|one, other| one.0 == other.0) {
            let Some((_, first, _)) = same.first() else { continue };
            for ((_, before, _), (_, start, end)) in same.iter().zip(same.iter().skip(1)) {
                superseded.push(super::narrow(*before));
                if told.binary_search(start).is_err() {
                    found.push((*first, *start..*end));
                }
            }
        }
        drop(keys);
        self.superseded.extend(superseded);
        found.sort_unstable_by_key(|(_, span)| span.start);
        found.into_iter().for_each(|(first, span)| self.duplicate(first, span));
    }

    /// The keys of a map with their places.
    fn keys(&self, map: u32) -> Vec<(Cow<'_, str>, usize, usize)> {
        let mut keys = Vec::new();
        let mut id = usize::try_from(map).unwrap_or_default() + 1;
        while let Some(node) = self.nodes.get(id) {
            if node.key != NO_KEY {
                let start = usize::try_from(node.key).unwrap_or_default();
                let text = self.text.get(start..).unwrap_or_default();
                let end = start + quoted_length(text);
                keys.push((unquote(self.part(start, end)), start, end));
            }
            id = usize::try_from(node.after).unwrap_or(usize::MAX);
        }
        keys
    }

    fn duplicate(&mut self, first: usize, span: Range<usize>) {
        let name = self.part(span.start + 1, span.end.saturating_sub(1));
        let shown = name.get(..boundary(name, MAX_SHOWN)).unwrap_or_default();
        let more = if shown.len() < name.len() { "…" } else { "" };
        let message = format!("`{shown}{more}` is set twice in this map");
        let length = quoted_length(self.text.get(first..).unwrap_or_default());
        let error = SyntaxError::new(SyntaxCode::DuplicateKey, span, message)
            .related(first..first + length, "it is set here first")
            .help("keep one of them: over the API the last counts, and a file that has both is refused");
        self.error(error.only_file());
    }

    /// A key without a value.
    pub(super) fn no_value(&mut self, key: usize, end: usize, has_include: bool) {
        let Some(frame) = self.open.last_mut() else { return };
        frame.before = if has_include { Before::Include } else { Before::Value };
        let has_colon = self.bytes.get(end.wrapping_sub(1)) == Some(&b':');
        self.last_end = end;
        if !has_include {
            let error = SyntaxError::syntax(key..end, "this key has no value");
            let mended = if has_colon { " null" } else { ": null" };
            self.error(
                error.help("write its value behind it, or take the key away").repair(end..end, mended),
            );
        }
    }

    /// Something in a map that is no member: a key without quotes, or a value without a key.
    pub(super) fn no_member(&mut self) {
        self.needs_comma();
        let start = self.at;
        if matches!(self.peek(), Some(b'{' | b'[')) {
            let error = SyntaxError::syntax(start..start + 1, "a member of a map begins with its key");
            self.error(error.help("write `\"KEY\": ` before it").repair(start..start, "\"\": "));
            return self.value(NO_KEY);
        }
        let length = self.text.get(start..).map_or(1, bare_key);
        let (key, next) = (self.part(start, start + length), self.bytes.get(start + length).copied());
        let is_name = !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let text = if next == Some(b'"') {
            format!("\"{key}")
        } else {
            format!("\"{}\"", key.trim_matches('\'').replace(['"', '\\'], ""))
        };
        self.at = start + length + usize::from(next == Some(b'"'));
        let has_colon =
            self.text.get(self.at..).is_some_and(|rest| rest.trim_start().starts_with([':', '=']));
        let span = start..self.at.max(start + 1);
        let error = SyntaxError::syntax(span.clone(), "a key stands in double quotes");
        let whole = start..start + length;
        if has_colon && (is_name || key.starts_with('\'')) {
            self.error(error.fix("put it in double quotes", whole, &text));
        } else if has_colon {
            self.error(error.repair(whole, &text));
        } else {
            let end = self.end_of_word(start);
            self.at = end;
            self.error(
                SyntaxError::syntax(start..end, "a member of a map is `\"KEY\": VALUE`")
                    .repair(start..end, "\"\": null"),
            );
            return self.after_value();
        }
        self.blanks();
        self.at += 1;
        self.last_end = self.at;
        let has_include = self.blanks();
        match self.peek() {
            None | Some(b',' | b'}' | b']') => self.no_value(start, self.last_end, has_include),
            Some(_) => self.value(NO_KEY),
        }
    }
}

/// How long a key is that stands without quotes.
fn bare_key(text: &str) -> usize {
    if let Some(rest) = text.strip_prefix('\'')
        && let Some(end) = rest
            .find(['\'', '\n', '"'])
            .filter(|end| rest.get(*end..).is_some_and(|rest| rest.starts_with('\'')))
    {
        return end + 2;
    }
    let end = text.find(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '=' | ',' | '"' | '{' | '}' | '[' | ']' | '#')
    });
    end.unwrap_or(text.len())
}
