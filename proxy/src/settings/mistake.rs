//! What is wrong with a settings file, and where.

use std::{fmt, ops::Range, path::PathBuf};

/// One mistake in a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

/// All mistakes in a settings file.
#[derive(Debug, thiserror::Error)]
pub struct Mistakes {
    path: PathBuf,
    lines: Vec<(usize, usize, Mistake)>,
}

impl Mistakes {
    /// The mistakes with their places in `text`, in the order in which they stand there.
    pub fn new(path: PathBuf, text: &str, mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by_key(|mistake| mistake.span.start);
        let lines = mistakes
            .into_iter()
            .map(|mistake| {
                let (line, column) = place(text, mistake.span.start);
                (line, column, mistake)
            })
            .collect();
        Self { path, lines }
    }
}

/// Line and column, both from 1, the column in characters.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (line, column, mistake)) in self.lines.iter().enumerate() {
            let start = if index == 0 { "" } else { "\n" };
            let (path, what, help) = (self.path.display(), &mistake.what, &mistake.help);
            write!(f, "{start}{path}:{line}:{column}: {what}\n  help: {help}")?;
        }
        Ok(())
    }
}
