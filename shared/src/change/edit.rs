//! Typed edits: each says what it expects to find and what it leaves.

use super::label::option_label;
use crate::option::OptionData;
use serde::{Deserialize, Serialize};

/// One change of a daemon's configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "edit")]
pub enum Edit {
    /// Adds a global option (`before` is `None`), or replaces one.
    SetOption {
        /// The `option-data` entry that is replaced, exactly as it was read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<OptionData>,
        /// What stands there afterwards.
        after: OptionData,
    },
    /// Removes a global option.
    RemoveOption {
        /// The `option-data` entry that is removed, exactly as it was read.
        before: OptionData,
    },
}

impl Edit {
    /// The edit in one sentence without a stop, such as ``Set option domain-name-servers (6) to `192.0.2.1` ``.
    pub fn describe(&self) -> String {
        match self {
            Self::SetOption { after, .. } if after.data.is_empty() => format!("Set option {}", name(after)),
            Self::SetOption { after, .. } => format!("Set option {} to `{}`", name(after), after.data),
            Self::RemoveOption { before } => format!("Remove option {}", name(before)),
        }
    }

    /// The edit that undoes this one.
    #[must_use]
    pub fn invert(&self) -> Self {
        match self.clone() {
            Self::SetOption { before: None, after } => Self::RemoveOption { before: after },
            Self::SetOption { before: Some(before), after } => {
                Self::SetOption { before: Some(after), after: before }
            }
            Self::RemoveOption { before } => Self::SetOption { before: None, after: before },
        }
    }

    /// The places that the edit changes, as [`diff`](super::diff) names them, such as `option-data[routers]`.
    pub fn touches(&self) -> Vec<String> {
        let labels = [self.before(), self.after()].into_iter().flatten().filter_map(option_label);
        let mut places: Vec<String> = labels.map(|label| format!("option-data[{}]", label.text)).collect();
        places.dedup();
        places
    }

    /// What the edit wants to find; `None`: nothing.
    pub fn before(&self) -> Option<&OptionData> {
        match self {
            Self::SetOption { before, .. } => before.as_ref(),
            Self::RemoveOption { before } => Some(before),
        }
    }

    /// What the edit leaves; `None`: nothing.
    pub fn after(&self) -> Option<&OptionData> {
        match self {
            Self::SetOption { after, .. } => Some(after),
            Self::RemoveOption { .. } => None,
        }
    }
}

fn name(option: &OptionData) -> String {
    let space = match option.space.as_str() {
        "" | "dhcp4" | "dhcp6" => String::new(),
        space => format!(" of {space}"),
    };
    match (option.name.as_str(), option.code) {
        ("", None) => format!("without a name{space}"),
        ("", Some(code)) => format!("{code}{space}"),
        (name, None) => format!("{name}{space}"),
        (name, Some(code)) => format!("{name} ({code}){space}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn option(value: serde_json::Value) -> OptionData {
        OptionData::deserialize(value).unwrap()
    }

    #[test]
    fn an_edit_is_one_sentence() {
        let set = |value| Edit::SetOption { before: None, after: option(value) }.describe();
        let servers =
            json!({"code": 6, "name": "domain-name-servers", "space": "dhcp4", "data": "192.0.2.1"});
        assert_eq!(set(servers.clone()), "Set option domain-name-servers (6) to `192.0.2.1`");
        assert_eq!(set(json!({"code": 224, "data": "AB", "csv-format": false})), "Set option 224 to `AB`");
        assert_eq!(set(json!({"name": "rapid-commit"})), "Set option rapid-commit");
        assert_eq!(
            set(json!({"code": 2, "space": "vendor-4491", "data": "x"})),
            "Set option 2 of vendor-4491 to `x`"
        );
        assert_eq!(
            Edit::RemoveOption { before: option(servers) }.describe(),
            "Remove option domain-name-servers (6)"
        );
    }

    #[test]
    fn an_edit_touches_what_the_difference_names() {
        let (routers, servers) =
            (json!({"code": 3, "name": "routers", "data": "x"}), json!({"code": 6, "data": "y"}));
        let edit = Edit::SetOption { before: Some(option(routers.clone())), after: option(routers) };
        assert_eq!(edit.touches(), ["option-data[routers]"]);
        let after = option(json!({"code": 6, "data": "y", "space": "s", "client-classes": ["a", "b"]}));
        let edit = Edit::SetOption { before: Some(option(servers)), after };
        assert_eq!(edit.touches(), ["option-data[6]", "option-data[s.6 for a, b]"]);
    }

    #[test]
    fn the_inverse_of_the_inverse_is_the_edit() {
        let (one, two) = (option(json!({"code": 1, "data": "a"})), option(json!({"code": 1, "data": "b"})));
        for edit in [
            Edit::SetOption { before: None, after: one.clone() },
            Edit::SetOption { before: Some(one.clone()), after: two },
            Edit::RemoveOption { before: one },
        ] {
            assert_eq!(edit.invert().invert(), edit);
        }
    }

    #[test]
    fn edits_survive_the_wire() {
        let edit = Edit::RemoveOption {
            before: option(json!({"code": 1, "data": "a", "user-context": {"x": null}})),
        };
        let text = serde_json::to_string(&edit).unwrap();
        assert_eq!(serde_json::from_str::<Edit>(&text).unwrap(), edit);
    }
}
