//! Reading on behind mistakes: the text as a person would mend it, and where its places are in the real one.

use super::{Document, TextEdit, apply};
use std::ops::Range;

/// A text in which every mistake is mended somehow, so that all the rest can be checked.
#[derive(Debug)]
pub(crate) struct Repaired {
    /// The mended text.
    pub(crate) text: String,
    /// The edits that were made, in the order of the text, each with the place in the mended text where it begins.
    edits: Vec<(usize, TextEdit)>,
}

impl Repaired {
    /// Mends what a document could not read; `None`: there is nothing to mend.
    pub(crate) fn of(document: &Document<'_>) -> Option<Self> {
        let mistakes = document.errors().iter().filter(|error| !error.is_readable());
        let mut all: Vec<TextEdit> = mistakes.flat_map(|error| error.repair.clone()).collect();
        all.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut edits: Vec<TextEdit> = Vec::with_capacity(all.len());
        for edit in all {
            if edits.last().is_none_or(|last| last.span.end <= edit.span.start) {
                edits.push(edit);
            }
        }
        let text = (!edits.is_empty()).then(|| apply(document.text(), &edits))?;
        let (mut new, mut old) = (0, 0);
        let placed = edits.into_iter().map(|edit| {
            let at = new + (edit.span.start - old);
            (new, old) = (at + edit.text.len(), edit.span.end);
            (at, edit)
        });
        Some(Self { edits: placed.collect(), text })
    }

    /// Where some bytes of the mended text are in the real one; `None`: the mending touches them.
    pub(crate) fn original(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let (start, start_is_real) = self.place(span.start, false);
        let (end, end_is_real) = self.place(span.end, true);
        let behind = self.edits.partition_point(|(_, edit)| edit.span.start < start);
        let is_touched = self.edits.get(behind).is_some_and(|(_, edit)| edit.span.end <= end);
        let is_long = span.len() > 1 && is_touched;
        (start_is_real && end_is_real && !is_long).then_some(start..end)
    }

    /// A place in the real text, and whether it stands outside of what was mended.
    fn place(&self, offset: usize, is_end: bool) -> (usize, bool) {
        let is_before = |at: usize| at < offset || (at == offset && !is_end);
        let before = self.edits.partition_point(|(at, _)| is_before(*at));
        let Some((at, edit)) = before.checked_sub(1).and_then(|last| self.edits.get(last)) else {
            return (offset, true);
        };
        let end = at + edit.text.len();
        if offset < end || (offset == end && is_end && !edit.text.is_empty()) {
            return (edit.span.start, false);
        }
        (edit.span.end + (offset - end), true)
    }
}
