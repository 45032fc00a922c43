//! The mistakes of a text. Of many of one kind, the first ones are told and the others counted.

use super::MAX_ERRORS;
use crate::{
    diagnostic::Readers,
    json::{SyntaxCode, SyntaxError},
};

/// Mistakes of one kind: they have one code, and each version of Kea refuses all or none of them.
#[derive(Debug)]
struct Same {
    code: SyntaxCode,
    refused_by: Readers,
    is_huge: bool,
    count: usize,
    /// The last one that was met, when there are too many to be told.
    last: Option<SyntaxError>,
}

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct Mistakes {
    told: Vec<SyntaxError>,
    kinds: Vec<Same>,
}

impl Mistakes {
    /// How many there are, told or not.
    pub(super) fn count(&self) -> usize {
        self.kinds.iter().map(|same| same.count).sum()
    }

    /// Those that are told.
    pub(super) fn told(&self) -> &[SyntaxError] {
        &self.told
    }

    /// Adds one that was met in `text`.
    pub(super) fn add(&mut self, error: SyntaxError, text: &str) {
        let (code, refused_by) = (error.code, error.refused_by);
        let is_huge = error.is_beyond_128_bits(text);
        let is_it =
            |same: &&mut Same| (same.code, same.refused_by, same.is_huge) == (code, refused_by, is_huge);
        match self.kinds.iter_mut().find(is_it) {
            Some(same) => {
                same.count += 1;
                if same.count <= MAX_ERRORS {
                    self.told.push(error);
                } else {
                    same.last = Some(error);
                }
            }
            None => {
                self.told.push(error);
                self.kinds.push(Same { code, refused_by, is_huge, count: 1, last: None });
            }
        }
    }

    /// The mistakes in the order of the text. Where there are too many of a kind, the last one of it says how many.
    pub(super) fn into_errors(self) -> Vec<SyntaxError> {
        let mut errors = self.told;
        for same in self.kinds {
            let Some(mut last) = same.last else { continue };
            let more = same.count - MAX_ERRORS;
            if more > 1 {
                last.message = format!("{}, and {} more of this kind are before it", last.message, more - 1);
            }
            errors.push(last);
        }
        errors.sort_by_key(|error| error.span.start);
        errors
    }
}
