//! A DHCP packet as evaluation input: from hex digits, a capture file or a form.
//!
//! A [`Packet`] is the message's bytes and what the wire does not say. [`Received`] is what one daemon makes of it.

mod capture;
mod describe;
mod form;
mod hex;
mod received;

pub use capture::{Captured, read_capture};
pub use form::{FormOption, PacketForm, RelayForm};
pub use received::{Fixed, Received, ReceivedOption, Relay, print_address};

use crate::Family;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// A DHCP message and what the daemon knows besides its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Packet {
    /// DHCPv4 or DHCPv6.
    pub family: Family,
    /// The message: the content of the UDP datagram.
    pub bytes: Vec<u8>,
    /// The interface that it came in on (`pkt.iface`).
    #[serde(default)]
    pub interface: String,
    /// Where it came from (`pkt.src`); `None` is the unspecified address.
    #[serde(default)]
    pub source: Option<IpAddr>,
    /// Where it was sent to (`pkt.dst`); `None` is the unspecified address.
    #[serde(default)]
    pub destination: Option<IpAddr>,
    /// Classes that it is in before any test: by a reservation or a hook.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Whether the client has a reservation (`KNOWN`).
    #[serde(default)]
    pub known: bool,
}

/// Why bytes or a text are no DHCP packet, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}{}", .offset.map(|offset| format!(" (at byte {offset})")).unwrap_or_default())]
pub struct PacketError {
    /// What is wrong, in one line.
    pub message: String,
    /// The byte of the input from which on it is wrong.
    pub offset: Option<usize>,
}

impl PacketError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), offset: None }
    }

    pub(crate) fn at(offset: usize, message: impl Into<String>) -> Self {
        Self { message: message.into(), offset: Some(offset) }
    }
}

impl Packet {
    /// A message without anything that the wire does not say.
    pub fn new(family: Family, bytes: Vec<u8>) -> Self {
        Self {
            family,
            bytes,
            interface: String::new(),
            source: None,
            destination: None,
            classes: Vec::new(),
            known: false,
        }
    }

    /// Reads a message, or a whole frame around one, from hex digits in any usual spelling: `01 06`, `01:06`,
    /// `0x0106`, the output of `xxd`, `hexdump -C` or `tcpdump -x`. Without `family` the bytes decide.
    ///
    /// # Errors
    /// When there are no such digits, or the bytes are no DHCP message; the offset counts the text's bytes in the
    /// first case and the message's in the second.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, packet::Packet};
    /// let packet = Packet::from_hex(None, "0x01 00:00:2a 00 08 00 02 00 00").unwrap();
    /// assert_eq!((packet.family, packet.bytes.len()), (Family::V6, 10));
    /// ```
    pub fn from_hex(family: Option<Family>, text: &str) -> Result<Self, PacketError> {
        Self::from_bytes(family, hex::read(text)?)
    }

    /// Takes a message, or a whole frame around one. Without `family` the bytes decide.
    ///
    /// # Errors
    /// When the bytes are no DHCP message.
    pub fn from_bytes(family: Option<Family>, bytes: Vec<u8>) -> Result<Self, PacketError> {
        let family = match family.or_else(|| guess(&bytes)) {
            Some(family) => family,
            None => match capture::from_frame(&bytes) {
                Some(packet) => return Ok(packet),
                None => return Err(PacketError::at(0, NEITHER)),
            },
        };
        match check(family, &bytes) {
            Ok(()) => Ok(Self::new(family, bytes)),
            Err(error) => capture::from_frame(&bytes).filter(|packet| packet.family == family).ok_or(error),
        }
    }

    /// The message in hex digits.
    pub fn hex(&self) -> String {
        hex::print(&self.bytes)
    }
}

const NEITHER: &str = "these bytes are neither a DHCPv4 message (240 bytes or more, with the magic cookie 63825363) \
                       nor a DHCPv6 message (a type from 1 to 38 and whole options)";

/// The magic cookie in front of DHCPv4's options (RFC 2131, section 3).
pub(crate) const COOKIE: [u8; 4] = [0x63, 0x82, 0x53, 0x63];

/// Which family's message this can be.
fn guess(bytes: &[u8]) -> Option<Family> {
    if bytes.get(236..240) == Some(&COOKIE) {
        return Some(Family::V4);
    }
    check(Family::V6, bytes).is_ok().then_some(Family::V6)
}

fn check(family: Family, bytes: &[u8]) -> Result<(), PacketError> {
    match family {
        Family::V4 => Header::read(bytes).map(|_| ()),
        Family::V6 => describe::check_v6(bytes),
    }
}

/// DHCPv4's fixed fields and the options behind the cookie.
pub(crate) struct Header<'a> {
    pub(crate) op: u8,
    pub(crate) htype: u8,
    pub(crate) hlen: u8,
    pub(crate) hops: u8,
    pub(crate) transaction: u32,
    pub(crate) secs: u16,
    pub(crate) flags: u16,
    /// `ciaddr`, `yiaddr`, `siaddr`, `giaddr`.
    pub(crate) addresses: [[u8; 4]; 4],
    pub(crate) chaddr: [u8; 16],
    pub(crate) options: &'a [u8],
}

impl<'a> Header<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, PacketError> {
        let len = bytes.len();
        let cut = || PacketError::at(len, format!("a DHCPv4 message has at least 240 bytes, this has {len}"));
        let (fixed, rest) = bytes.split_first_chunk::<44>().ok_or_else(cut)?;
        let (_names, rest) = rest.split_first_chunk::<192>().ok_or_else(cut)?;
        if rest.is_empty() {
            return Err(PacketError::at(236, "this is a BOOTP message without vendor information"));
        }
        let (cookie, options) = rest.split_first_chunk::<4>().ok_or_else(cut)?;
        if *cookie != COOKIE {
            return Err(PacketError::at(236, "the magic cookie 63825363 is missing"));
        }
        let [op, htype, hlen, hops, rest @ ..] = *fixed;
        let (numbers, rest) = rest.split_first_chunk::<8>().ok_or_else(cut)?;
        let [x0, x1, x2, x3, s0, s1, f0, f1] = *numbers;
        let (addresses, rest) = rest.split_first_chunk::<16>().ok_or_else(cut)?;
        let chaddr = *rest.first_chunk::<16>().ok_or_else(cut)?;
        let mut four = addresses.chunks_exact(4).map(|four| four.try_into().unwrap_or_default());
        let mut next = || four.next().unwrap_or_default();
        Ok(Self {
            op,
            htype,
            hlen,
            hops,
            transaction: u32::from_be_bytes([x0, x1, x2, x3]),
            secs: u16::from_be_bytes([s0, s1]),
            flags: u16::from_be_bytes([f0, f1]),
            addresses: [next(), next(), next(), next()],
            chaddr,
            options,
        })
    }
}

#[cfg(test)]
mod tests;
