//! Bytes as Kea reads them into an option: whether it accepts them, and what it then sends.

mod custom;
mod dnr;
mod levels;
mod routes;
mod special;
mod sub_options;

pub(super) use custom::limits_prefixes;
pub(super) use dnr::parse as parse_dnr;
pub(super) use dnr::print as print_dnr;
pub(super) use routes::parse as parse_routes;
pub(super) use routes::print as print_routes;

use self::sub_options::Inside;
use super::{DefRef, Definitions, OptionType};
use crate::{Family, KeaVersion, diagnostic::Diagnostic};

/// Why Kea refuses bytes.
#[derive(Debug)]
pub(super) struct Refused {
    /// The error, without a span.
    pub(super) diagnostic: Box<Diagnostic>,
    /// Kea only leaves the option out when it stands inside of another one.
    skipped_inside: bool,
}

impl Refused {
    fn new(code: &str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { diagnostic: Box::new(Diagnostic::error(code, message).help(help)), skipped_inside: false }
    }

    /// Too few bytes.
    fn short(definition: DefRef<'_>, needed: usize, found: usize) -> Self {
        let message = format!("`{}` takes at least {needed} bytes, not {found}", definition.name);
        Self::new("option-data/length", message, format!("give {}", super::expected(definition)))
    }

    /// Not a whole number of values.
    fn uneven(definition: DefRef<'_>, size: usize, found: usize) -> Self {
        let message = format!("`{}` takes a multiple of {size} bytes, not {found}", definition.name);
        Self::new("option-data/length", message, format!("give {}", super::expected(definition)))
    }
}

/// What Kea sends for bytes.
pub(super) type Sent = Result<Vec<u8>, Refused>;

/// An option as far as it is read without the options inside of it.
#[derive(Debug)]
struct Part<'d> {
    /// What is sent of its own.
    own: Vec<u8>,
    inside: Option<Inside<'d>>,
    /// The last step, when what is inside is read.
    finish: fn(Vec<u8>) -> Vec<u8>,
}

impl<'d> Part<'d> {
    fn new(own: Vec<u8>) -> Self {
        Self { own, inside: None, finish: |bytes| bytes }
    }

    fn with(own: Vec<u8>, inside: Inside<'d>) -> Self {
        Self { inside: Some(inside), ..Self::new(own) }
    }
}

/// A part, or why Kea refuses the bytes.
type Partly<'d> = Result<Part<'d>, Refused>;

/// Reads the payload of an option as Kea does, and gives what Kea sends for it.
pub(super) fn read<'d>(definitions: &'d Definitions, definition: DefRef<'d>, bytes: &[u8]) -> Sent {
    levels::read(definitions, definition, bytes)
}

/// The first version that accepts an array of tuples without any text in DHCPv4.
const SHORT_TUPLES: KeaVersion = KeaVersion::new(2, 3, 6);

/// Reads an option without the options inside of it.
fn part<'d>(definitions: &Definitions, definition: DefRef<'d>, bytes: &[u8]) -> Partly<'d> {
    if let Some(part) = special::read(definitions, definition, bytes) {
        return part;
    }
    plain(definitions, definition, bytes)
}

/// An option without a class of its own.
fn plain<'d>(definitions: &Definitions, definition: DefRef<'d>, bytes: &[u8]) -> Partly<'d> {
    let size = fixed_size(definition.kind);
    match definition.kind {
        OptionType::Empty if definition.encapsulate.is_empty() => Ok(Part::new(Vec::new())),
        OptionType::Binary | OptionType::Internal => Ok(Part::new(bytes.to_vec())),
        OptionType::Int8
        | OptionType::Uint8
        | OptionType::Int16
        | OptionType::Uint16
        | OptionType::Int32
        | OptionType::Uint32 => match bytes.split_at_checked(size) {
            _ if definition.array && bytes.is_empty() => Err(Refused::short(definition, size, 0)),
            _ if definition.array && !bytes.len().is_multiple_of(size) => {
                Err(Refused::uneven(definition, size, bytes.len()))
            }
            _ if definition.array => Ok(Part::new(bytes.to_vec())),
            None => Err(Refused::short(definition, size, bytes.len())),
            Some((value, rest)) => Ok(Part::with(value.to_vec(), Inside::of(definitions, definition, rest))),
        },
        OptionType::Ipv4Address | OptionType::Ipv6Address if definition.array => match bytes.len() % size {
            0 => Ok(Part::new(bytes.to_vec())),
            _ => Err(Refused::uneven(definition, size, bytes.len())),
        },
        OptionType::String => string(definition, bytes).map(Part::new),
        OptionType::Tuple if definition.array => {
            let minimum = definition.family == Family::V4 && definitions.version < SHORT_TUPLES;
            if minimum && bytes.len() < 2 {
                return Err(Refused::short(definition, 2, bytes.len()));
            }
            tuples(definition, definition.tuple_header(), bytes).map(Part::new)
        }
        _ => custom::read(definitions, definition, bytes),
    }
}

/// The size of a type that always has the same; 0 for the others.
fn fixed_size(kind: OptionType) -> usize {
    match kind {
        OptionType::Boolean | OptionType::Int8 | OptionType::Uint8 => 1,
        OptionType::Int16 | OptionType::Uint16 => 2,
        OptionType::Psid => 3,
        OptionType::Int32 | OptionType::Uint32 | OptionType::Ipv4Address => 4,
        OptionType::Ipv6Address => 16,
        _ => 0,
    }
}

/// Text loses its trailing NULs (RFC 2132, section 2) and must not be empty.
fn string(definition: DefRef<'_>, bytes: &[u8]) -> Sent {
    let length = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    match bytes.get(..length) {
        Some(text) if length > 0 => Ok(text.to_vec()),
        _ => {
            let message = format!("the text of `{}` is empty", definition.name);
            let mut refused =
                Refused::new("option-data/missing-value", message, "give at least one character");
            refused.skipped_inside = true;
            Err(refused)
        }
    }
}

/// Tuples one behind the other.
fn tuples(definition: DefRef<'_>, header: usize, bytes: &[u8]) -> Sent {
    let mut rest = bytes;
    while !rest.is_empty() {
        rest = tuple(header, rest).ok_or_else(|| cut_tuple(definition))?.1;
    }
    Ok(bytes.to_vec())
}

fn cut_tuple(definition: DefRef<'_>) -> Refused {
    let message = format!("a tuple of `{}` ends before its length says so", definition.name);
    Refused::new("option-data/length", message, "check the length in front of each text")
}

/// The text of the tuple at the front, and what follows it. `header` is the size of its length.
fn tuple(header: usize, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_at_checked(header)?;
    let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
    rest.split_at_checked(length)
}

/// The size of the length of a tuple that is read in a family.
fn tuple_header(family: Family) -> usize {
    match family {
        Family::V4 => 1,
        Family::V6 => 2,
    }
}
