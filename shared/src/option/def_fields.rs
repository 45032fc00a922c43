//! `type`, `array` and `record-types` of an `option-def` entry, which must fit each other.

use super::{
    DefEntry, OptionType,
    def_check::{known_type, meant_type},
    mend,
};
use crate::{KeaVersion, diagnostic::Diagnostic};
use std::ops::Range;

/// A field of `record-types`: its text and where that stands.
struct Field<'a> {
    text: &'a str,
    span: Range<usize>,
}

/// What is wrong with the types.
pub(super) fn check(
    version: KeaVersion,
    entry: &DefEntry<'_>,
    kind: Option<OptionType>,
    out: &mut Vec<Diagnostic>,
) {
    let fields = fields(&entry.record_types);
    match kind {
        Some(OptionType::Record) => record(version, entry, &fields, out),
        _ if !fields.is_empty() && entry.kind.is_some() => {
            let message = "`record-types` is for the type `record`".to_owned();
            let error = Diagnostic::error("option-def/record-types", message).at("record-types");
            out.push(error.help("remove it, or set `type` to `record`"));
        }
        Some(kind) if entry.array => array(kind, out),
        _ => {}
    }
}

/// The fields; those without any character do not count.
fn fields(types: &str) -> Vec<Field<'_>> {
    let mut start = 0;
    let mut found = Vec::new();
    for part in types.split(',') {
        let text = part.trim_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']);
        let at =
            start + (part.len() - part.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']).len());
        start += part.len() + 1;
        if !text.is_empty() {
            found.push(Field { text, span: at..at + text.len() });
        }
    }
    found
}

fn record(version: KeaVersion, entry: &DefEntry<'_>, fields: &[Field<'_>], out: &mut Vec<Diagnostic>) {
    if fields.len() < 2 {
        let message = format!("a record has at least two fields, not {}", fields.len());
        let error = Diagnostic::error("option-def/record-types", message).at("record-types");
        out.push(error.help("list the types of the fields in `record-types`, separated by commas"));
    }
    for (index, field) in fields.iter().enumerate() {
        let is_last = index + 1 == fields.len();
        if let Some(found) = wrong(version, entry, field, is_last) {
            out.push(found.at("record-types"));
        }
    }
}

fn wrong(version: KeaVersion, entry: &DefEntry<'_>, field: &Field<'_>, is_last: bool) -> Option<Diagnostic> {
    let text = field.text;
    let error =
        |message: String| Diagnostic::error("option-def/record-field", message).span(field.span.clone());
    match known_type(version, text) {
        None => {
            let error = error(format!("Kea {version} knows no type `{text}`"));
            Some(match meant_type(version, text) {
                Some(meant) => {
                    mend(error, field.span.clone(), meant.as_str()).help(format!("write `{meant}`"))
                }
                None => error.help("use the name of a type such as `uint16` or `ipv4-address`"),
            })
        }
        Some(OptionType::Empty | OptionType::Record | OptionType::Internal) => {
            Some(error(format!("a field cannot be of the type `{text}`")).help("use another type"))
        }
        Some(OptionType::String | OptionType::Binary) if !is_last => {
            let message = format!("only the last field can be of the type `{text}`, which has no length");
            Some(error(message).help("put it last, or use `tuple` for a text with a length"))
        }
        Some(OptionType::String | OptionType::Binary) if entry.array => {
            let message =
                format!("a field of the type `{text}` cannot be repeated: nothing says where it ends");
            Some(error(message).help("remove `array`, or use `tuple` for texts with a length"))
        }
        Some(_) => None,
    }
}

fn array(kind: OptionType, out: &mut Vec<Diagnostic>) {
    let help = match kind {
        OptionType::String => "remove `array`, or use `tuple` for texts with a length",
        OptionType::Binary | OptionType::Empty | OptionType::Internal => "remove `array`",
        _ => return,
    };
    let message = format!("there are no arrays of the type `{kind}`");
    out.push(Diagnostic::error("option-def/array", message).help(help).at("array"));
}
