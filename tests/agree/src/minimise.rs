//! Making a failing case small.

use crate::node::Node;

/// The smallest text that was found for which `fails` still holds, after at most `budget` questions.
pub fn minimise(text: &str, budget: usize, fails: impl FnMut(&str) -> bool) -> String {
    let mut search = Search { fails, left: budget };
    let plain = Node::parse(text).filter(|node| node.text() != text && search.ask(&node.text()));
    match plain.or_else(|| Node::parse(text).filter(|node| node.text() == text)) {
        Some(node) => search.tree(node),
        None => search.letters(text),
    }
}

struct Search<F> {
    fails: F,
    left: usize,
}

impl<F: FnMut(&str) -> bool> Search<F> {
    fn ask(&mut self, text: &str) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0 && (self.fails)(text)
    }

    /// Removes and simplifies values as long as that helps.
    fn tree(&mut self, mut node: Node) -> String {
        loop {
            let before = node.clone();
            // Large values first: what is gone need not be looked at.
            let mut index = 0;
            while index < node.size() && self.left > 0 {
                if !self.shrink_at(&mut node, index) {
                    index += 1;
                }
            }
            if node == before || self.left == 0 {
                return node.text();
            }
        }
    }

    /// Tries every simpler form of one value, and keeps the first that still fails.
    fn shrink_at(&mut self, node: &mut Node, index: usize) -> bool {
        let Some(here) = node.nth_mut(index).cloned() else { return false };
        for simpler in simpler(&here) {
            let mut changed = node.clone();
            let Some(place) = changed.nth_mut(index) else { continue };
            *place = simpler;
            if self.ask(&changed.text()) {
                *node = changed;
                return true;
            }
        }
        false
    }

    /// Removes runs of letters, long ones first.
    fn letters(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        let mut run = letters.len() / 2;
        while run > 0 && self.left > 0 {
            let mut at = 0;
            while at + run <= letters.len() {
                let mut fewer = letters.clone();
                fewer.drain(at..at + run);
                let text: String = fewer.iter().collect();
                if self.ask(&text) {
                    letters = fewer;
                } else {
                    at += run;
                }
            }
            run /= 2;
        }
        letters.into_iter().collect()
    }
}

/// Simpler forms of a value, the boldest first.
fn simpler(node: &Node) -> Vec<Node> {
    match node {
        Node::Map(entries) => fewer(entries).into_iter().map(Node::Map).collect(),
        Node::List(items) => fewer(items).into_iter().map(Node::List).collect(),
        Node::Raw(text) => shorter(text).into_iter().map(Node::Raw).collect(),
    }
}

/// Without one half, then without one element.
fn fewer<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    let mut out = Vec::new();
    if items.len() > 3 {
        let half = items.len() / 2;
        out.extend([items[..half].to_vec(), items[half..].to_vec()]);
    }
    out.extend((0..items.len()).map(|skip| {
        items.iter().enumerate().filter(|(at, _)| *at != skip).map(|(_, item)| item.clone()).collect()
    }));
    out
}

/// A string without one half, then without one letter; numbers as they are.
fn shorter(text: &str) -> Vec<String> {
    let Some(inner) = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Vec::new();
    };
    let letters: Vec<char> = inner.chars().collect();
    // Parts of an escape would break the string; such a text simply does not fail any more and is not kept.
    let build = |letters: &[char]| format!("\"{}\"", letters.iter().collect::<String>());
    let mut out = Vec::new();
    if letters.len() > 3 {
        let half = letters.len() / 2;
        out.extend([build(&letters[..half]), build(&letters[half..])]);
    }
    if letters.len() <= 80 {
        out.extend(fewer(&letters).iter().map(|fewer| build(fewer)));
    } else {
        let step = letters.len() / 16;
        out.extend((0..16).map(|part| {
            let (from, to) = (part * step, (part + 1) * step);
            build(&[&letters[..from], &letters[to..]].concat())
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_keeps_what_it_fails_for() {
        let text = r#"{"Dhcp4":{"a":[1,2,{"x":"long bad text"}],"b":{"c":3},"d":null}}"#;
        assert_eq!(minimise(text, 1000, |text| text.contains("bad")), r#"{"Dhcp4":{"a":[{"x":"bad"}]}}"#);
    }

    #[test]
    fn other_texts_lose_letters() {
        assert_eq!(minimise("{ /* x */ [ 1, 2", 1000, |text| text.contains('[')), "[");
    }
}
