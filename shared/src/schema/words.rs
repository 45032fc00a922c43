//! Which known word was meant by an unknown one.

/// Words with more letters are nobody's slip of the pen: no word that is known has as many.
const MOST: usize = 64;

/// The nearest of `known`, when it is near enough to be meant: at most a third of the letters differ.
pub(crate) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let word: Vec<char> = word.chars().take(MOST + 1).map(plain).collect();
    if word.len() > MOST {
        return None;
    }
    let limit = word.len().clamp(3, 12) / 3;
    let (mut best, mut letters, mut space) = (None, Vec::new(), Space::default());
    for candidate in known.filter(|candidate| candidate.len().abs_diff(word.len()) <= limit) {
        letters.clear();
        letters.extend(candidate.chars().map(plain));
        let distance = space.distance(&word, &letters, limit);
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn plain(letter: char) -> char {
    if letter == '_' { '-' } else { letter.to_ascii_lowercase() }
}

/// Three lines of a table, kept for the next comparison.
#[derive(Default)]
struct Space {
    before: Vec<usize>,
    last: Vec<usize>,
    this: Vec<usize>,
}

impl Space {
    /// How many letters must be put in, taken out, changed or swapped with their neighbour; more than `limit` is not
    /// counted on.
    fn distance(&mut self, from: &[char], to: &[char], limit: usize) -> usize {
        if from.len().abs_diff(to.len()) > limit {
            return limit + 1;
        }
        self.before.clear();
        self.last.clear();
        self.last.extend(0..=to.len());
        let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
        for (row, left) in from.iter().enumerate() {
            self.this.clear();
            self.this.push(row + 1);
            let mut nearest = row + 1;
            for (column, right) in to.iter().enumerate() {
                let mut least = at(&self.last, column) + usize::from(left != right);
                least = least.min(at(&self.last, column + 1) + 1).min(at(&self.this, column) + 1);
                let swapped = column > 0
                    && row > 0
                    && to.get(column - 1) == Some(left)
                    && from.get(row - 1) == Some(right);
                if swapped {
                    least = least.min(at(&self.before, column - 1) + 1);
                }
                nearest = nearest.min(least);
                self.this.push(least);
            }
            // A swap reaches back one line more.
            if nearest > limit + 1 {
                return limit + 1;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.this);
        }
        at(&self.last, to.len())
    }
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
