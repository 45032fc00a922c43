//! Counts by a word of the program's own, so that there are only ever a few.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// Counts by word.
#[derive(Debug, Default)]
pub struct Counter(Mutex<BTreeMap<&'static str, u64>>);

impl Counter {
    /// Counts one.
    pub fn add(&self, word: &'static str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(word).or_default() += 1;
    }

    /// Every word with its count.
    pub fn all(&self) -> Vec<(&'static str, u64)> {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.iter().map(|(word, count)| (*word, *count)).collect()
    }
}
