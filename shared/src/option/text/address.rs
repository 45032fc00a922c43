//! Addresses and prefixes as Kea reads them.

use crate::net::parse_v4;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address of either family. A zone (`%eth0`) behind an IPv6 address is skipped, as Kea does.
pub(in crate::option) fn parse(text: &str) -> Option<IpAddr> {
    // Kea hands the text over as a C string.
    let text = text.split('\0').next().unwrap_or_default();
    if let Some(v4) = parse_v4(text) {
        return Some(Ipv4Addr::from(v4).into());
    }
    let without_zone = text.split('%').next().unwrap_or_default();
    without_zone.parse::<Ipv6Addr>().map(IpAddr::V6).ok()
}

/// Four or sixteen bytes as an address.
pub(in crate::option) fn print(bytes: &[u8]) -> String {
    match (<[u8; 4]>::try_from(bytes), <[u8; 16]>::try_from(bytes)) {
        (Ok(v4), _) => Ipv4Addr::from(v4).to_string(),
        (_, Ok(v6)) => Ipv6Addr::from(v6).to_string(),
        _ => String::new(),
    }
}

/// What an almost right IPv4 address probably should be.
pub(in crate::option) fn mend_v4(text: &str) -> Option<Ipv4Addr> {
    let text = text.split('/').next().unwrap_or_default().trim();
    let parts: Vec<u8> = text.split('.').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    <[u8; 4]>::try_from(parts).ok().map(Ipv4Addr::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_families() {
        for text in [
            "192.0.2.1",
            "0.0.0.0",
            "::",
            "2001:db8::1",
            "::ffff:192.0.2.1",
            "fe80::1%eth0",
            "1:2:3:4:5:6:7::",
        ] {
            assert!(parse(text).is_some(), "{text}");
        }
        for text in
            ["", "192.0.2", "192.0.2.256", "192.0.02.1", "1:2:3", "::1::", "192.0.2.1%lo", " ::1", "12345::"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn guesses_what_was_meant() {
        assert_eq!(mend_v4("192.168.001.1"), Some(Ipv4Addr::new(192, 168, 1, 1)));
        assert_eq!(mend_v4("10.0.0.1/24"), Some(Ipv4Addr::new(10, 0, 0, 1)));
        assert_eq!(mend_v4("10.0.0.300"), None);
    }
}
