//! What takes the place of a key that has a new name.

use crate::{
    json::{Element, Kind, TextEdit},
    rules::shape::{Member, Shape},
    schema::{Object, Row},
};

const FLAGS: [&str; 3] = ["reservations-global", "reservations-in-subnet", "reservations-out-of-pool"];

/// The keys that took the place of a key, as the data lists them, and the object that has them.
pub(super) fn keys(member: Member<'_>, row: &Row) -> (Object, impl Iterator<Item = &'static str> + Clone) {
    let (object, names) = match row.now().strip_prefix("global ") {
        Some(name) => (Object::GLOBAL, name),
        None => (member.object, row.now()),
    };
    (object, names.split(", "))
}

/// The new names in backticks.
pub(super) fn names(member: Member<'_>, row: &Row) -> String {
    let (object, keys) = keys(member, row);
    let list: Vec<String> = keys.map(|key| format!("`{key}`")).collect();
    let list = list.join(", ");
    if object == member.object { list } else { format!("{list} at the global level") }
}

/// Whether this Kea has the new keys.
pub(super) fn is_known(shape: &Shape<'_>, member: Member<'_>, row: &Row) -> bool {
    let (object, mut keys) = keys(member, row);
    keys.all(|key| shape.schema.key(object, key).is_some())
}

/// The change that says the same by the new keys; nothing where that is not certain.
pub(super) fn edits(shape: &Shape<'_>, member: Member<'_>, row: &Row) -> Option<Vec<TextEdit>> {
    let (object, mut keys) = keys(member, row);
    let holder = if object == member.object { member.map } else { shape.root };
    if keys.clone().any(|key| holder.get(key).is_some()) {
        return None;
    }
    let new = keys.next()?;
    let value = member.value;
    if object != member.object {
        let mut edits = value.remove();
        edits.extend(holder.insert(new, &value.to_value()));
        return Some(edits);
    }
    let text = match row.key() {
        "reservation-mode" => flags(value.as_str()?.as_ref())?,
        "ddns-use-conflict-resolution" => {
            let mode = if value.as_bool()? { "check-with-dhcid" } else { "no-check-with-dhcid" };
            format!("\"{mode}\"")
        }
        _ => return renamed(shape, member, new),
    };
    Some([value.rename(new), value.replace_text(text)].concat())
}

/// The same value below another key, in a list where the new key holds a list of such values.
fn renamed(shape: &Shape<'_>, member: Member<'_>, new: &str) -> Option<Vec<TextEdit>> {
    let wanted = shape.schema.key(member.object, new)?.file;
    let value = member.value;
    let mut edits = value.rename(new);
    if wanted.takes(Kind::List) && value.kind() != Kind::List {
        if !fits(value, wanted.is_of_texts()) {
            return None;
        }
        edits.push(TextEdit::insert(value.span().start, "["));
        edits.push(TextEdit::insert(value.span().end, "]"));
    }
    Some(edits)
}

/// Whether the value can be an item of the list. No class at all is an empty text of old, and no item of today.
fn fits(value: Element<'_>, of_texts: bool) -> bool {
    match value.kind() {
        Kind::String => of_texts && value.as_str().is_some_and(|text| !text.is_empty()),
        Kind::Map => !of_texts && value.children().next().is_some(),
        _ => false,
    }
}

/// What a reservation mode means, as the values of the three flags.
fn flags(mode: &str) -> Option<String> {
    let [global, in_subnet, out_of_pool] = match mode {
        "disabled" | "off" => [false, false, false],
        "out-of-pool" => [false, true, true],
        "global" => [true, false, false],
        "all" => [false, true, false],
        _ => return None,
    };
    let [_, second, third] = FLAGS;
    Some(format!("{global}, \"{second}\": {in_subnet}, \"{third}\": {out_of_pool}"))
}
