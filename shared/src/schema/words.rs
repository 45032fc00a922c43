//! Which known word was meant by an unknown one.

/// The nearest of `known`, when it is near enough to be meant: at most a third of the letters differ.
pub(crate) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let limit = word.chars().count().clamp(3, 12) / 3;
    let plain = |text: &str| text.to_ascii_lowercase().replace('_', "-");
    let (word, mut best) = (plain(word), None);
    for candidate in known {
        let distance = distance(&word, &plain(candidate), limit);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour; more than `limit` is not
/// counted on.
fn distance(from: &str, to: &str, limit: usize) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().take(64).collect(), to.chars().collect());
    if from.len().abs_diff(to.len()) > limit {
        return limit + 1;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, left) in from.iter().enumerate() {
        let mut this = vec![row + 1];
        for (column, right) in to.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let mut least = at(&last, column) + usize::from(left != right);
            least = least.min(at(&last, column + 1) + 1).min(at(&this, column) + 1);
            let swapped =
                column > 0 && row > 0 && to.get(column - 1) == Some(left) && from.get(row - 1) == Some(right);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            this.push(least);
        }
        before = std::mem::replace(&mut last, this);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let known = ["valid-lifetime", "min-valid-lifetime", "interface", "id", "pools", "output-options"];
        for (word, expected) in [
            ("valid-liftime", Some("valid-lifetime")),
            ("vaild-lifetime", Some("valid-lifetime")),
            ("pool", Some("pools")),
            ("Interface", Some("interface")),
            ("output_options", Some("output-options")),
            ("di", Some("id")),
            ("description", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known.into_iter()), expected, "{word}");
        }
    }
}
