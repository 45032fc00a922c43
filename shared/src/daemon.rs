//! Kea's daemons, as data.

use crate::Family;
use serde::{Deserialize, Serialize};

/// One of Kea's daemons that read a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Daemon {
    /// `kea-dhcp4`.
    #[serde(rename = "kea-dhcp4")]
    Dhcp4,
    /// `kea-dhcp6`.
    #[serde(rename = "kea-dhcp6")]
    Dhcp6,
    /// `kea-ctrl-agent`, which Kea 3.2 no longer has.
    #[serde(rename = "kea-ctrl-agent")]
    ControlAgent,
    /// `kea-dhcp-ddns`.
    #[serde(rename = "kea-dhcp-ddns")]
    Ddns,
    /// `kea-netconf`.
    #[serde(rename = "kea-netconf")]
    Netconf,
}

impl Daemon {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Dhcp4, Self::Dhcp6, Self::ControlAgent, Self::Ddns, Self::Netconf];

    /// The single top-level key of its configuration.
    pub const fn root_key(self) -> &'static str {
        match self {
            Self::Dhcp4 => "Dhcp4",
            Self::Dhcp6 => "Dhcp6",
            Self::ControlAgent => "Control-agent",
            Self::Ddns => "DhcpDdns",
            Self::Netconf => "Netconf",
        }
    }

    /// The family that it serves; `None`: it serves no clients.
    pub const fn family(self) -> Option<Family> {
        match self {
            Self::Dhcp4 => Some(Family::V4),
            Self::Dhcp6 => Some(Family::V6),
            Self::ControlAgent | Self::Ddns | Self::Netconf => None,
        }
    }

    /// The process's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dhcp4 => "kea-dhcp4",
            Self::Dhcp6 => "kea-dhcp6",
            Self::ControlAgent => "kea-ctrl-agent",
            Self::Ddns => "kea-dhcp-ddns",
            Self::Netconf => "kea-netconf",
        }
    }
}
