//! Values with a slash: IPv6 prefixes and port sets.

use super::{
    Findings, Token, address,
    value::{Written, Wrong, error, limited, warning},
};
use std::net::IpAddr;

/// The code of a prefix of more than 128 bits, which some versions refuse and others send with bytes of their own.
pub(in crate::option) const PREFIX_LENGTH: &str = "option-data/prefix-length";

/// The two sides of a slash. Kea removes blanks first, even inside.
fn sides(token: &Token<'_>, example: &str) -> Result<(String, String), Wrong> {
    let text: String = token.text.chars().filter(|c| !matches!(c, ' ' | '\t')).collect();
    match text.split_once('/') {
        Some((left, right)) => Ok((left.to_owned(), right.to_owned())),
        None => Err(error("option-data/value", token, "has no `/`").help(format!("write it as `{example}`"))),
    }
}

/// `2001:db8::/32`: the length in bits, and as many bytes of the address as it needs.
pub(super) fn ipv6_prefix(token: &Token<'_>, out: &mut Vec<u8>, findings: &mut Findings) -> Written {
    let (address, length) = sides(token, "2001:db8::/32")?;
    let Some(IpAddr::V6(parsed)) = address::parse(&address) else {
        return Err(error("option-data/value", token, "does not begin with an IPv6 address")
            .help("write a prefix such as `2001:db8::/32`"));
    };
    let bits = limited(token, &length, 0, u8::MAX.into(), findings)?;
    let length = u32::try_from(bits).unwrap_or_default();
    if length > 128 {
        findings.suspects.push(
            warning(PREFIX_LENGTH, token, "is longer than 128 bits: Kea sends what its memory holds there")
                .help("give a length from 0 to 128"),
        );
    }
    let mask = u128::MAX.checked_shl(128_u32.saturating_sub(length)).unwrap_or(0);
    let kept = u128::from(parsed) & mask;
    if kept != u128::from(parsed) {
        let prefix = std::net::Ipv6Addr::from(kept);
        findings.sure.push(
            warning(
                "option-data/host-bits",
                token,
                format!("has bits behind its first {length}, which Kea drops"),
            )
            .help(format!("write `{prefix}/{length}`")),
        );
    }
    out.extend(u8::try_from(length));
    let address = kept.to_be_bytes().into_iter().chain(std::iter::repeat(0));
    out.extend(address.take(length.div_ceil(8) as usize));
    Ok(())
}

/// `3/4`: the port set id 3 of 4 bits (RFC 7597, section 5.1). On the wire: the length, then the id, left-aligned in
/// two bytes.
pub(super) fn psid(token: &Token<'_>, out: &mut Vec<u8>, findings: &mut Findings) -> Written {
    let (psid, length) = sides(token, "3/4")?;
    let psid = limited(token, &psid, 0, u16::MAX.into(), findings)?;
    let length = limited(token, &length, 0, 16, findings)?;
    let limit = (1_i64 << length) - 1;
    if length > 0 && psid > limit {
        return Err(error(
            "option-data/range",
            token,
            format!("is too large: {length} bits hold 0 to {limit}"),
        ));
    }
    if length == 0 && psid > 0 {
        findings.sure.push(
            warning("option-data/host-bits", token, "has no bits for its port set id, which Kea sends as 0")
                .help("write the length of the id in bits behind the `/`"),
        );
    }
    let aligned = if length == 0 { 0 } else { psid << (16 - length) };
    out.extend(u8::try_from(length));
    out.extend(u16::try_from(aligned).unwrap_or_default().to_be_bytes());
    Ok(())
}
