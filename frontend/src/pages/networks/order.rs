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

/// Sorts rows by a column. What has no value comes last, whichever way.
pub fn sort(shown: &mut [usize], rows: &[Row], usages: &[Option<Usage>], (column, down): (&str, bool)) {
    // The rows are in this order already, and so are those that pass a filter.
    if (column, down) == ("subnet", false) {
        return;
    }
    let row = |index: &usize| rows.get(*index);
    let usage = |index: &usize| usages.get(*index).copied().flatten();
    shown.sort_by(|left, right| {
        let (Some(one), Some(other)) = (row(left), row(right)) else { return Ordering::Equal };
        let number = |of: fn(&Usage) -> Option<f64>| {
            let value = |index: &usize| usage(index).as_ref().and_then(of);
            known(value(left), value(right), down)
        };
        let text = |of: fn(&Row) -> &str| {
            let value = |row| Some(of(row)).filter(|text| !text.is_empty()).map(str::to_lowercase);
            known(value(one), value(other), down)
        };
        let order = match column {
            "network" => text(|row| &row.network.name),
            "server" => text(|row| row.names.first().map_or("", String::as_str)),
            "class" => text(|row| {
                let classes = row.subnet.classes.first().or(row.subnet.pool_classes.first());
                classes.map_or("", String::as_str)
            }),
            "comment" => text(|row| &row.subnet.comment),
            "used" => number(Usage::fullness),
            "free" => number(|usage| Some(usage.free())),
            "total" => number(|usage| Some(usage.total)),
            "pools" => turned(pools(one).cmp(&pools(other)), down),
            "reservations" => turned(one.subnet.reservations.cmp(&other.subnet.reservations), down),
            "id" => turned(one.subnet.id.cmp(&other.subnet.id), down),
            "family" => turned(one.family.cmp(&other.family), down),
            _ => turned(one.order.cmp(&other.order), down),
        };
        order.then_with(|| by_address(one, other))
    });
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

fn pools(row: &Row) -> usize {
    row.subnet.pools.len() + row.subnet.pd_pools.len()
}

fn turned(order: Ordering, down: bool) -> Ordering {
    if down { order.reverse() } else { order }
}

fn known<T: PartialOrd>(one: Option<T>, other: Option<T>, down: bool) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => turned(one.partial_cmp(&other).unwrap_or(Ordering::Equal), down),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
