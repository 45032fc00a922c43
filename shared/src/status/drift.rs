//! Where the configurations of two partners differ although they should not, object by object.
//!
//! Kea never compares them. What may differ (names, interfaces, sockets, loggers, databases, paths) is left out, see
//! [`normal`](super::normal).

mod adopt;
mod objects;

pub use adopt::adopt;

use super::normal::{normal, says_nothing};
use crate::{
    change::{Difference, diff},
    config::{Config, hidden},
};
use objects::{Objects, objects};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many objects are listed; the others are counted.
const LISTED: usize = 1000;

/// Where two configurations differ although partners should not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Drift {
    /// The objects, in the order of their kinds and names.
    pub objects: Vec<DriftObject>,
    /// How many more there are.
    #[serde(default)]
    pub more: usize,
}

/// One object that two configurations do not share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct DriftObject {
    /// What kind of object it is.
    pub kind: DriftKind,
    /// What identifies it among its kind: a key, a prefix, a name.
    pub name: String,
    /// How it is on the left, secrets hidden; `None`: not there.
    pub left: Option<Value>,
    /// How it is on the right, secrets hidden; `None`: not there.
    pub right: Option<Value>,
    /// Where the two differ, when both have it.
    pub differences: Vec<Difference>,
    /// What comes of it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consequence: Option<String>,
    /// Whether [`adopt`] can make one side like the other; otherwise it is changed by hand.
    pub adoptable: bool,
}

/// The kinds of objects that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DriftKind {
    /// The id of a subnet that both have: named by its prefix.
    SubnetId,
    /// A subnet without its id and its reservations, named by its prefix.
    Subnet,
    /// A shared network without its subnets.
    SharedNetwork,
    /// A reservation, named by its subnet and its identifier.
    Reservation,
    /// A client class.
    Class,
    /// The order of the client classes that both have.
    ClassOrder,
    /// A global option definition, named by space and code.
    OptionDef,
    /// A global option, named by space and code.
    Option,
    /// A hook library and its parameters.
    Hook,
    /// A key of the global map.
    Property,
}

impl DriftKind {
    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::SubnetId => "Subnet ID",
            Self::Subnet => "Subnet",
            Self::SharedNetwork => "Shared network",
            Self::Reservation => "Reservation",
            Self::Class => "Client class",
            Self::ClassOrder => "Order of the client classes",
            Self::OptionDef => "Option definition",
            Self::Option => "Option",
            Self::Hook => "Hook library",
            Self::Property => "Property",
        }
    }
}

/// Compares the configurations of two partners.
pub fn drift(left: &Config, right: &Config) -> Drift {
    let mut left = objects(normal(left), left.family);
    let mut right = objects(normal(right), right.family);
    keep_common_order(&mut left, &mut right);
    let mut found: Vec<DriftObject> = Vec::new();
    let mut more = 0;
    let mut add = |object: DriftObject| {
        if found.len() < LISTED { found.push(object) } else { more += 1 }
    };
    let names = left.keys().chain(right.keys().filter(|name| !left.contains_key(*name)));
    for name in names {
        if let Some(object) = compared(name, &left, &right) {
            add(object);
        }
    }
    found.sort_by(|left, right| (left.kind, &left.name).cmp(&(right.kind, &right.name)));
    Drift { objects: found, more }
}

/// Leaves of the order of client classes what both sides have.
fn keep_common_order(left: &mut Objects, right: &mut Objects) {
    let place = (DriftKind::ClassOrder, String::new());
    let (Some(Value::Array(one)), Some(Value::Array(other))) = (left.remove(&place), right.remove(&place))
    else {
        return;
    };
    let names =
        |list: &[Value]| list.iter().filter_map(Value::as_str).map(str::to_owned).collect::<BTreeSet<_>>();
    let (in_one, in_other) = (names(&one), names(&other));
    let common = |list: Vec<Value>, there: &BTreeSet<String>| -> Value {
        list.into_iter().filter(|name| name.as_str().is_some_and(|name| there.contains(name))).collect()
    };
    left.insert(place.clone(), common(one, &in_other));
    right.insert(place, common(other, &in_one));
}

fn compared((kind, name): &(DriftKind, String), left: &Objects, right: &Objects) -> Option<DriftObject> {
    let place = (*kind, name.clone());
    let (one, other) = (left.get(&place), right.get(&place));
    if one == other || belongs_to_a_whole(*kind, name, left, right) {
        return None;
    }
    let differences = match (one, other) {
        (Some(one), Some(other)) => {
            let mut found = diff(&named(*kind, one), &named(*kind, other));
            found.retain(|difference| match (&difference.before, &difference.after) {
                (None, Some(value)) | (Some(value), None) => !says_nothing(value),
                _ => true,
            });
            if found.is_empty() {
                return None;
            }
            found
        }
        (Some(only), None) | (None, Some(only)) if *kind == DriftKind::Property && says_nothing(only) => {
            return None;
        }
        _ => Vec::new(),
    };
    let shown = |value: Option<&Value>| value.map(|value| hidden(name, value));
    Some(DriftObject {
        kind: *kind,
        name: name.clone(),
        left: shown(one),
        right: shown(other),
        differences,
        consequence: consequence(*kind, one.is_some() && other.is_some()).map(str::to_owned),
        adoptable: *kind != DriftKind::Hook,
    })
}

/// What is compared is always a map, so that a scalar has a place with a name.
fn named(kind: DriftKind, value: &Value) -> Value {
    let key = match kind {
        DriftKind::SubnetId => "id",
        DriftKind::ClassOrder => "client-classes",
        DriftKind::Property => "value",
        _ => return value.clone(),
    };
    Value::Object([(key.to_owned(), value.clone())].into_iter().collect())
}

/// An id or a reservation of a subnet that only one side has goes with the subnet.
fn belongs_to_a_whole(kind: DriftKind, name: &str, left: &Objects, right: &Objects) -> bool {
    let subnet = match kind {
        DriftKind::SubnetId => name,
        DriftKind::Reservation => name.split(' ').next().unwrap_or_default(),
        _ => return false,
    };
    let place = (DriftKind::Subnet, subnet.to_owned());
    subnet != objects::GLOBAL && left.contains_key(&place) != right.contains_key(&place)
}

/// What was seen on real pairs of Kea 2.6.3 and 3.0.4.
fn consequence(kind: DriftKind, both: bool) -> Option<&'static str> {
    Some(match (kind, both) {
        (DriftKind::SubnetId, _) => {
            "Lease updates name the subnet by its id: the partner refuses them, and after 10 refusals both servers stop \
             working together (`terminated`)."
        }
        (DriftKind::Subnet, false) => {
            "Clients of this subnet get no answer from the partner that has it, because the other one refuses the lease \
             updates; after 10 refusals both stop working together (`terminated`)."
        }
        (DriftKind::Reservation, false) => {
            "The client gets its reserved address or options from one partner only."
        }
        (DriftKind::Class | DriftKind::ClassOrder, _) => {
            "Clients are classified differently, depending on which partner answers."
        }
        (DriftKind::Hook, false) => "Only one partner has what the library does.",
        (DriftKind::Option | DriftKind::OptionDef | DriftKind::Subnet | DriftKind::SharedNetwork, _) => {
            "Clients get different answers, depending on which partner answers."
        }
        (DriftKind::Reservation | DriftKind::Hook | DriftKind::Property, _) => return None,
    })
}

#[cfg(test)]
mod tests;
