//! Options inside of an option.

use super::Refused;
use crate::{
    Family, KeaVersion,
    option::{DefRef, Definitions, standard},
};

/// A sub-option's code and payload.
pub(super) type SubOption = (u16, Vec<u8>);

/// The options inside of an option.
#[derive(Debug)]
pub(super) struct Inside<'d> {
    pub(super) group: Group<'d>,
    /// In the order in which they stand there.
    pub(super) found: Vec<SubOption>,
}

/// Which options they are.
#[derive(Debug)]
pub(super) enum Group<'d> {
    /// Those of a space.
    Space(&'d str),
    /// Those of a vendor, with the built-in space that defines some.
    Vendor(Option<&'static str>),
}

impl<'d> Inside<'d> {
    /// The sub-options of an option in the space it encapsulates. What is cut off at the end is left out.
    pub(super) fn of(definitions: &Definitions, definition: DefRef<'d>, bytes: &[u8]) -> Self {
        let found = match definition.family {
            Family::V4 => split_v4(definitions, definition, bytes),
            Family::V6 => split_v6(bytes, true),
        };
        Self { group: Group::Space(definition.encapsulate), found }
    }

    /// The vendor's options behind an enterprise number. Here nothing may be cut off.
    pub(super) fn of_vendor(family: Family, enterprise: u32, bytes: &[u8]) -> Result<Self, Refused> {
        let cut = || {
            let help = "check the length in front of each sub-option";
            Refused::new("option-data/length", "a vendor's sub-option ends before its length says so", help)
        };
        let mut found = Vec::new();
        match family {
            Family::V6 => {
                found = split_v6(bytes, false);
                let read: usize = found.iter().map(|(_, payload)| 4 + payload.len()).sum();
                if read != bytes.len() {
                    return Err(cut());
                }
            }
            // Kea reads the first block only, and nothing of one of 255 bytes: its end does not fit one byte.
            Family::V4 if !bytes.is_empty() => {
                let (mut block, _) = super::tuple(1, bytes).ok_or_else(cut)?;
                while let Some((&code, tail)) = block.split_first().filter(|_| bytes.first() != Some(&255)) {
                    let (payload, tail) = super::tuple(1, tail).ok_or_else(cut)?;
                    found.push((u16::from(code), payload.to_vec()));
                    block = tail;
                }
            }
            Family::V4 => {}
        }
        Ok(Self {
            group: Group::Vendor(standard::vendor_space(family, &format!("vendor-{enterprise}"))),
            found,
        })
    }
}

/// The first version that joins the sub-options of one code before it reads them (RFC 3396, section 5).
const JOINS: KeaVersion = KeaVersion::new(2, 7, 1);

/// The sub-options of DHCPv4.
fn split_v4(definitions: &Definitions, definition: DefRef<'_>, bytes: &[u8]) -> Vec<SubOption> {
    let space = definition.encapsulate;
    let flexible = |code| {
        space == "dhcp4"
            || (definition.code == 43
                && definitions.sub_option(space, code).is_none_or(|found| found.standard))
    };
    let (pad, end) = (flexible(0), flexible(255));
    let mut found: Vec<SubOption> = Vec::new();
    let mut rest = bytes;
    while let Some((&code, tail)) = rest.split_first() {
        if code == 255 && end {
            break;
        }
        if code == 0 && pad {
            rest = tail;
            continue;
        }
        let Some((payload, tail)) = super::tuple(1, tail) else { break };
        rest = tail;
        if space == "dhcp4" && code == 12 && payload.is_empty() {
            continue;
        }
        // One code is found once at most where parts are joined, so this is no long search.
        let joins = definitions.version >= JOINS;
        let earlier =
            if joins { found.iter_mut().find(|(other, _)| *other == u16::from(code)) } else { None };
        match earlier {
            Some((_, joined)) => joined.extend_from_slice(payload),
            None => found.push((code.into(), payload.to_vec())),
        }
    }
    found
}

/// The sub-options of DHCPv6. Kea stops before a vendor's option when fewer than four bytes follow its header.
fn split_v6(bytes: &[u8], stops_at_vendor: bool) -> Vec<SubOption> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(([high, low], tail)) = rest.split_first_chunk() {
        let code = u16::from_be_bytes([*high, *low]);
        if stops_at_vendor && code == 17 && tail.len() < 2 + 4 {
            break;
        }
        let Some((payload, tail)) = super::tuple(2, tail) else { break };
        found.push((code, payload.to_vec()));
        rest = tail;
    }
    found
}

/// The sub-options as Kea sends them: sorted by code.
pub(super) fn write(family: Family, mut options: Vec<SubOption>) -> Vec<u8> {
    options.sort_by_key(|(code, _)| *code);
    let mut bytes = Vec::new();
    for (code, payload) in options {
        match family {
            Family::V4 => {
                bytes.extend(u8::try_from(code));
                bytes.extend(u8::try_from(payload.len()));
            }
            Family::V6 => {
                bytes.extend(code.to_be_bytes());
                bytes.extend(u16::try_from(payload.len()).unwrap_or(u16::MAX).to_be_bytes());
            }
        }
        bytes.extend(payload);
    }
    bytes
}
