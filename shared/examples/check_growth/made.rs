//! What the texts are made of.

use std::net::Ipv4Addr;

/// The text of the pool of a number, apart from every other.
pub fn range(base: u32, number: usize) -> String {
    let first = base + number as u32 * 8;
    format!("{}-{}", Ipv4Addr::from(first), Ipv4Addr::from(first + 6))
}

/// Pieces made of numbers, with something between them.
pub fn many(count: usize, between: &str, piece: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    let mut out = String::new();
    for number in 0..count {
        if number > 0 {
            out.push_str(between);
        }
        let _ = piece(number, &mut out);
    }
    out
}

pub fn dhcp4(inside: &str) -> String {
    format!("{{\"Dhcp4\": {{{inside}}}}}")
}

pub fn dhcp6(inside: &str) -> String {
    format!("{{\"Dhcp6\": {{{inside}}}}}")
}

/// A list of numbered maps below a key of a DHCPv4 server.
pub fn list4(count: usize, key: &str, piece: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    dhcp4(&format!("\"{key}\": [{}]", many(count, ",", piece)))
}

pub fn list6(count: usize, key: &str, piece: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    dhcp6(&format!("\"{key}\": [{}]", many(count, ",", piece)))
}

/// A list of numbered maps in the only subnet of a DHCPv4 server.
pub fn in_subnet(count: usize, key: &str, piece: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    let list = many(count, ",", piece);
    dhcp4(&format!("\"subnet4\": [{{\"id\": 1, \"subnet\": \"10.0.0.0/8\", \"{key}\": [{list}]}}]"))
}

pub fn class(test: &str) -> String {
    dhcp4(&format!("\"client-classes\": [{{\"name\": \"a\", \"test\": \"{test}\"}}]"))
}
