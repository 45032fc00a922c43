//! Packets from every source, and what daemons make of them.

use super::*;
use crate::{KeaVersion, option::Definitions};

fn definitions(family: Family, minor: u16) -> Definitions {
    let version = if minor == 0 { KeaVersion::new(3, 0, 4) } else { KeaVersion::new(2, minor, 3) };
    Definitions::new(family, version, Vec::new())
}

fn v4(options: &[(u16, &[u8])]) -> Packet {
    let options =
        options.iter().map(|(code, data)| FormOption { code: *code, data: data.to_vec() }).collect();
    PacketForm { options, ..PacketForm::default() }.packet().unwrap()
}

#[test]
fn a_form_is_read_back() {
    let packet = v4(&[(12, b"host"), (60, &[b'x'; 300])]);
    let received = Received::new(&packet, &definitions(Family::V4, 0), false).unwrap();
    assert_eq!(received.option(60).unwrap().hex().len(), 300);
    assert_eq!(received.option(12).unwrap().string(), Some(&b"host"[..]));
    assert_eq!(received.message_type(), 1);
    // Kea before 2.7 joins what it has unpacked already, and forgets the type.
    let received = Received::new(&packet, &definitions(Family::V4, 6), false).unwrap();
    assert_eq!(received.option(60).unwrap().string(), None);
    assert_eq!(received.option(60).unwrap().hex().len(), 300);
}

#[test]
fn sub_options_of_82_are_found_and_43_waits() {
    let packet = v4(&[(82, &[1, 3, b'e', b't', b'h', 2, 1, 7]), (43, &[1, 1, 9])]);
    let definitions = definitions(Family::V4, 0);
    let mut received = Received::new(&packet, &definitions, false).unwrap();
    assert_eq!(received.option(82).unwrap().option(1).unwrap().hex(), b"eth");
    assert!(received.option(43).unwrap().option(1).is_none());
    received.unpack_deferred(&definitions, &[]);
    assert_eq!(received.option(43).unwrap().option(1).unwrap().hex(), [9]);
}

#[test]
fn several_vendors_share_one_option() {
    let data = [&[0, 0, 0x11, 0x8B, 3, 5, 1, 1][..], &[0, 0, 0, 9, 3, 6, 1, 2]].concat();
    let received = Received::new(&v4(&[(125, &data)]), &definitions(Family::V4, 0), false).unwrap();
    let vendors: Vec<_> = received.options.iter().filter_map(ReceivedOption::vendor).collect();
    assert_eq!(vendors, [9, 4491]);
}

#[test]
fn relays_count_from_the_server() {
    let relay = |last: u16| RelayForm {
        link_address: [0x2001, 0xDB8, 0, 0, 0, 0, 0, last].into(),
        peer_address: std::net::Ipv6Addr::LOCALHOST,
        options: vec![FormOption { code: 18, data: vec![b'0' + u8::try_from(last).unwrap()] }],
    };
    let form = PacketForm { family: Family::V6, relays: vec![relay(1), relay(2)], ..PacketForm::default() };
    let packet = form.packet().unwrap();
    let received = Received::new(&packet, &definitions(Family::V6, 0), false).unwrap();
    let id = |level| received.relay(level).map(|relay| relay.options[0].hex());
    assert_eq!([id(0), id(1), id(-1), id(-2)], [b"1", b"2", b"2", b"1"].map(|id| Some(id.to_vec())));
    assert_eq!([id(2), id(-3)], [None, None]);
    assert_eq!(received.len() as usize, packet.bytes.len());
}

#[test]
fn broken_bytes_say_where() {
    for (hex, offset) in [("01 00 00 01 00 01", 4), ("01 06 06", 0), ("0c 00 01", 0)] {
        let error = Packet::from_hex(Some(Family::V6), hex).unwrap_err();
        assert_eq!(error.offset, Some(offset), "{hex}: {error}");
    }
    let mut bytes = v4(&[]).bytes;
    bytes[237] = 0;
    assert_eq!(Packet::from_bytes(Some(Family::V4), bytes).unwrap_err().offset, Some(236));
}

/// A frame around a message: Ethernet with `tags`, IPv4, UDP.
fn frame(packet: &Packet, tags: &[u8]) -> Vec<u8> {
    let udp = (packet.bytes.len() as u16 + 8).to_be_bytes();
    let mut frame = vec![0xFF; 12];
    frame.extend(tags);
    frame.extend([0x08, 0, 0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2]);
    frame.extend([0, 68, 0, 67]);
    frame.extend(udp);
    frame.extend([0, 0]);
    frame.extend(&packet.bytes);
    frame
}

#[test]
fn capture_files_of_both_formats() {
    let packet = v4(&[(12, b"host")]);
    let frame = frame(&packet, &[0x81, 0, 0, 5]);
    let len = (frame.len() as u32).to_le_bytes();
    let mut pcap = vec![0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];
    for frame in [&[0_u8; 60][..], &frame] {
        pcap.extend([0; 8]);
        pcap.extend((frame.len() as u32).to_le_bytes());
        pcap.extend((frame.len() as u32).to_le_bytes());
        pcap.extend(frame);
    }
    let found = read_capture(&pcap).unwrap();
    assert_eq!((found.len(), found[0].number), (1, 2));
    assert_eq!(found[0].packet.bytes, packet.bytes);
    assert_eq!(found[0].summary, "DHCPDISCOVER 02:00:00:00:00:01 tid 0x00000001 192.0.2.1 → 192.0.2.2");

    let padded = frame.len().next_multiple_of(4);
    let mut ng = vec![0x0A, 0x0D, 0x0D, 0x0A, 28, 0, 0, 0, 0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0];
    ng.extend([0xFF; 8]);
    ng.extend([28, 0, 0, 0]);
    ng.extend([
        1, 0, 0, 0, 32, 0, 0, 0, 1, 0, 0, 0, 0, 0, 4, 0, 2, 0, 4, 0, b'e', b't', b'h', b'0', 0, 0, 0, 0, 32,
        0, 0, 0,
    ]);
    let block = (32 + padded as u32).to_le_bytes();
    ng.extend([6, 0, 0, 0]);
    ng.extend(block);
    ng.extend([0; 12]);
    ng.extend(len);
    ng.extend(len);
    ng.extend(&frame);
    ng.resize(ng.len() + padded - frame.len(), 0);
    ng.extend(block);
    let found = read_capture(&ng).unwrap();
    assert_eq!((found.len(), found[0].packet.interface.as_str()), (1, "eth0"));
    assert_eq!(Packet::from_bytes(None, frame).unwrap().bytes, packet.bytes);
}

#[test]
fn no_prefix_of_a_packet_or_capture_breaks_anything() {
    let packet = v4(&[(82, &[1, 1, 1]), (125, &[0, 0, 0, 1, 3, 1, 1, 1]), (81, &[4, 0, 0, 1, b'a'])]);
    let definitions = definitions(Family::V4, 0);
    for end in 0..packet.bytes.len() {
        let cut = Packet::new(Family::V4, packet.bytes[..end].to_vec());
        let _ = Received::new(&cut, &definitions, false);
        let _ = (cut.summary(), cut.describe(&definitions), read_capture(&cut.bytes));
    }
}
