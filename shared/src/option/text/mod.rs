//! `data` with `csv-format` true: values separated by commas, written one behind the other.

pub(super) mod address;
mod number;
mod prefix;
mod tokens;
mod value;

pub(super) use number::decimal;
pub(super) use prefix::PREFIX_LENGTH;
pub(super) use tokens::{Token, escape, split, split_untrimmed, trim};
pub(super) use value::Wrong;

use super::{DefRef, OptionType};
use crate::{diagnostic::Diagnostic, json::byte_text};

/// What writing found out.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Errors and warnings.
    pub(super) sure: Vec<Diagnostic>,
    /// Warnings that explain a refusal, if the bytes turn out to be refused.
    pub(super) suspects: Vec<Diagnostic>,
}

impl Findings {
    /// The bytes are refused: the suspects are the reason.
    pub(super) fn condemn(&mut self) {
        for suspect in self.suspects.drain(..) {
            let code = match suspect.code.as_str() {
                PREFIX_LENGTH => "option-data/range",
                value::UNSENDABLE_NAME => "option-data/domain-name",
                _ => "option-data/value",
            };
            let error = Diagnostic::error(code, suspect.message);
            self.sure.push(Diagnostic { help: suspect.help, span: suspect.span, ..error });
        }
    }
}

/// Writes `data` for a definition of any type but `internal`. `None`: there is an error among the findings.
pub(super) fn write(definition: DefRef<'_>, data: &str, findings: &mut Findings) -> Option<Vec<u8>> {
    let tokens = split(data, ',', true);
    let mut out = Vec::new();
    let written = match definition.kind {
        OptionType::Record => write_record(definition, &tokens, data, &mut out, findings),
        OptionType::Empty => {
            tokens.is_empty() || {
                findings.sure.push(
                    Diagnostic::error("option-data/value", format!("`{}` takes no value", definition.name))
                        .help(takes_nothing(definition))
                        .span(0..data.len()),
                );
                false
            }
        }
        kind if definition.array => {
            let all = write_all(definition, kind, &tokens, &mut out, findings);
            empty_values(data, findings);
            all
        }
        kind => write_scalar(definition, kind, &tokens, data, &mut out, findings),
    };
    written.then_some(out)
}

fn takes_nothing(definition: DefRef<'_>) -> String {
    match definition.encapsulate {
        "" => "leave the value empty".to_owned(),
        space => format!(
            "leave the value empty and set the sub-options in the space `{space}`, or set `csv-format` to false and \
             give the bytes in hexadecimal"
        ),
    }
}

/// `data` without empty values, its commas and nothing else escaped: what Kea hands to an option that reads text on
/// its own.
pub(super) fn rejoin(data: &str) -> String {
    let tokens = split_untrimmed(data, ',', true);
    let texts: Vec<String> = tokens.into_iter().map(|token| token.text.replace(',', "\\,")).collect();
    texts.join(",")
}

/// Writes the text of an option that Kea reads on its own and of which nothing more is known: as it is.
pub(super) fn write_internal(definition: DefRef<'_>, data: &str, findings: &mut Findings) -> Option<Vec<u8>> {
    let text = rejoin(data);
    if text.is_empty() {
        findings.sure.push(no_value(definition, data));
        return None;
    }
    Some(byte_text::bytes(&text).into_owned())
}

fn write_scalar(
    definition: DefRef<'_>,
    kind: OptionType,
    tokens: &[Token<'_>],
    data: &str,
    out: &mut Vec<u8>,
    findings: &mut Findings,
) -> bool {
    let Some((first, rest)) = tokens.split_first() else {
        findings.sure.push(no_value(definition, data));
        return false;
    };
    if let (Some(second), Some(last)) = (rest.first(), rest.last()) {
        let kept = first.text.as_ref();
        let warning = Diagnostic::warning("option-data/extra-value", format!("Kea keeps only `{kept}`"));
        findings.sure.push(
            warning
                .help(if kind == OptionType::String {
                    format!(
                        "put a backslash before each comma that belongs to the text: `{}`",
                        escape(trim(data))
                    )
                } else {
                    "give one value".to_owned()
                })
                .span(second.span.start..last.span.end),
        );
    }
    write_all(definition, kind, std::slice::from_ref(first), out, findings)
}

/// Writes every token as the same type; all errors are found, not only the first.
fn write_all(
    definition: DefRef<'_>,
    kind: OptionType,
    tokens: &[Token<'_>],
    out: &mut Vec<u8>,
    findings: &mut Findings,
) -> bool {
    let mut fine = true;
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1);
        fine &= value::write(definition, kind, token, next, out, findings);
    }
    fine
}

fn write_record(
    definition: DefRef<'_>,
    tokens: &[Token<'_>],
    data: &str,
    out: &mut Vec<u8>,
    findings: &mut Findings,
) -> bool {
    let fields = definition.fields;
    if let Some(missing) = fields.get(tokens.len()) {
        findings.sure.push(
            Diagnostic::error(
                "option-data/missing-field",
                format!("field {} of {} (`{missing}`) is missing", tokens.len() + 1, fields.len()),
            )
            .help(format!("give {}", super::expected(definition)))
            .span(0..data.len()),
        );
        return false;
    }
    let mut fine = true;
    for (index, token) in tokens.iter().enumerate() {
        let kind = match fields.get(index) {
            Some(kind) => *kind,
            None if definition.array => fields.last().copied().unwrap_or(OptionType::Empty),
            None => {
                let end = tokens.last().map_or(token.span.end, |last| last.span.end);
                findings.sure.push(extra_fields(fields, data, token.span.start..end));
                break;
            }
        };
        fine &= value::write(definition, kind, token, None, out, findings);
    }
    empty_values(data, findings);
    fine
}

fn extra_fields(fields: &[OptionType], data: &str, span: std::ops::Range<usize>) -> Diagnostic {
    let ignored = data.get(span.clone()).unwrap_or_default();
    let message = format!("Kea ignores `{ignored}`: the record has {} fields", fields.len());
    let help = match fields.last() {
        Some(OptionType::String) => "put a backslash before each comma that belongs to the text",
        _ => "remove what is too much",
    };
    Diagnostic::warning("option-data/extra-value", message).help(help).span(span)
}

/// Kea drops a value without any character, so that the rest moves up.
fn empty_values(data: &str, findings: &mut Findings) {
    if !data.starts_with(',') && !data.as_bytes().windows(2).any(|two| two == b",,") {
        return;
    }
    let mut from = 0;
    let mut blank = true;
    let mut escaped = false;
    for (at, c) in data.char_indices() {
        match c {
            ',' if !escaped && blank && at == from => {
                findings.sure.push(
                    Diagnostic::warning("option-data/empty-value", "Kea skips an empty value")
                        .help("remove the comma, or put the missing value before it")
                        .span(at..at + 1),
                );
                from = at + 1;
            }
            ',' if !escaped => {
                from = at + 1;
                blank = true;
            }
            _ => blank = false,
        }
        escaped = c == '\\' && !escaped;
    }
}

/// A value must be there and is not.
fn no_value(definition: DefRef<'_>, data: &str) -> Diagnostic {
    Diagnostic::error("option-data/missing-value", format!("`{}` needs a value", definition.name))
        .help(format!("give {}", super::expected(definition)))
        .span(0..data.len())
}
