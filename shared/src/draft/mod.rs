//! A configuration that somebody edits in forms: as Kea has it, as it shall be, and the edits between the two.
//!
//! A form holds a small configuration of its own, see [`ConfigurationQuery`](crate::api::ConfigurationQuery): what
//! stands around the object, and the object. Fields name places in it by paths such as `subnet4[0].pools[1].pool`, which
//! are those of [`Diagnostic::path`](crate::diagnostic::Diagnostic::path) without the daemon's name in front.

mod classes;
mod collision;
mod define;
mod everywhere;
mod field;
mod gateway;
mod inherit;
mod kind;
mod options;
mod path;
mod recipes;
mod scope;
mod several;
mod sharing;
mod subnets;
mod text;

pub use classes::{BUILT_IN_CLASSES, ClassLine, is_reserved_class};
pub use collision::Collision;
pub use define::{SHAPES, Shape};
pub use everywhere::{OptionsAt, options_everywhere};
pub use field::{Field, field};
pub use gateway::{pool_beside, usual_gateway};
pub use inherit::{Inherited, Origin};
pub use kind::{KeyKind, shown};
pub use options::{DefinitionLine, OuterOption, SetOption, Standing, is_same_option};
pub use scope::{FreeAddress, usual_identifier};
pub use several::Spread;
pub use text::TextError;

use crate::{
    Daemon, Family, KeaVersion,
    api::ConfigurationView,
    change::{Edit, Place, Step, apply, edits_between},
    config::Config,
    schema::{Object, Schema},
};
use kind::as_value;
pub use path::join;
pub(crate) use path::{Part, parts};
use path::{get, set, split};
pub use recipes::{RECIPES, Recipe};
use serde_json::Value;

/// A configuration that somebody edits.
///
/// # Example
/// ```
/// use perch_shared::{Family, KeaVersion, api::ConfigurationView, draft::Draft};
/// use serde_json::json;
/// let config = json!({"valid-lifetime": 4000, "subnet4": [{"id": 1, "subnet": "192.0.2.0/24"}]});
/// let view = ConfigurationView { family: Family::V4, version: KeaVersion::new(3, 0, 4), hash: "A".into(), config };
/// let mut draft = Draft::new(view);
/// draft.set_text("subnet4[0].valid-lifetime", "900");
/// assert_eq!(draft.edits()[0].describe(), "Set `valid-lifetime` of subnet 192.0.2.0/24 to `900`");
/// draft.set_text("subnet4[0].valid-lifetime", "");
/// assert!(!draft.is_changed());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The daemon's version.
    pub version: KeaVersion,
    /// The hash of the configuration that the edits are based on.
    pub based_on: String,
    before: Config,
    after: Config,
}

impl Draft {
    /// What Kea has, without changes.
    pub fn new(view: ConfigurationView) -> Self {
        let (version, based_on) = (view.version, view.hash.clone());
        let before = view.into_config();
        Self { version, based_on, after: before.clone(), before }
    }

    /// What Kea has now, with the edits that were made to what it had earlier; those that do not fit any more come back
    /// with what stands against them.
    pub fn restore(view: ConfigurationView, edits: &[Edit]) -> (Self, Vec<Collision>) {
        let mut draft = Self::new(view);
        let collisions = draft.carry_out(edits);
        (draft, collisions)
    }

    /// Carries edits out on what shall be: all that fit. Those that do not come back.
    pub fn carry_out(&mut self, edits: &[Edit]) -> Vec<Collision> {
        let mut left: Vec<Edit> = edits.to_vec();
        let mut collisions = Vec::new();
        // Without what does not fit, something else may not fit either.
        while !left.is_empty() {
            let conflicts = match apply(&self.after, &left) {
                Ok(after) => {
                    self.after = after;
                    break;
                }
                Err(conflicts) => conflicts,
            };
            let mut conflicts = conflicts.into_iter().peekable();
            let before = left.len();
            let mut fitting = Vec::with_capacity(before);
            for (index, edit) in left.drain(..).enumerate() {
                match conflicts.next_if(|conflict| conflict.index == index) {
                    Some(conflict) => collisions.push(Collision { edit, conflict }),
                    None => fitting.push(edit),
                }
            }
            if fitting.len() == before {
                break;
            }
            left = fitting;
        }
        collisions
    }

    /// Which daemon.
    pub fn family(&self) -> Family {
        self.after.family
    }

    /// The configuration as it shall be.
    pub fn after(&self) -> &Config {
        &self.after
    }

    /// The configuration as Kea has it.
    pub fn before(&self) -> &Config {
        &self.before
    }

    /// The text of the configuration as it shall be, for the check.
    pub fn text(&self) -> String {
        text_of(&self.after)
    }

    /// The text of the configuration as Kea has it, for the check.
    pub fn text_before(&self) -> String {
        text_of(&self.before)
    }

    /// Whether anything differs. Cheaper than asking for the edits.
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }

    /// The edits that make what shall be of what Kea has.
    pub fn edits(&self) -> Vec<Edit> {
        if self.is_changed() { edits_between(&self.before, &self.after) } else { Vec::new() }
    }

    /// Takes everything back.
    pub fn discard(&mut self) {
        self.after = self.before.clone();
    }

    /// Kea has it now, under this hash.
    pub fn settle(&mut self, hash: String) {
        self.before = self.after.clone();
        self.based_on = hash;
    }

    /// What stands at a path.
    pub fn get(&self, path: &str) -> Option<&Value> {
        get(&self.after.root, path)
    }

    /// The items of the list at a path; none where there is no list.
    pub fn items(&self, path: &str) -> &[Value] {
        self.get(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// What stands at a path as text for a field: a list of words with commas between, any other structure as JSON; empty
    /// where nothing stands.
    pub fn text_at(&self, path: &str) -> String {
        self.get(path).map(kind::as_text).unwrap_or_default()
    }

    /// Whether the flag at a path is set; `None`: nothing stands there.
    pub fn flag_at(&self, path: &str) -> Option<bool> {
        self.get(path).and_then(Value::as_bool)
    }

    /// The words in the list at a path.
    pub fn words_at(&self, path: &str) -> Vec<String> {
        self.items(path).iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Puts a value at a path; `None` takes out what stands there. Maps on the way are made.
    pub fn put(&mut self, path: &str, value: Option<Value>) {
        set(&mut self.after.root, path, value);
        self.tidy(path);
    }

    /// Puts what somebody typed at a path, as the kind of value that its key takes. What cannot be read as such stays
    /// text, so that nothing typed is lost and the check says what is wrong with it. Nothing typed: the key goes.
    pub fn set_text(&mut self, path: &str, text: &str) {
        let kind = self.kind(path);
        self.put(path, as_value(text, kind));
    }

    /// Sets a flag; `None`: the key goes.
    pub fn set_flag(&mut self, path: &str, flag: Option<bool>) {
        self.put(path, flag.map(Value::Bool));
    }

    /// Sets a list of words; none: the key goes.
    pub fn set_words(&mut self, path: &str, words: &[String]) {
        let list = Value::Array(words.iter().cloned().map(Value::from).collect());
        self.put(path, (!words.is_empty()).then_some(list));
    }

    /// Adds an item to the list at a path, which is made where it is not, and gives the item's path.
    pub fn push(&mut self, list: &str, item: Value) -> String {
        let path = format!("{list}[{}]", self.items(list).len());
        set(&mut self.after.root, &path, Some(item));
        path
    }

    /// Adds a map to the list at a path with what somebody typed for its keys, and gives the item's path.
    pub fn push_map(&mut self, list: &str, texts: &[(&str, &str)]) -> String {
        let path = self.push(list, Value::Object(serde_json::Map::new()));
        for (key, text) in texts {
            self.set_text(&join(&path, key), text);
        }
        path
    }

    /// Takes an item out of the list at a path.
    pub fn remove(&mut self, item: &str) {
        set(&mut self.after.root, item, None);
        if let Some((list, _)) = item.rsplit_once('[') {
            self.tidy(list);
        }
    }

    /// Moves an item within the list at a path; positions count from 0.
    pub fn shift(&mut self, list: &str, from: usize, to: usize) {
        let mut items = self.items(list).to_vec();
        if from < items.len() && to < items.len() {
            let item = items.remove(from);
            items.insert(to, item);
            set(&mut self.after.root, list, Some(Value::Array(items)));
        }
    }

    /// An empty list that Kea did not have is none, and so is a map that lost its last key: taking everything back leaves
    /// no trace, and Kea takes no `relay` without addresses.
    fn tidy(&mut self, path: &str) {
        let mut path = path;
        while !path.is_empty() {
            let had = get(&self.before.root, path);
            let goes = match self.get(path) {
                Some(Value::Array(list)) => list.is_empty() && had.is_none(),
                Some(now @ Value::Object(map)) => map.is_empty() && !path.ends_with(']') && had != Some(now),
                _ => false,
            };
            if goes {
                set(&mut self.after.root, path, None);
            }
            path = split(path).0;
        }
    }

    /// What kind of value a path's key takes.
    pub fn kind(&self, path: &str) -> KeyKind {
        let (object, key) = split(path);
        if key == "comment" {
            return KeyKind::Text;
        }
        let Some(object) = object_at(object) else { return KeyKind::Any };
        let schema = Schema::new(self.daemon(), self.version);
        schema.key(object, key).map_or(KeyKind::Any, kind::of)
    }

    /// Whether this daemon's version has a path's key.
    pub fn knows(&self, path: &str) -> bool {
        let (object, key) = split(path);
        let schema = Schema::new(self.daemon(), self.version);
        object_at(object).is_none_or(|object| schema.key(object, key).is_some())
    }

    /// The name that this daemon's version has for the key of the classes that an object is for: `client-class`, one
    /// name, before Kea 2.7.5, then `client-classes`, a list.
    pub fn classes_key(&self) -> &'static str {
        if self.version >= KeaVersion::new(2, 7, 5) { "client-classes" } else { "client-class" }
    }

    /// What a key would be if the object did not set it, and from where.
    pub fn inherited(&self, path: &str) -> Option<Inherited> {
        inherit::inherited(&self.after, self.daemon(), self.version, path)
    }

    /// The place that a path names, as edits write places; `None`: an item on the way has no identity yet.
    pub fn place(&self, path: &str) -> Option<Place> {
        let mut place = Place::root();
        let mut here = &self.after.root;
        let mut list = "";
        for part in parts(path) {
            match part {
                Part::Key(key) => {
                    here = here.get(key).unwrap_or(&Value::Null);
                    list = key;
                    place = place.key(key);
                }
                Part::Index(index) => {
                    here = here.get(index)?;
                    place = place.parent().step(Step::to(list, here)?);
                    if matches!(place.last(), Some(Step::Subnet(_))) {
                        // A subnet is named by itself, wherever it stands.
                        place = Place { steps: place.steps.last().cloned().into_iter().collect() };
                    }
                }
            }
        }
        Some(place)
    }

    /// Whether one of the edits changes what a path names, or something in it.
    pub fn touches(&self, edits: &[Edit], path: &str) -> bool {
        let Some(place) = self.place(path) else { return true };
        edits.iter().any(|edit| place.contains(&edit.place) || place.contains(&edit.place_after()))
    }

    fn daemon(&self) -> Daemon {
        match self.family() {
            Family::V4 => Daemon::Dhcp4,
            Family::V6 => Daemon::Dhcp6,
        }
    }
}

/// The kind of map that a path leads to, whose keys the schema knows.
fn object_at(path: &str) -> Option<Object> {
    let mut object = Object::GLOBAL;
    for part in parts(path) {
        if let Part::Key(key) = part {
            object = Schema::child_of(object, key)?;
        }
    }
    Some(object)
}

fn text_of(config: &Config) -> String {
    config.to_arguments().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn view(config: Value) -> ConfigurationView {
        ConfigurationView {
            family: Family::V4,
            version: KeaVersion::new(3, 0, 4),
            hash: "A".to_owned(),
            config,
        }
    }

    fn draft() -> Draft {
        Draft::new(view(json!({
            "valid-lifetime": 4000,
            "client-classes": [{"name": "a"}, {"name": "b"}],
            "subnet4": [{"id": 1, "subnet": "10.0.0.0/8", "pools": [{"pool": "10.0.0.1-10.0.0.9"}]}],
            "shared-networks": [{"name": "n", "subnet4": [{"id": 2, "subnet": "11.0.0.0/8"}]}],
        })))
    }

    fn sentences(draft: &Draft) -> Vec<String> {
        draft.edits().iter().map(Edit::describe).collect()
    }

    #[test]
    fn what_is_typed_becomes_edits() {
        let mut draft = draft();
        draft.set_text("subnet4[0].pools[0].client-classes", "a, b");
        draft.set_text("renew-timer", "900");
        draft.set_text("t1-percent", "0.4");
        draft.set_flag("authoritative", Some(true));
        let path = draft.push("subnet4[0].pools", json!({}));
        draft.set_text(&format!("{path}.pool"), "10.0.1.0/24");
        assert_eq!(path, "subnet4[0].pools[1]");
        draft.shift("client-classes", 1, 0);
        assert_eq!(
            sentences(&draft),
            [
                "Move client class `b` before all others",
                "Set `authoritative` to `true`",
                "Set `renew-timer` to `900`",
                "Set `client-classes` of pool 10.0.0.1-10.0.0.9 of subnet 10.0.0.0/8 to `a, b`",
                "Add pool 10.0.1.0/24 of subnet 10.0.0.0/8",
                "Set `t1-percent` to `0.4`",
            ]
        );
        let restored = Draft::restore(view(draft.before().root.clone()), &draft.edits());
        assert_eq!(restored, (draft, Vec::new()));
    }

    #[test]
    fn what_cannot_be_read_stays_as_it_was_typed() {
        let mut draft = draft();
        for text in ["40 00", "-", "1e3", "x"] {
            draft.set_text("valid-lifetime", text);
            assert_eq!(draft.text_at("valid-lifetime"), text);
        }
        draft.set_text("valid-lifetime", " 4000 ");
        assert!(!draft.is_changed(), "{draft:?}");
    }

    #[test]
    fn taking_everything_back_leaves_no_trace() {
        let mut draft = draft();
        draft.set_text("interfaces-config.interfaces", "eth0, eth1");
        assert_eq!(draft.words_at("interfaces-config.interfaces"), ["eth0", "eth1"]);
        draft.set_text("interfaces-config.interfaces", "");
        let path = draft.push("shared-networks[0].subnet4[0].pools", json!({}));
        draft.remove(&path);
        assert!(!draft.is_changed(), "{:?}", draft.after);
        draft.remove("subnet4[0].pools[0]");
        assert_eq!(sentences(&draft), ["Remove pool 10.0.0.1-10.0.0.9 of subnet 10.0.0.0/8"]);
        draft.discard();
        assert_eq!(draft.edits(), []);
    }

    #[test]
    fn what_does_not_fit_any_more_comes_back() {
        let mut draft = draft();
        draft.set_text("subnet4[0].valid-lifetime", "900");
        draft.set_text("renew-timer", "60");
        let mut theirs = draft.before().root.clone();
        theirs["subnet4"][0]["valid-lifetime"] = json!(1200);
        theirs["rebind-timer"] = json!(70);
        let (mut now, collisions) = Draft::restore(view(theirs), &draft.edits());
        assert_eq!(sentences(&now), ["Set `renew-timer` to `60`"]);
        let [collision] = collisions.as_slice() else { panic!("{collisions:?}") };
        assert_eq!(
            (collision.conflict.found.clone(), collision.conflict.wanted.clone()),
            (Some(json!(1200)), Some(json!(900)))
        );
        assert_eq!(now.carry_out(&[collision.insist()]), []);
        assert_eq!(now.text_at("subnet4[0].valid-lifetime"), "900");
        assert_eq!(now.text_at("rebind-timer"), "70");
    }

    #[test]
    fn maps_are_added_as_they_are_typed() {
        let mut draft = draft();
        let path = draft.push_map("loggers", &[("name", "kea-dhcp4.leases"), ("debuglevel", "55")]);
        assert_eq!(path, "loggers[0]");
        draft.push_map("loggers[0].output-options", &[("output", "stdout")]);
        assert_eq!(sentences(&draft), ["Add `kea-dhcp4.leases` in `loggers`"]);
        assert_eq!(draft.get("loggers[0].debuglevel"), Some(&json!(55)));
    }

    #[test]
    fn changed_places_are_known() {
        let mut draft = draft();
        draft.set_text("shared-networks[0].subnet4[0].valid-lifetime", "7");
        let edits = draft.edits();
        for (path, changed) in [
            ("shared-networks[0].subnet4[0].valid-lifetime", true),
            ("shared-networks[0].subnet4[0]", true),
            ("subnet4[0]", false),
            ("valid-lifetime", false),
        ] {
            assert_eq!(draft.touches(&edits, path), changed, "{path}");
        }
    }

    #[test]
    fn keys_are_as_the_version_has_them() {
        let draft = draft();
        assert_eq!(draft.kind("subnet4[0].valid-lifetime"), KeyKind::Integer);
        assert_eq!(draft.kind("subnet4[0].pools[0].client-classes"), KeyKind::Words);
        assert_eq!(draft.kind("t1-percent"), KeyKind::Real);
        assert_eq!(draft.kind("authoritative"), KeyKind::Flag);
        assert_eq!(draft.kind("hostname-char-set"), KeyKind::Text);
        assert_eq!(draft.kind("user-context.comment"), KeyKind::Text);
        assert!(draft.knows("subnet4[0].client-classes"));
        let old = Draft { version: KeaVersion::new(2, 6, 3), ..draft };
        assert!(!old.knows("subnet4[0].client-classes") && old.knows("subnet4[0].client-class"));
        assert_eq!(old.classes_key(), "client-class");
    }
}
