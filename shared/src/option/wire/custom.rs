//! Options without a class of their own in Kea: scalars, arrays and records cut into fields.

use super::{Inside, Part, Partly, Refused, cut_tuple, fixed_size, tuple, tuple_header};
use crate::{
    KeaVersion,
    option::{DefRef, Definitions, OptionType, name},
};

/// Kea 3.0 as Debian builds it stops on an empty tuple at the end of an option.
const STOPS_ON_EMPTY_TUPLE: KeaVersion = KeaVersion::new(3, 0, 0);

/// Cuts bytes into the definition's fields.
pub(super) fn read<'d>(definitions: &Definitions, definition: DefRef<'d>, bytes: &[u8]) -> Partly<'d> {
    let cut = |kind, in_array, rest: &[u8]| length(definitions, definition, kind, in_array, rest);
    let mut at = 0;
    let rest = |at: usize| bytes.get(at..).unwrap_or_default();
    if definition.kind == OptionType::Record {
        for kind in definition.fields {
            let size = cut(*kind, false, rest(at))?;
            if rest(at).len() < size {
                return Err(Refused::short(definition, at + size, bytes.len()));
            }
            at += size;
        }
        if let (true, Some(kind)) = (definition.array, definition.fields.last()) {
            at = repeat(bytes, at, |rest| cut(*kind, true, rest))?;
        }
    } else if definition.kind != OptionType::Empty {
        let size = fixed_size(definition.kind);
        if bytes.len() < size {
            return Err(Refused::short(definition, size, bytes.len()));
        }
        if definition.array {
            at = repeat(bytes, at, |rest| cut(definition.kind, true, rest))?;
        } else {
            let size = cut(definition.kind, false, bytes)?;
            if size == 0 || bytes.len() < size {
                return Err(Refused::short(definition, size.max(1), bytes.len()));
            }
            at = size;
        }
    }
    let own = bytes.get(..at).unwrap_or_default().to_vec();
    if definition.array || definition.encapsulate.is_empty() {
        return Ok(Part::new(own));
    }
    Ok(Part::with(own, Inside::of(definitions, definition, rest(at))))
}

/// The end of the last whole value.
fn repeat(
    bytes: &[u8],
    mut at: usize,
    length: impl Fn(&[u8]) -> Result<usize, Refused>,
) -> Result<usize, Refused> {
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let size = length(rest)?;
        if size == 0 || rest.len() < size {
            break;
        }
        at += size;
    }
    Ok(at)
}

/// How many bytes Kea takes for a field; they need not be there.
fn length(
    definitions: &Definitions,
    definition: DefRef<'_>,
    kind: OptionType,
    in_array: bool,
    rest: &[u8],
) -> Result<usize, Refused> {
    match kind {
        OptionType::Fqdn => match name::read(rest, 0) {
            Some(name) => Ok(name::believed_length(&name.wire)),
            None => {
                let message = format!("`{}` holds no domain name where one belongs", definition.name);
                Err(Refused::new(
                    "option-data/domain-name",
                    message,
                    "write each label behind its length, and 00 at the end",
                ))
            }
        },
        OptionType::Binary | OptionType::String if !definition.array => Ok(rest.len()),
        OptionType::Ipv6Prefix => prefix_length(definitions, definition, in_array, rest),
        OptionType::Tuple => {
            let header = tuple_header(definition.family);
            let (text, _) = tuple(header, rest).ok_or_else(|| cut_tuple(definition))?;
            if text.is_empty() && rest.len() == header && definitions.version >= STOPS_ON_EMPTY_TUPLE {
                let message = format!("an empty tuple in `{}` stops Kea 3.0", definition.name);
                let help = "give the tuple a text: Kea's Debian packages end with a failed assertion on an empty one";
                return Err(Refused::new("option-data/stops-kea", message, help));
            }
            Ok(header + text.len())
        }
        kind => match fixed_size(kind) {
            0 => Err(Refused::short(definition, 1, 0)),
            size => Ok(size),
        },
    }
}

/// Whether a version refuses a prefix of more than 128 bits: 3.0.4, and 3.1.5 and newer. Others read beyond it.
pub(in crate::option) fn limits_prefixes(version: KeaVersion) -> bool {
    let stable = KeaVersion::new(3, 0, 4)..KeaVersion::new(3, 1, 0);
    stable.contains(&version) || version >= KeaVersion::new(3, 1, 5)
}

fn prefix_length(
    definitions: &Definitions,
    definition: DefRef<'_>,
    in_array: bool,
    rest: &[u8],
) -> Result<usize, Refused> {
    let Some((&bits, address)) = rest.split_first() else {
        return if in_array { Err(Refused::short(definition, 1, 0)) } else { Ok(0) };
    };
    let size = usize::from(bits).div_ceil(8);
    if bits > 128 && limits_prefixes(definitions.version) {
        let message = format!("a prefix of `{}` has {bits} bits", definition.name);
        return Err(Refused::new("option-data/range", message, "begin a prefix with its length, 0 to 128"));
    }
    if address.len() < size {
        return Err(Refused::short(definition, 1 + size, rest.len()));
    }
    Ok(1 + size)
}
