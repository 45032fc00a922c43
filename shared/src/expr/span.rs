//! A place in an expression's text.

use std::ops::Range;

/// Bytes of an expression's text: from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One behind the last byte.
    pub end: u32,
}

impl Span {
    /// Builds a span. Places beyond 4 GiB are cut down to there.
    pub fn new(start: usize, end: usize) -> Self {
        let short = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        Self { start: short(start), end: short(end) }
    }

    /// From the start of `self` to the end of `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }

    /// The empty place behind this one.
    #[must_use]
    pub fn behind(self) -> Self {
        Self { start: self.end, end: self.end }
    }

    /// The bytes as a range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes' text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }
}
