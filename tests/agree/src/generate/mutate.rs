//! Changes to configurations that are kept.

use super::{misspelt, odd};
use crate::{
    node::{Node, raw, string},
    random::Random,
};
use perch_shared::Family;

/// A kept configuration with one change or two; its comments are lost unless only letters changed.
pub(super) fn text(random: &mut Random, family: Family, text: &str) -> String {
    let Some(mut node) = Node::parse(text) else { return letters(random, text) };
    if random.chance(12) {
        return letters(random, text);
    }
    for _ in 0..random.vary(70, 1, &[0, 2]) {
        change(random, family, &mut node);
    }
    node.text()
}

/// One letter more, fewer or another.
fn letters(random: &mut Random, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return String::new();
    }
    let at = random.below(letters.len());
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(
            at,
            random.pick(&['"', ',', '{', '}', '[', ']', ':', '/', '#', '0', '-', '.', ' ', 'x', '\\', '\n']),
        ),
        2 => letters[at] = random.pick(&['"', ',', '1', 'e', '.', '}', '*', ' ']),
        _ => letters.truncate(at),
    }
    letters.into_iter().collect()
}

/// Deletes, repeats, renames, replaces or moves something.
fn change(random: &mut Random, family: Family, node: &mut Node) {
    let size = node.size();
    let at = random.between(1, size.max(2) - 1);
    let other = random.below(size);
    let moved = node.nth_mut(other).cloned();
    let Some(place) = node.nth_mut(at) else { return };
    match place {
        Node::Map(entries) if !entries.is_empty() && random.chance(85) => {
            let at = random.below(entries.len());
            match random.below(6) {
                0 | 1 => drop(entries.remove(at)),
                2 => {
                    let twin = entries[at].clone();
                    entries.push(twin);
                }
                3 => entries[at].0 = misspelt(random, &entries[at].0),
                4 => entries[at].0 = another_key(random, family),
                _ => {
                    let key = another_key(random, family);
                    let value = odd(random);
                    entries.push((key, value));
                }
            }
        }
        Node::List(items) if !items.is_empty() && random.chance(85) => {
            let at = random.below(items.len());
            match random.below(5) {
                0 => drop(items.remove(at)),
                1 | 2 => items.push(items[at].clone()),
                3 => items.reverse(),
                _ => items.push(odd(random)),
            }
        }
        Node::Raw(text) if random.chance(70) => *place = near(random, text),
        _ => *place = moved.filter(|_| random.chance(50)).unwrap_or_else(|| odd(random)),
    }
}

fn another_key(random: &mut Random, family: Family) -> String {
    let objects = [
        "global",
        "subnet",
        "network",
        "pool",
        "pd-pool",
        "reservation",
        "class",
        "option-data",
        "option-def",
    ];
    let keys = super::keys::of(random.pick(&objects), family);
    random.pick(&keys).name.to_owned()
}

/// A scalar that is nearly the same.
fn near(random: &mut Random, text: &str) -> Node {
    if let Ok(number) = text.parse::<i64>() {
        let near = [
            number.saturating_add(1),
            number.saturating_sub(1),
            number.saturating_neg(),
            0,
            number.saturating_mul(10),
        ];
        return raw(random.pick(&near));
    }
    let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return raw(random.pick(&["true", "false", "null", "1", "0.5"]));
    };
    let mut letters: Vec<char> = inner.chars().collect();
    if letters.is_empty() || letters.contains(&'\\') {
        return string("x");
    }
    let at = random.below(letters.len());
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = random.pick(&['0', '1', '9', 'a', '.', ':', '/', '-', ' ', ',']),
        _ => letters.swap(at, 0),
    }
    Node::Raw(format!("\"{}\"", letters.into_iter().collect::<String>()))
}
