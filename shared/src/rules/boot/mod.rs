//! Rules about what a client boots from: `next-server`, `server-hostname` and `boot-file-name`.

pub(super) mod invalid_next_server;
pub(super) mod name_too_long;
pub(super) mod unusable_global;

pub(super) const RULES: &[super::Rule] =
    &[invalid_next_server::RULE, name_too_long::RULE, unusable_global::RULE];

use super::objects::{Key, Object, Objects};
use crate::json::Element;

/// Which object has the key: Kea looks at each in another way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    Class,
    /// A subnet or shared network.
    Scope,
    Reservation,
}

/// Every object that has a key and in which Kea looks at it.
fn holders<'r>(objects: &'r Objects<'_>, key: Key) -> impl Iterator<Item = (Element<'r>, Holder)> {
    let is_v4 = objects.family == crate::Family::V4;
    let of = |holder| move |object: Object<'r>| (object, holder);
    let classes = objects.classes().map(of(Holder::Class));
    let others = objects
        .scopes()
        .map(of(Holder::Scope))
        .chain(objects.reservations().map(|reservation| reservation.object).map(of(Holder::Reservation)));
    classes
        .chain(others.filter(move |_| is_v4))
        .filter_map(move |(object, holder)| Some((object.get(key)?, holder)))
}

/// How long a text is for Kea: bytes, an escaped character counts as one.
fn length(text: Element<'_>) -> usize {
    let source = text.source();
    let inner = source.strip_prefix('"').and_then(|source| source.strip_suffix('"')).unwrap_or(source);
    let mut length = 0;
    let mut bytes = inner.bytes();
    while let Some(byte) = bytes.next() {
        length += 1;
        if byte == b'\\' && bytes.next() == Some(b'u') {
            bytes.nth(3);
        }
    }
    length
}
