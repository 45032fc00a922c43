//! `option-data/duplicate`

use super::entries::{Placed, taken_along};
use crate::{
    json::Element,
    rules::{Example, Findings, rule},
};

rule! {
    /// One `option-data` list holds an option twice.
    ///
    /// ## Why
    /// Kea accepts it, but a client gets only one of the values, and which one is not defined. Two entries that are
    /// for different `client-classes` (Kea ≥ 2.7.4) are no repetition.
    ///
    /// ## Use instead
    /// Keep one entry. Most options take several values in one entry, separated by commas.
    "option-data/duplicate", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", taken_along,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"option-data": [{"code": 6, "data": "192.0.2.1"}, {"code": 6, "data": "192.0.2.2"}]}}"#,
        ),
    ],
    good: [Example::new(r#"{"Dhcp4": {"option-data": [{"code": 6, "data": "192.0.2.1, 192.0.2.2"}]}}"#)],
}

/// Looks for entries that are the same option of one list, with the same client classes.
pub(super) fn find(placed: &[Placed<'_>], out: &mut Findings) {
    if placed.len() < 2 {
        return;
    }
    let mut keyed: Vec<(Key<'_>, usize)> =
        placed.iter().enumerate().filter_map(|(index, placed)| Some((key(placed)?, index))).collect();
    keyed.sort_unstable();
    for same in keyed.chunk_by(|one, other| one.0 == other.0) {
        let Some((first, others)) = same.split_first() else { continue };
        let Some(first) = placed.get(first.1) else { continue };
        for again in others.iter().filter_map(|(_, index)| placed.get(*index)) {
            let finding = RULE.at(again.element, format!("option `{}` is set twice here", again.title()));
            out.push(finding.related(first.element, "the other entry").help("keep one of the two entries"));
        }
    }
}

/// Space, code or name, and client classes.
type Key<'a> = (&'a str, Option<u32>, &'a str, &'a str);

fn key<'a>(placed: &Placed<'a>) -> Option<Key<'a>> {
    let code = placed.entry.code.or(placed.definition.map(|definition| definition.code.into()));
    let name = match code {
        Some(_) => "",
        None => placed.entry.name.as_deref()?,
    };
    let classes = placed.entry.classes.map(Element::source).unwrap_or_default();
    Some((placed.space, code, name, classes))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {
        let found = |root| findings(&RULE, Family::V4, "3.0.4", root);
        let servers = json!({"code": 6, "name": "domain-name-servers", "data": "192.0.2.1"});
        let guests = json!({"code": 6, "data": "192.0.2.1", "client-classes": ["guests"]});
        let vendor = json!({"code": 6, "data": "192.0.2.1", "space": "vendor-4491"});
        assert_eq!(found(json!({"option-data": [servers, guests, vendor, 1]})), [""; 0]);
        assert_eq!(
            found(json!({"option-data": [servers], "subnet4": [{"option-data": [servers]}]})),
            [""; 0]
        );
        assert_eq!(
            found(
                json!({"subnet4": [{"pools": [{"option-data": [servers, {"code": 6, "space": "dhcp4", "data": "x"}]}]}]})
            ),
            ["Dhcp4.subnet4[0].pools[0].option-data[1]: option `domain-name-servers` is set twice here"]
        );
    }
}
