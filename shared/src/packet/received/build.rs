//! From an option's bytes to the object that Kea makes of them, as its definition says.

use super::{
    Fault, OptionType, Unpacker,
    name::Name,
    option::{Form, ReceivedOption},
    text::{trimmed, width},
};
use crate::{Family, option::Definition};
use std::net::Ipv6Addr;

type Built = Result<ReceivedOption, Fault>;

/// Takes an integer's or an address's bytes from the front.
pub(super) fn take<const N: usize>(data: &[u8]) -> Option<([u8; N], &[u8])> {
    let (head, rest) = data.split_first_chunk::<N>()?;
    Some((*head, rest))
}

impl Unpacker<'_> {
    /// Makes an option of the bytes `data`.
    pub(super) fn build(&self, definition: &Definition, data: &[u8], depth: usize) -> Built {
        let code = definition.code;
        let standard_space = definition.space == self.family().service();
        if standard_space && let Some(built) = self.special(definition, data, depth) {
            return built;
        }
        if self.family() == Family::V4 && definition.kind == OptionType::Fqdn && definition.array {
            return self.names(definition, data, depth);
        }
        let new = |form, head: &[u8]| ReceivedOption::new(self.family(), code, form, head.to_vec());
        match (definition.kind, definition.array) {
            (OptionType::Empty, _) if definition.encapsulate.is_empty() => Ok(new(Form::Generic, &[])),
            (OptionType::Binary | OptionType::Internal, _) => Ok(new(Form::Generic, data).keeping(data)),
            (kind, true) if is_integer(kind) => {
                if data.is_empty() || !data.len().is_multiple_of(width(kind)) {
                    return Err(self.truncated(code));
                }
                Ok(new(Form::Integers(array_type(kind)), data))
            }
            (kind, false) if is_integer(kind) => {
                let (head, rest) = data.split_at_checked(width(kind)).ok_or_else(|| self.truncated(code))?;
                let options = self.options(&definition.encapsulate, code, rest, depth)?;
                Ok(new(Form::Integer(kind), head).with_options(options))
            }
            (OptionType::Ipv4Address, true) => self.addresses(code, data, 4),
            (OptionType::Ipv6Address, true) => self.addresses(code, data, 16),
            (OptionType::String, _) => {
                let text = trimmed(data);
                if text.is_empty() { Err(Fault::SkipOption) } else { Ok(new(Form::Text, text).keeping(text)) }
            }
            (OptionType::Tuple, true) => self.tuples(code, data, self.tuple_header()),
            _ => self.fields(definition, data, depth),
        }
    }

    /// How many bytes give a tuple's length.
    pub(super) fn tuple_header(&self) -> usize {
        if self.family() == Family::V4 { 1 } else { 2 }
    }

    pub(super) fn truncated(&self, code: u16) -> Fault {
        Fault::Drop(format!("option {code} is shorter than its definition says"))
    }

    fn addresses(&self, code: u16, data: &[u8], size: usize) -> Built {
        if !data.len().is_multiple_of(size) {
            return Err(Fault::Drop(format!("the length of option {code} is not a multiple of {size}")));
        }
        Ok(ReceivedOption::new(self.family(), code, Form::Addresses, data.to_vec()))
    }

    /// The options that Kea makes of a standard code by a class of its own.
    fn special(&self, definition: &Definition, data: &[u8], depth: usize) -> Option<Built> {
        let code = definition.code;
        Some(match (self.family(), code) {
            (Family::V6, 3 | 25) => self.identity(code, data, depth),
            (Family::V6, 5) => self.ia_address(data, depth),
            (Family::V6, 26) => self.ia_prefix(data, depth),
            (Family::V6, 39) | (Family::V4, 81) => self.client_fqdn(code, data),
            (Family::V6, 17) | (Family::V4, 125) => self.vendor_options(code, data, depth),
            (Family::V6, 16) | (Family::V4, 124) => self.vendor_class(code, data),
            (Family::V6, 13) => self.status_code(data),
            (Family::V6, 60) => self.tuples(code, data, 2),
            (Family::V6, 67) => self.excluded_prefix(data),
            (Family::V4, 79) => self.service_scope(data),
            (Family::V4, 143) if definition.standard => self.tuples(code, data, 2),
            (Family::V4, 121 | 162) | (Family::V6, 144) if definition.kind == OptionType::Internal => {
                Ok(ReceivedOption::new(self.family(), code, Form::Unprinted, data.to_vec()).keeping(data))
            }
            _ => return None,
        })
    }

    fn identity(&self, code: u16, data: &[u8], depth: usize) -> Built {
        let (head, rest) = data.split_at_checked(12).ok_or_else(|| self.truncated(code))?;
        let mut numbers =
            head.chunks_exact(4).map(|four| u32::from_be_bytes(four.try_into().unwrap_or_default()));
        let mut next = || numbers.next().unwrap_or_default();
        let form = Form::Ia { iaid: next(), t1: next(), t2: next() };
        let options = self.options("dhcp6", code, rest, depth)?;
        Ok(ReceivedOption::new(Family::V6, code, form, head.to_vec()).with_options(options))
    }

    fn ia_address(&self, data: &[u8], depth: usize) -> Built {
        let read = || {
            let (address, rest) = take::<16>(data)?;
            let (preferred, rest) = take::<4>(rest)?;
            let (valid, rest) = take::<4>(rest)?;
            Some((address, preferred, valid, rest))
        };
        let (address, preferred, valid, rest) = read().ok_or_else(|| self.truncated(5))?;
        let options = self.options("dhcp6", 5, rest, depth)?;
        let head = [&address[..], &preferred, &valid].concat();
        let form = Form::IaAddress {
            address: Ipv6Addr::from(address),
            preferred: u32::from_be_bytes(preferred),
            valid: u32::from_be_bytes(valid),
        };
        Ok(ReceivedOption::new(Family::V6, 5, form, head).with_options(options))
    }

    /// Kea clears the prefix's bits behind its length.
    fn ia_prefix(&self, data: &[u8], depth: usize) -> Built {
        let read = || {
            let (preferred, rest) = take::<4>(data)?;
            let (valid, rest) = take::<4>(rest)?;
            let ([length], rest) = take::<1>(rest)?;
            let (address, rest) = take::<16>(rest)?;
            Some((preferred, valid, length, u128::from_be_bytes(address), rest))
        };
        let (preferred, valid, length, address, rest) = read().ok_or_else(|| self.truncated(26))?;
        let mask = u128::MAX.checked_shl(128_u32.saturating_sub(length.into())).unwrap_or(0);
        let prefix = Ipv6Addr::from(address & mask);
        let options = self.options("dhcp6", 26, rest, depth)?;
        let head = [&preferred[..], &valid, &[length], &prefix.octets()].concat();
        let (preferred, valid) = (u32::from_be_bytes(preferred), u32::from_be_bytes(valid));
        let form = Form::IaPrefix { prefix, length, preferred, valid };
        Ok(ReceivedOption::new(Family::V6, 26, form, head).with_options(options))
    }

    /// The client's name (RFC 4702, RFC 4704). Kea packs it in lower case.
    fn client_fqdn(&self, code: u16, data: &[u8]) -> Built {
        let v4 = self.family() == Family::V4;
        let (fixed, name) =
            data.split_at_checked(if v4 { 3 } else { 1 }).ok_or_else(|| self.truncated(code))?;
        let flags = fixed.first().copied().unwrap_or_default();
        let ascii = v4 && flags & 4 == 0;
        let mut partial = if ascii { name.last() != Some(&b'.') } else { name.last() != Some(&0) };
        let parsed = match (name.is_empty(), ascii) {
            (true, _) => None,
            (false, true) => Some(Name::parse(name)),
            (false, false) if partial => Some(Name::read(&[name, &[0]].concat(), 0).map(|(name, _)| name)),
            (false, false) => Some(Name::read(name, 0).map(|(name, _)| name)),
        };
        let parsed = parsed.transpose().map_err(|reason| {
            if self.lenient() { Fault::SkipOption } else { Fault::Drop(format!("option {code}: {reason}")) }
        })?;
        let (no_update, server) = if v4 { (8, 1) } else { (4, 1) };
        if flags & no_update != 0 && flags & server != 0 {
            return Err(Fault::Drop(format!("option {code} has both the N and the S flag")));
        }
        let mut head = fixed.to_vec();
        let mut text = String::new();
        // Without a name Kea says what its constructor left there.
        partial &= parsed.is_some();
        if let Some(name) = parsed.map(Name::lowercase) {
            text = name.text(partial);
            let mut wire = if ascii { text.clone().into_bytes() } else { name.wire() };
            if partial && !ascii {
                wire.pop();
            }
            head.extend(wire);
        }
        let form = Form::ClientFqdn { flags, name: text, partial };
        Ok(ReceivedOption::new(self.family(), code, form, head).keeping(data))
    }

    fn status_code(&self, data: &[u8]) -> Built {
        let (status, message) = take::<2>(data).ok_or_else(|| self.truncated(13))?;
        let form = Form::StatusCode(u16::from_be_bytes(status), message.to_vec());
        Ok(ReceivedOption::new(Family::V6, 13, form, data.to_vec()))
    }

    fn excluded_prefix(&self, data: &[u8]) -> Built {
        let ([length], rest) = take::<1>(data).ok_or_else(|| self.truncated(67))?;
        if length == 0 || rest.is_empty() {
            return Err(self.truncated(67));
        }
        let mut subnet = rest.to_vec();
        if let (Some(last), used @ 1..) = (subnet.last_mut(), length % 8) {
            *last = *last >> (8 - used) << (8 - used);
        }
        let head = [&[length], subnet.as_slice()].concat();
        Ok(ReceivedOption::new(Family::V6, 67, Form::ExcludedPrefix(length, subnet), head))
    }

    fn service_scope(&self, data: &[u8]) -> Built {
        let ([flag], rest) = take::<1>(data).ok_or_else(|| self.truncated(79))?;
        if flag > 1 {
            return Err(Fault::Drop("option 79 begins with a boolean that is neither 0 nor 1".to_owned()));
        }
        Ok(ReceivedOption::new(Family::V4, 79, Form::ServiceScope(flag == 1, rest.to_vec()), data.to_vec()))
    }

    fn tuples(&self, code: u16, data: &[u8], header: usize) -> Built {
        let (mut rest, mut tuples, mut head) = (data, Vec::new(), Vec::new());
        while !rest.is_empty() {
            let (tuple, after) = self.tuple(rest, header).ok_or_else(|| self.truncated(code))?;
            push_tuple(&mut head, tuple, header);
            tuples.push(tuple.to_vec());
            rest = after;
        }
        // Kea 2.2 wants at least one.
        if tuples.is_empty() && self.version() < crate::KeaVersion::new(2, 3, 8) {
            return Err(self.truncated(code));
        }
        Ok(ReceivedOption::new(self.family(), code, Form::Tuples(tuples), head))
    }

    /// One tuple, and what follows it. With `lenient-option-parsing` a truncated one ends where the bytes end.
    pub(super) fn tuple<'a>(&self, data: &'a [u8], header: usize) -> Option<(&'a [u8], &'a [u8])> {
        let (length, rest) = data.split_at_checked(header)?;
        let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        if self.lenient() {
            rest.split_at_checked(length.min(rest.len()))
        } else {
            rest.split_at_checked(length)
        }
    }

    /// Vendor class data (RFC 8415, section 21.16; RFC 3925, section 3).
    fn vendor_class(&self, code: u16, data: &[u8]) -> Built {
        let header = self.tuple_header();
        let (enterprise, mut rest) = take::<4>(data).ok_or_else(|| self.truncated(code))?;
        let mut tuples = Vec::new();
        while !rest.is_empty() {
            let (tuple, after) = self.tuple(rest, header).ok_or_else(|| self.truncated(code))?;
            tuples.push(tuple.to_vec());
            rest = after;
            if self.family() == Family::V4 && !rest.is_empty() {
                let (other, after) = take::<4>(rest).ok_or_else(|| self.truncated(code))?;
                if other != enterprise && self.version() >= crate::KeaVersion::new(2, 3, 0) {
                    return Err(Fault::Drop(format!("option {code} names two enterprises")));
                }
                if after.len() <= 1 {
                    return Err(self.truncated(code));
                }
                rest = after;
            }
        }
        Ok(self.vendor_class_of(code, u32::from_be_bytes(enterprise), tuples))
    }

    pub(super) fn vendor_class_of(&self, code: u16, enterprise: u32, tuples: Vec<Vec<u8>>) -> ReceivedOption {
        let mut head = enterprise.to_be_bytes().to_vec();
        for (index, tuple) in tuples.iter().enumerate() {
            if self.family() == Family::V4 && index > 0 {
                head.extend(enterprise.to_be_bytes());
            }
            push_tuple(&mut head, tuple, self.tuple_header());
        }
        ReceivedOption::new(self.family(), code, Form::VendorClass(enterprise, tuples), head)
    }

    /// A list of names that may point into each other (RFC 3397).
    fn names(&self, definition: &Definition, data: &[u8], depth: usize) -> Built {
        let code = definition.code;
        if data.is_empty() {
            return Err(self.truncated(code));
        }
        let (mut at, mut wire) = (0, Vec::new());
        while at < data.len() {
            let (name, end) = Name::read(data, at).map_err(|reason| self.bad_name(code, reason))?;
            wire.extend(name.wire());
            at = end;
        }
        self.fields(definition, &wire, depth)
    }

    fn bad_name(&self, code: u16, reason: &str) -> Fault {
        if self.lenient() { Fault::SkipOption } else { Fault::Drop(format!("option {code}: {reason}")) }
    }

    /// Values one after the other; then sub-options, where the definition has a space for them.
    fn fields(&self, definition: &Definition, data: &[u8], depth: usize) -> Built {
        let code = definition.code;
        let one = [definition.kind];
        let kinds = match definition.kind {
            OptionType::Record => definition.fields.as_slice(),
            OptionType::Empty => &[],
            _ => &one,
        };
        let (mut fields, mut rest) = (Vec::new(), data);
        let repeats = definition.array;
        let record = definition.kind == OptionType::Record;
        if record || !repeats {
            for kind in kinds {
                let length = self.field_len(*kind, repeats, rest, record, code)?;
                let (value, after) = rest.split_at_checked(length).ok_or_else(|| self.truncated(code))?;
                if length == 0 && !record {
                    return Err(self.truncated(code));
                }
                fields.push((*kind, value.to_vec()));
                rest = after;
            }
        } else if data.len() < fixed(definition.kind) {
            return Err(self.truncated(code));
        }
        if let (true, Some(kind)) = (repeats, kinds.last()) {
            while !rest.is_empty() {
                let length = self.field_len(*kind, true, rest, false, code)?;
                let Some((value, after)) = rest.split_at_checked(length.max(1)) else { break };
                fields.push((*kind, value.to_vec()));
                rest = after;
            }
        }
        let mut options = Vec::new();
        if !repeats && !rest.is_empty() && !definition.encapsulate.is_empty() {
            options = self.options(&definition.encapsulate, code, rest, depth)?;
        }
        let head = fields.iter().flat_map(|(_, value)| value.iter().copied()).collect();
        let option = ReceivedOption::new(self.family(), code, Form::Fields(fields), head);
        Ok(option.keeping(data).with_options(options))
    }

    /// How many bytes Kea takes for the next field.
    fn field_len(
        &self,
        kind: OptionType,
        repeats: bool,
        rest: &[u8],
        empty_prefix: bool,
        code: u16,
    ) -> Result<usize, Fault> {
        Ok(match kind {
            OptionType::Fqdn => {
                let (name, _) = Name::read(rest, 0).map_err(|reason| self.bad_name(code, reason))?;
                // Kea derives the length from the text, in which an escape is longer than what it stands for.
                name.text(false).len() + 1
            }
            OptionType::Binary | OptionType::String if !repeats => rest.len(),
            OptionType::Ipv6Prefix => match rest.first() {
                None if empty_prefix || !repeats => 0,
                Some(bits @ ..=128) => 1 + usize::from(*bits).div_ceil(8),
                _ => return Err(self.truncated(code)),
            },
            OptionType::Tuple => {
                let header = self.tuple_header();
                let (length, after) = rest.split_at_checked(header).ok_or_else(|| self.truncated(code))?;
                let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
                if after.len() < length {
                    return Err(self.truncated(code));
                }
                header + length
            }
            kind if fixed(kind) > 0 => fixed(kind),
            _ => return Err(self.truncated(code)),
        })
    }
}

fn push_tuple(head: &mut Vec<u8>, tuple: &[u8], header: usize) {
    let length = tuple.len().to_be_bytes();
    head.extend(length.get(length.len() - header..).unwrap_or_default());
    head.extend(tuple);
}

fn is_integer(kind: OptionType) -> bool {
    use OptionType::{Int8, Int16, Int32, Uint8, Uint16, Uint32};
    matches!(kind, Int8 | Int16 | Int32 | Uint8 | Uint16 | Uint32)
}

/// Kea keeps arrays of signed words as unsigned ones.
fn array_type(kind: OptionType) -> OptionType {
    match kind {
        OptionType::Int16 => OptionType::Uint16,
        OptionType::Int32 => OptionType::Uint32,
        kind => kind,
    }
}

/// The length of a value whose type alone gives it, in bytes; 0 for others.
fn fixed(kind: OptionType) -> usize {
    match kind {
        OptionType::Boolean => 1,
        OptionType::Ipv4Address => 4,
        OptionType::Ipv6Address => 16,
        OptionType::Psid => 3,
        kind if is_integer(kind) => width(kind),
        _ => 0,
    }
}
