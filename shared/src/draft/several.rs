//! Several objects edited as one: what they have in common, and one value for all of them.

use super::{Draft, join, kind::as_text, path::get};
use serde_json::Value;

/// What several objects have under one key: each value once, as text for a field, with how many have it; `None`: no
/// value of their own. What most have comes first.
pub type Spread = Vec<(Option<String>, usize)>;

impl Draft {
    /// What objects have under a key.
    pub fn spread(&self, objects: &[String], key: &str) -> Spread {
        let mut all: Vec<(Option<&Value>, usize)> = Vec::new();
        for object in objects {
            let value = own(&self.after().root, &join(object, key));
            match all.iter_mut().find(|(known, _)| *known == value) {
                Some((_, count)) => *count += 1,
                None => all.push((value, 1)),
            }
        }
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        all.into_iter().map(|(value, count)| (value.map(as_text), count)).collect()
    }

    /// Whether what an object shall have under a key is something else than what Kea has, in any of the objects.
    pub fn differs_in_any(&self, objects: &[String], key: &str) -> bool {
        let (before, after) = (&self.before().root, &self.after().root);
        objects.iter().map(|object| join(object, key)).any(|path| own(before, &path) != own(after, &path))
    }

    /// Sets a key of all objects to what somebody typed; nothing typed: each keeps what Kea has.
    pub fn set_text_of_all(&mut self, objects: &[String], key: &str, text: &str) {
        for object in objects {
            let path = join(object, key);
            if text.trim().is_empty() {
                let had = get(&self.before().root, &path).cloned();
                self.put(&path, had);
            } else {
                self.set_text(&path, text);
            }
        }
    }

    /// Takes a key out of all objects.
    pub fn clear_in_all(&mut self, objects: &[String], key: &str) {
        for object in objects {
            self.put(&join(object, key), None);
        }
    }

    /// What those of the objects inherit of a key that have no value of their own: each value once, with how many inherit
    /// it; `None`: nothing. What most inherit comes first.
    pub fn inherited_spread(&self, objects: &[String], key: &str) -> Spread {
        let mut all: Spread = Vec::new();
        for path in objects.iter().map(|object| join(object, key)) {
            if own(&self.after().root, &path).is_some() {
                continue;
            }
            let text = self.inherited(&path).map(|inherited| inherited.text);
            match all.iter_mut().find(|(known, _)| *known == text) {
                Some((_, count)) => *count += 1,
                None => all.push((text, 1)),
            }
        }
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        all
    }
}

/// What stands at a path. Kea prints an empty list where nobody set one.
fn own<'v>(root: &'v Value, path: &str) -> Option<&'v Value> {
    get(root, path).filter(|value| value.as_array().is_none_or(|list| !list.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, KeaVersion, api::ConfigurationView, change::Edit};
    use serde_json::json;

    fn draft() -> (Draft, Vec<String>) {
        let config = json!({
            "valid-lifetime": 4000,
            "subnet4": [
                {"id": 1, "subnet": "10.0.0.0/24", "valid-lifetime": 60},
                {"id": 2, "subnet": "10.0.1.0/24", "relay": {"ip-addresses": ["10.0.1.1"]}},
                {"id": 3, "subnet": "10.0.2.0/24", "relay": {"ip-addresses": []}},
            ],
        });
        let version = KeaVersion::new(3, 0, 4);
        let draft = Draft::new(ConfigurationView { family: Family::V4, version, hash: "A".into(), config });
        let objects = draft.subnets();
        (draft, objects)
    }

    fn sentences(draft: &Draft) -> Vec<String> {
        draft.edits().iter().map(Edit::describe).collect()
    }

    #[test]
    fn what_most_have_comes_first() {
        let (draft, objects) = draft();
        assert_eq!(draft.spread(&objects, "valid-lifetime"), [(None, 2), (Some("60".to_owned()), 1)]);
        assert_eq!(draft.spread(&objects, "renew-timer"), [(None, 3)]);
        assert_eq!(draft.inherited_spread(&objects, "valid-lifetime"), [(Some("4000".to_owned()), 2)]);
        assert_eq!(draft.inherited_spread(&objects, "renew-timer"), [(None, 3)]);
        let relays = [(None, 2), (Some("10.0.1.1".to_owned()), 1)];
        assert_eq!(draft.spread(&objects, "relay.ip-addresses"), relays, "an empty list is none");
    }

    #[test]
    fn what_is_inherited_may_differ() {
        let (draft, _) = draft();
        let mut root = draft.before().root.clone();
        let inside = json!([{"id": 4, "subnet": "10.0.3.0/24"}]);
        root["shared-networks"] = json!([{"name": "n", "valid-lifetime": 900, "subnet4": inside}]);
        let version = KeaVersion::new(3, 0, 4);
        let draft =
            Draft::new(ConfigurationView { family: Family::V4, version, hash: "A".into(), config: root });
        let all = draft.subnets();
        let inherited = draft.inherited_spread(&all, "valid-lifetime");
        assert_eq!(inherited, [(Some("4000".to_owned()), 2), (Some("900".to_owned()), 1)]);
        assert_eq!(draft.spread(&all[1..], "valid-lifetime"), [(None, 3)], "none has a value of its own");
    }

    #[test]
    fn one_value_is_for_all_and_can_be_taken_back() {
        let (mut draft, objects) = draft();
        draft.set_text_of_all(&objects, "valid-lifetime", "900");
        draft.set_text_of_all(&objects, "relay.ip-addresses", "10.9.9.9");
        assert_eq!(draft.spread(&objects, "valid-lifetime"), [(Some("900".to_owned()), 3)]);
        assert!(
            draft.differs_in_any(&objects, "valid-lifetime")
                && !draft.differs_in_any(&objects, "renew-timer")
        );
        assert_eq!(draft.edits().len(), 6, "{:?}", sentences(&draft));
        for key in ["valid-lifetime", "relay.ip-addresses"] {
            draft.set_text_of_all(&objects, key, " ");
        }
        assert!(!draft.is_changed(), "{:?}", sentences(&draft));
        draft.clear_in_all(&objects, "valid-lifetime");
        assert_eq!(sentences(&draft), ["Let subnet 10.0.0.0/24 inherit `valid-lifetime`"]);
        draft.clear_in_all(&objects, "relay.ip-addresses");
        assert_eq!(sentences(&draft).len(), 2);
        assert_eq!(draft.get("subnet4[1].relay"), None, "Kea takes no relay without addresses");
    }
}
