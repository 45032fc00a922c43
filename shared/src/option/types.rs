//! The types that an option or a field of a record can have.

use serde::{Deserialize, Serialize};

/// An option's type, spelled as Kea spells it in `option-def`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// Made by Kea itself; cannot be configured (Kea ≥ 2.4).
    Internal,
}
