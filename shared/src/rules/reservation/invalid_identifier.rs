//! `reservation/invalid-identifier`

use super::{Trouble, read_identifier};
use crate::{
    json::{Element, TextEdit, byte_text},
    net::IdentifierError,
    rules::{Example, Finding, Findings, Review, objects::Key, rule},
};

rule! {
    /// The identifier of a reservation cannot be read, or is too short or too long.
    ///
    /// ## Why
    /// Kea refuses it. It reads hexadecimal digits, plain or with one separator `:` or a blank between bytes, or text in
    /// single quotes. It does not read `-` or `.` between bytes. A hardware address has up to 20 bytes, a DUID from 3 to
    /// 130, a client identifier up to 255, others up to 128.
    "reservation/invalid-identifier", Error, arm: "dhcp4-srv.html#host-reservations-in-dhcpv4", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a-1b-1c-1d-1e-1f", "hostname": "a"}]}}"#),
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "", "hostname": "a"}]}}"#),
        Example::new(r#"{"Dhcp6": {"reservations": [{"duid": "01:02", "hostname": "a"}]}}"#).from(2, 3, 8),
        Example::new(
            r#"{"Dhcp4": {"reservations": [{"hw-address": "000102030405060708090a0b0c0d0e0f1011121314", "hostname": "a"}]}}"#,
        ),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"reservations": [{"hw-address": "1a:1B:1c:1d:1e:f", "hostname": "a"}]}}"#),
        Example::new(r#"{"Dhcp4": {"reservations": [{"client-id": "0x1a2b", "hostname": "a"}]}}"#),
        Example::new(r#"{"Dhcp4": {"reservations": [{"flex-id": "'port 7'", "hostname": "a"}]}}"#),
    ],
}

/// What it finds is found on the walk that compares the identifiers.
fn check(_: &Review<'_>, _: &mut Findings) {}

/// What is wrong with an identifier.
pub(super) fn finding(review: &Review<'_>, key: Key, element: Element<'_>, trouble: Trouble) -> Finding {
    let text = element.as_byte_text().unwrap_or_default();
    let finding = match trouble {
        Trouble::Text(IdentifierError::Empty) => RULE.at(element, format!("the `{}` is empty", key.name())),
        Trouble::Text(error) => {
            RULE.at(element, format!("`{}` is no {}: {error}", byte_text::shown(&text), key.name()))
        }
        Trouble::Length { bytes, least, most } if bytes < least => {
            RULE.at(element, format!("the `{}` has {bytes} bytes; it needs {least} to {most}", key.name()))
        }
        Trouble::Length { bytes, most, .. } => {
            RULE.at(element, format!("the `{}` has {bytes} bytes; it may have {most}", key.name()))
        }
    };
    let finding = finding.help("write hexadecimal digits such as 1a:2b:3c, or text in single quotes");
    let colons = text.replace(['-', '.'], ":");
    let mends =
        !text.contains(':') && bytes_apart(&colons) && read_identifier(key, &colons, review.version).is_ok();
    let edit = TextEdit { span: element.span(), text: format!("\"{colons}\"") };
    if mends { finding.fix("separate the bytes by colons", vec![edit]) } else { finding }
}

/// Whether every byte stands alone between colons, with both digits.
fn bytes_apart(text: &str) -> bool {
    text.split(':').all(|byte| byte.len() == 2 && byte.bytes().all(|digit| digit.is_ascii_hexdigit()))
}
