//! `option-data/duplicate`

use crate::{
    diagnostic::Diagnostic,
    option::{Definitions, OptionData},
    rules::{Review, places::Placed, rule},
};
use serde::Deserialize;
use std::collections::BTreeMap;

rule! {
    /// One `option-data` list holds an option twice.
    ///
    /// ## Why
    /// Kea accepts it, but a client gets only one of the values, and which one is not defined. Two entries that are
    /// for different `client-classes` (Kea ≥ 2.7.4) are no repetition.
    ///
    /// ## Use instead
    /// Keep one entry. Most options take several values in one entry, separated by commas.
    "option-data/duplicate", Warning, arm: "dhcp4-srv.html#standard-dhcpv4-options", check
}

fn check(review: &Review<'_>, out: &mut Vec<Diagnostic>) {
    let definitions = Definitions::new(review.config.family, review.version, review.config.definitions());
    for holder in review.option_holders() {
        let mut seen = BTreeMap::new();
        for entry in holder.items("option-data") {
            let Some((identity, name)) = identity(&definitions, &entry) else { continue };
            if let Some(first) = seen.get(&identity) {
                let message = format!("option `{name}` is already set in `{first}`");
                out.push(
                    Diagnostic::warning(RULE.code, message)
                        .help("keep one of the two entries")
                        .at(entry.path),
                );
            } else {
                seen.insert(identity, entry.path);
            }
        }
    }
}

/// Space, code or name, and client classes; and what to call the option.
fn identity(definitions: &Definitions, entry: &Placed<'_>) -> Option<((String, String, String), String)> {
    let option = OptionData::deserialize(entry.value).ok()?;
    let code = option.code.or_else(|| definitions.resolve(&option).map(|definition| definition.code));
    let code = code.map(|code| code.to_string());
    let name = if option.name.is_empty() { code.clone()? } else { option.name.clone() };
    let classes = option.rest.get("client-classes").map(ToString::to_string).unwrap_or_default();
    let space = option.space_or_default(definitions.family).to_owned();
    Some(((space, code.unwrap_or_else(|| name.clone()), classes), name))
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
            [
                "Dhcp4.subnet4[0].pools[0].option-data[1]: option `6` is already set in `Dhcp4.subnet4[0].pools[0].option-data[0]`"
            ]
        );
    }
}
