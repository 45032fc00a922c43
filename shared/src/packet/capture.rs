//! DHCP packets in capture files: classic pcap and pcapng.

use super::{Packet, PacketError, describe};
use crate::Family;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A DHCP packet in a capture file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    /// The frame's number in the file, counted from 1 as other tools do.
    pub number: usize,
    /// Type, client and addresses in one line.
    pub summary: String,
    /// The packet.
    pub packet: Packet,
}

/// Lists the DHCP packets of a pcap or pcapng file. Other frames are passed over.
///
/// # Errors
/// When the bytes are no capture file, or the file breaks off before the first DHCP packet. A file that breaks off
/// later gives what came before.
pub fn read_capture(bytes: &[u8]) -> Result<Vec<Captured>, PacketError> {
    let mut found = Vec::new();
    let mut number = 0;
    let mut keep = |link: u32, interface: &str, frame: &[u8]| {
        number += 1;
        if let Some(mut packet) = from_link(link, frame) {
            packet.interface = interface.to_owned();
            found.push(Captured { number, summary: describe::summary(&packet), packet });
        }
    };
    let result = match bytes.first_chunk::<4>() {
        Some([0x0A, 0x0D, 0x0D, 0x0A]) => pcapng(bytes, &mut keep),
        Some(magic) => pcap(bytes, *magic, &mut keep),
        None => Err(PacketError::at(0, NOT_A_CAPTURE)),
    };
    match result {
        Err(error) if found.is_empty() => Err(error),
        _ => Ok(found),
    }
}

const NOT_A_CAPTURE: &str = "this is neither a pcap nor a pcapng file";

/// Numbers in the file's byte order.
#[derive(Debug, Clone, Copy)]
struct Order {
    big: bool,
}

impl Order {
    fn u32(self, bytes: &[u8], at: usize) -> Option<u32> {
        let four = *bytes.get(at..)?.first_chunk::<4>()?;
        Some(if self.big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
    }

    fn u16(self, bytes: &[u8], at: usize) -> Option<u16> {
        let two = *bytes.get(at..)?.first_chunk::<2>()?;
        Some(if self.big { u16::from_be_bytes(two) } else { u16::from_le_bytes(two) })
    }

    fn size(self, bytes: &[u8], at: usize) -> Option<usize> {
        usize::try_from(self.u32(bytes, at)?).ok()
    }
}

type Keep<'a> = dyn FnMut(u32, &str, &[u8]) + 'a;

/// The classic format: a header of 24 bytes, then records of 16 bytes and the frame.
fn pcap(bytes: &[u8], magic: [u8; 4], keep: &mut Keep<'_>) -> Result<(), PacketError> {
    let order = match magic {
        [0xA1, 0xB2, 0xC3, 0xD4] | [0xA1, 0xB2, 0x3C, 0x4D] => Order { big: true },
        [0xD4, 0xC3, 0xB2, 0xA1] | [0x4D, 0x3C, 0xB2, 0xA1] => Order { big: false },
        _ => return Err(PacketError::at(0, NOT_A_CAPTURE)),
    };
    let link =
        order.u32(bytes, 20).ok_or_else(|| PacketError::at(bytes.len(), "the file's header is cut off"))?;
    let mut at = 24;
    while at < bytes.len() {
        let cut = || PacketError::at(at, "the file breaks off in this frame");
        let len = order.size(bytes, at + 8).ok_or_else(cut)?;
        let end = at.checked_add(16).and_then(|start| start.checked_add(len)).ok_or_else(cut)?;
        keep(link & 0xFFFF, "", bytes.get(at + 16..end).ok_or_else(cut)?);
        at = end;
    }
    Ok(())
}

/// The block format: sections, interfaces, enhanced, simple and obsolete packet blocks.
fn pcapng(bytes: &[u8], keep: &mut Keep<'_>) -> Result<(), PacketError> {
    let mut order = Order { big: false };
    let mut interfaces: Vec<(u32, String)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let cut = || PacketError::at(at, "the file breaks off in this block");
        let block = bytes.get(at..).unwrap_or_default();
        if block.starts_with(&[0x0A, 0x0D, 0x0D, 0x0A]) {
            order = match block.get(8..12) {
                Some([0x1A, 0x2B, 0x3C, 0x4D]) => Order { big: true },
                Some([0x4D, 0x3C, 0x2B, 0x1A]) => Order { big: false },
                _ => return Err(PacketError::at(at, "a section without a byte order")),
            };
            interfaces.clear();
        }
        let kind = order.u32(block, 0).ok_or_else(cut)?;
        let len = order.size(block, 4).filter(|len| *len >= 12).ok_or_else(cut)?;
        let body = block.get(8..len - 4).ok_or_else(cut)?;
        packet_block(order, kind, body, &mut interfaces, keep);
        at += len;
    }
    Ok(())
}

fn packet_block(
    order: Order,
    kind: u32,
    body: &[u8],
    interfaces: &mut Vec<(u32, String)>,
    keep: &mut Keep<'_>,
) {
    let frame = |len_at: usize, start: usize| {
        let len = order.size(body, len_at)?;
        body.get(start..start.checked_add(len)?)
    };
    let (interface, frame) = match kind {
        1 => {
            let link = order.u16(body, 0).unwrap_or_default();
            return interfaces.push((link.into(), interface_name(order, body.get(8..).unwrap_or_default())));
        }
        2 => (order.u16(body, 0).map(u32::from), frame(12, 20)),
        6 => (order.u32(body, 0), frame(12, 20)),
        // A simple block may be cut at the snap length: what is there is the frame.
        3 => (Some(0), body.get(4..)),
        _ => return,
    };
    let interface = interface.and_then(|index| interfaces.get(usize::try_from(index).ok()?));
    if let (Some((link, name)), Some(frame)) = (interface, frame) {
        keep(*link, name, frame);
    }
}

/// The option 2 of an interface block.
fn interface_name(order: Order, mut options: &[u8]) -> String {
    while let (Some(code @ 1..), Some(len)) = (order.u16(options, 0), order.u16(options, 2)) {
        let len = usize::from(len);
        if code == 2 {
            return String::from_utf8_lossy(options.get(4..4 + len).unwrap_or_default()).into_owned();
        }
        options = options.get(4 + len.next_multiple_of(4)..).unwrap_or_default();
    }
    String::new()
}

/// A DHCP message inside a frame whose link layer is not told.
pub(super) fn from_frame(frame: &[u8]) -> Option<Packet> {
    [1, 101, 113, 276].into_iter().find_map(|link| from_link(link, frame))
}

/// A DHCP message inside a frame of this link type.
fn from_link(link: u32, frame: &[u8]) -> Option<Packet> {
    match link {
        // BSD loopback: the address family in the host's order.
        0 | 108 => from_ip(frame.get(4..)?),
        1 => from_ethernet(frame.get(12..)?),
        // Raw IP in its three numbers, and by version.
        12 | 14 | 101 | 228 | 229 => from_ip(frame),
        // Linux cooked, both versions.
        113 => from_ethernet(frame.get(14..)?),
        276 => from_protocol(u16::from_be_bytes(*frame.first_chunk()?), frame.get(20..)?),
        _ => None,
    }
}

/// From the type field on; VLAN tags are passed over (IEEE 802.1Q, 802.1ad).
fn from_ethernet(frame: &[u8]) -> Option<Packet> {
    let (kind, rest) = frame.split_first_chunk::<2>()?;
    from_protocol(u16::from_be_bytes(*kind), rest)
}

fn from_protocol(mut kind: u16, mut frame: &[u8]) -> Option<Packet> {
    for _ in 0..4 {
        if !matches!(kind, 0x8100 | 0x88A8 | 0x9100) {
            break;
        }
        let (inner, rest) = frame.get(2..)?.split_first_chunk::<2>()?;
        (kind, frame) = (u16::from_be_bytes(*inner), rest);
    }
    matches!(kind, 0x0800 | 0x86DD).then(|| from_ip(frame))?
}

fn from_ip(packet: &[u8]) -> Option<Packet> {
    match packet.first()? >> 4 {
        4 => {
            let header = usize::from(packet.first()? & 15) * 4;
            // A later fragment has no UDP header.
            let fragment = u16::from_be_bytes([*packet.get(6)?, *packet.get(7)?]) & 0x1FFF;
            if *packet.get(9)? != 17 || fragment != 0 || header < 20 {
                return None;
            }
            let address =
                |at: usize| Some(IpAddr::V4(Ipv4Addr::from(*packet.get(at..)?.first_chunk::<4>()?)));
            from_udp(packet.get(header..)?, address(12)?, address(16)?)
        }
        6 => {
            let address =
                |at: usize| Some(IpAddr::V6(Ipv6Addr::from(*packet.get(at..)?.first_chunk::<16>()?)));
            let (mut next, mut rest) = (*packet.get(6)?, packet.get(40..)?);
            // Hop-by-hop, routing and destination options (RFC 8200, section 4).
            while matches!(next, 0 | 43 | 60) {
                let len = (usize::from(*rest.get(1)?) + 1) * 8;
                next = *rest.first()?;
                rest = rest.get(len..)?;
            }
            if next == 17 { from_udp(rest, address(8)?, address(24)?) } else { None }
        }
        _ => None,
    }
}

fn from_udp(datagram: &[u8], source: IpAddr, destination: IpAddr) -> Option<Packet> {
    let port = |at: usize| Some(u16::from_be_bytes([*datagram.get(at)?, *datagram.get(at + 1)?]));
    let ports = [port(0)?, port(2)?];
    let family = match source {
        IpAddr::V4(_) if ports.iter().any(|port| matches!(port, 67 | 68)) => Family::V4,
        IpAddr::V6(_) if ports.iter().any(|port| matches!(port, 546 | 547)) => Family::V6,
        _ => return None,
    };
    let len = usize::from(port(4)?).max(8);
    let content = datagram.get(8..len.min(datagram.len()))?;
    let packet = Packet::new(family, content.to_vec());
    Some(Packet { source: Some(source), destination: Some(destination), ..packet })
}
