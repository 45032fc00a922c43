//! What a filter can ask about.

/// A field of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The prefix.
    Subnet,
    /// The shared network.
    Network,
    /// The servers.
    Server,
    /// DHCPv4 or DHCPv6.
    Family,
    /// The client classes of the subnet and of its pools.
    Class,
    /// The pools.
    Pool,
    /// The comment.
    Comment,
    /// How many addresses are free.
    Free,
    /// How full it is, in per cent.
    Used,
    /// How many addresses its pools have.
    Total,
    /// How many reservations it has.
    Reservations,
    /// The subnet's id.
    Id,
}

/// What kind of values a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Prefixes or ranges of addresses.
    Addresses,
    /// Words.
    Text,
    /// `dhcp4` or `dhcp6`.
    Family,
    /// Numbers.
    Number,
}

impl Field {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 12] = [
        Self::Subnet,
        Self::Network,
        Self::Server,
        Self::Class,
        Self::Comment,
        Self::Free,
        Self::Used,
        Self::Family,
        Self::Pool,
        Self::Total,
        Self::Reservations,
        Self::Id,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Subnet => "subnet",
            Self::Network => "network",
            Self::Server => "server",
            Self::Family => "family",
            Self::Class => "class",
            Self::Pool => "pool",
            Self::Comment => "comment",
            Self::Free => "free",
            Self::Used => "used",
            Self::Total => "total",
            Self::Reservations => "reservations",
            Self::Id => "id",
        }
    }

    /// What it holds, in few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Subnet => "prefix: `subnet in 10.0.0.0/8`",
            Self::Network => "shared network: `network=campus`",
            Self::Server => "server's name: `server=^kea-`",
            Self::Family => "`dhcp4` or `dhcp6`",
            Self::Class => "client class: `class=voip`",
            Self::Pool => "a pool: `pool=10.0.0.7`",
            Self::Comment => "comment: `comment=@office`",
            Self::Free => "free addresses: `free<10`",
            Self::Used => "how full, in per cent: `used>80`",
            Self::Total => "addresses in pools: `total>1000`",
            Self::Reservations => "how many: `reservations>0`",
            Self::Id => "subnet id: `id in (1, 2)`",
        }
    }

    /// The field of a name, in any spelling; other trades' words are understood.
    pub(super) fn named(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(|letter| !matches!(letter, '-' | '_')).collect();
        Some(match plain.to_ascii_lowercase().as_str() {
            "subnet" | "scope" | "prefix" | "address" => Self::Subnet,
            "network" | "sharednetwork" | "superscope" => Self::Network,
            "server" => Self::Server,
            "family" | "protocol" => Self::Family,
            "class" | "clientclass" | "clientclasses" | "classes" => Self::Class,
            "pool" | "pools" => Self::Pool,
            "comment" | "description" => Self::Comment,
            "free" | "available" => Self::Free,
            "used" | "usage" | "utilisation" | "utilization" => Self::Used,
            "total" | "size" => Self::Total,
            "reservations" | "reserved" => Self::Reservations,
            "id" | "subnetid" => Self::Id,
            _ => return None,
        })
    }

    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Subnet | Self::Pool => Kind::Addresses,
            Self::Network | Self::Server | Self::Class | Self::Comment => Kind::Text,
            Self::Family => Kind::Family,
            Self::Free | Self::Used | Self::Total | Self::Reservations | Self::Id => Kind::Number,
        }
    }
}
