//! A packet in words: one line, or every field and option with its place in the bytes.

use super::{Header, Packet, PacketError, print_address};
use crate::{Family, option::Definitions};
use std::fmt::Write as _;

/// How many lines a description has at most.
const MAX_LINES: usize = 2000;

impl Packet {
    /// Type, client and addresses in one line.
    pub fn summary(&self) -> String {
        summary(self)
    }

    /// Every field and option, one a line, options by their names in `definitions`. What is broken is said where it is.
    pub fn describe(&self, definitions: &Definitions) -> String {
        let mut text = Lines { text: String::new(), left: MAX_LINES };
        match self.family {
            Family::V4 => describe_v4(&mut text, &self.bytes, definitions),
            Family::V6 => describe_v6(&mut text, &self.bytes, definitions, 0),
        }
        text.text
    }
}

struct Lines {
    text: String,
    left: usize,
}

impl Lines {
    fn push(&mut self, depth: usize, line: std::fmt::Arguments<'_>) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = depth * 2);
        if left == 0 {
            self.text.push_str("…\n");
        }
    }
}

pub(super) fn summary(packet: &Packet) -> String {
    let mut line = match packet.family {
        Family::V4 => summary_v4(&packet.bytes),
        Family::V6 => summary_v6(&packet.bytes),
    };
    if let (Some(source), Some(destination)) = (packet.source, packet.destination) {
        let _ = write!(line, " {source} → {destination}");
    }
    line
}

fn summary_v4(bytes: &[u8]) -> String {
    let header = match Header::read(bytes) {
        Ok(header) => header,
        Err(error) => return format!("broken DHCPv4: {error}"),
    };
    let kind = options_v4(header.options).find_map(|option| match option {
        Ok((_, 53, [kind])) => Some(*kind),
        _ => None,
    });
    let name = kind.map_or("BOOTP", name_v4);
    let mac = colons(header.chaddr.get(..usize::from(header.hlen.min(16))).unwrap_or_default());
    format!("{name} {mac} tid 0x{:08x}", header.transaction)
}

fn summary_v6(bytes: &[u8]) -> String {
    let (mut rest, mut relays) = (bytes, 0);
    while let Some(12 | 13) = rest.first() {
        let inner = rest.get(34..).and_then(|options| {
            options_v6(options).find_map(|option| option.ok().filter(|(_, code, _)| *code == 9))
        });
        let Some((_, _, inner)) = inner else { return "broken DHCPv6 relay message".to_owned() };
        (rest, relays) = (inner, relays + 1);
    }
    let Some(([kind, a, b, c], options)) = rest.split_first_chunk::<4>() else {
        return "broken DHCPv6 message".to_owned();
    };
    let client = options_v6(options).find_map(|option| option.ok().filter(|(_, code, _)| *code == 1));
    let client = client.map_or("no client id".to_owned(), |(_, _, duid)| colons(duid));
    let through = if relays == 0 {
        String::new()
    } else {
        format!(" through {relays} relay{}", if relays == 1 { "" } else { "s" })
    };
    format!("{} {client} tid 0x{a:02x}{b:02x}{c:02x}{through}", name_v6(*kind))
}

/// Whether the bytes are a DHCPv6 message with whole options.
pub(super) fn check_v6(bytes: &[u8]) -> Result<(), PacketError> {
    let (mut rest, mut base) = (bytes, 0);
    loop {
        let kind = rest.first().copied().unwrap_or_default();
        if !(1..=38).contains(&kind) {
            return Err(PacketError::at(base, format!("{kind} is no DHCPv6 message type")));
        }
        let relay = matches!(kind, 12 | 13);
        let head = if relay { 34 } else { 4 };
        let Some(options) = rest.get(head..) else {
            return Err(PacketError::at(base, format!("a message of this type has at least {head} bytes")));
        };
        let mut inner = None;
        for option in options_v6(options) {
            let (at, code, value) =
                option.map_err(|at| PacketError::at(base + head + at, "this option is cut off"))?;
            if relay && code == 9 {
                inner = Some((base + head + at + 4, value));
            }
        }
        match (relay, inner) {
            (false, _) => return Ok(()),
            (true, Some((at, value))) => (base, rest) = (at, value),
            (true, None) => {
                return Err(PacketError::at(base, "a relay's message has no relay message option"));
            }
        }
    }
}

/// The options with their places; at the end perhaps the place of one that is cut off.
fn options_v4(options: &[u8]) -> impl Iterator<Item = Result<(usize, u8, &[u8]), usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while options.get(at) == Some(&0) {
            at += 1;
        }
        let start = at;
        let code = *options.get(at).filter(|code| **code != 255)?;
        let value = options.get(at + 1).and_then(|len| options.get(at + 2..at + 2 + usize::from(*len)));
        at = value.map_or(options.len(), |value| at + 2 + value.len());
        Some(value.map(|value| (start, code, value)).ok_or(start))
    })
}

fn options_v6(options: &[u8]) -> impl Iterator<Item = Result<(usize, u16, &[u8]), usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let rest = options.get(at..).filter(|rest| !rest.is_empty())?;
        let whole = super::received::piece(rest);
        at = whole.map_or(options.len(), |(_, value, _)| at + 4 + value.len());
        Some(whole.map(|(code, value, _)| (start, code, value)).ok_or(start))
    })
}

fn describe_v4(out: &mut Lines, bytes: &[u8], definitions: &Definitions) {
    let header = match Header::read(bytes) {
        Ok(header) => header,
        Err(error) => return out.push(0, format_args!("broken: {error}")),
    };
    let Header { op, htype, hlen, hops, transaction, secs, flags, .. } = header;
    out.push(0, format_args!("op {op}, htype {htype}, hlen {hlen}, hops {hops}, xid 0x{transaction:08x}, secs {secs}, flags 0x{flags:04x}"));
    for (name, address) in ["ciaddr", "yiaddr", "siaddr", "giaddr"].iter().zip(header.addresses) {
        out.push(0, format_args!("{name} {}", print_address(&address).unwrap_or_default()));
    }
    out.push(
        0,
        format_args!("chaddr {}", colons(header.chaddr.get(..usize::from(hlen.min(16))).unwrap_or_default())),
    );
    for option in options_v4(header.options) {
        match option {
            Ok((at, code, value)) => {
                describe_option(out, definitions, "dhcp4", code.into(), value, 240 + at, 0);
            }
            Err(at) => out.push(0, format_args!("broken: option cut off at byte {}", 240 + at)),
        }
    }
}

fn describe_v6(out: &mut Lines, bytes: &[u8], definitions: &Definitions, base: usize) {
    let (mut bytes, mut base, mut depth) = (bytes, base, 0);
    loop {
        let kind = bytes.first().copied().unwrap_or_default();
        let relay = matches!(kind, 12 | 13);
        let head = if relay { 34 } else { 4 };
        let Some((fixed, options)) = bytes.split_at_checked(head) else {
            return out.push(depth, format_args!("broken: message cut off at byte {base}"));
        };
        if relay {
            let address =
                |at: usize| print_address(fixed.get(at..at + 16).unwrap_or_default()).unwrap_or_default();
            let hops = fixed.get(1).copied().unwrap_or_default();
            out.push(
                depth,
                format_args!("{}, hops {hops}, link {}, peer {}", name_v6(kind), address(2), address(18)),
            );
        } else {
            let tid: String = fixed.iter().skip(1).map(|byte| format!("{byte:02x}")).collect();
            out.push(depth, format_args!("{}, tid 0x{tid}", name_v6(kind)));
        }
        let mut inner = None;
        for option in options_v6(options) {
            match option {
                Ok((at, 9, value)) if relay => inner = Some((base + head + at + 4, value)),
                Ok((at, code, value)) => {
                    describe_option(out, definitions, "dhcp6", code, value, base + head + at, depth);
                }
                Err(at) => {
                    out.push(depth, format_args!("broken: option cut off at byte {}", base + head + at))
                }
            }
        }
        let Some((at, value)) = inner.filter(|_| depth < 64) else { return };
        (base, bytes, depth) = (at, value, depth + 1);
    }
}

fn describe_option(
    out: &mut Lines,
    definitions: &Definitions,
    space: &str,
    code: u16,
    value: &[u8],
    at: usize,
    depth: usize,
) {
    let definition = definitions.by_code(space, code);
    let name = definition.as_ref().map_or("(no definition)", |definition| definition.name.as_str());
    out.push(depth, format_args!("[{at}] option {code} {name}, {} bytes: {}", value.len(), shown(value)));
}

/// Bytes in hex, and as text where they are text; at most 64 of them.
fn shown(value: &[u8]) -> String {
    let start = value.get(..64).unwrap_or(value);
    let more = if start.len() < value.len() { "…" } else { "" };
    let text = std::str::from_utf8(start)
        .ok()
        .filter(|text| !text.is_empty() && !text.chars().any(char::is_control));
    let text = text.map_or(String::new(), |text| format!(" '{text}'"));
    format!("{}{more}{text}", colons(start))
}

fn colons(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(":")
}

/// DHCPv4's message types by their names (RFC 2132, section 9.6, and later ones).
fn name_v4(kind: u8) -> &'static str {
    const NAMES: [&str; 19] = [
        "UNKNOWN",
        "DHCPDISCOVER",
        "DHCPOFFER",
        "DHCPREQUEST",
        "DHCPDECLINE",
        "DHCPACK",
        "DHCPNAK",
        "DHCPRELEASE",
        "DHCPINFORM",
        "DHCPFORCERENEW",
        "DHCPLEASEQUERY",
        "DHCPLEASEUNASSIGNED",
        "DHCPLEASEUNKNOWN",
        "DHCPLEASEACTIVE",
        "DHCPBULKLEASEQUERY",
        "DHCPLEASEQUERYDONE",
        "DHCPACTIVELEASEQUERY",
        "DHCPLEASEQUERYSTATUS",
        "DHCPTLS",
    ];
    NAMES.get(usize::from(kind)).copied().unwrap_or("UNKNOWN")
}

/// DHCPv6's message types by their names (RFC 8415, section 7.3).
fn name_v6(kind: u8) -> &'static str {
    const NAMES: [&str; 22] = [
        "UNKNOWN",
        "SOLICIT",
        "ADVERTISE",
        "REQUEST",
        "CONFIRM",
        "RENEW",
        "REBIND",
        "REPLY",
        "RELEASE",
        "DECLINE",
        "RECONFIGURE",
        "INFORMATION-REQUEST",
        "RELAY-FORWARD",
        "RELAY-REPLY",
        "LEASEQUERY",
        "LEASEQUERY-REPLY",
        "LEASEQUERY-DONE",
        "LEASEQUERY-DATA",
        "RECONFIGURE-REQUEST",
        "RECONFIGURE-REPLY",
        "DHCPV4-QUERY",
        "DHCPV4-RESPONSE",
    ];
    match kind {
        36 => "ADDR-REG-INFORM",
        37 => "ADDR-REG-REPLY",
        _ => NAMES.get(usize::from(kind)).copied().unwrap_or("UNKNOWN"),
    }
}
