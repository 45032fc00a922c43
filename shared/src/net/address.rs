//! One address.

use crate::Family;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address in a form that can be counted with: DHCPv4's 32 bits or DHCPv6's 128.
///
/// # Example
/// ```
/// use perch_shared::{Family, net::parse_address};
/// assert_eq!(parse_address(Family::V4, "0.0.1.2"), Some(0x102));
/// assert_eq!(parse_address(Family::V6, "::1%eth0"), Some(1));
/// assert_eq!(parse_address(Family::V4, "01.2.3.4"), None);
/// ```
pub fn parse_address(family: Family, text: &str) -> Option<u128> {
    let text = readable(text);
    Some(match family {
        Family::V4 => u32::from(text.parse::<Ipv4Addr>().ok()?).into(),
        Family::V6 => {
            // The interface behind a `%` is read and has no meaning here.
            let address = text.split_once('%').map_or(text, |(address, _)| address);
            address.parse::<Ipv6Addr>().ok()?.into()
        }
    })
}

/// Which family's address a text is; `None`: neither's.
pub(super) fn family_of(text: &str) -> Option<Family> {
    Family::ALL.into_iter().find(|family| parse_address(*family, text).is_some())
}

/// An address of a family from its number; bits that IPv4 has not are dropped.
pub(crate) fn address(family: Family, number: u128) -> IpAddr {
    match family {
        Family::V4 => Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX)).into(),
        Family::V6 => Ipv6Addr::from(number).into(),
    }
}

/// Kea hands addresses on as C strings, so they end at a NUL.
fn readable(text: &str) -> &str {
    text.split_once('\0').map_or(text, |(readable, _)| readable)
}
