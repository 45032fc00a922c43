//! Options inside of an option.

use super::{Refused, Sent, read as read_option, special};
use crate::{
    Family, KeaVersion,
    option::{DefRef, Definitions},
};

/// A sub-option's code and payload.
pub(super) type SubOption = (u16, Vec<u8>);

/// Reads the sub-options of an option in the space it encapsulates, and gives what Kea sends for them: sorted by
/// code. What is cut off at the end is left out.
pub(super) fn read(definitions: &Definitions, definition: DefRef<'_>, bytes: &[u8], depth: usize) -> Sent {
    let space = definition.encapsulate;
    let found = match definition.family {
        Family::V4 => split_v4(definitions, definition, bytes),
        Family::V6 => split_v6(bytes, true),
    };
    let mut sent = Vec::new();
    for (code, payload) in found {
        match interpret(definitions, definition.family, space, code, &payload, depth) {
            Ok(payload) => sent.push((code, payload)),
            Err(refused) if refused.skipped_inside => {}
            Err(refused) => return Err(refused),
        }
    }
    Ok(write(definition.family, sent))
}

fn interpret(
    definitions: &Definitions,
    family: Family,
    space: &str,
    code: u16,
    payload: &[u8],
    depth: usize,
) -> Sent {
    if family == Family::V6 && code == 17 {
        return special::vendor(definitions, None, payload, depth + 1);
    }
    if family == Family::V4 && space == "dhcp4" && matches!(code, 43 | 124 | 125 | 224..=254) {
        return Ok(payload.to_vec());
    }
    match definitions.sub_option(space, code) {
        Some(definition) => read_option(definitions, definition, payload, depth + 1),
        None => Ok(payload.to_vec()),
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

/// The vendor's options behind an enterprise number. Here nothing may be cut off.
pub(super) fn read_vendor(
    definitions: &Definitions,
    enterprise: u32,
    bytes: &[u8],
    depth: usize,
) -> Result<Vec<u8>, Refused> {
    let family = definitions.family;
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
    let space = format!("vendor-{enterprise}");
    for (code, payload) in &mut found {
        let definition = definitions.find_code(&space, *code).filter(|definition| definition.standard);
        if let Some(definition) = definition {
            *payload = read_option(definitions, definition, payload, depth + 1)?;
        }
    }
    let written = write(family, found);
    Ok(match family {
        Family::V6 => written,
        Family::V4 => {
            std::iter::once(u8::try_from(written.len()).unwrap_or(u8::MAX)).chain(written).collect()
        }
    })
}

fn write(family: Family, mut options: Vec<SubOption>) -> Vec<u8> {
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
