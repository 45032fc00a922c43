//! Rules about reservations.

pub(super) mod duplicate_address;
pub(super) mod duplicate_identifier;
pub(super) mod ignored;
pub(super) mod in_pool;
pub(super) mod invalid_address;
pub(super) mod invalid_excluded_prefixes;
pub(super) mod invalid_identifier;
pub(super) mod no_identifier;
pub(super) mod nothing_reserved;
pub(super) mod outside_subnet;
pub(super) mod several_identifiers;
pub(super) mod two_subnets;

pub(super) const RULES: &[super::Rule] = &[
    duplicate_address::RULE,
    duplicate_identifier::RULE,
    ignored::RULE,
    in_pool::RULE,
    invalid_address::RULE,
    invalid_excluded_prefixes::RULE,
    invalid_identifier::RULE,
    no_identifier::RULE,
    nothing_reserved::RULE,
    outside_subnet::RULE,
    several_identifiers::RULE,
    two_subnets::RULE,
];

use super::objects::{Key, Object};
use crate::{
    Family, KeaVersion,
    json::Element,
    net::{Identifier, IdentifierError},
};

/// The keys that identify a client, in the order in which Kea reads them.
const fn identifier_keys(family: Family) -> &'static [Key] {
    match family {
        Family::V4 => &[Key::CircuitId, Key::ClientId, Key::Duid, Key::FlexId, Key::HwAddress],
        Family::V6 => &[Key::Duid, Key::FlexId, Key::HwAddress],
    }
}

/// The identifiers that a reservation has, in the order in which Kea reads them. Kea takes the last one.
fn identifiers(family: Family, reservation: Object<'_>) -> impl Iterator<Item = (Key, Element<'_>)> {
    identifier_keys(family).iter().filter_map(move |key| Some((*key, reservation.get(*key)?)))
}

/// Why an identifier is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    Text(IdentifierError),
    Length { bytes: usize, least: usize, most: usize },
}

/// Reads the identifier of a key as a version does.
fn read_identifier(key: Key, text: &str, version: KeaVersion) -> Result<Identifier, Trouble> {
    let identifier = Identifier::parse(text).map_err(Trouble::Text)?;
    let (least, most) = lengths(key, version);
    let bytes = identifier.bytes().len();
    if (least..=most).contains(&bytes) { Ok(identifier) } else { Err(Trouble::Length { bytes, least, most }) }
}

/// How many bytes an identifier has. Kea 2.2 had no limit for some.
fn lengths(key: Key, version: KeaVersion) -> (usize, usize) {
    let is_old = version < KeaVersion::new(2, 3, 8);
    match key {
        Key::HwAddress => (0, 20),
        Key::Duid if is_old => (1, 128),
        Key::Duid => (3, 130),
        _ if version < KeaVersion::new(2, 3, 2) => (0, usize::MAX),
        Key::ClientId if is_old => (0, 128),
        Key::ClientId => (0, 255),
        _ => (0, 128),
    }
}
