//! The types that an option or a field of a record can have.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An option's type, spelled as Kea spells it in `option-def`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OptionType {
    /// No data.
    Empty,
    /// Any bytes, written in hexadecimal.
    Binary,
    /// One byte, 0 or 1.
    Boolean,
    /// One byte, signed.
    Int8,
    /// Two bytes, signed.
    Int16,
    /// Four bytes, signed.
    Int32,
    /// One byte.
    Uint8,
    /// Two bytes.
    Uint16,
    /// Four bytes.
    Uint32,
    /// Four bytes.
    Ipv4Address,
    /// Sixteen bytes.
    Ipv6Address,
    /// A length in bits and the bytes that it needs.
    Ipv6Prefix,
    /// A length in bits and a port set id (RFC 7597).
    Psid,
    /// Text.
    String,
    /// A length and text: one byte of length in DHCPv4, two in DHCPv6.
    Tuple,
    /// A domain name in wire form (RFC 1035, section 3.1).
    Fqdn,
    /// Several fields.
    Record,
    /// Made by Kea itself; plain bytes or text where somebody defines it (Kea ≥ 2.5.5).
    Internal,
}

impl OptionType {
    /// Every type, in the order of the variants.
    pub const ALL: [Self; 18] = [
        Self::Empty,
        Self::Binary,
        Self::Boolean,
        Self::Int8,
        Self::Int16,
        Self::Int32,
        Self::Uint8,
        Self::Uint16,
        Self::Uint32,
        Self::Ipv4Address,
        Self::Ipv6Address,
        Self::Ipv6Prefix,
        Self::Psid,
        Self::String,
        Self::Tuple,
        Self::Fqdn,
        Self::Record,
        Self::Internal,
    ];

    /// The type as Kea spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::Boolean => "boolean",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Uint8 => "uint8",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::Ipv4Address => "ipv4-address",
            Self::Ipv6Address => "ipv6-address",
            Self::Ipv6Prefix => "ipv6-prefix",
            Self::Psid => "psid",
            Self::String => "string",
            Self::Tuple => "tuple",
            Self::Fqdn => "fqdn",
            Self::Record => "record",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for OptionType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text is not the name of an option type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an option type such as `uint16` or `ipv4-address`")]
pub struct ParseTypeError(String);

impl FromStr for OptionType {
    type Err = ParseTypeError;

    /// Reads a type the way Kea does: in lower case, without blanks.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| ParseTypeError(text.to_owned()))
    }
}
