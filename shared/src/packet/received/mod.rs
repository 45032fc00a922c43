//! A packet as Kea sees it after unpacking: what class expressions look at.
//!
//! How Kea unpacks depends on its version and on the option definitions, so the same bytes can be different packets
//! to different daemons. Facts are from Kea's `libdhcp++` (2.2.0, 2.6.3 and 3.0.4) and are held against real daemons.

mod build;
mod fuse;
mod name;
mod option;
mod text;
mod unpack;

pub use option::ReceivedOption;
pub use text::print_address;
pub(super) use unpack::piece_v6 as piece;

use super::{Packet, PacketError};
use crate::{Family, KeaVersion, option::Definitions, option::OptionType};
use build::take;
use std::collections::BTreeSet;
use unpack::RelayMessage;

/// How deep options may be nested in one another.
const MAX_DEPTH: usize = 64;
/// How often a DHCPv6 message may be relayed for Kea to take it (RFC 8415, section 7.6, and one more).
const MAX_RELAYS: usize = 33;

/// Why Kea did not take an option.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    /// It goes on as if the option were not there.
    SkipOption,
    /// It goes on as if the packet ended here.
    SkipRest(String),
    /// It drops the packet.
    Drop(String),
}

/// What an unpacking needs to know.
#[derive(Debug, Clone, Copy)]
struct Unpacker<'a> {
    definitions: &'a Definitions,
    lenient: bool,
}

impl Unpacker<'_> {
    fn family(&self) -> Family {
        self.definitions.family
    }

    fn version(&self) -> KeaVersion {
        self.definitions.version
    }

    fn lenient(&self) -> bool {
        self.lenient
    }
}

/// One relay of a DHCPv6 message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relay {
    /// The address that tells the client's link.
    pub link_address: [u8; 16],
    /// The address that the relay got the message from.
    pub peer_address: [u8; 16],
    /// What the relay added.
    pub options: Vec<ReceivedOption>,
}

/// The fixed fields of a DHCPv4 message (RFC 2131, section 2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fixed {
    /// Hardware type; Ethernet is 1.
    pub htype: u8,
    /// The hardware address, as long as the packet says (at most 20 bytes).
    pub hardware: Vec<u8>,
    /// Transaction id.
    pub transaction: u32,
    /// The addresses `ciaddr`, `yiaddr`, `siaddr`, `giaddr`.
    pub addresses: [[u8; 4]; 4],
}

/// A packet as one daemon holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The daemon's family.
    pub family: Family,
    /// The daemon's version.
    pub version: KeaVersion,
    /// DHCPv4's fixed fields.
    pub fixed: Fixed,
    /// DHCPv6's message type, the innermost one.
    pub message_type: u8,
    /// DHCPv6's transaction id.
    pub transaction: u32,
    /// DHCPv6's relays, the one next to the server first, as `relay6[0]` counts.
    pub relays: Vec<Relay>,
    /// The message's options by code; equal codes as they came.
    pub options: Vec<ReceivedOption>,
    /// Why Kea left options out although it took the packet.
    pub notes: Vec<String>,
    lenient: bool,
    deferred: BTreeSet<u16>,
}

impl Received {
    /// Unpacks a packet as a daemon with these definitions does. `lenient` is `compatibility.lenient-option-parsing`.
    ///
    /// # Errors
    /// When the daemon drops the packet before it evaluates any class.
    pub fn new(packet: &Packet, definitions: &Definitions, lenient: bool) -> Result<Self, PacketError> {
        let mut received = Self {
            family: packet.family,
            version: definitions.version,
            fixed: Fixed::default(),
            message_type: 0,
            transaction: 0,
            relays: Vec::new(),
            options: Vec::new(),
            notes: Vec::new(),
            lenient,
            deferred: BTreeSet::new(),
        };
        let unpacker = Unpacker { definitions, lenient };
        let result = match packet.family {
            Family::V4 => received.unpack_v4(&packet.bytes, &unpacker),
            Family::V6 => received.unpack_v6(&packet.bytes, &unpacker),
        };
        match result {
            Ok(()) => (),
            Err(Fault::SkipRest(reason)) => {
                received.notes.push(format!("Kea ignores the options from here on: {reason}"));
            }
            Err(Fault::SkipOption) => {
                return Err(PacketError::new("Kea drops the packet: a vendor option holds no text"));
            }
            Err(Fault::Drop(reason)) => {
                return Err(PacketError::new(format!("Kea drops the packet: {reason}")));
            }
        }
        received.options.sort_by_key(|option| option.code);
        Ok(received)
    }

    fn unpack_v4(&mut self, bytes: &[u8], unpacker: &Unpacker<'_>) -> Result<(), Fault> {
        let header = super::Header::read(bytes).map_err(|error| Fault::Drop(error.message))?;
        let mut hardware = header.chaddr.to_vec();
        hardware.resize(header.hlen.into(), 0);
        if hardware.len() > 20 {
            return Err(Fault::Drop(format!("the hardware address has {} bytes, more than 20", header.hlen)));
        }
        self.fixed = Fixed {
            htype: header.htype,
            hardware,
            transaction: header.transaction,
            addresses: header.addresses,
        };
        let mut options = Vec::new();
        let walked = unpacker.walk_v4(header.options, "dhcp4", false, &mut options, 0);
        self.deferred = options.iter().map(|option| option.code).filter(|code| is_deferred(*code)).collect();
        self.options = options;
        walked?;
        if self.version < KeaVersion::new(2, 7, 0) {
            self.options = fuse::fuse(std::mem::take(&mut self.options));
        }
        if unpacker.splits_vendors() { unpacker.split_vendors(&mut self.options) } else { Ok(()) }
    }

    fn unpack_v6(&mut self, bytes: &[u8], unpacker: &Unpacker<'_>) -> Result<(), Fault> {
        let mut rest = bytes;
        if rest.len() < 4 {
            return Err(Fault::Drop("a DHCPv6 message has at least 4 bytes".to_owned()));
        }
        while let Some(12 | 13) = rest.first() {
            self.message_type = bytes.first().copied().unwrap_or_default();
            let Some((head, options)) = take::<34>(rest) else {
                // Kea stops here, without a message and without saying so.
                return Ok(());
            };
            let mut relay = Relay { link_address: [0; 16], peer_address: [0; 16], options: Vec::new() };
            let [_, _, addresses @ ..] = head;
            let (link, peer) = addresses.split_at(16);
            relay.link_address.copy_from_slice(link);
            relay.peer_address.copy_from_slice(peer);
            let mut message = RelayMessage::default();
            unpacker.walk_v6(options, "dhcp6", Some(&mut message), &mut relay.options, 0)?;
            if message.len == 0 {
                return Err(Fault::Drop("a relay's message has no relay message option".to_owned()));
            }
            if self.relays.len() >= MAX_RELAYS {
                return Err(Fault::Drop("the message was relayed more than 32 times".to_owned()));
            }
            relay.options.sort_by_key(|option| option.code);
            self.relays.push(relay);
            rest = options.get(message.start..message.start + message.len).unwrap_or_default();
        }
        let ([kind, a, b, c], options) =
            take::<4>(rest).ok_or_else(|| Fault::Drop("a DHCPv6 message has at least 4 bytes".to_owned()))?;
        self.message_type = kind;
        self.transaction = u32::from_be_bytes([0, a, b, c]);
        let mut found = Vec::new();
        let walked = unpacker.walk_v6(options, "dhcp6", None, &mut found, 0);
        self.options = found;
        walked
    }

    /// Unpacks option 43 and the codes 224 to 254 by the first definition that `classes` (in their order) have, or by
    /// the global ones: Kea does so between the two rounds of classes.
    pub fn unpack_deferred(&mut self, definitions: &Definitions, classes: &[&[crate::option::OptionDef]]) {
        let unpacker = Unpacker { definitions, lenient: self.lenient };
        for code in self.deferred.clone() {
            let of_class = classes.iter().find_map(|defs| defs.iter().find(|def| def.code == code));
            let definition = of_class
                .map(|def| crate::option::Definition::custom(Family::V4, def))
                .or_else(|| definitions.by_code("dhcp4", code));
            let Some(definition) = definition else { continue };
            let Some(at) = self.options.iter().position(|option| option.code == code) else { continue };
            let data = self.options.get(at).map(|option| option.raw.clone()).unwrap_or_default();
            match unpacker.build(&definition, &data, 0) {
                Ok(option) => {
                    if let Some(place) = self.options.get_mut(at) {
                        *place = option;
                    }
                }
                Err(_) => {
                    self.notes.push(format!("option {code} does not fit its definition and stays bytes"))
                }
            }
        }
    }

    /// The first option with the code.
    pub fn option(&self, code: u16) -> Option<&ReceivedOption> {
        self.options.iter().find(|option| option.code == code)
    }

    /// The relay that `relay6[level]` means: from 0 next to the server on, or from -1 next to the client back.
    pub fn relay(&self, level: i8) -> Option<&Relay> {
        let index = match usize::try_from(level) {
            Ok(index) => index,
            Err(_) => self.relays.len().checked_sub(level.unsigned_abs().into())?,
        };
        self.relays.get(index)
    }

    /// The DHCP message type: DHCPv4's option 53 (0 without one), DHCPv6's first byte.
    pub fn message_type(&self) -> u8 {
        match self.family {
            Family::V4 => self.option(53).and_then(|option| option.head.first()).copied().unwrap_or(0),
            Family::V6 => self.message_type,
        }
    }

    /// What `pkt.len` gives, in bytes: Kea adds up the unpacked options, so it is not the length on the wire.
    pub fn len(&self) -> u32 {
        let sum = |options: &[ReceivedOption]| options.iter().map(ReceivedOption::len).sum::<usize>();
        let bytes = match self.family {
            Family::V4 => 236 + sum(&self.options),
            Family::V6 => {
                let relays: usize = self.relays.iter().map(|relay| 34 + 4 + sum(&relay.options)).sum();
                (4 + sum(&self.options) + relays) & 0xFFFF
            }
        };
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    /// Whether there is nothing in the packet at all: never so.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether Kea unpacks a DHCPv4 option only after the first round of classes.
fn is_deferred(code: u16) -> bool {
    code == 43 || (224..=254).contains(&code)
}
