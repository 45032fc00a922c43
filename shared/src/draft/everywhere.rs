//! Every scope of a configuration that sets options.

use crate::{
    change::{Place, Step},
    config::{Config, items},
    option::{Definitions, OptionData, OptionDef},
};
use serde_json::Value;

/// A scope with options.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionsAt {
    /// The scope.
    pub place: Place,
    /// The scope in words, such as `pool 10.0.0.1-10.0.0.9 of subnet 10.0.0.0/8`.
    pub words: String,
    /// What it sets: name and value of each.
    pub options: Vec<(String, String)>,
}

/// The lists in which a scope holds scopes; one of classes, networks and subnets stands at the root only.
const LISTS: [&str; 7] =
    ["client-classes", "shared-networks", "subnet4", "subnet6", "pools", "pd-pools", "reservations"];

/// All scopes that set options, from the outside to the inside.
///
/// # Example
/// ```
/// use perch_shared::{Family, KeaVersion, config::Config, draft::options_everywhere};
/// use serde_json::json;
/// let root = json!({"subnet4": [{"id": 1, "subnet": "10.0.0.0/8", "option-data": [{"code": 3, "data": "10.0.0.1"}]}]});
/// let all = options_everywhere(&Config { family: Family::V4, root }, KeaVersion::new(3, 0, 4));
/// assert_eq!((all[0].words.as_str(), all[0].options[0].0.as_str()), ("subnet 10.0.0.0/8", "routers"));
/// ```
pub fn options_everywhere(config: &Config, version: crate::KeaVersion) -> Vec<OptionsAt> {
    let own = items(&config.root, "option-def").iter();
    let own: Vec<OptionDef> = own.filter_map(|def| serde_json::from_value(def.clone()).ok()).collect();
    let definitions = Definitions::new(config.family, version, own);
    let mut found = Vec::new();
    scope(&definitions, Place::root(), &config.root, &mut found);
    found
}

/// Looks at a scope and at those in it; the depth is that of the lists in one another.
fn scope(definitions: &Definitions, place: Place, value: &Value, found: &mut Vec<OptionsAt>) {
    let read = |item: &Value| serde_json::from_value::<OptionData>(item.clone()).ok();
    let said = |option: OptionData| {
        let known = definitions.resolve(&option).map(|definition| definition.name);
        let code = || option.code.map(|code| code.to_string()).unwrap_or_default();
        let name = known.or_else(|| (!option.name.is_empty()).then(|| option.name.clone()));
        (name.unwrap_or_else(code), option.data)
    };
    let options: Vec<(String, String)> =
        items(value, "option-data").iter().filter_map(read).map(said).collect();
    if !options.is_empty() {
        let words = if place.steps.is_empty() { "global".to_owned() } else { place.words() };
        found.push(OptionsAt { place: place.clone(), words, options });
    }
    if place.steps.len() > 3 {
        return;
    }
    for list in LISTS {
        for item in items(value, list) {
            let Some(step) = Step::to(list, item) else { continue };
            // A subnet is named by itself, wherever it stands.
            let from = if matches!(step, Step::Subnet(_)) { Place::root() } else { place.clone() };
            scope(definitions, from.step(step), item, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, KeaVersion};
    use serde_json::json;

    #[test]
    fn every_scope_is_found() {
        let set = json!([{"name": "domain-name", "data": "x"}]);
        let root = json!({
            "option-data": set,
            "client-classes": [{"name": "a", "option-data": set}, {"name": "b"}],
            "shared-networks": [{"name": "n", "option-data": set, "subnet4": [
                {"id": 1, "subnet": "10.0.0.0/8", "option-data": set, "pools": [{"pool": "10.0.0.0/24", "option-data": set}],
                 "reservations": [{"hw-address": "010203040506", "option-data": set}]}]}],
            "reservations": [{"hw-address": "010203040507", "option-data": set}],
        });
        let all = options_everywhere(&Config { family: Family::V4, root }, KeaVersion::new(3, 0, 4));
        let words: Vec<&str> = all.iter().map(|one| one.words.as_str()).collect();
        assert_eq!(
            words,
            [
                "global",
                "client class `a`",
                "shared network `n`",
                "subnet 10.0.0.0/8",
                "pool 10.0.0.0/24 of subnet 10.0.0.0/8",
                "reservation hw-address 010203040506 of subnet 10.0.0.0/8",
                "reservation hw-address 010203040507",
            ]
        );
    }
}
