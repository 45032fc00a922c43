//! `json/leading-zero`

use crate::{
    json::Element,
    rules::{Example, Finding, Findings, Review, rule},
};

rule! {
    /// A number begins with a zero that it does not need.
    ///
    /// ## Why
    /// JSON has no such numbers, and other programs do not read the file. Kea reads `010` as 10; since 3.1.9 it says that
    /// a coming version will not.
    "json/leading-zero", Hint, arm: "config.html#json-syntax", check,
    bad: [Example::new(r#"{"Dhcp4": {"valid-lifetime": 03600}}"#)],
    good: [Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600, "t1-percent": 0.5}}"#)],
}

/// The numbers of the whole document are looked at in one pass, whosever configuration it is.
fn check(_: &Review<'_>, _: &mut Findings) {}

/// The finding about a number with such a zero.
pub(super) fn finding(value: Element<'_>) -> Option<Finding> {
    let plain = without_zeros(value.source())?;
    let fix = value.replace_text(plain.clone());
    let finding = RULE.at(value, format!("`{}` begins with a zero", value.source()));
    Some(finding.help(format!("write `{plain}`")).fix(format!("write `{plain}`"), fix))
}

/// The number without the zeros that it does not need; `None`: it has none.
fn without_zeros(source: &str) -> Option<String> {
    let (sign, digits) = source.strip_prefix('-').map_or(("", source), |digits| ("-", digits));
    let is_digit = |at: usize| digits.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    if !digits.starts_with('0') || !is_digit(1) {
        return None;
    }
    let rest = digits.trim_start_matches('0');
    let zero = if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    Some(format!("{sign}{zero}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::without_zeros;

    #[test]
    fn only_superfluous_zeros_go() {
        for (source, plain) in [
            ("03600", Some("3600")),
            ("-010", Some("-10")),
            ("00", Some("0")),
            ("-00", Some("-0")),
            ("00.5", Some("0.5")),
            ("01e2", Some("1e2")),
            ("0", None),
            ("-0", None),
            ("0.5", None),
            ("0e1", None),
            ("10", None),
            ("-1", None),
        ] {
            assert_eq!(without_zeros(source).as_deref(), plain, "{source}");
        }
    }
}
