//! What a path such as `option[82].option[1].hex` reads from the packet.

use super::{Environment, machine::Value};
use crate::{
    Family,
    expr::{Code, Field, Kind, NodeId, Parsed, Vendor},
    packet::{ReceivedOption, Relay},
};

/// A value, and what is missing where something is.
pub(super) type Read = Result<(Value, Option<String>), String>;

/// A path from its head on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    head: Kind,
    sub_option: Option<Code>,
    end: Kind,
}

impl Path {
    /// The path that ends in a node.
    pub(super) fn of(parsed: &Parsed<'_>, id: NodeId) -> Option<Self> {
        let end = parsed.node(id)?.kind;
        let (mut sub_option, mut id) = (None, id);
        loop {
            id = parsed.child(id)?;
            match parsed.node(id)?.kind {
                Kind::SubOption(code) => sub_option = Some(code),
                head => return Some(Self { head, sub_option, end }),
            }
        }
    }

    pub(super) fn read(self, parsed: &Parsed<'_>, environment: &Environment<'_>) -> Read {
        let field = match self.end {
            Kind::Field(field) => field,
            _ => Field::Data,
        };
        let sub_option = self.sub_option.map(|code| environment.code(parsed, code)).transpose()?;
        match self.head {
            Kind::Option(code) => {
                let code = environment.code(parsed, code)?;
                let parent = environment.received.option(code);
                let place = format!("option {code}");
                match sub_option {
                    None => read_option(environment, parent, field, &place),
                    Some(sub) => read_sub_option(environment, parent, sub, field, &place),
                }
            }
            Kind::Relay4(code) => {
                read_sub_option(environment, environment.received.option(82), code, field, "option 82")
            }
            Kind::Relay6(level) => read_relay(environment, level, sub_option, field),
            Kind::Pkt | Kind::Pkt4 | Kind::Pkt6 => read_field(environment, field),
            Kind::Vendor(vendor) => read_vendor(environment, vendor, sub_option, field),
            Kind::VendorClass(vendor) => {
                let index = if let Kind::Data(index) = self.end { index } else { 0 };
                read_vendor_class(environment, vendor, field, index)
            }
            _ => Err("this part of the expression cannot be evaluated".to_owned()),
        }
    }
}

/// What a path without anything there gives: `false` for `exists`, nothing for all others.
fn missing(field: Field, note: String) -> Read {
    let value = if field == Field::Exists { Value::Condition(false) } else { Value::String(Vec::new()) };
    Ok((value, Some(note)))
}

fn string(bytes: impl Into<Vec<u8>>) -> Read {
    Ok((Value::String(bytes.into()), None))
}

fn read_option(
    environment: &Environment<'_>,
    option: Option<&ReceivedOption>,
    field: Field,
    place: &str,
) -> Read {
    let Some(option) = option else { return missing(field, format!("{place} is not in the packet")) };
    match field {
        Field::Exists => Ok((Value::Condition(true), None)),
        Field::Text => string(option.text(environment.received.version)?),
        _ => string(option.hex()),
    }
}

fn read_sub_option(
    environment: &Environment<'_>,
    parent: Option<&ReceivedOption>,
    code: u16,
    field: Field,
    place: &str,
) -> Read {
    let Some(parent) = parent else { return missing(field, format!("{place} is not in the packet")) };
    let Some(option) = parent.option(code) else {
        return missing(field, format!("{place} has no sub-option {code}{}", why_none(environment, parent)));
    };
    read_option(environment, Some(option), field, place)
}

/// Why an option with content has no sub-options at all.
fn why_none(environment: &Environment<'_>, parent: &ReceivedOption) -> &'static str {
    if !parent.options.is_empty() || parent.is_empty() {
        ""
    } else if environment.received.family == Family::V4 && (parent.code == 43 || parent.code >= 224) {
        ": Kea unpacks this option only after the classes that do not depend on `KNOWN`"
    } else {
        ": its definition does not encapsulate a space, or the bytes are not sub-options"
    }
}

fn read_relay(environment: &Environment<'_>, level: i8, option: Option<u16>, field: Field) -> Read {
    let relays = environment.received.relays.len();
    let Some(relay) = environment.received.relay(level) else {
        return missing(field, format!("there is no relay {level}: the message was relayed {relays} times"));
    };
    let Relay { link_address, peer_address, options } = relay;
    match (option, field) {
        (Some(code), field) => {
            let option = options.iter().find(|option| option.code == code);
            read_option(environment, option, field, &format!("option {code} of relay {level}"))
        }
        (None, Field::LinkAddr) => string(link_address.as_slice()),
        (None, _) => string(peer_address.as_slice()),
    }
}

fn read_field(environment: &Environment<'_>, field: Field) -> Read {
    let received = environment.received;
    let [ciaddr, yiaddr, siaddr, giaddr] = received.fixed.addresses;
    let word = |number: u32| string(number.to_be_bytes());
    match field {
        Field::Iface => string(environment.packet.interface.as_bytes()),
        Field::Src => string(address(environment, environment.packet.source)),
        Field::Dst => string(address(environment, environment.packet.destination)),
        Field::Len => word(received.len()),
        Field::Mac => string(received.fixed.hardware.as_slice()),
        // Kea says at most 16 here, although the address may be longer.
        Field::Hlen => word(u32::try_from(received.fixed.hardware.len().min(16)).unwrap_or(16)),
        Field::Htype => word(received.fixed.htype.into()),
        Field::Ciaddr => string(ciaddr),
        Field::Yiaddr => string(yiaddr),
        Field::Siaddr => string(siaddr),
        Field::Giaddr => string(giaddr),
        Field::Msgtype => word(received.message_type().into()),
        Field::Transid => word(match received.family {
            Family::V4 => received.fixed.transaction,
            Family::V6 => received.transaction,
        }),
        _ => Err("this field cannot be evaluated".to_owned()),
    }
}

fn address(environment: &Environment<'_>, address: Option<std::net::IpAddr>) -> Vec<u8> {
    match (address, environment.received.family) {
        (Some(std::net::IpAddr::V4(address)), _) => address.octets().to_vec(),
        (Some(std::net::IpAddr::V6(address)), _) => address.octets().to_vec(),
        (None, Family::V4) => vec![0; 4],
        (None, Family::V6) => vec![0; 16],
    }
}

/// The enterprise number that is asked for; 0 takes any.
fn wanted(vendor: Vendor) -> u32 {
    if let Vendor::Number(number) = vendor { number } else { 0 }
}

fn read_vendor(environment: &Environment<'_>, vendor: Vendor, option: Option<u16>, field: Field) -> Read {
    let code = if environment.received.family == Family::V4 { 125 } else { 17 };
    let found = environment.received.option(code).and_then(|option| Some((option, option.vendor()?)));
    let Some((parent, enterprise)) = found else {
        return missing(field, format!("option {code} is not in the packet"));
    };
    if let Some(note) = other_vendor(environment, code, wanted(vendor), enterprise) {
        return missing(field, note);
    }
    match (option, field) {
        // Kea takes sub-option 0 for no sub-option, and answers with the word.
        (Some(0), Field::Exists) | (None, Field::Exists) => Ok((Value::Condition(true), None)),
        (Some(0), _) => string(*b"true"),
        (Some(code), field) => read_option(
            environment,
            parent.option(code),
            field,
            &format!("sub-option {code} of vendor {enterprise}"),
        ),
        (None, _) => string(enterprise.to_be_bytes()),
    }
}

fn other_vendor(environment: &Environment<'_>, code: u16, wanted: u32, enterprise: u32) -> Option<String> {
    if wanted == 0 || wanted == enterprise {
        return None;
    }
    let of = |option: &&ReceivedOption| {
        option.vendor().or(option.vendor_class().map(|(vendor, _)| vendor)) == Some(wanted)
    };
    let also =
        environment.received.options.iter().filter(|option| option.code == code).any(|option| of(&option));
    let also = if also { ", and Kea looks at the first only" } else { "" };
    Some(format!("the packet's option {code} is of vendor {enterprise}, not {wanted}{also}"))
}

fn read_vendor_class(environment: &Environment<'_>, vendor: Vendor, field: Field, index: u8) -> Read {
    let code = if environment.received.family == Family::V4 { 124 } else { 16 };
    let Some((enterprise, data)) = environment.received.option(code).and_then(ReceivedOption::vendor_class)
    else {
        return missing(field, format!("option {code} is not in the packet"));
    };
    if let Some(note) = other_vendor(environment, code, wanted(vendor), enterprise) {
        return missing(field, note);
    }
    match field {
        Field::Exists => Ok((Value::Condition(true), None)),
        Field::Enterprise => string(enterprise.to_be_bytes()),
        _ => match data.get(usize::from(index)) {
            Some(tuple) => string(tuple.as_slice()),
            None => missing(field, format!("the vendor class has {} pieces, the first is 0", data.len())),
        },
    }
}
