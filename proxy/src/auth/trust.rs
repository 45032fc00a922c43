//! Which machines are trusted proxies, and what is believed because they say it.

use axum::http::{HeaderMap, HeaderName};
use perch_shared::{Family, api::Role, net::Prefix};
use std::{net::IpAddr, str::FromStr};

/// Addresses of proxies: one address, or a network such as `10.0.0.0/24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(Prefix);

impl Network {
    /// Whether the address belongs to it.
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.0.family(), address.to_canonical()) {
            (Family::V4, IpAddr::V4(address)) => self.0.range().contains_number(u32::from(address).into()),
            (Family::V6, IpAddr::V6(address)) => self.0.range().contains_number(address.into()),
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (family, longest) = if text.contains(':') { (Family::V6, 128) } else { (Family::V4, 32) };
        let text = if text.contains('/') { text.to_owned() } else { format!("{text}/{longest}") };
        Prefix::parse(family, &text).map(Self).map_err(|_| ())
    }
}

/// A reverse proxy in front of Perch, which speaks TLS with the browsers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxy {
    /// Where its connections come from. Empty: there is none.
    pub networks: Vec<Network>,
    /// The header in which it names who signed in with it; `None`: it signs nobody in.
    pub user_header: Option<HeaderName>,
    /// The role of somebody whom it names and `users.json` does not; `None`: they are refused.
    pub role: Option<Role>,
}

impl Proxy {
    /// Whether a connection's other end is the proxy.
    pub fn is(&self, peer: Option<IpAddr>) -> bool {
        peer.is_some_and(|peer| self.networks.iter().any(|network| network.contains(peer)))
    }

    /// Where a request really comes from: past the proxy the last address in `X-Forwarded-For` that is not a proxy's.
    /// `None` when that is not known, or is what everybody behind an undeclared proxy would share.
    pub fn origin(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        if !self.is(peer) {
            return peer.filter(|peer| !peer.to_canonical().is_loopback());
        }
        let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
        let hops = hops.iter().rev().map_while(|hop| hop.parse::<IpAddr>().ok());
        hops.into_iter().find(|hop| !self.is(Some(*hop)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxy() -> Proxy {
        let networks = ["192.0.2.1", "10.0.0.0/8", "2001:db8::/32"].map(|text| text.parse().unwrap());
        Proxy { networks: networks.to_vec(), ..Proxy::default() }
    }

    #[test]
    fn networks_hold_their_addresses() {
        for (address, inside) in [
            ("192.0.2.1", true),
            ("192.0.2.2", false),
            ("10.255.0.1", true),
            ("11.0.0.1", false),
            ("::ffff:10.0.0.1", true),
            ("2001:db8:1::1", true),
            ("2001:db9::1", false),
        ] {
            assert_eq!(proxy().is(address.parse().ok()), inside, "{address}");
        }
        assert!(!proxy().is(None));
        for wrong in ["", "proxy", "10.0.0.0/33", "10.0.0", "::/129", "10.0.0.0/"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_a_proxy_says_where_a_request_comes_from() {
        let origin = |peer: &str, forwarded: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            proxy().origin(peer.parse().ok(), &headers).map(|address| address.to_string())
        };
        assert_eq!(origin("198.51.100.7", &["203.0.113.1"]).as_deref(), Some("198.51.100.7"));
        assert_eq!(origin("192.0.2.1", &["1.1.1.1, 203.0.113.1"]).as_deref(), Some("203.0.113.1"));
        assert_eq!(
            origin("192.0.2.1", &["1.1.1.1", "203.0.113.1, 10.0.0.9"]).as_deref(),
            Some("203.0.113.1")
        );
        assert_eq!(origin("192.0.2.1", &[]), None);
        assert_eq!(origin("192.0.2.1", &["203.0.113.1, junk"]), None, "what follows junk may be made up");
        assert_eq!(origin("127.0.0.1", &[]), None, "everybody behind a tunnel");
    }
}
