//! The texts of many rows, one behind the other: a word is looked for in all of them in one go, which takes a fraction of
//! what it takes row by row.

use super::{Line, Query, test::Test};
use memchr::memmem::Finder;

/// What words are looked for in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    text: Vec<u8>,
    /// Where each row ends.
    ends: Vec<usize>,
}

impl Words {
    /// The words of rows.
    pub fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Self {
        let mut words = Self::default();
        for line in lines {
            words.text.extend_from_slice(line.all.as_bytes());
            words.text.push(b'\n');
            words.ends.push(words.text.len());
        }
        words
    }

    /// For each row, whether it can pass: `None`, all can.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, api::SubnetRow, query::{Line, Query, Words}};
    /// let row = |comment: &str| SubnetRow { comment: comment.into(), ..SubnetRow::default() };
    /// let lines = ["Head office", "Lab", "Back office"].map(|text| Line::new(Family::V4, &row(text), "", &[]));
    /// let words = Words::of(lines.iter());
    /// let can = |text: &str| Query::parse(text).ok().and_then(|query| words.can_pass(&query));
    /// assert_eq!(can("OFFICE"), Some(vec![true, false, true]));
    /// assert_eq!(can("not office"), None);
    /// ```
    pub fn can_pass(&self, query: &Query) -> Option<Vec<bool>> {
        let word = needed(&query.test)?;
        let finder = Finder::new(word);
        let mut can = vec![false; self.ends.len()];
        let (mut row, mut from) = (0, 0);
        while let Some(at) = self.text.get(from..).and_then(|rest| finder.find(rest)) {
            while self.ends.get(row).is_some_and(|end| *end <= from + at) {
                row += 1;
            }
            let (Some(end), Some(can)) = (self.ends.get(row), can.get_mut(row)) else { break };
            *can = true;
            from = *end;
        }
        Some(can)
    }
}

/// A word without which nothing passes, the longest there is.
fn needed(test: &Test) -> Option<&str> {
    match test {
        Test::Word(word) => Some(word),
        Test::All(tests) => tests.iter().filter_map(needed).max_by_key(|word| word.len()),
        _ => None,
    }
}
