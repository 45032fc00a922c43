//! The keys that rules about scopes look at.

macro_rules! keys {
    ($($name:ident = $text:literal,)+) => {
        /// A key of a scope: of the global map, a client class, a shared network, a subnet, a pool, or a reservation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub(in crate::rules) enum Key {
            $(#[doc = concat!("`", $text, "`")] $name,)+
        }

        impl Key {
            const ALL: &[Self] = &[$(Self::$name,)+];

            /// The key as it is written.
            pub(in crate::rules) const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

keys! {
    Allocator = "allocator",
    Authoritative = "authoritative",
    BootFileName = "boot-file-name",
    CacheMaxAge = "cache-max-age",
    CacheThreshold = "cache-threshold",
    CalculateTeeTimes = "calculate-tee-times",
    CircuitId = "circuit-id",
    ClientClass = "client-class",
    ClientClasses = "client-classes",
    ClientId = "client-id",
    Compatibility = "compatibility",
    ConfigControl = "config-control",
    DdnsConflictResolutionMode = "ddns-conflict-resolution-mode",
    DdnsReplaceClientName = "ddns-replace-client-name",
    DdnsTtl = "ddns-ttl",
    DdnsTtlMax = "ddns-ttl-max",
    DdnsTtlMin = "ddns-ttl-min",
    DdnsTtlPercent = "ddns-ttl-percent",
    DelegatedLen = "delegated-len",
    Duid = "duid",
    EarlyGlobalReservationsLookup = "early-global-reservations-lookup",
    EvaluateAdditionalClasses = "evaluate-additional-classes",
    ExcludedPrefix = "excluded-prefix",
    ExcludedPrefixLen = "excluded-prefix-len",
    ExcludedPrefixes = "excluded-prefixes",
    FlexId = "flex-id",
    FourOverSixSubnet = "4o6-subnet",
    HooksLibraries = "hooks-libraries",
    HostReservationIdentifiers = "host-reservation-identifiers",
    Hostname = "hostname",
    HostnameCharReplacement = "hostname-char-replacement",
    HostnameCharSet = "hostname-char-set",
    HostsDatabase = "hosts-database",
    HostsDatabases = "hosts-databases",
    HwAddress = "hw-address",
    Id = "id",
    Interface = "interface",
    InterfaceId = "interface-id",
    IpAddress = "ip-address",
    IpAddresses = "ip-addresses",
    IpReservationsUnique = "ip-reservations-unique",
    MaxPreferredLifetime = "max-preferred-lifetime",
    MaxValidLifetime = "max-valid-lifetime",
    MinPreferredLifetime = "min-preferred-lifetime",
    MinValidLifetime = "min-valid-lifetime",
    Name = "name",
    NextServer = "next-server",
    OfferLifetime = "offer-lifetime",
    OptionData = "option-data",
    PdAllocator = "pd-allocator",
    PdPools = "pd-pools",
    Pool = "pool",
    PoolId = "pool-id",
    Pools = "pools",
    PreferredLifetime = "preferred-lifetime",
    Prefix = "prefix",
    PrefixLen = "prefix-len",
    Prefixes = "prefixes",
    RapidCommit = "rapid-commit",
    RebindTimer = "rebind-timer",
    Relay = "relay",
    RenewTimer = "renew-timer",
    RequireClientClasses = "require-client-classes",
    ReservationMode = "reservation-mode",
    Reservations = "reservations",
    ReservationsGlobal = "reservations-global",
    ReservationsInSubnet = "reservations-in-subnet",
    ReservationsOutOfPool = "reservations-out-of-pool",
    ServerHostname = "server-hostname",
    SharedNetworks = "shared-networks",
    Subnet = "subnet",
    Subnet4 = "subnet4",
    Subnet6 = "subnet6",
    T1Percent = "t1-percent",
    T2Percent = "t2-percent",
    ValidLifetime = "valid-lifetime",
}

impl Key {
    /// The key's bit in a set of keys.
    pub(super) const fn bit(self) -> u128 {
        1 << (self as u8)
    }
}

/// Finds keys by their text: the place of a key is its hash, or one of the next.
#[derive(Debug)]
pub(super) struct KeyTable([Option<Key>; SIZE]);

/// Much more than there are keys, so that nearly all stand at their own places.
const SIZE: usize = 512;

impl KeyTable {
    pub(super) fn new() -> Self {
        let mut table = [None; SIZE];
        for key in Key::ALL {
            let free = places(key.name()).find(|place| table.get(*place).is_some_and(Option::is_none));
            if let Some(slot) = free.and_then(|place| table.get_mut(place)) {
                *slot = Some(*key);
            }
        }
        Self(table)
    }

    pub(super) fn find(&self, text: &str) -> Option<Key> {
        let taken = places(text).map_while(|place| self.0.get(place).copied().flatten());
        taken.into_iter().find(|key| key.name() == text)
    }
}

/// Where a key may stand. The ends of the keys and their lengths tell them apart.
fn places(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().map_or(0, usize::from);
    let (length, half) = (bytes.len(), bytes.len() / 2);
    let hash = at(0)
        + at(half) * 7
        + at(length.wrapping_sub(1)) * 31
        + at(length.wrapping_sub(4)) * 67
        + length * 13;
    (0..SIZE).map(move |step| (hash + step) % SIZE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_has_its_own_bit() {
        let table = KeyTable::new();
        let mut bits = 0;
        for key in Key::ALL {
            assert_eq!(table.find(key.name()), Some(*key));
            assert_eq!(bits & key.bit(), 0);
            bits |= key.bit();
        }
        assert_eq!(table.find("subnet5"), None);
        assert_eq!(table.find(""), None);
    }
}
