//! Commas and brackets: which are missing, and which are too many.

use super::{Before, Parser, Trust, narrow};
use crate::json::{SyntaxCode, SyntaxError, parser::MAX_FILE_DEPTH};

impl Parser<'_> {
    /// A comma. Kea takes any number of them behind a value, but none before the first.
    pub(super) fn comma(&mut self) {
        let at = self.at;
        self.at += 1;
        let Some(frame) = self.open.last_mut() else { return };
        if frame.before == Before::Opening {
            let what = if frame.is_map { "member" } else { "item" };
            let error = SyntaxError::new(
                SyntaxCode::Comma,
                at..at + 1,
                format!("`,` stands before the first {what}"),
            );
            self.error(error.fix("take it away", at..at + 1, ""));
        } else {
            frame.before = Before::Comma;
        }
        self.last_end = self.at;
    }

    /// Says so where the comma between two values is missing.
    pub(super) fn needs_comma(&mut self) {
        let Some(frame) = self.open.last_mut() else { return };
        if frame.before != Before::Value {
            return;
        }
        frame.before = Before::Comma;
        let end = self.last_end;
        let start =
            end - self.text.get(..end).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
        let error = SyntaxError::new(SyntaxCode::Comma, start..end, "`,` is missing after this value");
        self.error(error.fix("put `,` there", end..end, ","));
    }

    /// A semicolon behind a value.
    pub(super) fn semicolon(&mut self) {
        let at = self.at;
        let error = SyntaxError::new(SyntaxCode::Comma, at..at + 1, "`;` stands where `,` is expected");
        self.error(error.fix("write `,`", at..at + 1, ","));
        self.comma();
    }

    /// A character that is not expected where it stands: leaves it out.
    pub(super) fn stray(&mut self) {
        let at = self.at;
        self.at += 1;
        let error =
            SyntaxError::syntax(at..at + 1, format!("`{}` is not expected here", self.part(at, at + 1)));
        self.error(error.fix("take it away", at..at + 1, ""));
    }

    /// A closing bracket.
    pub(super) fn closing(&mut self) {
        let at = self.at;
        let is_first = self.trust == Trust::Indentation && self.look_at_line(at);
        let Some(frame) = self.open.last() else { return };
        let closes_map = self.peek() == Some(b'}');
        if closes_map == frame.is_map {
            self.at += 1;
            return self.close();
        }
        // An open bracket further out that it closes: those in between have no end.
        let is_known = self.open.iter().rev().take(4).any(|frame| frame.is_map == closes_map);
        let is_wrong = match self.trust {
            Trust::Brackets => false,
            Trust::Indentation => is_first && frame.indent == self.indent,
            Trust::Opening => true,
        };
        let (opening, needed) = (self.start_of(frame.node), if frame.is_map { "}" } else { "]" });
        if is_known && !is_wrong {
            return self.missing_closing("");
        }
        let message = format!("`{}` closes `{}`", self.part(at, at + 1), self.part(opening, opening + 1));
        let error =
            SyntaxError::syntax(at..at + 1, message).related(opening..opening + 1, "this is what is open");
        let title = format!("write `{needed}`");
        self.error(error.fix(&title, at..at + 1, needed));
        self.is_unbalanced = true;
        self.at += 1;
        self.close();
    }

    /// Ends the innermost map or list, whose bracket is missing, behind what stands in it.
    /// `then` is what a person would write behind the bracket.
    pub(super) fn missing_closing(&mut self, then: &str) {
        let Some(frame) = self.open.last() else { return };
        let (start, needed) = (self.start_of(frame.node), if frame.is_map { "}" } else { "]" });
        let end = self.last_end;
        let message = format!("this `{}` is never closed", self.part(start, start + 1));
        let error = SyntaxError::syntax(start..start + 1, message)
            .related(end..end, "here its end is missing")
            .help(format!("write `{needed}` there"))
            .repair(end..end, &format!("{needed}{then}"));
        self.error(error);
        self.is_unbalanced = true;
        let at = std::mem::replace(&mut self.at, end);
        self.close();
        self.at = at;
        if let Some(frame) = self.open.last_mut().filter(|_| !then.is_empty()) {
            frame.before = Before::Comma;
        }
    }

    /// The text ends while maps or lists are open.
    pub(super) fn never_closed(&mut self) {
        if let [_] = self.open.as_slice() {
            return self.missing_closing("");
        }
        let Some(inner) = self.open.last().map(|frame| self.start_of(frame.node)) else { return };
        let brackets = self.open.iter().rev().map(|frame| if frame.is_map { '}' } else { ']' });
        let closing: String = brackets.collect();
        let (end, count) = (self.last_end, closing.len());
        let error = SyntaxError::syntax(
            inner..inner + 1,
            format!("{count} brackets are not closed, this one the last"),
        )
        .related(end..end, "here the text ends")
        .help("write what is missing, or the closing brackets");
        self.error(error.repair(end..end, &closing));
        self.is_unbalanced = true;
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// Ends the innermost map or list here.
    pub(super) fn close(&mut self) {
        let Some(frame) = self.open.pop() else { return };
        self.depth -= 1;
        let (end, after) = (narrow(self.at), narrow(self.nodes.len()));
        let node = usize::try_from(frame.node).ok().and_then(|id| self.nodes.get_mut(id));
        if let Some(node) = node {
            node.end = end;
            node.after = after;
        }
        if frame.is_map {
            self.look_at_all_keys(&frame);
        }
        self.after_value();
    }

    /// Nothing but blanks and comments may follow the whole.
    pub(super) fn trailing(&mut self) {
        let (start, end) = (self.at, self.text.trim_end().len());
        if start >= end {
            return;
        }
        let rest = self.part(start, end);
        let is_junk = !rest.contains(|c: char| c.is_alphanumeric() || c == '"');
        let mut error = SyntaxError::syntax(start..end, "nothing may follow the configuration");
        if is_junk && rest.starts_with(['}', ']']) {
            error.message = format!("`{}` closes nothing", self.part(start, start + 1));
            error.span = start..start + 1;
        }
        let error = if is_junk {
            error.fix("take it away", start..end, "")
        } else {
            error.help("a file holds one configuration of one daemon").repair(start..end, "")
        };
        self.at = self.bytes.len();
        self.is_unbalanced = true;
        self.error(error);
    }

    /// Kea's limits of levels.
    pub(super) fn nesting(&mut self) {
        if self.deepest <= super::MAX_COMMAND_DEPTH {
            return;
        }
        let message = format!("maps and lists are nested in {} levels", self.deepest);
        let at = self.nodes.first().map_or(0, |node| usize::try_from(node.start).unwrap_or_default());
        let error = SyntaxError::new(SyntaxCode::Nesting, at..at + 1, message);
        let mut error = error.help(format!("use at most {} levels", super::MAX_COMMAND_DEPTH));
        error.refused_by.file = self.deepest > MAX_FILE_DEPTH;
        self.error(error);
    }

    pub(super) fn start_of(&self, node: u32) -> usize {
        let node = usize::try_from(node).ok().and_then(|id| self.nodes.get(id));
        node.and_then(|node| usize::try_from(node.start).ok()).unwrap_or_default()
    }
}
