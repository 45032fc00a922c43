//! `value/wrong-type`

use super::{name, on_the_walk, shown};
use crate::{
    diagnostic::Readers,
    json::{Element, Kind},
    rules::{Example, Finding, rule},
    schema::Type,
};

rule! {
    /// A value is of another type than its key wants.
    ///
    /// ## Why
    /// Kea refuses the configuration. Many global values only the reader of files looks at: over the control channel
    /// Kea takes `"valid-lifetime": "3600"` of a key that nobody inherits, does not use it, and cannot start from the
    /// file that `config-write` makes of it. Programs write `1` for `1.0`, which is no real number for Kea.
    ///
    /// ## Use instead
    /// A value of the type that the finding names.
    "value/wrong-type", Error, arm: "config.html#json-syntax", on_the_walk,
    bad: [
        Example::new(r#"{"Dhcp4": {"renew-timer": "1000"}}"#),
        Example::new(r#"{"Dhcp6": {"t1-percent": 1}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": {}}}"#),
        Example::new(r#"{"Dhcp6": {"interfaces-config": {"interfaces": "eth0"}}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"renew-timer": 1000}}"#),
        Example::new(r#"{"Dhcp6": {"t1-percent": 1.0}}"#),
        Example::new(r#"{"Dhcp4": {"subnet4": []}}"#),
        Example::new(r#"{"Dhcp6": {"interfaces-config": {"interfaces": []}}}"#),
    ],
}

pub(in crate::rules) fn finding(value: Element<'_>, wanted: Type, refused_by: Readers) -> Finding {
    let wants = wanted.phrase();
    let message = format!("{} must be {wants}, not {}", name(value), shown(value));
    let finding = RULE.at(value, message).refused_by(refused_by).help(format!("write {wants}"));
    match mended(value, wanted) {
        Some(text) => finding.fix(
            format!("write {}", if text.len() > 40 { &wants } else { &text }),
            value.replace_text(text.clone()),
        ),
        None => finding,
    }
}

/// The same value as the type that is wanted, where that is certain.
fn mended(value: Element<'_>, wanted: Type) -> Option<String> {
    let source = value.source();
    match value.kind() {
        Kind::Integer if wanted.takes(Kind::Real) => Some(format!("{source}.0")),
        Kind::Integer | Kind::Real | Kind::Boolean
            if wanted.takes(Kind::String) && wanted.words().is_empty() =>
        {
            Some(format!("\"{source}\""))
        }
        Kind::String if wanted.is_of_texts() => Some(format!("[{source}]")),
        Kind::String => {
            let text = value.as_str()?;
            let is_number =
                !text.is_empty() && text.len() < 16 && text.bytes().all(|byte| byte.is_ascii_digit());
            let fits = matches!(text.as_ref(), "true" | "false") && wanted.takes(Kind::Boolean)
                || is_number && wanted.takes(Kind::Integer);
            fits.then(|| text.into_owned())
        }
        Kind::Map
            if wanted.takes(Kind::List) && !wanted.is_of_texts() && value.children().next().is_some() =>
        {
            Some(format!("[{source}]"))
        }
        _ => None,
    }
}
