//! The word that was probably meant.

/// The nearest of the words, if one is near enough: for short words one letter off, for long ones up to three.
pub(crate) fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = ((word.len() + 1) / 3).clamp(1, 3);
    if word.len() > 64 {
        return None;
    }
    words
        .filter(|other| other.len().abs_diff(word.len()) <= most)
        .map(|other| (distance(word, other), other))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// How many letters must be changed, added or taken away; a change of case is none.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<u8> = other.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, byte) in one.bytes().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, letter) in row.iter_mut().skip(1).zip(&other) {
            let change = diagonal + usize::from(byte.to_ascii_lowercase() != *letter);
            diagonal = *cell;
            left = change.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
