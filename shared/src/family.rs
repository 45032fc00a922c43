//! The two DHCP families, as data.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// DHCPv4 or DHCPv6, and with it the daemon that serves it. Written `dhcp4` and `dhcp6`, Kea's `service` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Family {
    /// DHCPv4, served by `kea-dhcp4`.
    #[serde(rename = "dhcp4")]
    V4,
    /// DHCPv6, served by `kea-dhcp6`.
    #[serde(rename = "dhcp6")]
    V6,
}

impl Family {
    /// Both families, DHCPv4 first.
    pub const ALL: [Self; 2] = [Self::V4, Self::V6];

    /// The name in a command's `service` list, in URLs and of the family's standard option space.
    pub const fn service(self) -> &'static str {
        match self {
            Self::V4 => "dhcp4",
            Self::V6 => "dhcp6",
        }
    }

    /// The daemon's process name.
    pub const fn daemon(self) -> &'static str {
        match self {
            Self::V4 => "kea-dhcp4",
            Self::V6 => "kea-dhcp6",
        }
    }

    /// The single top-level key of the daemon's configuration.
    pub const fn root_key(self) -> &'static str {
        match self {
            Self::V4 => "Dhcp4",
            Self::V6 => "Dhcp6",
        }
    }

    /// The key that lists subnets, at the top level and in a shared network.
    pub const fn subnet_key(self) -> &'static str {
        match self {
            Self::V4 => "subnet4",
            Self::V6 => "subnet6",
        }
    }

    /// The protocol's name as people write it.
    pub const fn protocol(self) -> &'static str {
        match self {
            Self::V4 => "DHCPv4",
            Self::V6 => "DHCPv6",
        }
    }

    /// The largest option code: 255 for DHCPv4 (RFC 2132), 65535 for DHCPv6 (RFC 8415, section 21.1).
    pub const fn max_option_code(self) -> u16 {
        match self {
            Self::V4 => 255,
            Self::V6 => u16::MAX,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.service())
    }
}

/// The text was neither `dhcp4` nor `dhcp6`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected `dhcp4` or `dhcp6`")]
pub struct ParseFamilyError;

impl FromStr for Family {
    type Err = ParseFamilyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|family| family.service() == text).ok_or(ParseFamilyError)
    }
}
