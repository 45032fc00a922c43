//! Options that Kea reads with a class of their own.

use super::{Inside, Part, Partly, Refused, Sent, dnr, routes, tuple, tuple_header, tuples};
use crate::{
    Family, KeaVersion,
    option::{DefRef, Definitions, OptionType, name},
};

/// Reads an option that has a class of its own; `None`: it has none.
pub(super) fn read<'d>(
    definitions: &Definitions,
    definition: DefRef<'d>,
    bytes: &[u8],
) -> Option<Partly<'d>> {
    let at_least = |size: usize| match bytes.split_at_checked(size) {
        Some(parts) => Ok(parts),
        None => Err(Refused::short(definition, size, bytes.len())),
    };
    let nested = |size: usize| {
        let (value, rest) = at_least(size)?;
        let space = DefRef { encapsulate: definition.family.service(), ..definition };
        Ok(Part::with(value.to_vec(), Inside::of(definitions, space, rest)))
    };
    let in_standard_space = definition.standard && definition.space == definition.family.service();
    let sent = match (definition.family, definition.code) {
        (Family::V6, 3 | 25) if in_standard_space => return Some(nested(12)),
        (Family::V6, 5) if in_standard_space => return Some(nested(24)),
        (Family::V6, 26) if in_standard_space => {
            return Some(nested(25).map(|part| Part { finish: masked, ..part }));
        }
        (Family::V6, 39) if in_standard_space => client_fqdn_v6(definition, bytes),
        (Family::V6, 17) | (Family::V4, 125) if in_standard_space => {
            return Some(vendor(definitions, Some(definition), bytes));
        }
        (Family::V6, 16) | (Family::V4, 124) if in_standard_space => {
            vendor_class(definitions, definition, bytes)
        }
        (Family::V6, 13) if in_standard_space => at_least(2).map(|_| bytes.to_vec()),
        (Family::V6, 67) if in_standard_space => pd_exclude(definition, bytes),
        (Family::V6, 144) | (Family::V4, 162) if in_standard_space => dnr::read(definition, bytes),
        (Family::V4, 79) if in_standard_space => service_scope(definition, bytes),
        (Family::V4, 81) if in_standard_space => client_fqdn_v4(definition, bytes),
        (Family::V4, 121) if in_standard_space => routes::read(definition, bytes),
        (Family::V4, 143) if in_standard_space => tuples(definition, 2, bytes),
        (Family::V4, _) if definition.kind == OptionType::Fqdn && definition.array => {
            return Some(names(definitions, definition, bytes));
        }
        _ => return None,
    };
    Some(sent.map(Part::new))
}

/// A list of names in DHCPv4, which may be compressed (RFC 3397, section 2). Kea sends it without compression.
fn names<'d>(definitions: &Definitions, definition: DefRef<'d>, bytes: &[u8]) -> Partly<'d> {
    if bytes.is_empty() {
        return Err(Refused::short(definition, 1, 0));
    }
    let mut plain = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let Some(name) = name::read(bytes, at) else {
            let message = format!("`{}` holds no domain name at byte {at}", definition.name);
            let help = "write each label behind its length, and 00 at the end of a name";
            return Err(Refused::new("option-data/domain-name", message, help));
        };
        plain.extend(name.wire);
        at += name.used;
    }
    super::custom::read(definitions, definition, &plain)
}

/// An enterprise number and the vendor's options (RFC 3925, section 4; RFC 8415, section 21.17).
pub(super) fn vendor<'d>(
    definitions: &Definitions,
    definition: Option<DefRef<'_>>,
    bytes: &[u8],
) -> Partly<'d> {
    let Some((enterprise, rest)) = bytes.split_first_chunk::<4>() else {
        let help = "begin with the enterprise number, four bytes";
        let name = definition.map_or("vendor-opts", |definition| definition.name);
        let message = format!("`{name}` takes at least 4 bytes, not {}", bytes.len());
        return Err(Refused::new("option-data/length", message, help));
    };
    let inside = Inside::of_vendor(definitions.family, u32::from_be_bytes(*enterprise), rest)?;
    Ok(Part::with(enterprise.to_vec(), inside))
}

/// An enterprise number and tuples; in DHCPv4 the number stands before each (RFC 3925, section 3).
fn vendor_class(definitions: &Definitions, definition: DefRef<'_>, bytes: &[u8]) -> Sent {
    let Some((enterprise, mut rest)) = bytes.split_first_chunk::<4>() else {
        return Err(Refused::short(definition, 4, bytes.len()));
    };
    let mut sent = enterprise.to_vec();
    while !rest.is_empty() {
        let header = tuple_header(definition.family);
        let whole = rest;
        rest = tuple(header, rest).ok_or_else(|| super::cut_tuple(definition))?.1;
        sent.extend_from_slice(whole.get(..whole.len() - rest.len()).unwrap_or_default());
        if definition.family == Family::V4 && !rest.is_empty() {
            let is_fine = |other| other == enterprise || definitions.version < ONE_ENTERPRISE;
            match rest.split_first_chunk() {
                Some((other, tail)) if is_fine(other) && tail.len() > 1 => rest = tail,
                _ => {
                    let message =
                        format!("`{}` has something else than its enterprise number", definition.name);
                    let help = "write the same enterprise number before each text";
                    return Err(Refused::new("option-data/value", message, help));
                }
            }
            sent.extend(enterprise);
        }
    }
    Ok(sent)
}

/// The first version that looks at the enterprise numbers behind the first one.
const ONE_ENTERPRISE: KeaVersion = KeaVersion::new(2, 3, 6);

/// A flag and a list of scopes (RFC 2610, section 4).
fn service_scope(definition: DefRef<'_>, bytes: &[u8]) -> Sent {
    match bytes.first() {
        None => Err(Refused::short(definition, 1, 0)),
        Some(0 | 1) => Ok(bytes.to_vec()),
        Some(_) => {
            let message = format!("`{}` begins with neither 0 nor 1", definition.name);
            Err(Refused::new("option-data/value", message, "begin with the flag, 00 or 01"))
        }
    }
}

/// Flags that say at once that the server updates DNS and that it does not.
fn contradicting(definition: DefRef<'_>, n: u8, flags: u8) -> Option<Refused> {
    (flags & (n | 1) == n | 1).then(|| {
        let message = format!("`{}` has both its flags N and S set", definition.name);
        Refused::new("option-data/value", message, format!("clear {n} or 1 in the flags, the first field"))
    })
}

/// Flags, two result codes and a name (RFC 4702, section 2).
fn client_fqdn_v4(definition: DefRef<'_>, bytes: &[u8]) -> Sent {
    let Some(([flags, _, _], text)) = bytes.split_first_chunk() else {
        return Err(Refused::short(definition, 3, bytes.len()));
    };
    let fine = if flags & 4 == 0 { ascii_name(text) } else { wire_name(text) };
    if !fine {
        return Err(no_name(definition));
    }
    contradicting(definition, 8, *flags).map_or_else(|| Ok(bytes.to_vec()), Err)
}

/// Flags and a name (RFC 4704, section 4).
fn client_fqdn_v6(definition: DefRef<'_>, bytes: &[u8]) -> Sent {
    let Some((flags, text)) = bytes.split_first() else {
        return Err(Refused::short(definition, 1, 0));
    };
    if !wire_name(text) {
        return Err(no_name(definition));
    }
    contradicting(definition, 4, *flags).map_or_else(|| Ok(bytes.to_vec()), Err)
}

fn no_name(definition: DefRef<'_>) -> Refused {
    let message = format!("`{}` holds no domain name where one belongs", definition.name);
    Refused::new(
        "option-data/domain-name",
        message,
        "write labels with dots between them, such as `host.example.org.`",
    )
}

fn ascii_name(text: &[u8]) -> bool {
    // Kea reads bytes; a character that stands for any of them is as good as another.
    let text: String =
        text.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { 'x' }).collect();
    text.is_empty() || name::encode(&text).is_ok()
}

/// A name on the wire; one without its final 0 is only a part of one.
fn wire_name(bytes: &[u8]) -> bool {
    let whole: Vec<u8> = match bytes.last() {
        None => return true,
        Some(0) => bytes.to_vec(),
        Some(_) => bytes.iter().copied().chain([0]).collect(),
    };
    name::read(&whole, 0).is_some()
}

/// A prefix length and a subnet id (RFC 6603, section 4.2).
fn pd_exclude(definition: DefRef<'_>, bytes: &[u8]) -> Sent {
    let (Some(&length), Some(&last), 2..) = (bytes.first(), bytes.last(), bytes.len()) else {
        return Err(Refused::short(definition, 2, bytes.len()));
    };
    if length == 0 {
        let message = format!("the prefix of `{}` has no bits", definition.name);
        return Err(Refused::new("option-data/range", message, "give a prefix length from 1 to 128"));
    }
    let unused = (8 - length % 8) % 8;
    let mut sent = bytes.to_vec();
    sent.pop();
    sent.push(last >> unused << unused);
    Ok(sent)
}

/// Clears the bits of an IAPREFIX behind its length: the length is byte 8, the address follows (RFC 8415, section
/// 21.22).
fn masked(mut sent: Vec<u8>) -> Vec<u8> {
    let bits = sent.get(8).copied().map_or(128, u32::from).min(128);
    if let Some(address) = sent.get_mut(9..25) {
        let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0).to_be_bytes();
        address.iter_mut().zip(mask).for_each(|(byte, mask)| *byte &= mask);
    }
    sent
}
