//! Encrypted DNS resolvers (RFC 9463): `100, dot.example., 192.0.2.1, alpn=dot port=853`.

use super::{Refused, Sent, tuple, tuple_header};
use crate::{
    Family,
    diagnostic::Diagnostic,
    json::byte_text,
    option::{
        DefRef, name,
        text::{Findings, address, decimal, escape, rejoin, split, split_untrimmed, trim},
    },
};
use std::net::IpAddr;

/// The service parameters that Kea supports, by their numbers (RFC 9460, section 14.3.2; RFC 9461, section 5).
const PARAMETERS: [(u16, &str); 3] = [(1, "alpn"), (3, "port"), (7, "dohpath")];

/// The protocol names that Kea knows (IANA, TLS ALPN Protocol IDs).
const PROTOCOLS: &str = " http/0.9 http/1.0 http/1.1 spdy/1 spdy/2 spdy/3 stun.turn stun.nat-discovery h2 h2c webrtc \
    c-webrtc ftp imap pop3 managesieve coap xmpp-client xmpp-server acme-tls/1 mqtt dot ntske/1 sunrpc h3 smb irc nntp \
    nnsp doq sip/2 tds/8.0 dicom ";

/// A problem and what to do about it.
type Problem = (String, &'static str);

/// Reads the resolvers of `data`. `None`: there is an error among the findings.
pub(in crate::option) fn parse(
    definition: DefRef<'_>,
    data: &str,
    findings: &mut Findings,
) -> Option<Vec<u8>> {
    match resolvers(definition, data) {
        Ok(bytes) => Some(bytes),
        Err((problem, help)) => {
            let error = Diagnostic::error("option-data/value", problem).help(help);
            findings.sure.push(error.span(0..data.len()));
            None
        }
    }
}

fn resolvers(definition: DefRef<'_>, data: &str) -> Result<Vec<u8>, Problem> {
    let text = rejoin(data);
    if text.is_empty() {
        return Err((format!("`{}` needs a value", definition.name), "give a priority and a name"));
    }
    if definition.family == Family::V6 {
        return resolver(Family::V6, &text);
    }
    let mut bytes = Vec::new();
    for instance in split_untrimmed(&text, '|', true) {
        let instance = resolver(Family::V4, &instance.text)?;
        let length = u16::try_from(instance.len()).map_err(|_| too_long())?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(instance);
    }
    Ok(bytes)
}

fn too_long() -> Problem {
    ("the resolver takes too many bytes".to_owned(), "use fewer addresses or a shorter name")
}

/// One resolver, without the length that DHCPv4 puts before it.
fn resolver(family: Family, text: &str) -> Result<Vec<u8>, Problem> {
    let fields = split(text, ',', true);
    let field = |index: usize| fields.get(index).map(|field| field.text.as_ref());
    let (Some(priority), Some(domain), ..=4) = (field(0), field(1), fields.len()) else {
        let help = "give a priority, a name, and perhaps addresses and parameters, separated by commas";
        return Err((format!("{} fields instead of two to four", fields.len()), help));
    };
    let priority = wrapping(priority)
        .ok_or_else(|| (format!("`{priority}` is not a priority"), "begin with a number from 0 to 65535"))?;
    let domain = name::encode(&domain.to_ascii_lowercase()).map_err(|problem| {
        (format!("`{domain}` is not a domain name: it {problem}"), "give the resolver's name")
    })?;
    let mut bytes = priority.to_be_bytes().to_vec();
    push_length(&mut bytes, family, domain.len())?;
    bytes.extend(domain);
    if let Some(addresses) = field(2) {
        let addresses = parse_addresses(family, addresses)?;
        push_length(&mut bytes, family, addresses.len())?;
        bytes.extend(addresses);
    }
    if let Some(parameters) = field(3) {
        bytes.extend(parse_parameters(parameters)?);
    }
    Ok(bytes)
}

/// A number of two bytes. Kea reads `-1` as 65535.
fn wrapping(text: &str) -> Option<u16> {
    let magnitude = |digits: &str| decimal(digits).filter(|_| !digits.starts_with(['+', '-']));
    match text.strip_prefix('-') {
        Some(digits) => u16::try_from(magnitude(digits)?).ok().map(u16::wrapping_neg),
        None => u16::try_from(decimal(text)?).ok(),
    }
}

fn push_length(bytes: &mut Vec<u8>, family: Family, length: usize) -> Result<(), Problem> {
    match family {
        Family::V4 => bytes.push(u8::try_from(length).map_err(|_| too_long())?),
        Family::V6 => bytes.extend(u16::try_from(length).map_err(|_| too_long())?.to_be_bytes()),
    }
    Ok(())
}

fn parse_addresses(family: Family, text: &str) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    for text in text.split(' ').map(trim).filter(|text| !text.is_empty()) {
        match (address::parse(text), family) {
            (Some(IpAddr::V4(address)), Family::V4) => bytes.extend(address.octets()),
            (Some(IpAddr::V6(address)), Family::V6) => bytes.extend(address.octets()),
            _ => {
                let kind = if family == Family::V4 { "IPv4" } else { "IPv6" };
                return Err((
                    format!("`{text}` is not an {kind} address"),
                    "separate the addresses of a resolver with blanks",
                ));
            }
        }
    }
    if bytes.is_empty() {
        return Err(("the resolver has no address".to_owned(), "give at least one address behind the name"));
    }
    Ok(bytes)
}

fn parse_parameters(text: &str) -> Result<Vec<u8>, Problem> {
    let mut found: Vec<(u16, Vec<u8>)> = Vec::new();
    for pair in text.split(' ').filter(|pair| !pair.is_empty()) {
        let parts: Vec<&str> = trim(pair).split('=').filter(|part| !part.is_empty()).map(trim).collect();
        let &[key, value] = parts.as_slice() else {
            return Err((format!("`{pair}` is not a parameter"), "write each parameter as `key=value`"));
        };
        let Some((number, _)) = PARAMETERS.iter().find(|(_, name)| *name == key) else {
            return Err((
                format!("`{key}` is not a parameter that Kea takes here"),
                "use `alpn`, `port` or `dohpath`",
            ));
        };
        if found.iter().any(|(other, _)| other == number) {
            return Err((format!("`{key}` is given twice"), "give each parameter once"));
        }
        found.push((*number, parameter(key, value)?));
    }
    let http = found.iter().any(|(number, value)| *number == 1 && speaks_http(value));
    if http && found.iter().all(|(number, _)| *number != 7) {
        return Err((
            "`alpn` names HTTP and `dohpath` is missing".to_owned(),
            "add `dohpath=/dns-query{?dns}`",
        ));
    }
    found.sort();
    let mut bytes = Vec::new();
    for (number, value) in found {
        bytes.extend(number.to_be_bytes());
        bytes.extend(u16::try_from(value.len()).map_err(|_| too_long())?.to_be_bytes());
        bytes.extend(value);
    }
    Ok(bytes)
}

/// Kea takes every protocol whose name begins with an h for HTTP.
fn speaks_http(value: &[u8]) -> bool {
    let mut rest = value;
    while let Some((protocol, tail)) = tuple(1, rest).filter(|_| !rest.is_empty()) {
        if protocol.first() == Some(&b'h') {
            return true;
        }
        rest = tail;
    }
    false
}

fn parameter(key: &str, value: &str) -> Result<Vec<u8>, Problem> {
    match key {
        "alpn" => {
            let mut bytes = Vec::new();
            for protocol in value.split(',').filter(|protocol| !protocol.is_empty()) {
                if protocol.contains(' ') || !PROTOCOLS.contains(&format!(" {protocol} ")) {
                    let help = "use names such as `dot`, `doq`, `h2` or `h3`, with `\\,` between them";
                    return Err((format!("`{protocol}` is not a protocol that Kea knows"), help));
                }
                bytes.extend(u8::try_from(protocol.len()));
                bytes.extend(protocol.as_bytes());
            }
            Ok(bytes)
        }
        "port" => match wrapping(value) {
            Some(port) => Ok(port.to_be_bytes().to_vec()),
            None => Err((format!("`{value}` is not a port"), "give a number from 0 to 65535")),
        },
        _ if value.contains("{?dns}") => Ok(byte_text::bytes(value).into_owned()),
        _ => Err((format!("`{value}` has no variable for the query"), "end the path with `{?dns}`")),
    }
}

/// A resolver from the wire.
struct Resolver<'a> {
    priority: u16,
    domain: &'a [u8],
    addresses: &'a [u8],
    parameters: Vec<(u16, &'a [u8])>,
}

/// Reads resolvers from the wire.
pub(super) fn read(definition: DefRef<'_>, bytes: &[u8]) -> Sent {
    let refused = |problem: &str| {
        let message = format!("`{}` {problem}", definition.name);
        Refused::new(
            "option-data/value",
            message,
            "check it against RFC 9463, section 4 (DHCPv6) or 5 (DHCPv4)",
        )
    };
    instances(definition.family, bytes)
        .ok_or_else(|| refused("is cut off"))?
        .into_iter()
        .try_for_each(|instance| unpack(definition.family, instance).map(|_| ()))
        .map_err(refused)?;
    Ok(bytes.to_vec())
}

fn instances(family: Family, bytes: &[u8]) -> Option<Vec<&[u8]>> {
    if family == Family::V6 {
        return Some(vec![bytes]);
    }
    let mut found = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (instance, tail) = tuple(2, rest)?;
        found.push(instance);
        rest = tail;
    }
    Some(found)
}

fn unpack(family: Family, bytes: &[u8]) -> Result<Resolver<'_>, &'static str> {
    let header = tuple_header(family);
    let ([high, low], rest) = bytes.split_first_chunk().ok_or("is cut off before its priority")?;
    let (domain, rest) = tuple(header, rest).ok_or("is cut off in its name")?;
    if domain.is_empty() || name::read(domain, 0).is_none() {
        return Err("holds no domain name");
    }
    let priority = u16::from_be_bytes([*high, *low]);
    if rest.is_empty() {
        return Ok(Resolver { priority, domain, addresses: &[], parameters: Vec::new() });
    }
    let (addresses, mut rest) = tuple(header, rest).ok_or("is cut off in its addresses")?;
    let size = if family == Family::V4 { 4 } else { 16 };
    if addresses.is_empty() || addresses.len() % size != 0 {
        return Err("does not hold whole addresses");
    }
    let mut parameters: Vec<(u16, &[u8])> = Vec::new();
    while !rest.is_empty() {
        let ([high, low], tail) = rest.split_first_chunk().ok_or("is cut off in its parameters")?;
        let number = u16::from_be_bytes([*high, *low]);
        if PARAMETERS.iter().all(|(known, _)| *known != number) {
            return Err("has a parameter other than alpn, port and dohpath");
        }
        if parameters.last().is_some_and(|(last, _)| *last >= number) {
            return Err("has its parameters out of order");
        }
        let (value, tail) = tuple(2, tail).ok_or("is cut off in its parameters")?;
        parameters.push((number, value));
        rest = tail;
    }
    Ok(Resolver { priority, domain, addresses, parameters })
}

/// Resolvers as text.
pub(in crate::option) fn print(definition: DefRef<'_>, bytes: &[u8]) -> Option<String> {
    let mut texts = Vec::new();
    for instance in instances(definition.family, bytes)? {
        let resolver = unpack(definition.family, instance).ok()?;
        let mut fields = vec![resolver.priority.to_string(), escape(&name::decode(resolver.domain))];
        if !resolver.addresses.is_empty() {
            fields.push(print_addresses(definition.family, resolver.addresses));
        }
        if !resolver.parameters.is_empty() {
            let parameters: Option<Vec<String>> = resolver
                .parameters
                .into_iter()
                .map(|(number, value)| print_parameter(number, value))
                .collect();
            fields.push(escape(&parameters?.join(" ")));
        }
        texts.push(fields.join(", "));
    }
    Some(texts.join(" | "))
}

fn print_addresses(family: Family, bytes: &[u8]) -> String {
    let size = if family == Family::V4 { 4 } else { 16 };
    let texts: Vec<String> = bytes.chunks_exact(size).map(address::print).collect();
    texts.join(" ")
}

fn print_parameter(number: u16, value: &[u8]) -> Option<String> {
    let (_, key) = PARAMETERS.iter().find(|(known, _)| *known == number)?;
    let text = match number {
        1 => {
            let mut names = Vec::new();
            let mut rest = value;
            while !rest.is_empty() {
                let (name, tail) = tuple(1, rest)?;
                names.push(String::from_utf8(name.to_vec()).ok()?);
                rest = tail;
            }
            names.join(",")
        }
        3 => u16::from_be_bytes(<[u8; 2]>::try_from(value).ok()?).to_string(),
        _ => String::from_utf8(value.to_vec()).ok()?,
    };
    Some(format!("{key}={text}"))
}
