//! One option of a received packet, as Kea holds it after unpacking.

use super::OptionType;
use crate::Family;
use std::net::Ipv6Addr;

/// One option. Kea unpacks every option into an object and packs that object again where an expression asks for its
/// `hex`, so what comes out may differ from what came in: bytes that a definition does not cover are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedOption {
    /// The option's code.
    pub code: u16,
    /// Its sub-options by code; equal codes as they came.
    pub options: Vec<ReceivedOption>,
    pub(super) family: Family,
    pub(super) form: Form,
    /// What Kea packs before the sub-options.
    pub(super) head: Vec<u8>,
    /// The bytes that Kea keeps beside the unpacked value; Kea before 2.7 joins these when an option repeats.
    pub(super) raw: Vec<u8>,
    len: usize,
}

/// What class of Kea's holds the option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    Generic,
    Text,
    Integer(OptionType),
    Integers(OptionType),
    Addresses,
    Fields(Vec<(OptionType, Vec<u8>)>),
    Vendor(u32),
    VendorClass(u32, Vec<Vec<u8>>),
    Tuples(Vec<Vec<u8>>),
    Ia {
        iaid: u32,
        t1: u32,
        t2: u32,
    },
    IaAddress {
        address: Ipv6Addr,
        preferred: u32,
        valid: u32,
    },
    IaPrefix {
        prefix: Ipv6Addr,
        length: u8,
        preferred: u32,
        valid: u32,
    },
    ClientFqdn {
        flags: u8,
        name: String,
        partial: bool,
    },
    StatusCode(u16, Vec<u8>),
    ExcludedPrefix(u8, Vec<u8>),
    ServiceScope(bool, Vec<u8>),
    /// The value is right, but how Kea prints it is not known here.
    Unprinted,
}

impl ReceivedOption {
    pub(super) fn new(family: Family, code: u16, form: Form, head: Vec<u8>) -> Self {
        let len = header(family) + head.len();
        Self { code, options: Vec::new(), family, form, head, raw: Vec::new(), len }
    }

    /// An option without a definition.
    pub(super) fn generic(family: Family, code: u16, data: &[u8]) -> Self {
        Self::new(family, code, Form::Generic, data.to_vec()).keeping(data)
    }

    /// Keeps the bytes as they came beside the unpacked value.
    pub(super) fn keeping(mut self, raw: &[u8]) -> Self {
        self.raw = raw.to_vec();
        self
    }

    pub(super) fn with_options(mut self, mut options: Vec<Self>) -> Self {
        options.sort_by_key(|option| option.code);
        let inside: usize = options.iter().map(Self::len).sum();
        if let (Form::Vendor(_), Family::V4) = (&self.form, self.family) {
            self.head.truncate(4);
            #[expect(clippy::cast_possible_truncation, reason = "Kea writes the low byte")]
            self.head.push(inside as u8);
        }
        self.len = header(self.family) + self.head.len() + inside;
        self.options = options;
        self
    }

    /// The option's length with its header, in bytes. Kea counts in 16 bits.
    pub fn len(&self) -> usize {
        self.len & 0xFFFF
    }

    /// Whether the option has no content.
    pub fn is_empty(&self) -> bool {
        self.len() == header(self.family)
    }

    /// The first sub-option with the code.
    pub fn option(&self, code: u16) -> Option<&Self> {
        self.options.iter().find(|option| option.code == code)
    }

    /// The enterprise number of a vendor-specific information option (DHCPv4 125, DHCPv6 17).
    pub fn vendor(&self) -> Option<u32> {
        if let Form::Vendor(enterprise) = self.form { Some(enterprise) } else { None }
    }

    /// The enterprise number and the data of a vendor class option (DHCPv4 124, DHCPv6 16).
    pub fn vendor_class(&self) -> Option<(u32, &[Vec<u8>])> {
        if let Form::VendorClass(enterprise, data) = &self.form { Some((*enterprise, data)) } else { None }
    }

    /// The value of a text option, without the zeros that end it.
    pub fn string(&self) -> Option<&[u8]> {
        matches!(self.form, Form::Text).then_some(self.head.as_slice())
    }

    /// What `.hex` gives: the option packed again, without its header.
    pub fn hex(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len());
        self.pack_content(&mut bytes);
        bytes
    }

    fn pack_content(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.head);
        match self.family {
            Family::V6 => self.options.iter().for_each(|option| option.pack(bytes)),
            Family::V4 => self.pack_v4(bytes),
        }
    }

    /// DHCPv4's order: 53 is left out, 82 and the last 255 follow the others.
    fn pack_v4(&self, bytes: &mut Vec<u8>) {
        let plain = |option: &&Self| !matches!(option.code, 53 | 82 | 255);
        self.options.iter().filter(plain).for_each(|option| option.pack(bytes));
        self.options.iter().filter(|option| option.code == 82).for_each(|option| option.pack(bytes));
        if let Some(end) = self.options.iter().rfind(|option| option.code == 255) {
            end.pack(bytes);
        }
    }

    fn pack(&self, bytes: &mut Vec<u8>) {
        let content = self.len().saturating_sub(header(self.family));
        match self.family {
            #[expect(clippy::cast_possible_truncation, reason = "Kea writes the low bytes")]
            Family::V4 => bytes.extend([self.code as u8, content as u8]),
            #[expect(clippy::cast_possible_truncation, reason = "Kea writes the low bytes")]
            Family::V6 => {
                bytes.extend(self.code.to_be_bytes());
                bytes.extend((content as u16).to_be_bytes());
            }
        }
        self.pack_content(bytes);
    }

    /// How many bytes the content has, as Kea's texts print it.
    pub(super) fn content_len(&self) -> usize {
        self.len().saturating_sub(header(self.family))
    }
}

/// The length of an option's header, in bytes.
pub(super) const fn header(family: Family) -> usize {
    match family {
        Family::V4 => 2,
        Family::V6 => 4,
    }
}
