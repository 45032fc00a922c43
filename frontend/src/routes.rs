//! Every address of the page, once: all links are made here, and all addresses are read here.

mod address;

pub use address::Address;

use perch_shared::{
    Family,
    api::{ChangeId, Ids, ServerId},
};

/// A page and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// What needs attention now; the first page.
    Overview,
    /// All servers.
    Servers,
    /// Entering a new server.
    AddServer,
    /// Changing a server's entry.
    EditServer(ServerId),
    /// What a server's daemons say about themselves.
    Server(ServerId),
    /// A daemon's properties: its global parameters.
    Properties(ServerId, Family),
    /// A daemon's global options.
    Options(ServerId, Family),
    /// A daemon's own option definitions.
    CustomOptions(ServerId, Family),
    /// A daemon's client classes.
    Classes(ServerId, Family),
    /// Entering a new client class.
    AddClass(ServerId, Family),
    /// One client class, by its name.
    Class(ServerId, Family, String),
    /// The subnets of one server.
    ServerNetworks(ServerId),
    /// A daemon's whole configuration as text.
    Raw(ServerId, Family),
    /// What was done to one server.
    ServerHistory(ServerId),
    /// The configurations that Perch kept of a daemon.
    Snapshots(ServerId, Family),
    /// All subnets of all servers.
    Networks,
    /// Entering a new subnet.
    AddSubnet,
    /// One subnet, by its id.
    Subnet(ServerId, Family, u64),
    /// The reservations of a daemon that belong to no subnet.
    GlobalReservations(ServerId, Family),
    /// Several subnets of a daemon, edited as one.
    Subnets(ServerId, Family, Ids),
    /// Entering a new shared network.
    AddNetwork,
    /// One shared network, by its name.
    Network(ServerId, Family, String),
    /// The reservations in all configurations.
    Reservations,
    /// Leases, searched for.
    Leases,
    /// What an address, an identifier or a word belongs to.
    Find,
    /// HA relationships.
    Pairs,
    /// Making two servers partners.
    SetUpPair,
    /// One HA relationship, by its id.
    Pair(String),
    /// What was done.
    History,
    /// One change.
    Change(ChangeId),
    /// Trying a configuration without a server.
    Playground,
    /// Trying a class expression on a packet.
    Bench,
    /// Who may do what.
    Users,
    /// Whoever is signed in.
    Account,
    /// How this Perch is set up, and how the page behaves for whoever uses it.
    Settings,
    /// How Perch works.
    Help,
    /// All rules.
    Rules,
    /// One rule, by its code.
    Rule(String),
    /// What the page is made of.
    Styleguide,
}

impl Route {
    /// The address.
    pub fn path(&self) -> String {
        match self {
            Self::Overview => "/overview".into(),
            Self::Servers => "/servers".into(),
            Self::AddServer => "/servers/new".into(),
            Self::EditServer(id) => format!("/servers/{id}/edit"),
            Self::Server(id) => format!("/servers/{id}"),
            Self::Properties(id, family) => format!("/servers/{id}/properties/{family}"),
            Self::Options(id, family) => format!("/servers/{id}/options/{family}"),
            Self::CustomOptions(id, family) => format!("/servers/{id}/custom-options/{family}"),
            Self::Classes(id, family) => format!("/servers/{id}/classes/{family}"),
            Self::AddClass(id, family) => format!("/servers/{id}/new-class/{family}"),
            Self::Class(id, family, name) => format!("/servers/{id}/classes/{family}/{}", escape(name)),
            Self::ServerNetworks(id) => format!("/servers/{id}/networks"),
            Self::Raw(id, family) => format!("/servers/{id}/configuration/{family}"),
            Self::ServerHistory(id) => format!("/servers/{id}/history"),
            Self::Snapshots(id, family) => format!("/servers/{id}/snapshots/{family}"),
            Self::Networks => "/networks".into(),
            Self::AddSubnet => "/networks/new-subnet".into(),
            Self::Subnet(id, family, subnet) => format!("/servers/{id}/subnets/{family}/{subnet}"),
            Self::GlobalReservations(id, family) => format!("/servers/{id}/reservations/{family}"),
            Self::Subnets(id, family, ids) => format!("/servers/{id}/subnets/{family}/several/{ids}"),
            Self::AddNetwork => "/networks/new-shared-network".into(),
            Self::Network(id, family, name) => {
                format!("/servers/{id}/shared-networks/{family}/{}", escape(name))
            }
            Self::Reservations => "/reservations".into(),
            Self::Leases => "/leases".into(),
            Self::Find => "/find".into(),
            Self::Pairs => "/ha".into(),
            Self::SetUpPair => "/ha/new".into(),
            Self::Pair(id) => format!("/ha/{}", escape(id)),
            Self::History => "/history".into(),
            Self::Change(id) => format!("/history/{id}"),
            Self::Playground => "/playground".into(),
            Self::Bench => "/playground/expression".into(),
            Self::Users => "/users".into(),
            Self::Account => "/account".into(),
            Self::Settings => "/settings".into(),
            Self::Help => "/help".into(),
            Self::Rules => "/help/rules".into(),
            Self::Rule(code) => format!("/help/rules/{code}"),
            Self::Styleguide => "/styleguide".into(),
        }
    }

    /// The address with something behind `?`, such as a filter.
    pub fn with(&self, query: &[(&str, &str)]) -> String {
        let pairs: Vec<String> = query
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        if pairs.is_empty() { self.path() } else { format!("{}?{}", self.path(), pairs.join("&")) }
    }

    /// Whether the page says anything without a Perch behind it.
    pub fn needs_perch(&self) -> bool {
        !matches!(
            self,
            Self::Playground | Self::Bench | Self::Help | Self::Rules | Self::Rule(_) | Self::Styleguide
        )
    }

    /// The server that the page is about.
    pub fn server(&self) -> Option<&ServerId> {
        match self {
            Self::Server(id)
            | Self::EditServer(id)
            | Self::Properties(id, _)
            | Self::Options(id, _)
            | Self::CustomOptions(id, _)
            | Self::Classes(id, _)
            | Self::AddClass(id, _)
            | Self::Class(id, ..)
            | Self::ServerNetworks(id)
            | Self::Raw(id, _)
            | Self::ServerHistory(id)
            | Self::Snapshots(id, _)
            | Self::Subnet(id, ..)
            | Self::GlobalReservations(id, _)
            | Self::Subnets(id, ..)
            | Self::Network(id, ..) => Some(id),
            _ => None,
        }
    }

    /// The daemon that the page is about.
    pub fn family(&self) -> Option<Family> {
        match self {
            Self::Properties(_, family)
            | Self::Options(_, family)
            | Self::CustomOptions(_, family)
            | Self::Classes(_, family)
            | Self::AddClass(_, family)
            | Self::Class(_, family, _)
            | Self::Raw(_, family)
            | Self::Snapshots(_, family)
            | Self::Subnet(_, family, _)
            | Self::GlobalReservations(_, family)
            | Self::Subnets(_, family, _)
            | Self::Network(_, family, _) => Some(*family),
            _ => None,
        }
    }

    /// The page at an address; `None`: there is none.
    pub fn parse(path: &str) -> Option<Self> {
        // A server of plain files shows a folder's page under the page's own name too.
        let parts = path.split('/').filter(|part| !part.is_empty() && *part != "index.html");
        let parts: Vec<&str> = parts.collect();
        match parts.as_slice() {
            [] | ["overview"] => Some(Self::Overview),
            ["servers"] => Some(Self::Servers),
            ["servers", "new"] => Some(Self::AddServer),
            ["servers", id, rest @ ..] => Self::parse_server(ServerId::new(*id).ok()?, rest),
            ["networks"] => Some(Self::Networks),
            ["networks", "new-subnet"] => Some(Self::AddSubnet),
            ["networks", "new-shared-network"] => Some(Self::AddNetwork),
            ["reservations"] => Some(Self::Reservations),
            ["leases"] => Some(Self::Leases),
            ["find"] => Some(Self::Find),
            ["ha"] => Some(Self::Pairs),
            ["ha", "new"] => Some(Self::SetUpPair),
            ["ha", id] => Some(Self::Pair(unescape(id))),
            ["history"] => Some(Self::History),
            ["history", id] => Some(Self::Change(ChangeId::new(*id).ok()?)),
            ["playground"] => Some(Self::Playground),
            ["playground", "expression"] => Some(Self::Bench),
            ["users"] => Some(Self::Users),
            ["account"] => Some(Self::Account),
            ["settings"] => Some(Self::Settings),
            ["help"] => Some(Self::Help),
            ["help", "rules"] => Some(Self::Rules),
            ["help", "rules", code @ ..] => Some(Self::Rule(code.join("/"))),
            ["styleguide"] => Some(Self::Styleguide),
            _ => None,
        }
    }

    /// The page at an address below a server's own.
    fn parse_server(id: ServerId, rest: &[&str]) -> Option<Self> {
        let family = |text: &str| text.parse::<Family>().ok();
        Some(match rest {
            [] => Self::Server(id),
            ["edit"] => Self::EditServer(id),
            ["networks"] => Self::ServerNetworks(id),
            ["history"] => Self::ServerHistory(id),
            ["properties", of] => Self::Properties(id, family(of)?),
            ["options", of] => Self::Options(id, family(of)?),
            ["custom-options", of] => Self::CustomOptions(id, family(of)?),
            ["classes", of] => Self::Classes(id, family(of)?),
            ["new-class", of] => Self::AddClass(id, family(of)?),
            ["classes", of, name] => Self::Class(id, family(of)?, unescape(name)),
            ["configuration", of] => Self::Raw(id, family(of)?),
            ["snapshots", of] => Self::Snapshots(id, family(of)?),
            ["reservations", of] => Self::GlobalReservations(id, family(of)?),
            ["subnets", of, subnet] => Self::Subnet(id, family(of)?, subnet.parse().ok()?),
            ["subnets", of, "several", ids] => Self::Subnets(id, family(of)?, ids.parse().ok()?),
            ["shared-networks", of, name] => Self::Network(id, family(of)?, unescape(name)),
            _ => return None,
        })
    }
}

/// A text as one part of an address.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
    out
}

/// The text that [`escape`] wrote. What it did not write stays as it is.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let code = || u8::from_str_radix(std::str::from_utf8(others.get(..2)?).ok()?, 16).ok();
        match (*first == b'%').then(code).flatten() {
            Some(byte) => {
                bytes.push(byte);
                rest = others.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_kind() -> Vec<(Route, &'static str)> {
        let id = ServerId::new("branch-office").unwrap();
        let change = ChangeId::new("20261124-031500-042-9f3a").unwrap();
        vec![
            (Route::Overview, "/overview"),
            (Route::Servers, "/servers"),
            (Route::AddServer, "/servers/new"),
            (Route::EditServer(id.clone()), "/servers/branch-office/edit"),
            (Route::Server(id.clone()), "/servers/branch-office"),
            (Route::Properties(id.clone(), Family::V4), "/servers/branch-office/properties/dhcp4"),
            (Route::Options(id.clone(), Family::V4), "/servers/branch-office/options/dhcp4"),
            (Route::CustomOptions(id.clone(), Family::V6), "/servers/branch-office/custom-options/dhcp6"),
            (Route::Classes(id.clone(), Family::V4), "/servers/branch-office/classes/dhcp4"),
            (Route::AddClass(id.clone(), Family::V4), "/servers/branch-office/new-class/dhcp4"),
            (
                Route::Class(id.clone(), Family::V4, "voip/zoë 7".into()),
                "/servers/branch-office/classes/dhcp4/voip%2Fzo%C3%AB%207",
            ),
            (Route::ServerNetworks(id.clone()), "/servers/branch-office/networks"),
            (Route::Raw(id.clone(), Family::V6), "/servers/branch-office/configuration/dhcp6"),
            (Route::ServerHistory(id.clone()), "/servers/branch-office/history"),
            (Route::Snapshots(id.clone(), Family::V4), "/servers/branch-office/snapshots/dhcp4"),
            (Route::Networks, "/networks"),
            (Route::AddSubnet, "/networks/new-subnet"),
            (Route::GlobalReservations(id.clone(), Family::V4), "/servers/branch-office/reservations/dhcp4"),
            (Route::Subnet(id.clone(), Family::V4, 7), "/servers/branch-office/subnets/dhcp4/7"),
            (
                Route::Subnets(id.clone(), Family::V4, "1-3,7".parse().unwrap()),
                "/servers/branch-office/subnets/dhcp4/several/1-3,7",
            ),
            (Route::AddNetwork, "/networks/new-shared-network"),
            (
                Route::Network(id, Family::V4, "100% campus".into()),
                "/servers/branch-office/shared-networks/dhcp4/100%25%20campus",
            ),
            (Route::Reservations, "/reservations"),
            (Route::Leases, "/leases"),
            (Route::Find, "/find"),
            (Route::Pairs, "/ha"),
            (Route::SetUpPair, "/ha/new"),
            (Route::Pair("dhcp4:a=hq,b=branch".into()), "/ha/dhcp4:a%3Dhq%2Cb%3Dbranch"),
            (Route::History, "/history"),
            (Route::Change(change), "/history/20261124-031500-042-9f3a"),
            (Route::Playground, "/playground"),
            (Route::Bench, "/playground/expression"),
            (Route::Users, "/users"),
            (Route::Account, "/account"),
            (Route::Settings, "/settings"),
            (Route::Help, "/help"),
            (Route::Rules, "/help/rules"),
            (Route::Rule("pool/overlap".into()), "/help/rules/pool/overlap"),
            (Route::Styleguide, "/styleguide"),
        ]
    }

    #[test]
    fn addresses_are_stable_and_read_as_they_are_written() {
        for (route, path) in every_kind() {
            assert_eq!(route.path(), path);
            assert_eq!(Route::parse(path), Some(route));
        }
        assert_eq!(Route::parse("/"), Some(Route::Overview));
    }

    #[test]
    fn what_stands_behind_an_address_is_escaped() {
        let query = [("q", "free<10 and class=voip"), ("sort", "")];
        assert_eq!(Route::Networks.with(&query), "/networks?q=free%3C10%20and%20class%3Dvoip");
        assert_eq!(Route::Networks.with(&[]), "/networks");
    }

    #[test]
    fn odd_escapes_stay_as_they_are() {
        for (text, read) in [("100%", "100%"), ("%zz", "%zz"), ("a%2Fb", "a/b"), ("%F", "%F")] {
            assert_eq!(unescape(text), read);
        }
    }

    #[test]
    fn knows_what_is_no_page() {
        for path in [
            "/x",
            "/servers/UPPER",
            "/servers/a/options/dhcp5",
            "/servers/a/b",
            "/help/x",
            "/servers/a/subnets/dhcp4/x",
        ] {
            assert_eq!(Route::parse(path), None, "{path}");
        }
    }
}
