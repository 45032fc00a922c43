//! Subnets, reservations and leases as lists: what the pages filter and sort.

use super::{ServerId, endpoint};
use crate::{Family, KeaVersion};
use serde::{Deserialize, Serialize};

endpoint!(
    /// All subnets and shared networks of a daemon, in few words. Comes from what Perch read last, so it costs Kea
    /// nothing; `hash` says of what.
    ListSubnets for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/subnets", (id: ServerId, family: Family), () => SubnetList
);
endpoint!(
    /// How full the daemon's subnets are (`stat-lease4-get`, or Kea's counters where stat_cmds is not loaded).
    GetUsage for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/usage", (id: ServerId, family: Family), () => UsageList
);
endpoint!(
    /// The fullest subnets of all servers, the fullest first, as last counted. Asks no Kea server anything.
    ListFullest for Filtered, Get, "/api/v1/fleet/fullest", (), () => Vec<FullSubnet>
);
endpoint!(
    /// All reservations in the daemon's configuration.
    ListReservations for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/reservations", (id: ServerId, family: Family), () => ReservationList
);
endpoint!(
    /// Leases of a daemon (lease_cmds): of one subnet page by page, or found by an address, an identifier or a name.
    ListLeases for Viewer, Get, "/api/v1/servers/{id}/daemons/{family}/leases", (id: ServerId, family: Family), LeaseQuery => LeasePage
);

/// All subnets of one daemon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SubnetList {
    /// The daemon's version.
    pub version: KeaVersion,
    /// The hash of the configuration.
    pub hash: String,
    /// The shared networks, in Kea's order.
    pub networks: Vec<NetworkRow>,
    /// The subnets, in Kea's order, those of shared networks after the others.
    pub subnets: Vec<SubnetRow>,
}

/// A shared network in few words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct NetworkRow {
    /// Its name.
    pub name: String,
    /// The client classes that it is for; empty: for all clients.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// `comment`, or another text of its `user-context`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// A subnet in few words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct SubnetRow {
    /// Its id.
    pub id: u64,
    /// Its prefix, such as `192.0.2.0/24`.
    pub subnet: String,
    /// Which of the shared networks it belongs to, from 0; `None`: to none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network: Option<usize>,
    /// The client classes that it is for; empty: for all clients.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Its pools as Kea prints them, such as `192.0.2.10-192.0.2.99`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<String>,
    /// Its pools of prefixes, such as `2001:db8::/40 of /56`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pd_pools: Vec<String>,
    /// The client classes that its pools are for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pool_classes: Vec<String>,
    /// How many reservations it has.
    #[serde(skip_serializing_if = "is_zero")]
    pub reservations: usize,
    /// `comment`, or another text of its `user-context`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// How full the subnets of a daemon are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct UsageList {
    /// When it was counted: RFC 3339, UTC.
    pub time: String,
    /// One line a subnet.
    pub subnets: Vec<Usage>,
}

/// How full a subnet is. Addresses are whole numbers in a float: IPv6 counts beyond 64 bits, and nobody needs its
/// last digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Usage {
    /// The subnet.
    pub id: u64,
    /// The addresses in its pools.
    pub total: f64,
    /// Those that are leased, declined ones included.
    pub assigned: f64,
    /// Those that are declined: somebody else uses them.
    #[serde(skip_serializing_if = "is_none")]
    pub declined: f64,
    /// The prefixes in its pools of prefixes.
    #[serde(skip_serializing_if = "is_none")]
    pub total_prefixes: f64,
    /// Those that are delegated.
    #[serde(skip_serializing_if = "is_none")]
    pub assigned_prefixes: f64,
}

fn is_none(count: &f64) -> bool {
    *count == 0.0
}

impl Usage {
    /// How full the subnet is, from 0 to 1: its addresses or its prefixes, whichever is fuller; `None` where it has no
    /// pools.
    pub fn fullness(&self) -> Option<f64> {
        let part = |used: f64, of: f64| (of > 0.0).then(|| (used / of).clamp(0.0, 1.0));
        let addresses = part(self.assigned, self.total);
        let prefixes = part(self.assigned_prefixes, self.total_prefixes);
        match (addresses, prefixes) {
            (Some(one), Some(other)) => Some(one.max(other)),
            (one, other) => one.or(other),
        }
    }

    /// How many addresses are left.
    pub fn free(&self) -> f64 {
        (self.total - self.assigned).max(0.0)
    }
}

/// A subnet that is nearly full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct FullSubnet {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// Its prefix.
    pub subnet: String,
    /// How full it is.
    pub usage: Usage,
    /// When it was counted: RFC 3339, UTC.
    pub time: String,
}

/// The reservations of a daemon's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ReservationList {
    /// The hash of the configuration.
    pub hash: String,
    /// The reservations: the global ones first, then by subnet.
    pub reservations: Vec<ReservationRow>,
}

/// A reservation in few words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct ReservationRow {
    /// The id of its subnet; `None`: it is a global one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subnet: Option<u64>,
    /// The prefix of its subnet; empty: it is a global one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// The kind of its identifier: `hw-address`, `duid`, `client-id`, `circuit-id` or `flex-id`.
    pub identifier: String,
    /// The identifier as Kea prints it.
    pub value: String,
    /// The addresses and prefixes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<String>,
    /// The host name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hostname: String,
    /// The client classes that the client is put into.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// How many options it sets.
    #[serde(skip_serializing_if = "is_zero")]
    pub options: usize,
    /// `comment`, or another text of its `user-context`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

/// Which leases are wanted: those of a subnet, or those that something belongs to. Exactly one of `subnet`, `address`,
/// `identifier` and `hostname` is said; none of them: all, page by page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct LeaseQuery {
    /// Those of the subnet with this id.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "super::query::number")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub subnet: Option<u64>,
    /// The one of an address, or of a delegated prefix.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Those of a hardware address, a client identifier or a DUID, in any spelling.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub identifier: String,
    /// Those with this host name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hostname: String,
    /// Page by page: those behind this address; empty: from the first.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Page by page: how many at most, from 1 to 1000; default 100.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "super::query::number")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<u64>"))]
    pub limit: Option<u64>,
}

/// A page of leases.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct LeasePage {
    /// The leases.
    pub leases: Vec<Lease>,
    /// Where the next page goes on: its `from`; `None`: there is no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Whether leases may be missing because Kea would have had to send too many.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// A lease.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct Lease {
    /// The address, or the delegated prefix with its length.
    pub address: String,
    /// The subnet's id.
    pub subnet: u64,
    /// What it is.
    pub state: LeaseState,
    /// `IA_NA`, `IA_TA` or `IA_PD`; empty in DHCPv4.
    #[serde(rename = "type", skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The hardware address; empty: not known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hw_address: String,
    /// The client identifier; empty: none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub client_id: String,
    /// The DUID; empty in DHCPv4.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub duid: String,
    /// The identity association; 0 in DHCPv4.
    #[serde(skip_serializing_if = "is_nothing")]
    pub iaid: u64,
    /// The host name; empty: none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hostname: String,
    /// When the client was last heard: seconds since 1970, UTC.
    pub cltt: i64,
    /// How many seconds the lease is valid from then on.
    pub valid_lifetime: u64,
    /// `comment`, or another text of its `user-context`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
}

fn is_nothing(number: &u64) -> bool {
    *number == 0
}

impl Lease {
    /// When it ends: seconds since 1970, UTC; `None`: never.
    pub fn ends(&self) -> Option<i64> {
        let forever = self.valid_lifetime >= u64::from(u32::MAX);
        i64::try_from(self.valid_lifetime)
            .ok()
            .filter(|_| !forever)
            .map(|valid| self.cltt.saturating_add(valid))
    }
}

/// What a lease is. Source: Kea's manual, `lease4-add`, `state`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LeaseState {
    /// 0: the client has it, or its time is over.
    #[default]
    Assigned,
    /// 1: somebody else uses the address.
    Declined,
    /// 2: its time is over, and Kea has taken it back.
    Reclaimed,
    /// 3: the client gave it back (Kea ≥ 2.7).
    Released,
    /// 4: the client chose the address itself (DHCPv6, Kea ≥ 2.7.7).
    Registered,
    /// Another number.
    Other,
}

impl LeaseState {
    /// Reads Kea's number.
    pub fn from_code(code: u64) -> Self {
        match code {
            0 => Self::Assigned,
            1 => Self::Declined,
            2 => Self::Reclaimed,
            3 => Self::Released,
            4 => Self::Registered,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fuller_kind_counts() {
        let usage = Usage {
            total: 200.0,
            assigned: 50.0,
            total_prefixes: 4.0,
            assigned_prefixes: 3.0,
            ..Usage::default()
        };
        assert_eq!(usage.fullness(), Some(0.75));
        assert_eq!(usage.free(), 150.0);
        assert_eq!(Usage::default().fullness(), None, "no pools");
        let over = Usage { total: 1.0, assigned: 2.0, ..Usage::default() };
        assert_eq!((over.fullness(), over.free()), (Some(1.0), 0.0), "a pool was made smaller");
    }

    #[test]
    fn a_lease_may_never_end() {
        let lease = Lease { cltt: 1000, valid_lifetime: 60, ..Lease::default() };
        assert_eq!(lease.ends(), Some(1060));
        assert_eq!(Lease { valid_lifetime: 4_294_967_295, ..lease }.ends(), None);
    }
}
