//! Carrying edits out on a configuration.

use super::{Edit, identity::Identities};
use crate::{api::Conflict, config::Config, option::OptionData};
use serde::Deserialize;
use serde_json::Value;

const OPTION_DATA: &str = "option-data";

/// Carries the edits out, in order, on a copy of `config`. Whatever the edits do not name stays as it is, unknown
/// keys included.
///
/// # Errors
/// When an edit does not find what it expects: every such edit, with what is there instead. Nothing is changed then.
pub fn apply(config: &Config, edits: &[Edit]) -> Result<Config, Vec<Conflict>> {
    let identities = Identities::of(config);
    let mut result = config.clone();
    let conflicts: Vec<Conflict> =
        edits.iter().filter_map(|edit| apply_one(&mut result, &identities, edit)).collect();
    if conflicts.is_empty() { Ok(result) } else { Err(conflicts) }
}

/// Carries one edit out, or says what stands against it.
fn apply_one(config: &mut Config, identities: &Identities, edit: &Edit) -> Option<Conflict> {
    let options = Options { list: option_data(config), identities };
    let done = match edit {
        Edit::SetOption { before: None, after } => options.add(after),
        Edit::SetOption { before: Some(before), after } => options.replace(before, after),
        Edit::RemoveOption { before } => options.remove(before),
    };
    let found = done.err()?;
    Some(Conflict {
        edit: edit.describe(),
        expected: edit.before().cloned(),
        found,
        wanted: edit.after().cloned(),
    })
}

/// The list of global options, made when it is missing; `None` when something else stands in its place.
fn option_data(config: &mut Config) -> Option<&mut Vec<Value>> {
    config.root.as_object_mut()?.entry(OPTION_DATA).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()
}

/// The global options while an edit is carried out. A failure is what was found instead.
struct Options<'a> {
    list: Option<&'a mut Vec<Value>>,
    identities: &'a Identities,
}

impl Options<'_> {
    fn add(self, after: &OptionData) -> Result<(), Option<OptionData>> {
        if let Some((_, found)) = self.find(|found| self.identities.same_option(found, after)) {
            return Err(Some(found));
        }
        self.list.ok_or(None)?.push(entry(after)?);
        Ok(())
    }

    fn replace(self, before: &OptionData, after: &OptionData) -> Result<(), Option<OptionData>> {
        let index = self.position(before)?;
        if !self.identities.same_option(before, after)
            && let Some((_, found)) = self.find(|found| self.identities.same_option(found, after))
        {
            return Err(Some(found));
        }
        *self.list.and_then(|list| list.get_mut(index)).ok_or(None)? = entry(after)?;
        Ok(())
    }

    fn remove(self, before: &OptionData) -> Result<(), Option<OptionData>> {
        let index = self.position(before)?;
        self.list.ok_or(None)?.remove(index);
        Ok(())
    }

    /// Where the entry stands that says the same as `before`; otherwise what the option says now.
    fn position(&self, before: &OptionData) -> Result<usize, Option<OptionData>> {
        self.find(|found| self.identities.same_entry(found, before)).map(|(index, _)| index).ok_or_else(
            || self.find(|found| self.identities.same_option(found, before)).map(|(_, found)| found),
        )
    }

    fn find(&self, matches: impl Fn(&OptionData) -> bool) -> Option<(usize, OptionData)> {
        let entries = self.list.as_deref()?.iter().enumerate();
        entries
            .filter_map(|(index, entry)| Some((index, OptionData::deserialize(entry).ok()?)))
            .find(|(_, found)| matches(found))
    }
}

/// Writing option data cannot fail, since its keys are texts; were it to, the edit fails rather than writes half.
fn entry(option: &OptionData) -> Result<Value, Option<OptionData>> {
    serde_json::to_value(option).or(Err(None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Family;
    use serde_json::json;

    fn config(options: Value) -> Config {
        Config {
            family: Family::V4,
            root: json!({"option-data": options, "valid-lifetime": 3600, "unknown": {"kept": [1]}}),
        }
    }

    fn option(value: Value) -> OptionData {
        OptionData::deserialize(value).unwrap()
    }

    /// As `config-get` prints it.
    fn printed(code: u16, name: &str, data: &str) -> Value {
        json!({"always-send": false, "code": code, "csv-format": true, "data": data, "name": name, "never-send": false, "space": "dhcp4"})
    }

    #[test]
    fn edits_change_what_they_name_and_nothing_else() {
        let routers = printed(3, "routers", "192.0.2.1");
        let mut servers = printed(6, "domain-name-servers", "192.0.2.53");
        servers["user-context"] = json!({"comment": "kept"});
        let before = config(json!([routers, servers, "not option data"]));
        let mut wanted = option(servers.clone());
        wanted.data = "192.0.2.54".to_owned();
        let mut expected = servers.clone();
        expected["data"] = json!("192.0.2.54");

        let edits = [
            Edit::RemoveOption { before: option(routers) },
            Edit::SetOption { before: Some(option(servers)), after: wanted },
            Edit::SetOption { before: None, after: option(json!({"code": 15, "data": "example.org"})) },
        ];
        let after = apply(&before, &edits).unwrap();
        let added = json!({"code": 15, "data": "example.org"});
        assert_eq!(after, config(json!([expected, "not option data", added])));
    }

    #[test]
    fn the_defaults_that_kea_prints_are_no_difference() {
        let before = config(json!([printed(6, "domain-name-servers", "192.0.2.53")]));
        let written = option(
            json!({"code": 6, "name": "domain-name-servers", "data": "192.0.2.53", "client-classes": []}),
        );
        assert!(apply(&before, &[Edit::RemoveOption { before: written }]).is_ok());
    }

    #[test]
    fn an_option_that_is_there_already_is_a_conflict() {
        let there = printed(6, "domain-name-servers", "192.0.2.53");
        let mut for_guests = there.clone();
        for_guests["client-classes"] = json!(["guests"]);
        let before = config(json!([there]));
        for (wanted, conflicts) in [
            (json!({"code": 6, "data": "x"}), true),
            (json!({"name": "domain-name-servers", "data": "x"}), true),
            (json!({"code": 6, "space": "dhcp4", "data": "x"}), true),
            (json!({"code": 6, "space": "vendor-4491", "data": "x"}), false),
            (json!({"code": 5, "data": "x"}), false),
            (for_guests, false),
        ] {
            let result = apply(&before, &[Edit::SetOption { before: None, after: option(wanted.clone()) }]);
            assert_eq!(result.is_err(), conflicts, "{wanted}");
            for conflict in result.err().into_iter().flatten() {
                assert_eq!(
                    (conflict.expected, conflict.found),
                    (None, Some(option(there.clone()))),
                    "{wanted}"
                );
            }
        }
    }

    #[test]
    fn an_option_that_is_gone_or_different_is_a_conflict() {
        let seen = option(printed(6, "domain-name-servers", "192.0.2.53"));
        let mut after = seen.clone();
        after.data = "192.0.2.54".to_owned();
        let edits =
            [Edit::RemoveOption { before: seen.clone() }, Edit::SetOption { before: Some(seen), after }];
        let other = printed(6, "domain-name-servers", "203.0.113.53");
        let mut always = printed(6, "domain-name-servers", "192.0.2.53");
        always["always-send"] = json!(true);
        for (there, found) in [
            (json!([]), None),
            (json!([other]), Some(option(other))),
            (json!([always]), Some(option(always))),
        ] {
            for edit in &edits {
                let conflicts = apply(&config(there.clone()), std::slice::from_ref(edit)).unwrap_err();
                assert_eq!(conflicts.len(), 1);
                assert_eq!(
                    (&conflicts[0].found, &conflicts[0].wanted),
                    (&found, &edit.after().cloned()),
                    "{there}"
                );
            }
        }
    }

    #[test]
    fn changing_an_options_code_onto_another_option_is_a_conflict() {
        let (routers, servers) =
            (printed(3, "routers", "192.0.2.1"), printed(6, "domain-name-servers", "192.0.2.53"));
        let edit = Edit::SetOption { before: Some(option(routers.clone())), after: option(servers.clone()) };
        let conflicts = apply(&config(json!([routers, servers])), &[edit]).unwrap_err();
        assert_eq!(conflicts[0].found, Some(option(servers)));
    }

    #[test]
    fn every_conflict_is_reported() {
        let remove = |code| Edit::RemoveOption { before: option(json!({"code": code, "data": "x"})) };
        assert_eq!(apply(&config(json!([])), &[remove(3), remove(6)]).unwrap_err().len(), 2);
    }

    #[test]
    fn a_configuration_without_options_gets_the_list() {
        let before = Config { family: Family::V6, root: json!({}) };
        let edit =
            Edit::SetOption { before: None, after: option(json!({"code": 23, "data": "2001:db8::53"})) };
        let after = apply(&before, &[edit]).unwrap();
        assert_eq!(after.root, json!({"option-data": [{"code": 23, "data": "2001:db8::53"}]}));
    }

    #[test]
    fn what_is_no_list_is_not_overwritten() {
        let edit = Edit::SetOption { before: None, after: option(json!({"code": 6, "data": "x"})) };
        assert!(apply(&config(json!({"odd": true})), &[edit]).is_err());
    }
}
