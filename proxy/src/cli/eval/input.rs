//! The packets of a file, whatever form it has.

use perch_shared::{
    Family,
    packet::{Captured, Packet, read_capture},
};
use std::{io::Read as _, path::Path};

/// Why there is nothing to evaluate.
#[derive(Debug)]
pub(super) struct Unusable(pub(super) String);

/// What a file holds.
#[derive(Debug)]
pub(super) enum Input {
    /// One message.
    One(Box<Packet>),
    /// A capture file's packets of the configuration's family, and how many it has of the other.
    Capture(Vec<Captured>, usize),
}

impl Input {
    /// Reads the packets of a family.
    pub(super) fn read(path: &Path, family: Family) -> Result<Self, Unusable> {
        let bytes = read_bytes(path)?;
        let unusable = |reason: &dyn std::fmt::Display| Unusable(format!("{}: {reason}", path.display()));
        if is_capture(&bytes) {
            let all = read_capture(&bytes).map_err(|error| unusable(&error))?;
            let (ours, others): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|captured| captured.packet.family == family);
            return Ok(Self::Capture(ours, others.len()));
        }
        let packet = match std::str::from_utf8(&bytes) {
            Ok(text) if !text.contains('\0') => Packet::from_hex(Some(family), text),
            _ => Packet::from_bytes(Some(family), bytes),
        };
        packet.map(|packet| Self::One(Box::new(packet))).map_err(|error| unusable(&error))
    }

    /// The packets to evaluate, with their numbers in the capture file.
    pub(super) fn choose(self, number: Option<usize>) -> Result<Vec<(Option<usize>, Packet)>, Unusable> {
        match (self, number) {
            (Self::One(packet), None | Some(1)) => Ok(vec![(None, *packet)]),
            (Self::One(_), Some(_)) => Err(Unusable("the file holds one packet".to_owned())),
            (Self::Capture(all, others), None) if all.is_empty() => Err(Unusable(match others {
                0 => "no DHCP packet is in the capture file".to_owned(),
                others => {
                    format!("the capture file's {others} DHCP packets are not of the configuration's family")
                }
            })),
            (Self::Capture(all, _), None) => {
                Ok(all.into_iter().map(|captured| (Some(captured.number), captured.packet)).collect())
            }
            (Self::Capture(all, _), Some(number)) => {
                match all.iter().find(|captured| captured.number == number) {
                    Some(captured) => Ok(vec![(Some(number), captured.packet.clone())]),
                    None => Err(Unusable(not_there(number, &all))),
                }
            }
        }
    }
}

fn not_there(number: usize, all: &[Captured]) -> String {
    let lines =
        all.iter().take(20).map(|captured| format!("\n  {:>6}  {}", captured.number, captured.summary));
    let more = if all.len() > 20 { "\n       …" } else { "" };
    format!(
        "frame {number} is no DHCP packet of the configuration's family; these are:{}{more}",
        lines.collect::<String>()
    )
}

fn is_capture(bytes: &[u8]) -> bool {
    let magics: [&[u8]; 5] = [
        &[0x0A, 0x0D, 0x0D, 0x0A],
        &[0xA1, 0xB2, 0xC3, 0xD4],
        &[0xD4, 0xC3, 0xB2, 0xA1],
        &[0xA1, 0xB2, 0x3C, 0x4D],
        &[0x4D, 0x3C, 0xB2, 0xA1],
    ];
    magics.iter().any(|magic| bytes.starts_with(magic))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Unusable> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| Unusable(format!("{}: {error}", path.display())))
}

/// A text file, or standard input.
pub(super) fn read_text(path: &Path) -> Result<String, Unusable> {
    String::from_utf8(read_bytes(path)?).map_err(|_| Unusable(format!("{}: not UTF-8", path.display())))
}
