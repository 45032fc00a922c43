//! Checking an `option-data` entry the way Kea does, and the bytes it becomes.

use super::{
    DefRef, Definition, Definitions, Entry, OptionData, OptionType, hex, keys, mend, text,
    text::PREFIX_LENGTH, wire,
};
use crate::{Family, diagnostic::Diagnostic};
use std::net::IpAddr;

/// What is known about an `option-data` entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The definition it follows; `None`: there is none, and the data is plain bytes.
    pub definition: Option<Definition>,
    /// The option's payload on the wire, without code and length, and without the sub-options that other entries
    /// add; `None`: Kea refuses the entry.
    pub bytes: Option<Vec<u8>>,
    /// What is wrong with it, errors first. Spans count bytes of `data`; a finding about another key has that key as
    /// its `path`.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks an `option-data` entry: an error is what Kea's `config-test` refuses, a warning what it accepts and the
/// operator will regret.
///
/// The entry is taken for one of the global list, where `csv-format` is true unless it says otherwise. In other lists
/// Kea reads an option without a definition as hexadecimal: set `csv_format` to `Some(false)` there.
///
/// ```
/// use perch_shared::{Family, KeaVersion, option::{Definitions, OptionData, check}};
/// let definitions = Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new());
/// let option = OptionData { code: Some(3), data: "192.0.2.1, 192.0.2.2".into(), ..OptionData::default() };
/// let checked = check(&definitions, &option);
/// assert_eq!(checked.bytes, Some(vec![192, 0, 2, 1, 192, 0, 2, 2]));
///
/// let typo = OptionData { data: "149,112.112.112".into(), ..option };
/// let checked = check(&definitions, &typo);
/// assert_eq!(checked.bytes, None);
/// let help = checked.diagnostics[0].help.as_deref();
/// assert_eq!(help, Some("did you mean `149.112.112.112`? a comma ends an address"));
/// ```
pub fn check(definitions: &Definitions, option: &OptionData) -> Checked {
    let mut entry = Entry::of(option);
    entry.csv_format.get_or_insert(true);
    let Examined { definition, bytes, mut diagnostics } = examine(definitions, None, &entry, true);
    keys::unknown(definitions.version, option, &mut diagnostics);
    let refused = diagnostics.iter().any(Diagnostic::is_error);
    diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    Checked {
        definition: definition.map(DefRef::to_definition),
        bytes: bytes.filter(|_| !refused),
        diagnostics,
    }
}

/// What is known about an entry, borrowed from it and from the definitions.
#[derive(Debug)]
pub(crate) struct Examined<'a> {
    /// The definition it follows.
    pub(crate) definition: Option<DefRef<'a>>,
    /// What Kea sends; of no meaning when there is an error among the findings.
    pub(crate) bytes: Option<Vec<u8>>,
    /// What is wrong with it, in no order.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Checks an entry whose `csv_format` has its default where Kea fills one in. `own` are a class's definitions.
/// `suggests`: for a name that nobody knows, the one that was meant is looked for, which takes time.
pub(crate) fn examine<'a>(
    definitions: &'a Definitions,
    own: Option<&'a Definitions>,
    entry: &'a Entry<'a>,
    suggests: bool,
) -> Examined<'a> {
    if let Some(found) = keys::space(definitions.family, entry) {
        return Examined { definition: None, bytes: None, diagnostics: vec![found] };
    }
    let definition = entry.resolve(definitions, own);
    let mut diagnostics = Vec::new();
    keys::check(definitions, entry, definition, suggests, &mut diagnostics);
    let bytes = if definition.is_none() && entry.csv_format == Some(true) {
        None
    } else if keys::is_cancelled(definitions.version, entry) {
        // What is never sent needs no value.
        Some(Vec::new())
    } else {
        value(definitions, definition, entry, &mut diagnostics)
    };
    Examined { definition, bytes, diagnostics }
}

/// The payload that Kea sends for the data; `None`: it refuses it.
fn value(
    definitions: &Definitions,
    definition: Option<DefRef<'_>>,
    entry: &Entry<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<u8>> {
    let data = entry.value();
    let mut findings = text::Findings::default();
    let sent = match definition {
        Some(definition) if entry.csv_format != Some(false) => {
            from_text(definitions, definition, data, &mut findings)
        }
        _ => from_hex(definitions, definition, data, &mut findings),
    };
    diagnostics.append(&mut findings.sure);
    if sent.is_some() {
        diagnostics.append(&mut findings.suspects);
    }
    if let (Some(sent), Some(definition)) = (&sent, definition) {
        size(definition, sent, diagnostics);
    }
    sent
}

/// Text, then bytes, then what Kea makes of them.
fn from_text(
    definitions: &Definitions,
    definition: DefRef<'_>,
    data: &str,
    findings: &mut text::Findings,
) -> Option<Vec<u8>> {
    if definition.kind == OptionType::Internal {
        return match (definition.standard, definition.code) {
            (true, 121) => wire::parse_routes(definition, data, findings),
            (true, _) => wire::parse_dnr(definition, data, findings),
            (false, _) => text::write_internal(definition, data, findings),
        };
    }
    let written = text::write(definition, data, findings)?;
    if wire::limits_prefixes(definitions.version)
        && findings.suspects.iter().any(|found| found.code == PREFIX_LENGTH)
    {
        findings.condemn();
        return None;
    }
    match wire::read(definitions, definition, &written) {
        Ok(sent) => {
            if !sent.starts_with(&written) && findings.suspects.is_empty() {
                findings.sure.push(other_bytes(&sent, data));
            }
            Some(sent)
        }
        Err(refused) => {
            if findings.suspects.is_empty() {
                findings.sure.push(refused.diagnostic.span(0..data.len()));
            }
            findings.condemn();
            None
        }
    }
}

/// Bytes from `data` with `csv-format` false.
fn from_hex(
    definitions: &Definitions,
    definition: Option<DefRef<'_>>,
    data: &str,
    findings: &mut text::Findings,
) -> Option<Vec<u8>> {
    let Some(bytes) = hex::formatted(data) else {
        findings.sure.push(not_hex(data));
        return None;
    };
    let Some(definition) = definition else { return Some(bytes) };
    match wire::read(definitions, definition, &bytes) {
        Ok(sent) => {
            if sent != bytes {
                findings.sure.push(other_bytes(&sent, data));
            }
            Some(sent)
        }
        Err(refused) => {
            findings.sure.push(refused.diagnostic.span(0..data.len()));
            None
        }
    }
}

fn not_hex(data: &str) -> Diagnostic {
    let error =
        Diagnostic::error("option-data/hex", format!("`{data}` is not a string of hexadecimal digits"))
            .span(0..data.len());
    if let Some(bytes) = address_bytes(data) {
        let text = hex::print(&bytes);
        let help = format!(
            "without a definition the value is bytes: write `{text}`, or define the option with the type of an address"
        );
        return mend(error, 0..data.len(), &text).help(help);
    }
    let write = |text: String| mend(error.clone(), 0..data.len(), &text).help(format!("write `{text}`"));
    let quoted = hex::quoted(data).or_else(|| data.strip_prefix('"').and_then(|text| text.strip_suffix('"')));
    let plain: String = data.chars().filter(char::is_ascii_hexdigit).collect();
    let rest_is_separators =
        data.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '-' | '.' | ' ' | ','));
    match (quoted, data.strip_prefix("0X")) {
        (Some(""), _) => error.help("leave the value empty, or put text between the quotes"),
        (Some(text), _) => {
            let text = format!("'{text}'");
            mend(error, 0..data.len(), &text).help(format!("put single quotes around text: `{text}`"))
        }
        (None, Some(digits)) if hex::formatted(&format!("0x{digits}")).is_some() => {
            mend(error, 0..2, "0x").help("write `0x` in lower case, or leave it out")
        }
        (None, _) if rest_is_separators && plain.len().is_multiple_of(2) && !plain.is_empty() => write(plain),
        (None, _) => error.help(
            "write digits such as `0a1b` or `0a:1b`, or text in single quotes; or set `csv-format` to true",
        ),
    }
}

/// The bytes of addresses separated by commas.
fn address_bytes(data: &str) -> Option<Vec<u8>> {
    let octets = |part: &str| match part.trim().parse().ok()? {
        IpAddr::V4(address) => Some(address.octets().to_vec()),
        IpAddr::V6(address) => Some(address.octets().to_vec()),
    };
    data.split(',').map(octets).collect::<Option<Vec<_>>>().map(|all| all.concat())
}

fn other_bytes(sent: &[u8], data: &str) -> Diagnostic {
    let message = match sent {
        [] => "Kea accepts this value and sends none of it".to_owned(),
        sent => format!("Kea accepts this value and sends `{}`", hex::print(sent)),
    };
    Diagnostic::warning("option-data/dropped", message)
        .help("remove what the option does not hold")
        .span(0..data.len())
}

fn size(definition: DefRef<'_>, sent: &[u8], diagnostics: &mut Vec<Diagnostic>) {
    if sent.is_empty() && definition.kind != OptionType::Empty {
        diagnostics.push(
            Diagnostic::warning(
                "option-data/empty",
                format!("Kea sends `{}` without a value", definition.name),
            )
            .help(format!("give {}", super::expected(definition))),
        );
    }
    if definition.family == Family::V4 && sent.len() > 255 {
        let message = format!("the value takes {} bytes, more than the 255 of one option", sent.len());
        diagnostics.push(
            Diagnostic::hint("option-data/long", message)
                .help("make it shorter: Kea splits it (RFC 3396), and not every client joins the parts"),
        );
    }
}
