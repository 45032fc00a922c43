//! Reading a text into a tree. Every mistake is noted, and reading goes on behind it.
//!
//! Kea's own lexers decide what is a mistake: `dhcp4_lexer.ll` and `dhcp6_lexer.ll`, which read the same in every
//! supported version but for numbers with a plus sign (refused from 3.1.9 on).

mod frame;
mod indentation;
mod keys;
mod mistakes;
mod string;
mod structure;
mod word;

use super::{
    Document, NodeId, SyntaxCode, SyntaxError,
    document::{NO_KEY, Node},
    include::{Include, directive},
    trivia::line_end,
};
use frame::{Before, Frame};
use mistakes::Mistakes;
use std::sync::OnceLock;
use string::Ahead;

/// So many mistakes of one kind are noted; the text of a hostile one could hold one in every byte.
const MAX_ERRORS: usize = 200;

/// Levels of maps and lists beyond which Kea's reader of commands refuses a configuration: it counts 100, the
/// command itself included.
pub(super) const MAX_COMMAND_DEPTH: usize = 99;

/// Levels at which the daemons were seen to take a file; at 300,000 they crash.
const MAX_FILE_DEPTH: usize = 110_000;

/// Reads a text as Kea reads its files. Never fails: what cannot be read is in [`Document::errors`].
///
/// It takes time in proportion to the text, and a text beyond 4 GiB is not read at all.
pub fn parse(text: &str) -> Document<'_> {
    if text.len() >= NO_KEY as usize {
        let error = SyntaxError::syntax(0..0, "the text is longer than 4 GiB");
        return Document {
            text,
            nodes: Vec::new(),
            errors: vec![error],
            includes: Vec::new(),
            escaped: Vec::new(),
            superseded: Vec::new(),
            index: OnceLock::new(),
        };
    }
    let plain = Parser::new(text, Trust::Brackets).read();
    if !plain.is_unbalanced {
        return plain.into_document();
    }
    // Brackets are missing or too many. The reading with the fewest mistakes is the likeliest.
    let mut best = Parser::new(text, Trust::Indentation).read();
    for other in [plain, Parser::new(text, Trust::Opening).read()] {
        if other.mistakes.count() < best.mistakes.count() {
            best = other;
        }
    }
    best.into_document()
}

/// What is right where brackets do not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The brackets that are there: others are missing.
    Brackets,
    /// The indentation of the lines.
    Indentation,
    /// The opening brackets: the closing ones are the wrong ones.
    Opening,
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<Node>,
    /// The maps and lists that are not closed yet, the outermost first.
    open: Vec<Frame>,
    /// The end of the token before.
    last_end: usize,
    mistakes: Mistakes,
    includes: Vec<Include>,
    escaped: Vec<NodeId>,
    /// Where the keys begin that come again in their maps.
    superseded: Vec<u32>,
    /// What was looked for further down, so that nobody looks twice.
    ahead: Ahead,
    /// How deep it went.
    depth: usize,
    deepest: usize,
    /// Whether the brackets do not match.
    is_unbalanced: bool,
    trust: Trust,
    /// How far the line is indented that is read, and where it begins; only kept where the indentation is trusted.
    indent: usize,
    line: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, trust: Trust) -> Self {
        let bytes = text.as_bytes();
        // A value ends at a comma, at a bracket or at the end: this is enough for nearly all of them, in one piece.
        let count = bytes.chunks(128).map(values_in).sum::<usize>() + 1;
        Self {
            text,
            bytes,
            at: 0,
            nodes: Vec::with_capacity(count.min(bytes.len() / 8 + 16)),
            open: Vec::new(),
            last_end: 0,
            mistakes: Mistakes::default(),
            includes: Vec::new(),
            escaped: Vec::new(),
            superseded: Vec::new(),
            ahead: Ahead::default(),
            depth: 0,
            deepest: 0,
            is_unbalanced: false,
            trust,
            indent: 0,
            line: 0,
        }
    }

    fn read(mut self) -> Self {
        self.byte_order_mark();
        let has_include = self.blanks();
        if self.at == self.bytes.len() {
            if !has_include {
                let end = self.at;
                self.error(
                    SyntaxError::syntax(end..end, "the text is empty").help("write `{ \"Dhcp4\": { … } }`"),
                );
            }
            return self;
        }
        self.value(NO_KEY);
        while !self.open.is_empty() {
            self.inside();
        }
        self.blanks();
        self.trailing();
        self.nesting();
        self
    }

    fn into_document(mut self) -> Document<'t> {
        self.superseded.sort_unstable();
        self.superseded.dedup();
        Document {
            text: self.text,
            nodes: self.nodes,
            errors: self.mistakes.into_errors(),
            includes: self.includes,
            escaped: self.escaped,
            superseded: self.superseded,
            index: OnceLock::new(),
        }
    }

    /// One step inside of the innermost open map or list: a comma, a member, an item or the end.
    fn inside(&mut self) {
        let has_include = self.blanks();
        let Some(frame) = self.open.last_mut() else { return };
        if has_include {
            frame.before = Before::Include;
        }
        let (is_map, is_behind_value) = (frame.is_map, frame.before == Before::Value);
        let byte = self.bytes.get(self.at).copied();
        if self.trust == Trust::Indentation && self.left_by_indentation(byte) {
            return;
        }
        match byte {
            Some(b'"') if is_map => self.member(),
            Some(b',') => self.comma(),
            Some(b'}' | b']') => self.closing(),
            None => self.never_closed(),
            Some(b';') if is_behind_value => self.semicolon(),
            Some(b':' | b';' | b'=') => self.stray(),
            Some(_) if is_map => self.no_member(),
            Some(_) => {
                self.needs_comma();
                self.value(NO_KEY);
            }
        }
    }

    /// A member of a map, from its key's quote on.
    fn member(&mut self) {
        self.needs_comma();
        let key = self.at;
        self.string(true);
        let key_end = self.at;
        let has_include = self.blanks();
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b'=') => {
                let at = self.at;
                let error = SyntaxError::syntax(at..at + 1, "`=` stands where `:` is expected");
                self.error(error.fix("write `:`", at..at + 1, ":"));
                self.at += 1;
            }
            Some(b',' | b'}' | b']') | None => return self.no_value(key, key_end, has_include),
            Some(_) if has_include => {}
            Some(_) => {
                let error = SyntaxError::syntax(key..key_end, "`:` is missing after this key");
                self.error(error.fix("put `:` there", key_end..key_end, ":"));
            }
        }
        self.last_end = self.at;
        let has_include = self.blanks();
        while matches!(self.peek(), Some(b':' | b';' | b'=')) {
            self.stray();
            self.blanks();
        }
        match self.peek() {
            None | Some(b',' | b'}' | b']') => self.no_value(key, self.last_end, has_include),
            Some(_) => {
                self.seen_key(key, key_end);
                self.value(narrow(key));
            }
        }
    }

    /// A value that begins here.
    fn value(&mut self, key: u32) {
        let start = self.at;
        let id = narrow(self.nodes.len());
        match self.peek() {
            Some(byte @ (b'{' | b'[')) => {
                self.at += 1;
                self.push(key, start);
                if self.trust == Trust::Indentation {
                    self.look_at_line(start);
                }
                self.open.push(Frame::new(id, byte == b'{', self.indent, self.line));
                self.last_end = self.at;
                self.depth += 1;
                self.deepest = self.deepest.max(self.depth);
                return;
            }
            Some(b'"') => self.string(false),
            _ => self.word(),
        }
        self.push(key, start);
        self.deepest = self.deepest.max(self.depth + 1);
        self.after_value();
    }

    fn after_value(&mut self) {
        self.last_end = self.at;
        if let Some(frame) = self.open.last_mut() {
            frame.before = Before::Value;
        }
    }

    fn push(&mut self, key: u32, start: usize) {
        let after = narrow(self.nodes.len() + 1);
        self.nodes.push(Node { key, start: narrow(start), end: narrow(self.at), after });
    }

    /// Passes blanks, comments and directives; returns whether there was a directive.
    #[inline]
    fn blanks(&mut self) -> bool {
        let may_be = |byte: &u8| *byte <= b' ' || matches!(byte, b'#' | b'/' | b'<');
        self.bytes.get(self.at).is_some_and(may_be) && self.some_blanks()
    }

    fn some_blanks(&mut self) -> bool {
        let mut has_include = false;
        loop {
            match self.bytes.get(self.at..).unwrap_or_default() {
                [b' ', ..] => self.at = behind_spaces(self.bytes, self.at + 1),
                [b'\n' | b'\t' | b'\r', ..] => self.at += 1,
                [b'#', ..] | [b'/', b'/', ..] => self.at = line_end(self.bytes, self.at),
                [b'/', b'*', ..] => self.block_comment(),
                [b'<', b'?', ..] => {
                    self.include();
                    has_include = true;
                }
                _ => return has_include,
            }
        }
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start + 2..).filter(|_| !self.ahead.no_comment_ends).unwrap_or_default();
        if let Some(length) = rest.windows(2).position(|two| two == b"*/") {
            self.at = start + 2 + length + 2;
            return;
        }
        let error = SyntaxError::syntax(start..start + 2, "this comment is never closed");
        let line = line_end(self.bytes, start);
        self.error(error.help("end it with `*/`").repair(line..line, "*/"));
        // The comment takes the rest of the text; what a person sees there is checked as if it ended with its line.
        self.at = line;
        self.ahead.no_comment_ends = true;
    }

    fn include(&mut self) {
        let start = self.at;
        match directive(self.bytes, start) {
            Ok(found) => {
                self.at = found.span.end;
                self.includes.push(found);
            }
            Err(end) => {
                self.at = end;
                let error =
                    SyntaxError::new(SyntaxCode::Include, start..end, "this directive is not complete");
                let error = error.help("write `<?include \"FILE\"?>`");
                self.error(error.repair(start..end, ""));
            }
        }
    }

    fn byte_order_mark(&mut self) {
        if self.text.starts_with('\u{feff}') {
            let error =
                SyntaxError::new(SyntaxCode::ByteOrderMark, 0..3, "the text begins with a byte order mark");
            self.error(error.only_file().help("save it as UTF-8 without one").fix("take it away", 0..3, ""));
            self.at = 3;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The text between two places.
    fn part(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    fn error(&mut self, mut error: SyntaxError) {
        error.at = self.open.last().map(|frame| NodeId(frame.node));
        self.mistakes.add(error, self.text);
    }
}

/// Where the spaces end that begin at `at`: an indentation is passed eight at once.
fn behind_spaces(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let others = u64::from_le_bytes(*eight) ^ u64::from_ne_bytes([b' '; 8]);
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + bytes.get(at..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count()
}

/// How many commas and opening brackets at most 255 bytes hold. A counter of one byte lets the compiler look at many
/// bytes at once.
fn values_in(bytes: &[u8]) -> usize {
    let count = |sum: u8, byte: &u8| sum + u8::from((*byte == b',') | (*byte == b'{') | (*byte == b'['));
    usize::from(bytes.iter().fold(0, count))
}

pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
