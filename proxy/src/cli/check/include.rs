//! `<?include "file"?>`: the text that Kea sees, and where its bytes come from.

use super::input;
use perch_shared::{
    diagnostic::Diagnostic,
    json::{self, SyntaxCode},
};
use std::{fs, ops::Range, path::Path};

/// Kea follows directives so deep, and no deeper.
const MAX_DEPTH: usize = 11;
/// All files together may be so long: without a limit, ten files that name one another ten times each would be endless.
const MAX_LENGTH: usize = 1 << 30;

/// A text with the named files' texts in the places of the directives.
#[derive(Debug)]
pub(super) struct Spliced {
    pub(super) text: String,
    /// Where its parts come from, in order.
    pieces: Vec<Piece>,
    /// The files that were read: names and texts.
    pub(super) sources: Vec<(String, String)>,
    /// What could not be read.
    pub(super) problems: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Piece {
    start: usize,
    /// The file's number in `sources`; `None`: the checked file itself.
    source: Option<usize>,
    offset: usize,
    /// The directive in the checked file that it came through.
    through: Range<usize>,
}

/// Where a place of the spliced text really is.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    /// The included file's number; `None`: the checked file itself.
    pub(super) source: Option<usize>,
    pub(super) span: Range<usize>,
    /// The directive in the checked file.
    pub(super) through: Range<usize>,
}

/// Follows a text's directives; `None`: it has none. Kea looks for a file from the directory in which it was started,
/// and so does this.
pub(super) fn splice(text: &str, file: &Path) -> Option<Spliced> {
    if !text.contains("<?") || json::parse(text).includes().is_empty() {
        return None;
    }
    let mut spliced = Spliced {
        text: String::with_capacity(text.len()),
        pieces: Vec::new(),
        sources: Vec::new(),
        problems: Vec::new(),
    };
    spliced.append(text, None, None, 0, file);
    Some(spliced)
}

impl Spliced {
    fn append(
        &mut self,
        text: &str,
        source: Option<usize>,
        through: Option<Range<usize>>,
        depth: usize,
        file: &Path,
    ) {
        let mut at = 0;
        for include in json::parse(text).includes() {
            let directive = through.clone().unwrap_or_else(|| include.span.clone());
            self.piece(text, at..include.span.start, source, &directive);
            at = include.span.end;
            let name = text.get(include.file.clone()).unwrap_or_default();
            match self.read(name, depth, file) {
                Ok(inner) => {
                    let number = self.sources.len();
                    self.sources.push((name.to_owned(), inner.clone()));
                    self.text.push('\n');
                    self.append(&inner, Some(number), Some(directive), depth + 1, file);
                    self.text.push('\n');
                }
                Err((message, help)) => {
                    let problem = Diagnostic::error(SyntaxCode::Include.code(), message).help(help);
                    self.problems.push(problem.span(directive));
                    self.text.push(' ');
                }
            }
        }
        let directive = through.unwrap_or(0..0);
        self.piece(text, at..text.len(), source, &directive);
    }

    fn piece(&mut self, text: &str, part: Range<usize>, source: Option<usize>, through: &Range<usize>) {
        self.pieces.push(Piece {
            start: self.text.len(),
            source,
            offset: part.start,
            through: through.clone(),
        });
        self.text.push_str(text.get(part).unwrap_or_default());
    }

    fn read(&self, name: &str, depth: usize, file: &Path) -> Result<String, (String, String)> {
        if depth >= MAX_DEPTH || self.text.len() > MAX_LENGTH {
            return Err((
                format!("too many files include one another here: `{name}`"),
                "include fewer".to_owned(),
            ));
        }
        let bytes = fs::read(name).map_err(|error| {
            let beside = file.parent().map(|folder| folder.join(name)).filter(|path| path.is_file());
            let help = match beside.filter(|_| Path::new(name).is_relative()) {
                Some(path) => format!(
                    "Kea looks in the directory in which it is started; write the whole path, such as `{}`",
                    path.canonicalize().unwrap_or(path).display()
                ),
                None => "name a file that the daemon can read".to_owned(),
            };
            (format!("the file `{name}` cannot be read: {error}"), help)
        })?;
        let text = input::text(&bytes)
            .ok_or_else(|| (format!("the file `{name}` is no text"), "name another".to_owned()))?;
        Ok(text.text.into_owned())
    }

    /// Where some bytes of the spliced text come from.
    pub(super) fn origin(&self, span: &Range<usize>) -> Origin {
        let index = self.pieces.partition_point(|piece| piece.start <= span.start).saturating_sub(1);
        let end = self.pieces.get(index + 1).map_or(usize::MAX, |next| next.start);
        let Some(piece) = self.pieces.get(index) else {
            return Origin { source: None, span: 0..0, through: 0..0 };
        };
        let start = piece.offset + span.start.saturating_sub(piece.start);
        let length = span.end.min(end).saturating_sub(span.start);
        Origin { source: piece.source, span: start..start + length, through: piece.through.clone() }
    }
}
