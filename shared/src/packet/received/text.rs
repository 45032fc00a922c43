//! What `.text` gives: an option as Kea prints it.

use super::{OptionType, name::Name, option::Form, option::ReceivedOption};
use crate::{Family, KeaVersion};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

impl ReceivedOption {
    /// What `.text` gives. A text option gives its value; every other gives the line that Kea writes to its log.
    ///
    /// # Errors
    /// A sentence: Kea cannot print the option, and the whole expression fails; or how Kea prints it is not known here.
    pub fn text(&self, version: KeaVersion) -> Result<Vec<u8>, String> {
        if let Some(text) = self.string() {
            return Ok(text.to_vec());
        }
        let mut text = Vec::new();
        self.print(&mut text, 0, version)?;
        Ok(text)
    }

    fn print(&self, out: &mut Vec<u8>, indent: usize, version: KeaVersion) -> Result<(), String> {
        let quotes_printable = version >= KeaVersion::new(2, 7, 0);
        match &self.form {
            Form::Generic => {
                self.header(out, indent, "");
                self.bytes(out, quotes_printable);
            }
            Form::Text => {
                self.header(out, indent, "");
                quoted(out, ": \"", &self.head, "\" (string)");
            }
            Form::Integer(kind) => {
                self.header(out, indent, "");
                let value = integer(*kind, &self.head).unwrap_or_default();
                out.extend(format!(": {value} ({kind})").bytes());
            }
            Form::Integers(kind) => {
                self.header(out, indent, "");
                out.push(b':');
                for value in self.head.chunks_exact(width(*kind)) {
                    out.extend(format!(" {}({kind})", integer(*kind, value).unwrap_or_default()).bytes());
                }
            }
            Form::Addresses => {
                self.header(out, indent, "");
                out.push(b':');
                let size = if self.family == Family::V4 { 4 } else { 16 };
                for value in self.head.chunks_exact(size) {
                    out.push(b' ');
                    out.extend(print_address(value).unwrap_or_default().bytes());
                }
            }
            Form::Fields(fields) => {
                self.header(out, indent, "");
                out.push(b':');
                for (kind, value) in fields {
                    out.push(b' ');
                    self.field(out, *kind, value, quotes_printable)?;
                    out.extend(format!(" ({kind})").bytes());
                }
            }
            form => {
                self.special(form, out, indent)?;
                if !matches!(
                    form,
                    Form::Vendor(_) | Form::Ia { .. } | Form::IaAddress { .. } | Form::IaPrefix { .. }
                ) {
                    return Ok(());
                }
            }
        }
        if matches!(self.form, Form::Text | Form::Integers(_) | Form::Addresses) {
            return Ok(());
        }
        self.print_options(out, indent + 2, version)
    }

    /// Bytes without a definition.
    fn bytes(&self, out: &mut Vec<u8>, quotes_printable: bool) {
        out.extend(b": ");
        out.extend(joined(&self.head).bytes());
        if quotes_printable && self.head.is_empty() {
            out.extend(b"''");
        } else if quotes_printable && is_printable(&self.head) {
            quoted(out, " '", &self.head, "'");
        }
    }

    fn print_options(&self, out: &mut Vec<u8>, indent: usize, version: KeaVersion) -> Result<(), String> {
        if !self.options.is_empty() {
            out.extend(b",\noptions:");
        }
        for option in &self.options {
            out.push(b'\n');
            option.print(out, indent, version)?;
        }
        Ok(())
    }

    fn vendor_class_text(&self, out: &mut Vec<u8>, spaces: &str, enterprise: u32, data: &[Vec<u8>]) {
        let id = format!(" enterprise id=0x{enterprise:x}");
        out.extend(format!("{spaces}type={}, len={}, {id}", self.code, self.content_len()).bytes());
        for (index, tuple) in data.iter().enumerate() {
            if self.family == Family::V4 && index > 0 {
                out.extend(format!(",{id}").bytes());
            }
            out.extend(format!(", data-len{index}={}, vendor-class-data{index}=", tuple.len()).bytes());
            quoted(out, "'", tuple, "'");
        }
    }

    fn fqdn_text(&self, out: &mut Vec<u8>, spaces: &str, flags: u8, name: &str, partial: bool) {
        let code = self.code;
        let flag = |bit: u8| u8::from(flags & bit != 0);
        let (blank, e) =
            if self.family == Family::V4 { (" ", format!("E={}, ", flag(4))) } else { ("", String::new()) };
        let (n, o, s) = if self.family == Family::V4 { (8, 2, 1) } else { (4, 2, 1) };
        out.extend(
            format!(
                "{spaces}type={code}{blank}(CLIENT_FQDN), flags: (N={}, {e}O={}, S={}), domain-name='{name}' ({})",
                flag(n), flag(o), flag(s), if partial { "partial" } else { "full" }
            )
            .bytes(),
        );
    }

    fn special(&self, form: &Form, out: &mut Vec<u8>, indent: usize) -> Result<(), String> {
        let (code, len) = (self.code, self.content_len());
        let spaces = " ".repeat(indent);
        match form {
            Form::Vendor(enterprise) => {
                self.header(out, indent, "");
                out.extend(format!(": {enterprise} (uint32)").bytes());
                if self.family == Family::V4 {
                    let inside: usize = self.options.iter().map(Self::len).sum();
                    out.extend(format!(" {inside} (uint8)").bytes());
                }
            }
            Form::VendorClass(enterprise, data) => self.vendor_class_text(out, &spaces, *enterprise, data),
            Form::Tuples(data) => {
                out.extend(format!("{spaces}type={code}, len={len}").bytes());
                for (index, tuple) in data.iter().enumerate() {
                    out.extend(format!(", data-len{index}={}, data{index}=", tuple.len()).bytes());
                    quoted(out, "'", tuple, "'");
                }
            }
            Form::Ia { iaid, t1, t2 } => {
                self.header(out, indent, if code == 3 { "IA_NA" } else { "IA_PD" });
                out.extend(format!(": iaid={iaid}, t1={t1}, t2={t2}").bytes());
            }
            Form::IaAddress { address, preferred, valid } => {
                self.header(out, indent, "IAADDR");
                let address = print_address(&address.octets()).unwrap_or_default();
                out.extend(
                    format!(": address={address}, preferred-lft={preferred}, valid-lft={valid}").bytes(),
                );
            }
            Form::IaPrefix { prefix, length, preferred, valid } => {
                self.header(out, indent, "IAPREFIX");
                let prefix = print_address(&prefix.octets()).unwrap_or_default();
                out.extend(
                    format!(": prefix={prefix}/{length}, preferred-lft={preferred}, valid-lft={valid}")
                        .bytes(),
                );
            }
            Form::ClientFqdn { flags, name, partial } => self.fqdn_text(out, &spaces, *flags, name, *partial),
            Form::StatusCode(status, message) => {
                self.header(out, indent, "");
                out.extend(format!(": {}({status}) ", status_name(*status)).bytes());
                if message.is_empty() {
                    out.extend(b"(no status message)");
                } else {
                    quoted(out, "\"", message, "\"");
                }
            }
            Form::ExcludedPrefix(length, subnet) => {
                self.header(out, indent, "");
                out.extend(
                    format!(": excluded-prefix-len={length}, subnet-id=0x{}", upper_hex(subnet)).bytes(),
                );
            }
            Form::ServiceScope(mandatory, scopes) => {
                self.header(out, indent, "");
                quoted(out, &format!(": mandatory:{}, scope-list:\"", u8::from(*mandatory)), scopes, "\"");
            }
            _ => return Err(format!("how Kea prints option {code} as text is not known here")),
        }
        Ok(())
    }

    fn header(&self, out: &mut Vec<u8>, indent: usize, name: &str) {
        let width = if self.family == Family::V4 { 3 } else { 5 };
        let name = if name.is_empty() { String::new() } else { format!("({name})") };
        out.extend(std::iter::repeat_n(b' ', indent));
        out.extend(format!("type={:0width$}{name}, len={:0width$}", self.code, self.content_len()).bytes());
    }

    /// A field's value, without the type behind it.
    fn field(
        &self,
        out: &mut Vec<u8>,
        kind: OptionType,
        value: &[u8],
        printable: bool,
    ) -> Result<(), String> {
        match kind {
            OptionType::Binary if printable && value.is_empty() => out.extend(b"''"),
            OptionType::Binary => {
                out.extend(upper_hex(value).bytes());
                if printable && is_printable(value) {
                    quoted(out, " '", value, "'");
                }
            }
            OptionType::Boolean => match value {
                [1] => out.extend(b"true"),
                [0] => out.extend(b"false"),
                _ => return Err(format!("option {} holds a boolean that is neither 0 nor 1", self.code)),
            },
            OptionType::Ipv4Address | OptionType::Ipv6Address => {
                out.extend(print_address(value).unwrap_or_default().bytes());
            }
            OptionType::Fqdn => {
                let (name, _) = Name::read(value, 0).map_err(str::to_owned)?;
                quoted(out, "\"", name.text(false).as_bytes(), "\"");
            }
            OptionType::Tuple => {
                let length = if self.family == Family::V4 { 1 } else { 2 };
                quoted(out, "\"", value.get(length..).unwrap_or_default(), "\"");
            }
            OptionType::String => {
                let text = trimmed(value);
                if text.is_empty() && !value.is_empty() {
                    return Err(format!("option {} holds a text of zeros only", self.code));
                }
                quoted(out, "\"", text, "\"");
            }
            OptionType::Psid => {
                let (length, id) = psid(value).map_err(str::to_owned)?;
                out.extend(format!("len={length},psid={id}").bytes());
            }
            kind => {
                if let Some(value) = integer(kind, value) {
                    out.extend(value.to_string().bytes());
                }
            }
        }
        Ok(())
    }
}

/// A port set: its length in bits, and its number.
fn psid(value: &[u8]) -> Result<(u8, u16), &'static str> {
    let [length, high, low] = *value else { return Err("truncated port set") };
    let bits = u16::from_be_bytes([high, low]);
    let unused = 16_u32.checked_sub(length.into()).ok_or("port set longer than 16 bits")?;
    let number = u32::from(bits) >> unused;
    if number << unused != u32::from(bits) && length != 0 {
        return Err("port set with bits behind its length");
    }
    Ok((length, u16::try_from(number).unwrap_or_default()))
}

fn quoted(out: &mut Vec<u8>, before: &str, text: &[u8], after: &str) {
    out.extend(before.bytes());
    out.extend(text);
    out.extend(after.bytes());
}

/// The text without the zeros at its end (RFC 2132, section 2).
pub(super) fn trimmed(text: &[u8]) -> &[u8] {
    let end = text.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    text.get(..end).unwrap_or_default()
}

/// How many bytes an integer has; 1 for what is none.
pub(super) const fn width(kind: OptionType) -> usize {
    match kind {
        OptionType::Int16 | OptionType::Uint16 => 2,
        OptionType::Int32 | OptionType::Uint32 => 4,
        _ => 1,
    }
}

fn integer(kind: OptionType, value: &[u8]) -> Option<i64> {
    Some(match kind {
        OptionType::Int8 => i8::from_be_bytes(value.try_into().ok()?).into(),
        OptionType::Int16 => i16::from_be_bytes(value.try_into().ok()?).into(),
        OptionType::Int32 => i32::from_be_bytes(value.try_into().ok()?).into(),
        OptionType::Uint8 => u8::from_be_bytes(value.try_into().ok()?).into(),
        OptionType::Uint16 => u16::from_be_bytes(value.try_into().ok()?).into(),
        OptionType::Uint32 => u32::from_be_bytes(value.try_into().ok()?).into(),
        _ => return None,
    })
}

fn is_printable(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| (0x20..0x7F).contains(byte))
}

fn joined(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(":")
}

fn upper_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

fn status_name(status: u16) -> &'static str {
    match status {
        0 => "Success",
        1 => "UnspecFail",
        2 => "NoAddrsAvail",
        3 => "NoBinding",
        4 => "NotOnLink",
        5 => "UseMulticast",
        6 => "NoPrefixAvail",
        7 => "UnknownQueryType",
        8 => "MalformedQuery",
        9 => "NotConfigured",
        10 => "NotAllowed",
        _ => "(unknown status code)",
    }
}

/// An address of 4 or 16 bytes as the system's `inet_ntop` prints it.
pub fn print_address(bytes: &[u8]) -> Option<String> {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return Some(Ipv4Addr::from(four).to_string());
    }
    let address = Ipv6Addr::from(<[u8; 16]>::try_from(bytes).ok()?);
    let [zeros @ .., high, _] = address.segments();
    let [.., a, b, c, d] = address.octets();
    // `inet_ntop` also prints the deprecated IPv4-compatible form (RFC 4291, section 2.5.5.1).
    if zeros == [0; 6] && high != 0 {
        return Some(format!("::{a}.{b}.{c}.{d}"));
    }
    Some(IpAddr::V6(address).to_string())
}
