//! Where two texts differ, line by line.

use std::ops::Range;

/// How many lines around a difference are shown.
const AROUND: usize = 3;
/// Texts that differ in more lines than this are not compared any closer: what differs is shown as a whole.
const MOST: usize = 1_000;

/// A stretch of two texts, as ranges of their lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// The same in both: where it begins in each, and how many lines it has.
    Same(usize, usize, usize),
    /// What went, and what came in its place.
    Changed(Range<usize>, Range<usize>),
    /// So many lines that are the same in both and are not shown.
    Hidden(usize),
}

/// The pieces of two texts, with most of what is the same hidden. Nothing where they do not differ.
pub fn pieces(before: &[&str], after: &[&str]) -> Vec<Piece> {
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = before.iter().zip(after).take_while(same).count();
    let [old, new] = [before, after].map(|lines| lines.get(head..).unwrap_or_default());
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
    let [old, new] = [old, new].map(|lines| lines.get(..lines.len() - tail).unwrap_or_default());
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let mut all = vec![Piece::Same(0, 0, head)];
    all.extend(middle(old, new, head));
    all.push(Piece::Same(before.len() - tail, after.len() - tail, tail));
    shorten(all)
}

/// The pieces between the first and the last difference, which begin behind `head` lines.
fn middle(old: &[&str], new: &[&str], head: usize) -> Vec<Piece> {
    let Some(kept) = common(old, new) else {
        return vec![Piece::Changed(head..head + old.len(), head..head + new.len())];
    };
    let mut pieces = Vec::new();
    let (mut x, mut y) = (0, 0);
    let end = std::iter::once((old.len(), new.len(), 0));
    for (at_x, at_y, length) in kept.into_iter().chain(end) {
        if at_x > x || at_y > y {
            pieces.push(Piece::Changed(head + x..head + at_x, head + y..head + at_y));
        }
        if length > 0 {
            pieces.push(Piece::Same(head + at_x, head + at_y, length));
        }
        (x, y) = (at_x + length, at_y + length);
    }
    pieces
}

/// The stretches that both have, by the shortest way from one text to the other (Myers, "An O(ND) Difference Algorithm");
/// `None`: the way is too long.
fn common(old: &[&str], new: &[&str]) -> Option<Vec<(usize, usize, usize)>> {
    // How far each diagonal has come with so many differences: of diagonal `k`, from `-d` to `d`, at `d + k`.
    let mut trail: Vec<Vec<usize>> = Vec::new();
    let (rows, columns) = (old.len(), new.len());
    let goal = isize::try_from(rows).ok()? - isize::try_from(columns).ok()?;
    for steps in 0..=MOST.min(rows + columns) {
        let reach = isize::try_from(steps).ok()?;
        let mut furthest = Vec::with_capacity(2 * steps + 1);
        for diagonal in -reach..=reach {
            // Only every second diagonal is reached; the others stay where they are not looked at.
            if (diagonal + reach) % 2 != 0 {
                furthest.push(0);
                continue;
            }
            let mut x = trail.last().map_or(0, |last| begin(last, diagonal));
            let y = |x: usize| x.checked_add_signed(-diagonal).unwrap_or_default();
            while x < rows && y(x) < columns && old.get(x) == new.get(y(x)) {
                x += 1;
            }
            furthest.push(x);
            if diagonal == goal && x >= rows && y(x) >= columns {
                return Some(back(&trail, x, goal));
            }
        }
        trail.push(furthest);
    }
    None
}

fn reached(furthest: &[usize], diagonal: isize) -> Option<usize> {
    let middle = furthest.len() / 2;
    furthest.get(middle.checked_add_signed(diagonal)?).copied()
}

/// Where a diagonal is entered: from above where that came further, with a line that is new, else from the left.
fn begin(last: &[usize], diagonal: isize) -> usize {
    let (left, above) = (reached(last, diagonal - 1), reached(last, diagonal + 1));
    match (left, above) {
        (Some(left), Some(above)) => above.max(left + 1),
        (Some(left), None) => left + 1,
        (None, above) => above.unwrap_or_default(),
    }
}

/// The stretches on the way back from the end.
fn back(trail: &[Vec<usize>], end: usize, goal: isize) -> Vec<(usize, usize, usize)> {
    let (mut kept, mut x, mut diagonal) = (Vec::new(), end, goal);
    for steps in (0..=trail.len()).rev() {
        let last = steps.checked_sub(1).and_then(|before| trail.get(before));
        let start = last.map_or(0, |last| begin(last, diagonal));
        if x > start {
            kept.push((start, start.checked_add_signed(-diagonal).unwrap_or_default(), x - start));
        }
        let Some(last) = last else { break };
        let (left, above) = (reached(last, diagonal - 1), reached(last, diagonal + 1));
        let from_left = above.is_none_or(|above| left.is_some_and(|left| left + 1 > above));
        diagonal += if from_left { -1 } else { 1 };
        x = if from_left { start.saturating_sub(1) } else { start };
    }
    kept.reverse();
    kept
}

/// Leaves of what is the same what stands around the differences.
fn shorten(all: Vec<Piece>) -> Vec<Piece> {
    let last = all.len().saturating_sub(1);
    let mut pieces = Vec::new();
    for (index, piece) in all.into_iter().enumerate() {
        let Piece::Same(x, y, length) = piece else {
            pieces.push(piece);
            continue;
        };
        let lead = if index == 0 { 0 } else { AROUND.min(length) };
        let trail = if index == last { 0 } else { AROUND.min(length - lead) };
        let hidden = length - lead - trail;
        // A line that says how many are hidden is as long as one line.
        let (lead, hidden) = if hidden == 1 { (lead + 1, 0) } else { (lead, hidden) };
        let parts = [
            Piece::Same(x, y, lead),
            Piece::Hidden(hidden),
            Piece::Same(x + lead + hidden, y + lead + hidden, trail),
        ];
        pieces.extend(
            parts.into_iter().filter(|part| !matches!(part, Piece::Same(_, _, 0) | Piece::Hidden(0))),
        );
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Piece::*, *};

    fn compared(before: &str, after: &str) -> Vec<Piece> {
        let [before, after] = [before, after].map(|text| text.chars().map(String::from).collect::<Vec<_>>());
        let [before, after] =
            [&before, &after].map(|lines| lines.iter().map(String::as_str).collect::<Vec<_>>());
        pieces(&before, &after)
    }

    #[test]
    fn what_is_alike_has_no_pieces() {
        assert_eq!(compared("", ""), []);
        assert_eq!(compared("abc", "abc"), []);
    }

    #[test]
    fn the_shortest_way_is_found() {
        assert_eq!(compared("abc", "axc"), [Same(0, 0, 1), Changed(1..2, 1..2), Same(2, 2, 1)]);
        assert_eq!(compared("ac", "abc"), [Same(0, 0, 1), Changed(1..1, 1..2), Same(1, 2, 1)]);
        assert_eq!(compared("abc", "ac"), [Same(0, 0, 1), Changed(1..2, 1..1), Same(2, 1, 1)]);
        assert_eq!(compared("", "ab"), [Changed(0..0, 0..2)]);
        assert_eq!(compared("xaby", "ub1w"), [Changed(0..2, 0..1), Same(2, 1, 1), Changed(3..4, 2..4)],);
    }

    #[test]
    fn both_texts_come_out_again() {
        let texts =
            ["", "a", "ab", "abcabba", "cbabac", "kitten", "sitting", "aaaaaaaaaa", "ababababab", "bbbbaaaa"];
        for before in texts {
            for after in texts {
                let (mut x, mut y) = (0, 0);
                for piece in compared(before, after) {
                    match piece {
                        Same(at_x, at_y, length) => {
                            assert_eq!((at_x, at_y), (x, y), "{before} {after}");
                            assert_eq!(before.get(x..x + length), after.get(y..y + length));
                            (x, y) = (x + length, y + length);
                        }
                        Changed(gone, new) => {
                            assert_eq!((gone.start, new.start), (x, y), "{before} {after}");
                            (x, y) = (gone.end, new.end);
                        }
                        Hidden(length) => (x, y) = (x + length, y + length),
                    }
                }
                assert!(before == after || (x, y) == (before.len(), after.len()), "{before} {after}");
            }
        }
    }

    #[test]
    fn most_of_what_is_alike_is_hidden() {
        let text = "abcdefghijklmnopqrstuvwxyz";
        assert_eq!(
            compared(text, &text.replace('m', "M")),
            [Hidden(9), Same(9, 9, 3), Changed(12..13, 12..13), Same(13, 13, 3), Hidden(10)]
        );
    }

    #[test]
    fn texts_that_have_nothing_in_common_take_no_time() {
        let lines = |name: &str| (0..20_000).map(|line| format!("{name}{line}")).collect::<Vec<_>>();
        let (before, after) = (lines("a"), lines("b"));
        let [before, after] =
            [&before, &after].map(|lines| lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(pieces(&before, &after), [Changed(0..20_000, 0..20_000)]);
    }
}
