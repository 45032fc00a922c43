//! One value as text, and the bytes that Kea writes for it.

use super::{Findings, Token, address, number, prefix};
use crate::{
    diagnostic::Diagnostic,
    json::byte_text,
    option::{DefRef, OptionType, hex, name},
};
use std::net::IpAddr;

/// The code of an address of the other family, which Kea writes as it is and may then not be able to read.
pub(super) const ADDRESS_FAMILY: &str = "option-data/address-family";
/// The code of a name whose length Kea gets wrong when it sends it.
pub(super) const UNSENDABLE_NAME: &str = "option-data/unsendable-name";

/// What is wrong with a token.
#[derive(Debug)]
pub(in crate::option) struct Wrong {
    code: &'static str,
    message: String,
    help: Option<String>,
}

impl Wrong {
    /// A problem of the token with the text.
    pub(in crate::option) fn new(code: &'static str, text: &str, problem: impl std::fmt::Display) -> Self {
        Self { code, message: format!("`{text}` {problem}"), help: None }
    }

    /// Adds what to do.
    pub(in crate::option) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The finding about the token.
    pub(in crate::option) fn at(self, token: &Token<'_>) -> Diagnostic {
        Diagnostic { help: self.help, ..Diagnostic::error(self.code, self.message).span(token.span.clone()) }
    }
}

/// An error about a token.
pub(super) fn error(code: &'static str, token: &Token<'_>, problem: impl std::fmt::Display) -> Wrong {
    Wrong::new(code, &token.text, problem)
}

/// A warning about a token.
pub(super) fn warning(code: &str, token: &Token<'_>, problem: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::warning(code, format!("`{}` {problem}", token.text)).span(token.span.clone())
}

/// Writes one value; `next` is the value behind it, for guesses. `false`: there is an error among the findings.
pub(super) fn write(
    definition: DefRef<'_>,
    kind: OptionType,
    token: &Token<'_>,
    next: Option<&Token<'_>>,
    out: &mut Vec<u8>,
    findings: &mut Findings,
) -> bool {
    let written = match kind {
        OptionType::Binary => binary(token).map(|bytes| out.extend(bytes)),
        OptionType::Boolean => boolean(token).map(|value| out.push(u8::from(value))),
        OptionType::Int8 => integer(token, (i8::MIN.into(), i8::MAX.into()), 1, out, findings),
        OptionType::Int16 => integer(token, (i16::MIN.into(), i16::MAX.into()), 2, out, findings),
        OptionType::Int32 => integer(token, (i32::MIN.into(), i32::MAX.into()), 4, out, findings),
        OptionType::Uint8 => integer(token, (0, u8::MAX.into()), 1, out, findings),
        OptionType::Uint16 => integer(token, (0, u16::MAX.into()), 2, out, findings),
        OptionType::Uint32 => integer(token, (0, u32::MAX.into()), 4, out, findings),
        OptionType::Ipv4Address => ipv4(definition, token, next, out, findings),
        OptionType::Ipv6Address => ipv6(token, out, findings),
        OptionType::Ipv6Prefix => prefix::ipv6_prefix(token, out, findings),
        OptionType::Psid => prefix::psid(token, out, findings),
        OptionType::String => {
            out.extend_from_slice(&byte_text::bytes(&token.text));
            Ok(())
        }
        OptionType::Tuple => tuple(definition, token, out),
        OptionType::Fqdn => fqdn(token, out, findings),
        OptionType::Empty | OptionType::Record | OptionType::Internal => {
            Err(error("option-data/value", token, "cannot stand here: the field has no type of its own"))
        }
    };
    written.map_err(|wrong| findings.sure.push(wrong.at(token))).is_ok()
}

/// The bytes go to the end of what is written already.
pub(super) type Written = Result<(), Wrong>;

fn binary(token: &Token<'_>) -> Result<Vec<u8>, Wrong> {
    hex::digits(&token.text).ok_or_else(|| {
        let error = error("option-data/hex", token, "is not an even number of hexadecimal digits");
        let plain: String = token.text.chars().filter(char::is_ascii_hexdigit).collect();
        match token.text.strip_prefix("0x") {
            Some(digits) if hex::digits(digits).is_some() => {
                error.help(format!("write `{digits}`, without `0x`"))
            }
            _ if token.text.contains(':') && hex::digits(&plain).is_some() => {
                error.help(format!("write `{plain}`, without colons"))
            }
            _ => error.help("write two digits for each byte, such as `0a1b`"),
        }
    })
}

fn boolean(token: &Token<'_>) -> Result<bool, Wrong> {
    let text = token.text.as_ref();
    if text.eq_ignore_ascii_case("true") {
        return Ok(true);
    }
    if text.eq_ignore_ascii_case("false") {
        return Ok(false);
    }
    match number::decimal(text) {
        Some(value @ (0 | 1)) => Ok(value == 1),
        _ => Err(error("option-data/value", token, "is neither true nor false")
            .help("write `true` or `false`, or `1` or `0`")),
    }
}

/// Reads a number between two limits.
pub(super) fn limited(
    token: &Token<'_>,
    text: &str,
    min: i64,
    max: i64,
    findings: &mut Findings,
) -> Result<i64, Wrong> {
    let Some(number) = number::parse(text) else {
        let wrong = Wrong::new("option-data/value", text, format!("is not a number from {min} to {max}"));
        return Err(match grouped(text) {
            Some(digits) => wrong.help(format!("write `{digits}`, without separators")),
            None => wrong,
        });
    };
    let read = format!("is read as hexadecimal, {}", number.value);
    if !(min..=max).contains(&number.value) {
        let outside = format!("is not between {min} and {max}");
        let problem = if number.bare_hex { format!("{read}, and {outside}") } else { outside };
        return Err(Wrong::new("option-data/range", text, problem));
    }
    if number.bare_hex {
        let warning = Diagnostic::warning("option-data/bare-hex", format!("`{text}` {read}"));
        findings.sure.push(
            warning
                .help(format!("write `{}`, or `0x` before hexadecimal digits", number.value))
                .span(token.span.clone()),
        );
    }
    Ok(number.value)
}

/// The digits of a number that is written in groups of three.
fn grouped(text: &str) -> Option<String> {
    let mut groups = text.split([' ', '.', '_', '\'']);
    let first = groups.next().filter(|first| matches!(first.len(), 1..=3))?;
    let rest: Vec<&str> = groups.collect();
    let digits = format!("{first}{}", rest.concat());
    let fits = !rest.is_empty() && rest.iter().all(|group| group.len() == 3);
    (fits && digits.bytes().all(|digit| digit.is_ascii_digit())).then_some(digits)
}

fn integer(
    token: &Token<'_>,
    (min, max): (i64, i64),
    size: usize,
    out: &mut Vec<u8>,
    findings: &mut Findings,
) -> Written {
    let value = limited(token, &token.text, min, max, findings)?;
    let bytes = value.to_be_bytes();
    out.extend_from_slice(bytes.get(bytes.len() - size..).unwrap_or_default());
    Ok(())
}

fn ipv4(
    definition: DefRef<'_>,
    token: &Token<'_>,
    next: Option<&Token<'_>>,
    out: &mut Vec<u8>,
    findings: &mut Findings,
) -> Written {
    match address::parse(&token.text) {
        Some(IpAddr::V6(address)) => {
            let effect =
                if definition.array { "its 16 bytes as four addresses" } else { "its first four bytes" };
            findings.suspects.push(
                warning(ADDRESS_FAMILY, token, format!("is an IPv6 address: Kea would send {effect}"))
                    .help("give an IPv4 address"),
            );
            out.extend(address.octets());
            Ok(())
        }
        Some(IpAddr::V4(address)) => {
            out.extend(address.octets());
            Ok(())
        }
        None => Err(not_an_ipv4_address(token, next)),
    }
}

fn not_an_ipv4_address(token: &Token<'_>, next: Option<&Token<'_>>) -> Wrong {
    let error = error("option-data/value", token, "is not an IPv4 address");
    let joined =
        next.map(|next| format!("{}.{}", token.text, next.text)).and_then(|text| address::mend_v4(&text));
    if let Some(address) = joined {
        return error.help(format!("did you mean `{address}`? a comma ends an address"));
    }
    if let Some(address) = address::mend_v4(&token.text) {
        return error.help(format!("write `{address}`"));
    }
    let several = token.text.split([' ', ';', '\t']).filter(|part| !part.is_empty());
    let several: Vec<&str> = several.map(str::trim).collect();
    if several.len() > 1 && several.iter().all(|part| address::parse(part).is_some()) {
        return error.help(format!("separate addresses with commas: `{}`", several.join(", ")));
    }
    error.help("write four numbers from 0 to 255 with dots between them, such as `192.0.2.1`")
}

fn ipv6(token: &Token<'_>, out: &mut Vec<u8>, findings: &mut Findings) -> Written {
    match address::parse(&token.text) {
        Some(IpAddr::V4(address)) => {
            findings.suspects.push(
                warning(ADDRESS_FAMILY, token, "is an IPv4 address, too short for an IPv6 address")
                    .help("give an IPv6 address, such as `2001:db8::1`"),
            );
            out.extend(address.octets());
            Ok(())
        }
        Some(IpAddr::V6(address)) => {
            if token.text.contains('%') {
                findings.sure.push(
                    warning("option-data/zone", token, "has a zone, which Kea does not send")
                        .help("remove the `%` and what follows it"),
                );
            }
            out.extend(address.octets());
            Ok(())
        }
        None => Err(error("option-data/value", token, "is not an IPv6 address").help(
            match token.text.split_once('/') {
                Some((address, _)) if address::parse(address).is_some() => {
                    format!("write `{address}`, without a length")
                }
                _ => "write an address such as `2001:db8::1`".to_owned(),
            },
        )),
    }
}

fn tuple(definition: DefRef<'_>, token: &Token<'_>, out: &mut Vec<u8>) -> Written {
    let bytes = byte_text::bytes(&token.text);
    let length = bytes.len();
    let size = definition.tuple_header();
    let limit = if size == 1 { 255 } else { 65535 };
    if length > limit {
        return Err(error("option-data/length", token, format!("has {length} bytes, too many for a tuple"))
            .help(format!("use at most {limit} bytes")));
    }
    let header = length.to_be_bytes();
    out.extend_from_slice(header.get(header.len() - size..).unwrap_or_default());
    out.extend_from_slice(&bytes);
    Ok(())
}

fn fqdn(token: &Token<'_>, out: &mut Vec<u8>, findings: &mut Findings) -> Written {
    let wire = name::encode(&token.text).map_err(|problem| {
        let error = error("option-data/domain-name", token, format!("is not a domain name: it {problem}"));
        error.help("write labels with dots between them, such as `example.org`")
    })?;
    if name::believed_length(&wire) != wire.len() {
        let what = if wire.len() == 1 {
            "is the root, which Kea cannot send"
        } else {
            "has characters that Kea cannot send in a name"
        };
        let warning = warning(UNSENDABLE_NAME, token, what);
        findings.suspects.push(match token.text.split_whitespace().collect::<Vec<_>>() {
            names if names.len() > 1 => {
                warning.help(format!("separate names with commas: `{}`", names.join(", ")))
            }
            _ if token.text.is_ascii() => warning.help("use letters, digits, `-` and `_` only"),
            _ => warning.help("write the name in its ASCII form, which begins with `xn--`"),
        });
    }
    out.extend(wire);
    Ok(())
}
