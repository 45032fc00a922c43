//! In which order rows are shown, and under which heads.

use super::rows::Row;
use perch_shared::{
    Family,
    api::{ServerId, Usage},
};
use std::{cmp::Ordering, collections::BTreeMap};

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A shared network, and how many of its subnets are below; the place of one of them.
    Head(usize, usize),
    /// A subnet, by its place among all rows.
    Row(usize),
}

impl Item {
    /// The place of its row among all rows.
    pub fn place(self) -> usize {
        match self {
            Self::Head(place, _) | Self::Row(place) => place,
        }
    }
}

/// By address, the order in which all rows are.
pub fn by_address(one: &Row, other: &Row) -> Ordering {
    one.order.cmp(&other.order).then_with(|| one.names.cmp(&other.names))
}

/// What a row is sorted by.
#[derive(Debug, PartialEq, PartialOrd)]
enum Key {
    Text(String),
    Number(f64),
}

/// The places of all rows, sorted by a column. What has no value comes last, whichever way.
pub fn sorted(rows: &[Row], usages: &[Option<Usage>], (column, down): (&str, bool)) -> Vec<usize> {
    let mut places: Vec<usize> = (0..rows.len()).collect();
    if matches!(column, "subnet" | "") {
        // The rows are in this order already.
        if down {
            places.reverse();
        }
        return places;
    }
    let usage = |place: usize| usages.get(place).copied().flatten();
    let keys: Vec<Option<Key>> =
        rows.iter().enumerate().map(|(place, row)| key(column, row, usage(place))).collect();
    let key = |place: &usize| keys.get(*place).and_then(Option::as_ref);
    // Rows with the same value stay in their order.
    places.sort_by(|one, other| match (key(one), key(other)) {
        (Some(one), Some(other)) => {
            let order = one.partial_cmp(other).unwrap_or(Ordering::Equal);
            if down { order.reverse() } else { order }
        }
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
    places
}

fn key(column: &str, row: &Row, usage: Option<Usage>) -> Option<Key> {
    let number = |number: usize| Some(Key::Number(number as f64));
    let text = |text: &str| Some(text.to_lowercase()).filter(|text| !text.is_empty()).map(Key::Text);
    match column {
        "network" => text(&row.network.name),
        "server" => text(row.names.first()?),
        "class" => text(row.subnet.classes.first().or(row.subnet.pool_classes.first())?),
        "comment" => text(&row.subnet.comment),
        "used" => usage?.fullness().map(Key::Number),
        "free" => Some(Key::Number(usage?.free())),
        "total" => Some(Key::Number(usage?.total)),
        "pools" => number(row.subnet.pools.len() + row.subnet.pd_pools.len()),
        "reservations" => number(row.subnet.reservations),
        "id" => Some(Key::Number(row.subnet.id as f64)),
        "family" => text(row.family.protocol()),
        _ => None,
    }
}

/// Puts rows under their shared networks, those of none first; in each group the order stays.
pub fn grouped(shown: &[usize], rows: &[Row]) -> Vec<Item> {
    let mut groups: BTreeMap<(String, Option<&ServerId>, Family), Vec<usize>> = BTreeMap::new();
    for index in shown {
        let Some(row) = rows.get(*index) else { continue };
        let group = if row.network.name.is_empty() {
            (String::new(), None, Family::V4)
        } else {
            (row.network.name.to_lowercase(), row.server(), row.family)
        };
        groups.entry(group).or_default().push(*index);
    }
    let mut items = Vec::with_capacity(shown.len() + groups.len());
    for members in groups.into_values() {
        items.extend(members.first().map(|first| Item::Head(*first, members.len())));
        items.extend(members.into_iter().map(Item::Row));
    }
    items
}
