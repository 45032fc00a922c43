//! `option-data/invalid`

use crate::{
    config::items,
    diagnostic::Diagnostic,
    option::{Definitions, OptionData, OptionDef, check as check_option},
    rules::{Review, places::Placed, rule},
};
use serde::Deserialize;

rule! {
    /// The value of an option does not fit its definition.
    ///
    /// ## Why
    /// Kea refuses the configuration. The findings say what is wrong with the value; they are those that appear
    /// under the field while the value is typed.
    "option-data/invalid", Error, arm: "dhcp4-srv.html#standard-dhcpv4-options", check
}

fn check(review: &Review<'_>, out: &mut Vec<Diagnostic>) {
    let global = Definitions::new(review.config.family, review.version, review.config.definitions());
    for (index, holder) in review.option_holders().into_iter().enumerate() {
        let own = definitions_in(&holder);
        let known = if own.is_empty() { &global } else { &with(&global, own) };
        for entry in holder.items("option-data") {
            check_entry(known, index == 0, &entry, out);
        }
    }
}

fn check_entry(definitions: &Definitions, is_global: bool, entry: &Placed<'_>, out: &mut Vec<Diagnostic>) {
    let mut option = match OptionData::deserialize(entry.value) {
        Ok(option) => option,
        Err(error) => {
            let message = format!("not an `option-data` entry: {error}");
            out.push(Diagnostic::error(RULE.code, message).at(entry.path.clone()));
            return;
        }
    };
    // Only in the global list is `csv-format` true where nobody sets it; elsewhere the definition decides.
    if !is_global && option.csv_format.is_none() && definitions.resolve(&option).is_none() {
        option.csv_format = Some(false);
    }
    for finding in check_option(definitions, &option).diagnostics.into_iter().filter(Diagnostic::is_error) {
        out.push(Diagnostic { code: RULE.code.to_owned(), path: place(entry, &finding), ..finding });
    }
}

/// A finding of the option's check names a key of the entry, or nothing.
fn place(entry: &Placed<'_>, finding: &Diagnostic) -> String {
    match finding.path.as_str() {
        "" if finding.span.is_some() => format!("{}.data", entry.path),
        "" => entry.path.clone(),
        key => format!("{}.{key}", entry.path),
    }
}

/// The definitions that a client class brings along (DHCPv4 only).
fn definitions_in(holder: &Placed<'_>) -> Vec<OptionDef> {
    if !holder.path.contains(".client-classes[") {
        return Vec::new();
    }
    items(holder.value, "option-def").iter().filter_map(|def| OptionDef::deserialize(def).ok()).collect()
}

fn with(global: &Definitions, mut custom: Vec<OptionDef>) -> Definitions {
    custom.extend(global.custom.iter().cloned());
    Definitions::new(global.family, global.version, custom)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {
        let places = |root| -> Vec<String> {
            let found = findings(&RULE, Family::V4, "3.0.4", root);
            found.iter().map(|line| line.split(": ").next().unwrap().to_owned()).collect()
        };
        let good = json!({"name": "routers", "data": "192.0.2.1"});
        let bad = json!({"name": "routers", "data": "not an address"});
        let list = |option: &serde_json::Value| json!([{"option-data": [option]}]);
        assert_eq!(
            places(json!({"option-data": [good], "subnet4": list(&good), "client-classes": list(&good)})),
            [""; 0]
        );
        for key in ["client-classes", "shared-networks", "subnet4", "reservations"] {
            let found = places(json!({key: list(&bad)}));
            assert_eq!(found.len(), 1, "{key}");
            assert!(found[0].starts_with(&format!("Dhcp4.{key}[0].option-data[0]")), "{found:?}");
        }
        assert_eq!(places(json!({"option-data": [{"code": "six"}]})), ["Dhcp4.option-data[0]"]);
    }

    #[test]
    fn an_option_without_a_definition_is_hexadecimal_except_in_the_global_list() {
        let found = |option: serde_json::Value| {
            let subnet = json!({"subnet4": [{"option-data": [option]}]});
            let global = json!({"option-data": [option]});
            [global, subnet].map(|root| findings(&RULE, Family::V4, "2.6.3", root).len())
        };
        assert_eq!(found(json!({"code": 224, "data": "01"})), [1, 0]);
        assert_eq!(found(json!({"code": 224, "data": "zz"})), [1, 1]);
        assert_eq!(found(json!({"code": 224, "data": "01", "csv-format": true})), [1, 1]);
        assert_eq!(found(json!({"name": "no-such", "data": "01"})), [1, 1]);
    }

    #[test]
    fn a_class_brings_its_own_definitions() {
        let option = json!({"code": 224, "name": "token", "data": "7"});
        let def = json!({"code": 224, "name": "token", "space": "dhcp4", "type": "uint8"});
        let class = json!({"client-classes": [{"name": "a", "option-def": [def], "option-data": [option]}]});
        assert_eq!(findings(&RULE, Family::V4, "3.0.4", class), [""; 0]);
        assert_eq!(findings(&RULE, Family::V4, "3.0.4", json!({"option-data": [option]})).len(), 1);
    }
}
