//! The addresses of a prefix that clients can have.

use super::{AddressRange, Prefix};
use crate::Family;

/// The addresses of a prefix that clients can have: without those of the network itself and, in IPv4, of the broadcast,
/// where the prefix has room for them.
///
/// # Example
/// ```
/// use perch_shared::{Family, net::{Prefix, usable}};
/// let prefix = Prefix::parse(Family::V4, "192.0.2.0/24")?;
/// assert_eq!(usable(prefix).to_string(), "192.0.2.1 - 192.0.2.254");
/// # Ok::<(), perch_shared::net::PrefixError>(())
/// ```
pub fn usable(prefix: Prefix) -> AddressRange {
    let family = prefix.family();
    let (first, last) = prefix.range().numbers();
    if last - first < 3 {
        return prefix.range();
    }
    match family {
        Family::V4 => AddressRange::between(family, first + 1, last - 1),
        Family::V6 => AddressRange::between(family, first + 1, last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_prefixes_are_used_whole() {
        for (family, text, expected) in [
            (Family::V4, "10.0.0.0/8", "10.0.0.1 - 10.255.255.254"),
            (Family::V4, "192.0.2.4/30", "192.0.2.5 - 192.0.2.6"),
            (Family::V4, "192.0.2.4/31", "192.0.2.4 - 192.0.2.5"),
            (Family::V4, "192.0.2.4/32", "192.0.2.4 - 192.0.2.4"),
            (Family::V6, "2001:db8::/64", "2001:db8::1 - 2001:db8::ffff:ffff:ffff:ffff"),
            (Family::V6, "::/0", "::1 - ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] {
            assert_eq!(usable(Prefix::parse(family, text).unwrap()).to_string(), expected, "{text}");
        }
    }
}
