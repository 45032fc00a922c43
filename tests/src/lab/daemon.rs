//! The daemons that a lab can run.

use perch_shared::Family;

/// A daemon of a lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Daemon {
    /// `kea-dhcp4`.
    Dhcp4,
    /// `kea-dhcp6`.
    Dhcp6,
    /// `kea-ctrl-agent`.
    Agent,
}

impl From<Family> for Daemon {
    fn from(family: Family) -> Self {
        match family {
            Family::V4 => Self::Dhcp4,
            Family::V6 => Self::Dhcp6,
        }
    }
}

impl TryFrom<Daemon> for Family {
    type Error = ();

    fn try_from(daemon: Daemon) -> Result<Self, ()> {
        match daemon {
            Daemon::Dhcp4 => Ok(Self::V4),
            Daemon::Dhcp6 => Ok(Self::V6),
            Daemon::Agent => Err(()),
        }
    }
}

impl Daemon {
    /// The process name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dhcp4 => "kea-dhcp4",
            Self::Dhcp6 => "kea-dhcp6",
            Self::Agent => "kea-ctrl-agent",
        }
    }

    pub(super) const fn program(self) -> &'static str {
        match self {
            Self::Dhcp4 => "/usr/sbin/kea-dhcp4",
            Self::Dhcp6 => "/usr/sbin/kea-dhcp6",
            Self::Agent => "/usr/sbin/kea-ctrl-agent",
        }
    }

    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::Dhcp4 => "dhcp4.json",
            Self::Dhcp6 => "dhcp6.json",
            Self::Agent => "agent.json",
        }
    }

    pub(super) const fn socket(self) -> &'static str {
        match self {
            Self::Dhcp4 => "run/kea4.sock",
            Self::Dhcp6 => "run/kea6.sock",
            Self::Agent => "run/agent.sock",
        }
    }
}
