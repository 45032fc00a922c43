//! The options in a draft: those of a scope, those that the scopes around it set, and what defines them.

use super::{Draft, Origin, inherit, join};
use crate::{
    change::{Edit, uses},
    option::{Definitions, OptionData, OptionDef},
};
use serde_json::{Value, json};

/// An option of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct SetOption {
    /// Where it stands.
    pub path: String,
    /// The option.
    pub option: OptionData,
}

/// An option of a scope around another one.
#[derive(Debug, Clone, PartialEq)]
pub struct OuterOption {
    /// The option.
    pub option: OptionData,
    /// The scope that sets it.
    pub from: Origin,
}

/// A definition of `option-def` in few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionLine {
    /// Where it stands, such as `option-def[2]`.
    pub path: String,
    /// Its code, as it is written.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The option space that it belongs to.
    pub space: String,
    /// Its type in words, such as `array of uint16` or `record of uint8, string`.
    pub kind: String,
    /// The option space of its sub-options; empty: none.
    pub encapsulates: String,
}

/// How a part of a draft differs from what Kea has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does not.
    Same,
    /// It is new.
    New,
    /// It is changed.
    Changed,
}

impl Draft {
    /// The definitions that count in a scope: those of the client class, where it is one, then those of `option-def`,
    /// and Kea's own.
    pub fn definitions(&self, scope: &str) -> Definitions {
        let own =
            if scope.starts_with("client-classes[") { join(scope, "option-def") } else { String::new() };
        let lists = [own, "option-def".to_owned()];
        let all = lists.iter().filter(|list| !list.is_empty()).flat_map(|list| self.items(list));
        let read = all.filter_map(|item| serde_json::from_value::<OptionDef>(item.clone()).ok());
        Definitions::new(self.family(), self.version, read.collect())
    }

    /// The options of a scope, such as `subnet4[0].pools[1]`, by space and code; the path of the whole configuration is
    /// empty.
    pub fn options(&self, scope: &str) -> Vec<SetOption> {
        let definitions = self.definitions(scope);
        let list = join(scope, "option-data");
        let items = self.items(&list).iter().enumerate();
        let mut all: Vec<SetOption> = items
            .map(|(index, item)| SetOption { path: format!("{list}[{index}]"), option: read(item) })
            .collect();
        all.sort_by_cached_key(|set| identity(&definitions, &set.option));
        all
    }

    /// One option; an empty one where there is none.
    pub fn option(&self, path: &str) -> OptionData {
        self.get(path).map(read).unwrap_or_default()
    }

    /// The options that a scope inherits, by space and code: of the same option the one nearest to it. They stay in the
    /// list where the scope sets them itself. What a client's classes add depends on the client and is not among them.
    pub fn outer_options(&self, scope: &str) -> Vec<OuterOption> {
        let definitions = self.definitions(scope);
        let mut all: Vec<(Identity, OuterOption)> = Vec::new();
        let mut inner = scope;
        while !inner.is_empty()
            && let Some((outer, from)) = inherit::around(self.after(), inner)
        {
            for set in self.options(outer) {
                let key = identity(&definitions, &set.option);
                if all.iter().all(|(known, _)| *known != key) {
                    all.push((key, OuterOption { option: set.option, from: from.clone() }));
                }
            }
            inner = outer;
        }
        all.sort_by(|(one, _), (other, _)| one.cmp(other));
        all.into_iter().map(|(_, outer)| outer).collect()
    }

    /// The definitions in the `option-def` of a scope, in their order. The path of the whole configuration is empty; client
    /// classes of DHCPv4 have definitions of their own.
    pub fn definition_lines(&self, scope: &str) -> Vec<DefinitionLine> {
        let list = join(scope, "option-def");
        let items = self.items(&list).iter().enumerate();
        items
            .map(|(index, item)| {
                let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let (kind, record) = (text("type"), text("record-types"));
                let kind = if record.is_empty() { kind } else { format!("{kind} of {record}") };
                let is_array = item.get("array") == Some(&Value::Bool(true));
                let space = text("space");
                let path = format!("{list}[{index}]");
                DefinitionLine {
                    code: self.text_at(&join(&path, "code")),
                    name: text("name"),
                    space: if space.is_empty() { self.family().service().to_owned() } else { space },
                    kind: if is_array { format!("array of {kind}") } else { kind },
                    encapsulates: text("encapsulate"),
                    path,
                }
            })
            .collect()
    }

    /// Adds a definition with a code that is free in a space to a scope, and gives its path.
    pub fn add_definition(&mut self, scope: &str, space: &str) -> String {
        let code = self.free_code(scope, space);
        let name = format!("option-{code}");
        self.push(
            &join(scope, "option-def"),
            json!({"name": name, "code": code, "space": space, "type": "string"}),
        )
    }

    /// Who uses what a path names, in words, in what Kea has of this draft.
    pub fn uses_of(&self, path: &str) -> Vec<String> {
        let found = self.place(path).map(|place| uses(self.before(), &place)).unwrap_or_default();
        found.into_iter().map(|found| found.words).collect()
    }

    /// The option spaces that definitions make or name, the daemon's own first.
    pub fn option_spaces(&self) -> Vec<String> {
        let mut all = vec![self.family().service().to_owned()];
        for line in self.definition_lines("") {
            for space in [line.space, line.encapsulates] {
                if !space.is_empty() && !all.contains(&space) {
                    all.push(space);
                }
            }
        }
        all
    }

    /// Changes an option.
    pub fn set_option(&mut self, path: &str, option: &OptionData) {
        self.put(path, serde_json::to_value(option).ok());
    }

    /// Adds an option to a scope, and gives its path.
    pub fn add_option(&mut self, scope: &str, option: &OptionData) -> String {
        self.push(&join(scope, "option-data"), serde_json::to_value(option).unwrap_or_default())
    }

    /// How what a path names differs from what Kea has, by the edits that were made.
    pub fn standing(&self, edits: &[Edit], path: &str) -> Standing {
        if edits.is_empty() {
            return Standing::Same;
        }
        let Some(place) = self.place(path) else { return Standing::New };
        let is_new = |edit: &Edit| edit.before.is_none() && edit.place.contains(&place);
        if edits.iter().any(is_new) {
            Standing::New
        } else if self.touches(edits, path) {
            Standing::Changed
        } else {
            Standing::Same
        }
    }
}

impl Origin {
    /// The place in words, such as `from subnet 192.0.2.0/24`.
    pub fn words(&self) -> String {
        match self {
            Self::Global => "from the global map".to_owned(),
            Self::Subnet(subnet) => format!("from subnet {subnet}"),
            Self::Network(name) => format!("from shared network {name}"),
        }
    }
}

/// What tells options apart: their space, code, name and classes. Where the code is known, the name says nothing more.
type Identity = (String, u32, String, Vec<String>);

/// Whether two entries are the same option to Kea: one in a scope stands in the place of the other in a scope around it.
pub fn is_same_option(definitions: &Definitions, one: &OptionData, other: &OptionData) -> bool {
    identity(definitions, one) == identity(definitions, other)
}

fn identity(definitions: &Definitions, option: &OptionData) -> Identity {
    let space = option.space_or_default(definitions.family).to_owned();
    let code = option.code.or_else(|| definitions.code_of(&space, &option.name));
    let name = if code.is_some() { String::new() } else { option.name.clone() };
    let classes = option.classes().into_iter().map(str::to_owned).collect();
    // What has neither yet comes last.
    (space, code.map_or(u32::MAX, u32::from), name, classes)
}

/// Reads an entry; a key of another type than Kea's stays with what is not known.
fn read(item: &Value) -> OptionData {
    if let Ok(option) = serde_json::from_value(item.clone()) {
        return option;
    }
    let mut rest = item.as_object().cloned().unwrap_or_default();
    let odd: Vec<String> = rest
        .iter()
        .filter(|(key, value)| {
            let alone = serde_json::Map::from_iter([((*key).clone(), (*value).clone())]);
            serde_json::from_value::<OptionData>(Value::Object(alone)).is_err()
        })
        .map(|(key, _)| key.clone())
        .collect();
    for key in odd {
        rest.remove(&key);
    }
    serde_json::from_value(Value::Object(rest)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, KeaVersion, api::ConfigurationView};

    fn draft() -> Draft {
        let config = json!({
            "option-def": [{"name": "voip", "code": 224, "space": "dhcp4", "type": "string"}],
            "option-data": [
                {"name": "domain-name-servers", "code": 6, "data": "192.0.2.1"},
                {"name": "routers", "data": "192.0.2.254"},
                {"name": "domain-name", "data": "example.org"},
            ],
            "client-classes": [{"name": "a", "option-def": [{"name": "mine", "code": 230, "type": "uint8"}]}],
            "shared-networks": [{"name": "n", "option-data": [{"code": 3, "data": "192.0.2.2"}], "subnet4": [
                {"id": 1, "subnet": "10.0.0.0/8", "option-data": [{"name": "voip", "data": "x"}], "pools": [{"pool": "10.0.0.0/24"}]},
            ]}],
        });
        Draft::new(ConfigurationView {
            family: Family::V4,
            version: KeaVersion::new(3, 0, 4),
            hash: "A".into(),
            config,
        })
    }

    #[test]
    fn options_come_by_code_with_what_is_around_them() {
        let draft = draft();
        let names: Vec<String> = draft.options("").into_iter().map(|set| set.option.name).collect();
        assert_eq!(names, ["routers", "domain-name-servers", "domain-name"]);
        let outer = draft.outer_options("shared-networks[0].subnet4[0].pools[0]");
        let said: Vec<(String, String)> =
            outer.into_iter().map(|outer| (outer.option.data, outer.from.words())).collect();
        let global = "from the global map".to_owned();
        assert_eq!(
            said,
            [
                ("192.0.2.2".to_owned(), "from shared network n".to_owned()),
                ("192.0.2.1".to_owned(), global.clone()),
                ("example.org".to_owned(), global),
                ("x".to_owned(), "from subnet 10.0.0.0/8".to_owned()),
            ]
        );
        assert_eq!(draft.outer_options(""), []);
        assert_eq!(draft.outer_options("client-classes[0]").len(), 3);
    }

    #[test]
    fn a_class_has_definitions_of_its_own() {
        let draft = draft();
        assert!(draft.definitions("client-classes[0]").by_name("dhcp4", "mine").is_some());
        assert!(draft.definitions("subnet4[0]").by_name("dhcp4", "mine").is_none());
        assert!(draft.definitions("client-classes[0]").by_name("dhcp4", "voip").is_some());
    }

    #[test]
    fn what_is_set_becomes_edits() {
        let mut draft = draft();
        let pool = "shared-networks[0].subnet4[0].pools[0]";
        let option = OptionData {
            name: "routers".into(),
            code: Some(3),
            data: "10.0.0.1".into(),
            ..OptionData::default()
        };
        let path = draft.add_option(pool, &option);
        assert_eq!(path, format!("{pool}.option-data[0]"));
        assert!(is_same_option(&draft.definitions(pool), &option, &draft.option("option-data[1]")));
        draft.set_option(
            "option-data[0]",
            &OptionData { data: "192.0.2.9".into(), ..draft.option("option-data[0]") },
        );
        let edits = draft.edits();
        for (path, standing) in [
            (path.as_str(), Standing::New),
            ("option-data[0]", Standing::Changed),
            ("option-data[1]", Standing::Same),
        ] {
            assert_eq!(draft.standing(&edits, path), standing, "{path}");
        }
        draft.remove(&path);
        draft.set_text("option-data[0].data", "192.0.2.1");
        assert!(!draft.is_changed());
    }

    #[test]
    fn definitions_are_lines() {
        let mut draft = draft();
        let path = draft.add_definition("", "dhcp4");
        draft.set_flag(&join(&path, "array"), Some(true));
        draft.set_text(&join(&path, "encapsulate"), "mine");
        let lines = draft.definition_lines("");
        let [voip, new] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!((voip.code.as_str(), voip.kind.as_str()), ("224", "string"));
        assert_eq!(
            (new.code.as_str(), new.kind.as_str(), new.name.as_str()),
            ("225", "array of string", "option-225")
        );
        assert_eq!(draft.option_spaces(), ["dhcp4", "mine"]);
        assert_eq!(draft.uses_of("option-def[0]"), ["option voip of subnet 10.0.0.0/8"]);
    }

    #[test]
    fn odd_values_hide_nothing_else() {
        let option = read(&json!({"code": 70000, "name": "x", "data": 7, "always-send": true}));
        assert_eq!((option.code, option.name.as_str(), option.always_send), (None, "x", Some(true)));
    }
}
