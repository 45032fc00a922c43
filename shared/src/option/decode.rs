//! Bytes from the wire as the text that Kea's `data` takes.

use super::{
    DefRef, Definition, Definitions, OptionType, hex, name,
    text::{self, address, escape},
    wire,
};
use crate::KeaVersion;

/// The text for `data` (with `csv-format` true) that makes these bytes; `None` when no text does, so that only
/// hexadecimal digits with `csv-format` false can express them.
///
/// ```
/// use perch_shared::{Family, KeaVersion, option::{Definitions, decode}};
/// let definitions = Definitions::new(Family::V6, KeaVersion::new(3, 0, 4), Vec::new());
/// let definition = definitions.by_name("dhcp6", "domain-search").unwrap();
/// assert_eq!(decode(&definition, b"\x01a\x07example\0").as_deref(), Some("a.example."));
/// ```
pub fn decode(definition: &Definition, bytes: &[u8]) -> Option<String> {
    let definition = definition.view();
    let text = print(definition, bytes)?;
    (encode(definition, &text)? == bytes).then_some(text)
}

/// Later than every rule that depends on a version, so that the text is good for all.
const STRICTEST: KeaVersion = KeaVersion::new(6, 0, 0);

/// What Kea sends for the text.
fn encode(definition: DefRef<'_>, text: &str) -> Option<Vec<u8>> {
    let mut findings = text::Findings::default();
    if definition.kind == OptionType::Internal {
        return match definition.code {
            _ if !definition.standard => text::write_internal(definition, text, &mut findings),
            121 => wire::parse_routes(definition, text, &mut findings),
            _ => wire::parse_dnr(definition, text, &mut findings),
        };
    }
    let written = text::write(definition, text, &mut findings)?;
    let definitions = Definitions::new(definition.family, STRICTEST, Vec::new());
    wire::read(&definitions, definition, &written).ok()
}

fn print(definition: DefRef<'_>, bytes: &[u8]) -> Option<String> {
    match definition.kind {
        OptionType::Empty => Some(String::new()),
        OptionType::Internal if !definition.standard => Some(escape(std::str::from_utf8(bytes).ok()?)),
        OptionType::Internal if definition.code == 121 => wire::print_routes(bytes),
        OptionType::Internal => wire::print_dnr(definition, bytes),
        _ => {
            let mut values = Vec::new();
            let mut rest = bytes;
            for index in 0.. {
                let Some(kind) = field(definition, index) else { break };
                let repeated = definition.array && index >= definition.fields.len();
                if repeated && rest.is_empty() {
                    break;
                }
                let (value, tail) = one(definition, kind, rest)?;
                values.push(value);
                rest = tail;
            }
            // An enterprise number may be followed by an empty list of the vendor's options.
            Some(values.join(", "))
        }
    }
}

/// The type of a field.
fn field(definition: DefRef<'_>, index: usize) -> Option<OptionType> {
    match definition.kind {
        OptionType::Record if definition.array => {
            definition.fields.get(index).or(definition.fields.last()).copied()
        }
        OptionType::Record => definition.fields.get(index).copied(),
        kind => (definition.array || index == 0).then_some(kind),
    }
}

/// The value at the front as text, and what follows it.
fn one<'a>(definition: DefRef<'_>, kind: OptionType, bytes: &'a [u8]) -> Option<(String, &'a [u8])> {
    let take = |size: usize| bytes.split_at_checked(size);
    let unsigned = |bytes: &[u8]| bytes.iter().fold(0_u32, |value, byte| value << 8 | u32::from(*byte));
    Some(match kind {
        OptionType::Binary => (hex::print(bytes), &[][..]),
        OptionType::String => (escape(std::str::from_utf8(bytes).ok()?), &[][..]),
        OptionType::Boolean => {
            let (value, rest) = bytes.split_first()?;
            ((*value == 1).to_string(), rest)
        }
        OptionType::Uint8 => take(1).map(|(value, rest)| (unsigned(value).to_string(), rest))?,
        OptionType::Uint16 => take(2).map(|(value, rest)| (unsigned(value).to_string(), rest))?,
        OptionType::Uint32 => take(4).map(|(value, rest)| (unsigned(value).to_string(), rest))?,
        OptionType::Int8 => {
            bytes.split_first_chunk().map(|(v, rest)| (i8::from_be_bytes(*v).to_string(), rest))?
        }
        OptionType::Int16 => {
            bytes.split_first_chunk().map(|(v, rest)| (i16::from_be_bytes(*v).to_string(), rest))?
        }
        OptionType::Int32 => {
            bytes.split_first_chunk().map(|(v, rest)| (i32::from_be_bytes(*v).to_string(), rest))?
        }
        OptionType::Ipv4Address => take(4).map(|(value, rest)| (address::print(value), rest))?,
        OptionType::Ipv6Address => take(16).map(|(value, rest)| (address::print(value), rest))?,
        OptionType::Ipv6Prefix => prefix(bytes)?,
        OptionType::Psid => {
            let ([length, high, low], rest) = bytes.split_first_chunk()?;
            let psid = u32::from(u16::from_be_bytes([*high, *low])) << 16;
            let psid = psid.checked_shr(32_u32.saturating_sub((*length).into())).unwrap_or(0);
            (format!("{psid}/{length}"), rest)
        }
        OptionType::Tuple => tuple(definition.tuple_header(), bytes)?,
        OptionType::Fqdn => {
            let name = name::read(bytes, 0)?;
            (escape(&name::decode(&name.wire)), bytes.get(name.used..)?)
        }
        OptionType::Empty | OptionType::Record | OptionType::Internal => return None,
    })
}

fn prefix(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first().filter(|(length, _)| **length <= 128)?;
    let (significant, rest) = rest.split_at_checked(usize::from(*length).div_ceil(8))?;
    let mut full = [0; 16];
    full.iter_mut().zip(significant).for_each(|(byte, significant)| *byte = *significant);
    Some((format!("{}/{length}", address::print(&full)), rest))
}

fn tuple(header: usize, bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_at_checked(header)?;
    let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    let (text, rest) = rest.split_at_checked(length)?;
    // A text without a character would be dropped; one of blanks is trimmed to it.
    let text = if text.is_empty() { " ".to_owned() } else { escape(std::str::from_utf8(text).ok()?) };
    Some((text, rest))
}
