//! Where brackets do not match, the lines' indentation shows which of them a person would miss.

use super::Parser;
use crate::json::SyntaxError;

/// A bracket is looked for among so many open ones.
const FAR: usize = 64;

impl Parser<'_> {
    /// Ends the innermost map or list when the line that begins here is indented no deeper than its bracket's line;
    /// leaves out a closing bracket that belongs to no open one. Returns whether it did so.
    pub(super) fn left_by_indentation(&mut self, byte: Option<u8>) -> bool {
        let at = self.at;
        let Some(byte) = byte.filter(|byte| *byte != b',' && self.look_at_line(at)) else { return false };
        let indent = self.indent;
        let Some(frame) = self.open.last() else { return false };
        if frame.line == self.line {
            return false;
        }
        if !matches!(byte, b'}' | b']') {
            // In `[{` both brackets share a line, and what is in them may be indented like it.
            let is_out = indent <= frame.indent
                && self
                    .open
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|outer| outer.line != frame.line && outer.indent < indent);
            if is_out {
                self.missing_closing(",");
            }
            return is_out;
        }
        if indent == frame.indent {
            return false;
        }
        let belongs_out = self.open.iter().rev().skip(1).take(FAR).any(|one| one.indent == indent);
        if indent < frame.indent && belongs_out {
            self.missing_closing("");
            return true;
        }
        if indent > frame.indent && self.is_followed_by_closing_of(frame.indent) {
            let error =
                SyntaxError::syntax(at..at + 1, format!("`{}` closes nothing", self.part(at, at + 1)));
            self.error(error.fix("take it away", at..at + 1, ""));
            self.at += 1;
            return true;
        }
        false
    }

    /// Whether another line with a closing bracket of this indentation follows soon.
    fn is_followed_by_closing_of(&self, indent: usize) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let near = rest.get(..1024).unwrap_or(rest);
        near.split(|byte| *byte == b'\n').skip(1).any(|line| {
            let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            blanks == indent && matches!(line.get(blanks), Some(b'}' | b']'))
        })
    }

    /// When a place is the first of its line, that line's indentation is remembered. Returns whether it is.
    pub(super) fn look_at_line(&mut self, at: usize) -> bool {
        let before = self.bytes.get(..at).unwrap_or_default();
        let indent = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let is_first = matches!(before.get(..at - indent).and_then(<[u8]>::last), None | Some(b'\n'));
        if is_first {
            self.indent = indent;
            self.line = at - indent;
        }
        is_first
    }
}
