//! Classless static routes (RFC 3442): `10.0.0.0/8 - 10.2.3.1, …`.

use super::{Refused, Sent};
use crate::{
    diagnostic::Diagnostic,
    option::{
        DefRef,
        text::{Findings, Token, Wrong, address, decimal, split, trim},
    },
};
use std::net::{IpAddr, Ipv4Addr};

const EXAMPLE: &str = "write `10.0.0.0/8 - 192.0.2.1`: a subnet, a dash, the router's address";

/// Reads the routes of `data`. `None`: there is an error among the findings.
pub(in crate::option) fn parse(
    definition: DefRef<'_>,
    data: &str,
    findings: &mut Findings,
) -> Option<Vec<u8>> {
    let tokens = split(data, ',', true);
    if tokens.is_empty() {
        let message = format!("`{}` needs a value", definition.name);
        findings
            .sure
            .push(Diagnostic::error("option-data/missing-value", message).help(EXAMPLE).span(0..data.len()));
        return None;
    }
    let mut bytes = Vec::new();
    let mut fine = true;
    for token in &tokens {
        match route(token, findings) {
            Ok(route) => bytes.extend(route),
            Err(wrong) => {
                findings.sure.push(wrong.at(token));
                fine = false;
            }
        }
    }
    fine.then_some(bytes)
}

fn route(token: &Token<'_>, findings: &mut Findings) -> Result<Vec<u8>, Wrong> {
    let error = |problem: String| Wrong::new("option-data/value", &token.text, problem);
    let parts: Vec<&str> = token.text.split('-').filter(|part| !part.is_empty()).map(trim).collect();
    let (&[subnet, router], false) = (parts.as_slice(), token.text.contains(',')) else {
        return Err(error("is not a route".to_owned()).help(EXAMPLE));
    };
    let Some((address, length)) = subnet.split_once('/') else {
        return Err(error(format!("has no length behind `{subnet}`"))
            .help(format!("write `{subnet}/24`, for example")));
    };
    let Some(IpAddr::V4(subnet)) = address::parse(address) else {
        return Err(error(format!("begins with `{address}`, which is not an IPv4 address")).help(EXAMPLE));
    };
    let Some(length) =
        decimal(length).and_then(|length| u8::try_from(length).ok()).filter(|length| *length <= 32)
    else {
        return Err(error(format!("has the length `{length}`, which is not between 0 and 32")).help(EXAMPLE));
    };
    let Some(IpAddr::V4(router)) = address::parse(router) else {
        return Err(error(format!("ends with `{router}`, which is not an IPv4 address")).help(EXAMPLE));
    };
    let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
    let masked = Ipv4Addr::from(u32::from(subnet) & mask);
    if masked != subnet {
        let message = format!("`{subnet}/{length}` has bits behind its length");
        let help = format!("write `{masked}/{length}`: many clients drop such a route");
        let warning =
            Diagnostic::warning("option-data/host-bits", message).help(help).span(token.span.clone());
        findings.sure.push(warning);
    }
    let mut bytes = vec![length];
    bytes.extend(subnet.octets().into_iter().take(usize::from(length).div_ceil(8)));
    bytes.extend(router.octets());
    Ok(bytes)
}

/// The route at the front of the bytes, and what follows it.
fn front(bytes: &[u8]) -> Option<(Ipv4Addr, u8, Ipv4Addr, &[u8])> {
    let (&length, rest) = bytes.split_first().filter(|(length, _)| **length <= 32)?;
    let (significant, rest) = rest.split_at_checked(usize::from(length).div_ceil(8))?;
    let (router, rest) = rest.split_first_chunk::<4>()?;
    let mut subnet = [0; 4];
    subnet.iter_mut().zip(significant).for_each(|(byte, significant)| *byte = *significant);
    Some((subnet.into(), length, (*router).into(), rest))
}

/// Reads routes from the wire.
pub(super) fn read(definition: DefRef<'_>, bytes: &[u8]) -> Sent {
    if bytes.is_empty() {
        return Err(Refused::short(definition, 5, 0));
    }
    let mut rest = bytes;
    while !rest.is_empty() {
        let Some((_, _, _, tail)) = front(rest) else {
            let at = bytes.len() - rest.len();
            let message = format!("`{}` holds no route at byte {at}", definition.name);
            let help =
                "write a length up to 32, as many bytes of the subnet as it needs, and four of the router";
            return Err(Refused::new("option-data/value", message, help));
        };
        rest = tail;
    }
    Ok(bytes.to_vec())
}

/// Routes as text.
pub(in crate::option) fn print(bytes: &[u8]) -> Option<String> {
    let mut routes = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (subnet, length, router, tail) = front(rest)?;
        routes.push(format!("{subnet}/{length} - {router}"));
        rest = tail;
    }
    Some(routes.join(", "))
}
