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
    if let (Family::V4, Some(number)) = (family, parse_v4(text)) {
        return Some(number.into());
    }
    let text = readable(text);
    Some(match family {
        Family::V4 => parse_v4(text)?.into(),
        Family::V6 => {
            // The interface behind a `%` is read and has no meaning here.
            let address = text.split_once('%').map_or(text, |(address, _)| address);
            address.parse::<Ipv6Addr>().ok()?.into()
        }
    })
}

/// Four numbers with dots between them, without leading zeros: what `Ipv4Addr` reads, sooner.
pub(crate) fn parse_v4(text: &str) -> Option<u32> {
    let (mut address, mut part, mut digits, mut dots) = (0_u32, 0_u32, 0_u32, 0_u32);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' if digits == 0 || (part > 0 && digits < 3) => {
                part = part * 10 + u32::from(byte - b'0');
                digits += 1;
            }
            b'.' if digits > 0 && part < 256 && dots < 3 => {
                address = address << 8 | part;
                (part, digits) = (0, 0);
                dots += 1;
            }
            _ => return None,
        }
    }
    (dots == 3 && digits > 0 && part < 256).then_some(address << 8 | part)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_what_the_standard_library_reads(text in "([0-9]{0,4}\\.){0,4}[0-9]{0,4}|(25[0-9]|[1-9]?[0-9])(\\.(25[0-9]|[1-9]?[0-9])){3}|[0-9. +-]{0,16}") {
            prop_assert_eq!(parse_v4(&text), text.parse::<Ipv4Addr>().ok().map(u32::from));
        }
    }
}
