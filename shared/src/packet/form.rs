//! A packet made of typed fields.

use super::{COOKIE, Packet, PacketError};
use crate::Family;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One option: its code and its content, without the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormOption {
    /// The code: 1 to 254 in DHCPv4, 0 to 65535 in DHCPv6.
    pub code: u16,
    /// The content. More than 255 bytes are split in DHCPv4 (RFC 3396).
    pub data: Vec<u8>,
}

/// A relay around a DHCPv6 message (RFC 8415, section 9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct RelayForm {
    /// The address that tells the client's link.
    pub link_address: Ipv6Addr,
    /// The address that the relay got the message from.
    pub peer_address: Ipv6Addr,
    /// What the relay adds, without the relay message.
    #[serde(default)]
    pub options: Vec<FormOption>,
}

/// The fields of a DHCP packet. Those of the other family are left out of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct PacketForm {
    /// DHCPv4 or DHCPv6.
    pub family: Family,
    /// The message type: DHCPv4's option 53 (0: none), DHCPv6's first byte.
    pub message_type: u8,
    /// Transaction id; DHCPv6 has 24 bits.
    pub transaction: u32,
    /// DHCPv4: hardware type; Ethernet is 1.
    pub htype: u8,
    /// DHCPv4: hardware address, at most 16 bytes.
    pub hardware: Vec<u8>,
    /// DHCPv4: the address that the client has.
    pub ciaddr: Ipv4Addr,
    /// DHCPv4: the address that the client gets.
    pub yiaddr: Ipv4Addr,
    /// DHCPv4: the next server.
    pub siaddr: Ipv4Addr,
    /// DHCPv4: the relay.
    pub giaddr: Ipv4Addr,
    /// The options, in their order.
    pub options: Vec<FormOption>,
    /// DHCPv6: the relays, the one next to the server first.
    pub relays: Vec<RelayForm>,
    /// The interface that it comes in on.
    pub interface: String,
    /// Where it comes from.
    pub source: Option<IpAddr>,
    /// Where it is sent to.
    pub destination: Option<IpAddr>,
    /// Classes that it is in before any test.
    pub classes: Vec<String>,
    /// Whether the client has a reservation.
    pub known: bool,
}

impl Default for PacketForm {
    /// A DHCPv4 discover from an Ethernet host.
    fn default() -> Self {
        Self {
            family: Family::V4,
            message_type: 1,
            transaction: 1,
            htype: 1,
            hardware: vec![2, 0, 0, 0, 0, 1],
            ciaddr: Ipv4Addr::UNSPECIFIED,
            yiaddr: Ipv4Addr::UNSPECIFIED,
            siaddr: Ipv4Addr::UNSPECIFIED,
            giaddr: Ipv4Addr::UNSPECIFIED,
            options: Vec::new(),
            relays: Vec::new(),
            interface: String::new(),
            source: None,
            destination: None,
            classes: Vec::new(),
            known: false,
        }
    }
}

impl PacketForm {
    /// The packet.
    ///
    /// # Errors
    /// When a field does not fit its place in the message.
    pub fn packet(&self) -> Result<Packet, PacketError> {
        let bytes = match self.family {
            Family::V4 => self.bytes_v4()?,
            Family::V6 => self.bytes_v6()?,
        };
        if bytes.len() > usize::from(u16::MAX) {
            return Err(PacketError::new(format!("{} bytes do not fit one datagram", bytes.len())));
        }
        Ok(Packet {
            interface: self.interface.clone(),
            source: self.source,
            destination: self.destination,
            classes: self.classes.clone(),
            known: self.known,
            ..Packet::new(self.family, bytes)
        })
    }

    fn bytes_v4(&self) -> Result<Vec<u8>, PacketError> {
        let hlen = u8::try_from(self.hardware.len()).ok().filter(|hlen| *hlen <= 16);
        let hlen = hlen.ok_or_else(|| PacketError::new("a hardware address has at most 16 bytes"))?;
        let mut bytes = vec![1, self.htype, hlen, 0];
        bytes.extend(self.transaction.to_be_bytes());
        bytes.extend([0; 4]);
        for address in [self.ciaddr, self.yiaddr, self.siaddr, self.giaddr] {
            bytes.extend(address.octets());
        }
        bytes.extend(&self.hardware);
        bytes.resize(236, 0);
        bytes.extend(COOKIE);
        if self.message_type != 0 {
            bytes.extend([53, 1, self.message_type]);
        }
        for option in &self.options {
            let code = u8::try_from(option.code).ok().filter(|code| !matches!(code, 0 | 255));
            let code = code.ok_or_else(|| {
                PacketError::new(format!("{} is no DHCPv4 option: codes go from 1 to 254", option.code))
            })?;
            if option.data.is_empty() {
                bytes.extend([code, 0]);
            }
            for part in option.data.chunks(255) {
                bytes.extend([code, u8::try_from(part.len()).unwrap_or(u8::MAX)]);
                bytes.extend(part);
            }
        }
        bytes.push(255);
        Ok(bytes)
    }

    fn bytes_v6(&self) -> Result<Vec<u8>, PacketError> {
        let [high, a, b, c] = self.transaction.to_be_bytes();
        if high != 0 {
            return Err(PacketError::new("a DHCPv6 transaction id has 24 bits"));
        }
        let mut message = vec![self.message_type, a, b, c];
        push_v6(&mut message, &self.options)?;
        for (hops, relay) in self.relays.iter().rev().enumerate() {
            let mut outer = vec![12, u8::try_from(hops).unwrap_or(u8::MAX)];
            outer.extend(relay.link_address.octets());
            outer.extend(relay.peer_address.octets());
            push_v6(&mut outer, &relay.options)?;
            push_v6(&mut outer, &[FormOption { code: 9, data: message }])?;
            message = outer;
        }
        Ok(message)
    }
}

fn push_v6(bytes: &mut Vec<u8>, options: &[FormOption]) -> Result<(), PacketError> {
    for option in options {
        let len = u16::try_from(option.data.len())
            .map_err(|_| PacketError::new(format!("option {} is longer than 65535 bytes", option.code)))?;
        bytes.extend(option.code.to_be_bytes());
        bytes.extend(len.to_be_bytes());
        bytes.extend(&option.data);
    }
    Ok(())
}
