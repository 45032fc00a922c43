//! Which parts of the module are loaded together. The splitter makes a part for every set of pages that share
//! something: some eight hundred, of which a page would ask for hundreds, one by one. Here they become a few dozen units.

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet, BinaryHeap},
};

/// What asking for one more file costs, in bytes of a module that nobody needs.
const REQUEST: u64 = 16 << 10;

/// The pages that people come to first, and how much more they count.
const FIRST: [(&str, u64); 5] = [
    ("overview_page", 8),
    ("sign_in_part", 4),
    ("networks_page", 3),
    ("server_page", 3),
    ("servers_page", 3),
];

/// A part of the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its file's name, without the ending.
    pub name: String,
    /// The pages that need it.
    pub pages: BTreeSet<String>,
    /// How long it is.
    pub bytes: u64,
}

/// Parts that are loaded together, whenever a page needs one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The names of its parts, in order.
    pub parts: Vec<String>,
    /// The pages that need one of them.
    pub pages: BTreeSet<String>,
    bytes: u64,
}

impl Unit {
    /// What it costs all pages that load it: for each of them its bytes, and a request.
    fn cost(&self) -> u64 {
        weight(&self.pages) * (self.bytes + REQUEST)
    }

    fn with(&self, other: &Self) -> Self {
        let mut parts = [self.parts.as_slice(), &other.parts].concat();
        parts.sort();
        Self { parts, pages: &self.pages | &other.pages, bytes: self.bytes + other.bytes }
    }
}

fn weight(pages: &BTreeSet<String>) -> u64 {
    let of = |page: &String| FIRST.iter().find(|(name, _)| name == page).map_or(1, |(_, weight)| *weight);
    pages.iter().map(of).sum()
}

/// What two units would save together, and which they are. The most comes first, then the earlier ones.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Saving(u64, Reverse<(usize, usize)>);

fn saving(units: &[Option<Unit>], one: usize, other: usize) -> Option<Saving> {
    let (first, second) = (units.get(one)?.as_ref()?, units.get(other)?.as_ref()?);
    let (apart, together) = (first.cost() + second.cost(), first.with(second).cost());
    (together.cmp(&apart) == Ordering::Less).then(|| Saving(apart - together, Reverse((one, other))))
}

/// Puts the parts together as long as that saves something: a unit more to ask for against bytes that not all of its pages
/// need.
pub fn units(parts: Vec<Part>) -> Vec<Unit> {
    let mut alike: BTreeMap<BTreeSet<String>, Unit> = BTreeMap::new();
    for Part { name, pages, bytes } in parts {
        let part = Unit { parts: vec![name], pages: pages.clone(), bytes };
        alike.entry(pages).and_modify(|unit| *unit = unit.with(&part)).or_insert(part);
    }
    let mut units: Vec<Option<Unit>> = alike.into_values().map(Some).collect();
    let pairs = |count: usize| (0..count).flat_map(|other| (0..other).map(move |one| (one, other)));
    let mut savings: BinaryHeap<Saving> =
        pairs(units.len()).filter_map(|(one, other)| saving(&units, one, other)).collect();
    while let Some(Saving(_, Reverse((one, other)))) = savings.pop() {
        let (Some(Some(first)), Some(Some(second))) = (units.get(one), units.get(other)) else { continue };
        let both = first.with(second);
        for gone in [one, other] {
            units.get_mut(gone).map(Option::take);
        }
        let new = units.len();
        units.push(Some(both));
        savings.extend((0..new).filter_map(|earlier| saving(&units, earlier, new)));
    }
    units.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, pages: &[&str], bytes: u64) -> Part {
        let pages = pages.iter().map(|page| (*page).to_owned()).collect();
        Part { name: name.to_owned(), pages, bytes }
    }

    fn named(units: &[Unit]) -> Vec<Vec<&str>> {
        units.iter().map(|unit| unit.parts.iter().map(String::as_str).collect()).collect()
    }

    #[test]
    fn small_parts_come_together_and_big_ones_stay() {
        let found = units(vec![
            part("a", &["help"], 100),
            part("b", &["help", "users"], 100),
            part("c", &["users"], 1 << 20),
            part("d", &["help"], 100),
        ]);
        assert_eq!(named(&found), [vec!["c"], vec!["a", "b", "d"]]);
        let all: BTreeSet<String> = ["help", "users"].map(str::to_owned).into();
        assert_eq!(found[1].pages, all, "whoever needs one of them loads all");
    }

    #[test]
    fn the_first_page_loads_little_that_it_does_not_need() {
        let parts = |page| vec![part("a", &[page, "help"], 100), part("b", &["help"], 6 << 10)];
        assert_eq!(units(parts("users")).len(), 1);
        assert_eq!(units(parts("overview_page")).len(), 2);
    }
}
