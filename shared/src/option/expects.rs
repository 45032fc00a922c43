//! What to type for an option, in words.

use super::{DefRef, Definition, OptionType};

/// What an option's value looks like, fit for `give …`: `IPv4 addresses, separated by commas`.
///
/// ```
/// use perch_shared::{Family, KeaVersion, option::{Definitions, expects}};
/// let definitions = Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new());
/// let expects = |code| expects(&definitions.by_code("dhcp4", code).unwrap());
/// assert_eq!(expects(3), "IPv4 addresses, separated by commas");
/// assert_eq!(expects(19), "true or false");
/// assert_eq!(expects(26), "a number from 0 to 65535");
/// assert_eq!(expects(78), "true or false, IPv4 addresses, separated by commas");
/// ```
pub fn expects(definition: &Definition) -> String {
    expected(definition.view())
}

/// What an option's value looks like.
pub(super) fn expected(definition: DefRef<'_>) -> String {
    match definition.kind {
        OptionType::Internal if definition.standard && definition.code == 121 => {
            "routes such as 10.0.0.0/8 - 192.0.2.1, separated by commas".to_owned()
        }
        OptionType::Internal if definition.standard => {
            "a priority, a name, addresses separated by blanks, and parameters, separated by commas"
                .to_owned()
        }
        OptionType::Empty if !definition.encapsulate.is_empty() => {
            format!("nothing: its sub-options are in the space {}", definition.encapsulate)
        }
        OptionType::Record => record(definition),
        kind if definition.array => format!("{}, separated by commas", many(kind)),
        kind => one(kind).to_owned(),
    }
}

/// A record of more fields is not described field by field.
const MOST_FIELDS: usize = 16;

fn record(definition: DefRef<'_>) -> String {
    if definition.fields.len() > MOST_FIELDS {
        return format!("{} values, separated by commas", definition.fields.len());
    }
    let mut parts: Vec<&str> = definition.fields.iter().map(|kind| one(*kind)).collect();
    if let (true, Some(last)) = (definition.array, definition.fields.last()) {
        parts.pop();
        parts.push(many(*last));
    }
    format!("{}, separated by commas", parts.join(", "))
}

fn one(kind: OptionType) -> &'static str {
    match kind {
        OptionType::Empty => "nothing",
        OptionType::Binary => "hexadecimal digits",
        OptionType::Boolean => "true or false",
        OptionType::Int8 => "a number from -128 to 127",
        OptionType::Int16 => "a number from -32768 to 32767",
        OptionType::Int32 => "a number from -2147483648 to 2147483647",
        OptionType::Uint8 => "a number from 0 to 255",
        OptionType::Uint16 => "a number from 0 to 65535",
        OptionType::Uint32 => "a number from 0 to 4294967295",
        OptionType::Ipv4Address => "an IPv4 address",
        OptionType::Ipv6Address => "an IPv6 address",
        OptionType::Ipv6Prefix => "an IPv6 prefix such as 2001:db8::/32",
        OptionType::Psid => "a port set id and its length in bits, such as 3/4",
        OptionType::String | OptionType::Tuple | OptionType::Internal => "text",
        OptionType::Fqdn => "a domain name",
        OptionType::Record => "several values",
    }
}

fn many(kind: OptionType) -> &'static str {
    match kind {
        OptionType::Boolean => "true or false several times",
        OptionType::Int8 => "numbers from -128 to 127",
        OptionType::Int16 => "numbers from -32768 to 32767",
        OptionType::Int32 => "numbers from -2147483648 to 2147483647",
        OptionType::Uint8 => "numbers from 0 to 255",
        OptionType::Uint16 => "numbers from 0 to 65535",
        OptionType::Uint32 => "numbers from 0 to 4294967295",
        OptionType::Ipv4Address => "IPv4 addresses",
        OptionType::Ipv6Address => "IPv6 addresses",
        OptionType::Ipv6Prefix => "IPv6 prefixes such as 2001:db8::/32",
        OptionType::Psid => "port set ids with their lengths in bits, such as 3/4",
        OptionType::Tuple => "texts",
        OptionType::Fqdn => "domain names",
        kind => one(kind),
    }
}
