//! `option-data/undefined`

use super::entries::taken_along;
use crate::{
    json::{Element, TextEdit},
    option::Entry,
    rules::{Example, rule},
};

rule! {
    /// An option without a definition has `csv-format` true.
    ///
    /// ## Why
    /// Kea can only read values that it knows the types of. In the global list `csv-format` is true where nobody
    /// sets it; in all other lists Kea then takes an option without a definition for hexadecimal digits.
    ///
    /// ## Use instead
    /// Define the option in `option-def`, or set `csv-format` to false and give its bytes in hexadecimal.
    "option-data/undefined", Error, arm: "dhcp4-srv.html#unspecified-parameters-for-dhcpv4-option-configuration", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 224, "data": "0102"}]}}"#,
        ),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 224, "csv-format": false, "data": "0102"}]}}"#,
        ),
    ],
}

/// The change that lets Kea read the value as hexadecimal, where it is that.
pub(super) fn fix(element: Element<'_>, entry: &Entry<'_>) -> Option<(&'static str, Vec<TextEdit>)> {
    entry.is_hex().then_some(())?;
    let edit = match element.get("csv-format") {
        Some(set) => TextEdit { span: set.span(), text: "false".to_owned() },
        None => {
            let end = element.get("code")?.span().end;
            TextEdit { span: end..end, text: ", \"csv-format\": false".to_owned() }
        }
    };
    Some(("set `csv-format` to false", vec![edit]))
}
