//! What stands between the tokens (blanks, comments and `<?include?>` directives), and where a text ends.

use super::include::directive;

/// One piece that is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trivia {
    /// Blanks and ends of lines.
    Blank,
    /// `# …` or `// …`, without the end of the line.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// `<? … ?>`.
    Directive,
}

/// The piece that begins at `at`, and where it ends; `None`: a token begins there, or the text ends.
///
/// A block comment or a directive that is never closed ends with the text, or with its line.
pub(super) fn trivia(bytes: &[u8], at: usize) -> Option<(Trivia, usize)> {
    let rest = bytes.get(at..)?;
    match rest {
        [b' ' | b'\t' | b'\n' | b'\r', ..] => {
            let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
            Some((Trivia::Blank, at + rest.iter().take_while(|byte| blank(byte)).count()))
        }
        [b'#', ..] | [b'/', b'/', ..] => Some((Trivia::LineComment, line_end(bytes, at))),
        [b'/', b'*', ..] => Some((Trivia::BlockComment, find(bytes, at + 2, b"*/").unwrap_or(bytes.len()))),
        [b'<', b'?', ..] => {
            Some((Trivia::Directive, directive(bytes, at).map_or_else(|end| end, |found| found.span.end)))
        }
        _ => None,
    }
}

/// Where the next token begins, or the text's end.
pub(super) fn skip(bytes: &[u8], mut at: usize) -> usize {
    while let Some((_, end)) = trivia(bytes, at) {
        at = end;
    }
    at
}

/// The end of the line that `at` is in, without its line feed.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
}

/// The start of the character that `at` is in; behind the text, the text's end.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The end of the first `pattern` from `at` on.
fn find(bytes: &[u8], at: usize, pattern: &[u8; 2]) -> Option<usize> {
    let rest = bytes.get(at..)?;
    rest.windows(2).position(|two| two == pattern).map(|index| at + index + 2)
}

/// What is special in a text: its end, an escape, a control character.
const fn is_special(byte: u8) -> bool {
    byte == b'"' || byte == b'\\' || byte < 0x20
}

/// The place of the first special byte from `at` on; the text's end: there is none.
pub(super) fn special(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    // Eight bytes at once: a byte of `found` is 0x80 or more where the byte is special.
    while let Some(eight) = bytes.get(at..at + 8).and_then(|part| <[u8; 8]>::try_from(part).ok()) {
        let word = u64::from_le_bytes(eight);
        let is_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
        let found = is_zero(word ^ (ONES * b'"' as u64))
            | is_zero(word ^ (ONES * b'\\' as u64))
            | (word.wrapping_sub(ONES * 0x20) & !word & HIGH);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|byte| !is_special(*byte)) {
        at += 1;
    }
    at
}
