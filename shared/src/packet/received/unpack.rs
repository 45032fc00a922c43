//! Options one after the other, as Kea walks them.

use super::{Fault, MAX_DEPTH, Unpacker, build::take, option::Form, option::ReceivedOption};
use crate::{Family, KeaVersion};

type Options = Vec<ReceivedOption>;

/// What a walk over DHCPv6 options found besides the options: where the last relay message is.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct RelayMessage {
    /// Its place in the walked bytes.
    pub(super) start: usize,
    /// Its length in bytes.
    pub(super) len: usize,
}

impl Unpacker<'_> {
    /// The sub-options of option `of`, in `space`.
    pub(super) fn options(&self, space: &str, of: u16, data: &[u8], depth: usize) -> Result<Options, Fault> {
        if data.is_empty() {
            return Ok(Vec::new());
        }
        if depth >= MAX_DEPTH {
            return Err(Fault::Drop(format!("options are nested deeper than {MAX_DEPTH} levels")));
        }
        let mut options = Vec::new();
        match self.family() {
            Family::V4 => self.walk_v4(data, space, of == 43, &mut options, depth + 1)?,
            Family::V6 => self.walk_v6(data, space, None, &mut options, depth + 1)?,
        }
        Ok(options)
    }

    /// Walks DHCPv4 options. What it found before a fault stays in `options`.
    pub(super) fn walk_v4(
        &self,
        data: &[u8],
        space: &str,
        flexible: bool,
        options: &mut Options,
        depth: usize,
    ) -> Result<(), Fault> {
        let top = space == "dhcp4";
        let pads = top || flexible && !self.defines(space, 0);
        let ends = top || flexible && !self.defines(space, 255);
        let pieces = pieces(data, top, pads, ends);
        if self.version() >= KeaVersion::new(2, 7, 0) {
            for (code, value) in join(&pieces) {
                self.add_v4(space, code, &value, options, depth)?;
            }
        } else {
            for (code, value) in pieces {
                self.add_v4(space, code, value, options, depth)?;
            }
        }
        Ok(())
    }

    fn defines(&self, space: &str, code: u16) -> bool {
        self.definitions.custom().iter().any(|def| def.space == space && def.code == code)
    }

    fn add_v4(
        &self,
        space: &str,
        code: u8,
        data: &[u8],
        options: &mut Options,
        depth: usize,
    ) -> Result<(), Fault> {
        let top = space == "dhcp4";
        let deferred = top && (code == 43 || (224..=254).contains(&code));
        let vendor = top && matches!(code, 124 | 125) && self.splits_vendors();
        let definition =
            if deferred || vendor { None } else { self.definitions.sub_option(space, code.into()) };
        match definition.map(|definition| self.build(&definition.to_definition(), data, depth)) {
            None => options.push(ReceivedOption::generic(Family::V4, code.into(), data)),
            Some(Ok(option)) => options.push(option),
            Some(Err(Fault::SkipOption)) => (),
            Some(Err(fault)) => return Err(fault),
        }
        Ok(())
    }

    /// Kea 2.3.5 and later tell several vendors in one option apart.
    pub(super) fn splits_vendors(&self) -> bool {
        self.version() >= KeaVersion::new(2, 3, 5)
    }

    /// Walks DHCPv6 options; a relay message is not among them when `relay` asks for it.
    pub(super) fn walk_v6(
        &self,
        data: &[u8],
        space: &str,
        mut relay: Option<&mut RelayMessage>,
        options: &mut Options,
        depth: usize,
    ) -> Result<(), Fault> {
        let mut rest = data;
        while let Some((code, value, after)) = piece_v6(rest) {
            let start = data.len() - after.len() - value.len();
            rest = after;
            if let (9, Some(relay)) = (code, &mut relay) {
                **relay = RelayMessage { start, len: value.len() };
                continue;
            }
            if code == 17 {
                // Kea looks at the enterprise number's place before it looks at the length.
                if data.len() - start < 4 {
                    return Ok(());
                }
                options.push(self.vendor_options(17, value, depth)?);
                continue;
            }
            match self
                .definitions
                .sub_option(space, code)
                .map(|definition| self.build(&definition.to_definition(), value, depth))
            {
                None => options.push(ReceivedOption::generic(Family::V6, code, value)),
                Some(Ok(option)) => options.push(option),
                Some(Err(Fault::SkipOption)) => (),
                Some(Err(fault)) => return Err(fault),
            }
        }
        Ok(())
    }

    /// A vendor-specific information option as one enterprise's (RFC 8415, section 21.17; RFC 3925, section 4).
    pub(super) fn vendor_options(
        &self,
        code: u16,
        data: &[u8],
        depth: usize,
    ) -> Result<ReceivedOption, Fault> {
        let cut = || Fault::SkipRest(format!("vendor-specific information option {code} is truncated"));
        let (enterprise, rest) = take::<4>(data).ok_or_else(cut)?;
        let enterprise = u32::from_be_bytes(enterprise);
        let mut options = Vec::new();
        match self.family() {
            Family::V4 => {
                self.vendor_block(enterprise, rest, &mut options, depth)?;
            }
            Family::V6 => {
                let mut rest = rest;
                while !rest.is_empty() {
                    let (code, value, after) = piece_v6(rest).ok_or_else(cut)?;
                    options.push(self.vendor_option(enterprise, code, value, depth)?);
                    rest = after;
                }
            }
        }
        Ok(self.vendor_of(code, enterprise, options))
    }

    pub(super) fn vendor_of(&self, code: u16, enterprise: u32, options: Options) -> ReceivedOption {
        let head = enterprise.to_be_bytes().to_vec();
        ReceivedOption::new(self.family(), code, Form::Vendor(enterprise), head).with_options(options)
    }

    /// One enterprise's block of a DHCPv4 option 125. Gives how many bytes Kea goes on.
    pub(super) fn vendor_block(
        &self,
        enterprise: u32,
        data: &[u8],
        options: &mut Options,
        depth: usize,
    ) -> Result<usize, Fault> {
        let cut = || Fault::SkipRest("vendor-specific information option 125 is truncated".to_owned());
        let Some(([len], rest)) = take::<1>(data) else { return Ok(0) };
        let block = rest.get(..len.into()).ok_or_else(cut)?;
        // Kea keeps the block's end in 8 bits: a block of 255 bytes is empty to it.
        if len == u8::MAX {
            return Ok(1);
        }
        let mut rest = block;
        while let Some(([code], after)) = take::<1>(rest) {
            let ([len], after) = take::<1>(after).ok_or_else(cut)?;
            let (value, after) = after.split_at_checked(len.into()).ok_or_else(cut)?;
            options.push(self.vendor_option(enterprise, code.into(), value, depth)?);
            rest = after;
        }
        Ok(1 + block.len())
    }

    fn vendor_option(
        &self,
        enterprise: u32,
        code: u16,
        data: &[u8],
        depth: usize,
    ) -> Result<ReceivedOption, Fault> {
        let space = match (self.family(), enterprise) {
            (Family::V4, 4491) => "docsis3-v4",
            (Family::V6, 4491) => "docsis3-v6",
            (Family::V6, 2495) => "4o6",
            _ => return Ok(ReceivedOption::generic(self.family(), code, data)),
        };
        match self.definitions.sub_option(space, code) {
            Some(definition) if definition.standard => {
                self.build(&definition.to_definition(), data, depth + 1)
            }
            _ => Ok(ReceivedOption::generic(self.family(), code, data)),
        }
    }
}

/// One DHCPv6 option: code, value, what follows. `None` when there is no whole one.
pub(in crate::packet) fn piece_v6(data: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (code, rest) = take::<2>(data)?;
    let (len, rest) = take::<2>(rest)?;
    let (value, rest) = rest.split_at_checked(u16::from_be_bytes(len).into())?;
    Some((u16::from_be_bytes(code), value, rest))
}

/// The DHCPv4 options up to the end or to the first that is not whole. An empty host name is no option to Kea.
fn pieces(data: &[u8], top: bool, pads: bool, ends: bool) -> Vec<(u8, &[u8])> {
    let (mut rest, mut found) = (data, Vec::new());
    while let Some(([code], after)) = take::<1>(rest) {
        match code {
            255 if ends => break,
            0 if pads => {
                rest = after;
                continue;
            }
            _ => (),
        }
        let Some(([len], after)) = take::<1>(after) else { break };
        let Some((value, after)) = after.split_at_checked(len.into()) else { break };
        rest = after;
        if !(top && code == 12 && value.is_empty()) {
            found.push((code, value));
        }
    }
    found
}

/// Repeated options joined at the place of their last piece (RFC 3396).
fn join(pieces: &[(u8, &[u8])]) -> Vec<(u8, Vec<u8>)> {
    let mut count = [0_u32; 256];
    let mut parts: Vec<Vec<u8>> = vec![Vec::new(); 256];
    for (code, value) in pieces {
        if let (Some(count), Some(part)) =
            (count.get_mut(usize::from(*code)), parts.get_mut(usize::from(*code)))
        {
            *count += 1;
            part.extend_from_slice(value);
        }
    }
    let mut joined = Vec::new();
    for (code, _) in pieces {
        let at = usize::from(*code);
        if let (Some(count), Some(part)) = (count.get_mut(at), parts.get_mut(at)) {
            *count -= 1;
            if *count == 0 {
                joined.push((*code, std::mem::take(part)));
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_options_are_joined_at_the_last() {
        let joined = join(&[(1, b"a"), (2, b"x"), (1, b"b")]);
        assert_eq!(joined, [(2, b"x".to_vec()), (1, b"ab".to_vec())]);
    }

    #[test]
    fn the_walk_ends_at_255_and_at_what_is_cut() {
        assert_eq!(pieces(&[0, 1, 1, 7, 255, 2, 0], true, true, true), [(1, &[7][..])]);
        assert_eq!(pieces(&[1, 1, 7, 2, 5, 0], true, true, true), [(1, &[7][..])]);
        assert_eq!(pieces(&[255, 0, 12, 0], false, false, false), [(255, &[][..]), (12, &[][..])]);
    }
}
