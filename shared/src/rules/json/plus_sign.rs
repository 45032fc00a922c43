//! `json/plus-sign`

use crate::{
    KeaVersion,
    diagnostic::Readers,
    json::Element,
    rules::{Example, Finding, Findings, Review, rule},
};

rule! {
    /// A number begins with a plus sign.
    ///
    /// ## Why
    /// JSON has no such numbers. Kea 3.1.9 and newer refuse the file; older versions take `+0.5` for 0.5.
    "json/plus-sign", Error, arm: "config.html#json-syntax", check,
    bad: [Example::new(r#"{"Dhcp4": {"t1-percent": +0.5}}"#).from(3, 1, 9)],
    good: [
        Example::new(r#"{"Dhcp4": {"t1-percent": 0.5}}"#),
        Example::new(r#"{"Dhcp4": {"t1-percent": +0.5}}"#).before(3, 1, 9),
    ],
}

/// The numbers of the whole document are looked at in one pass, whosever configuration it is.
fn check(_: &Review<'_>, _: &mut Findings) {}

/// The finding about a value that begins with a plus sign.
pub(super) fn finding(value: Element<'_>, version: KeaVersion) -> Option<Finding> {
    let number = value.source().strip_prefix('+').filter(|_| version >= KeaVersion::new(3, 1, 9))?;
    let finding = RULE.at(value, format!("`+{number}` has a plus sign")).refused_by(Readers::FILE);
    let fix = value.replace_text(number.to_owned());
    Some(finding.help(format!("write `{number}`")).fix(format!("write `{number}`"), fix))
}
