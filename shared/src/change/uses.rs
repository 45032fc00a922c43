//! Who uses an object: what stands in the way when it goes, and what goes along when it gets another name.

use super::{
    Edit, Place, Step,
    flat::{Flat, NETWORK},
    identity::Identities,
};
use crate::{
    config::{Config, items},
    expr::{self, Code, Kind, Span},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something that uses an object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Use {
    /// The key or object that names it.
    pub place: Place,
    /// The place in words, such as `` `client-classes` of subnet 10.0.0.0/8 ``.
    pub words: String,
}

/// The lists in which a scope holds objects.
const LISTS: [&str; 7] =
    ["client-classes", "shared-networks", "pools", "pd-pools", "reservations", "option-data", "option-def"];

/// The keys that hold names of classes.
const CLASS_KEYS: [&str; 4] =
    ["client-class", "client-classes", "require-client-classes", "evaluate-additional-classes"];

/// Who uses the client class, option definition or shared network at `place`. Nobody uses any other object.
///
/// A class is used by the tests of others, by subnets, shared networks, pools, reservations and options; a definition
/// by options and by tests that call it by its name; a network by its subnets.
pub fn uses(config: &Config, place: &Place) -> Vec<Use> {
    let found = search(config, place);
    found.into_iter().map(|found| Use { words: found.place.words(), place: found.place }).collect()
}

/// The edits that give the object at `place` another name, with all who use it: a client class, a shared network or an
/// option definition. Empty when it is not there, or is called so already.
pub fn rename(config: &Config, place: &Place, name: &str) -> Vec<Edit> {
    let bench = super::apply::Bench::new(config);
    let old = bench.value_at(&place.clone().key("name"));
    let Some(old) = old.filter(|old| old != name) else { return Vec::new() };
    let mut edits = vec![Edit::set(place.clone().key("name"), Some(old), Some(name.into()))];
    // The subnets of a network go along by themselves.
    if !matches!(place.last(), Some(Step::SharedNetwork(_))) {
        edits.extend(search(config, place).into_iter().filter_map(|found| found.renamed(place, name)));
    }
    edits
}

/// A use with what stands there.
struct Found {
    place: Place,
    value: Value,
}

fn search(config: &Config, place: &Place) -> Vec<Found> {
    let flat = Flat::of(config.family, config.root.clone());
    let mut search = Search { ids: Identities::of(config), wanted: place, found: Vec::new() };
    search.scope(&Place::root(), &flat.root);
    search.found
}

struct Search<'a> {
    ids: Identities,
    wanted: &'a Place,
    found: Vec<Found>,
}

impl Search<'_> {
    /// Looks through a scope and what it holds; the depth is that of [`LISTS`] in one another.
    fn scope(&mut self, place: &Place, scope: &Value) {
        self.keys(place, scope);
        let subnets = self.ids.family().subnet_key();
        if place.steps.len() > 4 {
            return;
        }
        for list in LISTS.into_iter().chain([subnets]) {
            for item in items(scope, list) {
                if let Some(step) = Step::to(list, item) {
                    self.scope(&place.clone().step(step), item);
                }
            }
        }
    }

    fn keys(&mut self, place: &Place, scope: &Value) {
        match (self.wanted.last(), self.wanted.steps.len()) {
            (Some(Step::ClientClass(name)), 1) => self.classes(place, scope, name),
            (Some(Step::SharedNetwork(name)), 1)
                if scope.get(NETWORK).and_then(Value::as_str) == Some(name) =>
            {
                self.add(place.clone().key(NETWORK), scope.get(NETWORK));
            }
            (Some(wanted @ Step::OptionDef(_)), _) => self.definition(place, scope, wanted),
            _ => {}
        }
    }

    fn classes(&mut self, place: &Place, scope: &Value, name: &str) {
        if let Some(Step::Option(option)) = place.last() {
            if option.client_classes.iter().any(|class| class == name) {
                self.add(place.clone(), Some(scope));
            }
            return;
        }
        for key in CLASS_KEYS {
            let named = match scope.get(key) {
                Some(Value::String(one)) => one == name,
                Some(Value::Array(names)) => names.iter().any(|other| other == name),
                _ => false,
            };
            if named {
                self.add(place.clone().key(key), scope.get(key));
            }
        }
        self.tests(place, scope, |text| !class_spans(text, name).is_empty());
    }

    fn definition(&mut self, place: &Place, scope: &Value, wanted: &Step) {
        let (Step::OptionDef(def), scope_of) = (wanted, self.wanted.parent()) else { return };
        if !scope_of.contains(place) {
            return;
        }
        if let Some(Step::Option(_)) = place.last() {
            let mut as_option = def.clone();
            as_option.client_classes.clear();
            let own = Step::to("option-data", scope).map(|step| match step {
                Step::Option(option) => self
                    .ids
                    .of_step(&Step::Option(super::OptionName { client_classes: Vec::new(), ..option })),
                step => self.ids.of_step(&step),
            });
            if own == Some(self.ids.of_step(&Step::Option(as_option))) {
                self.add(place.clone(), Some(scope));
            }
            return;
        }
        let name = def.name.as_str();
        self.tests(place, scope, |text| !name.is_empty() && !option_spans(text, name).is_empty());
    }

    /// The tests of a class.
    fn tests(&mut self, place: &Place, scope: &Value, uses: impl Fn(&str) -> bool) {
        if !matches!(place.last(), Some(Step::ClientClass(_))) {
            return;
        }
        for key in ["test", "template-test"] {
            if scope.get(key).and_then(Value::as_str).is_some_and(&uses) {
                self.add(place.clone().key(key), scope.get(key));
            }
        }
    }

    fn add(&mut self, place: Place, value: Option<&Value>) {
        self.found.extend(value.map(|value| Found { place, value: value.clone() }));
    }
}

impl Found {
    /// The edit that uses the new name here.
    fn renamed(self, used: &Place, name: &str) -> Option<Edit> {
        let after = match used.last()? {
            Step::ClientClass(old) => with_class(&self.place, &self.value, old, name),
            Step::OptionDef(old) => with_option(&self.place, &self.value, &old.name, name),
            _ => return None,
        };
        (after != self.value).then(|| Edit::set(self.place, Some(self.value), Some(after)))
    }
}

fn with_class(place: &Place, value: &Value, old: &str, name: &str) -> Value {
    match (place.last(), value) {
        (Some(Step::Option(_)), Value::Object(entry)) => {
            let mut entry = entry.clone();
            if let Some(classes) = entry.get_mut("client-classes") {
                *classes = with_class(place, classes, old, name);
            }
            Value::Object(entry)
        }
        (Some(Step::Key(key)), Value::String(text)) if key.ends_with("test") => {
            replaced(text, &class_spans(text, old), name).into()
        }
        (_, Value::Array(names)) => {
            names.iter().map(|other| if other == old { Value::from(name) } else { other.clone() }).collect()
        }
        (_, Value::String(_)) => name.into(),
        (_, other) => other.clone(),
    }
}

fn with_option(place: &Place, value: &Value, old: &str, name: &str) -> Value {
    match (place.last(), value) {
        (Some(Step::Key(_)), Value::String(text)) => replaced(text, &option_spans(text, old), name).into(),
        (_, Value::Object(entry)) if entry.get("name").and_then(Value::as_str) == Some(old) => {
            let mut entry = entry.clone();
            entry.insert("name".to_owned(), name.into());
            Value::Object(entry)
        }
        (_, other) => other.clone(),
    }
}

/// Where a test names a class in `member`.
fn class_spans(test: &str, name: &str) -> Vec<Span> {
    let parsed = expr::parse(test);
    let named = parsed.nodes().iter().filter(|node| node.kind == Kind::ClassName);
    named.map(|node| unquoted(node.span, test)).filter(|span| span.of(test) == name).collect()
}

/// Where a test names an option.
fn option_spans(test: &str, name: &str) -> Vec<Span> {
    let parsed = expr::parse(test);
    let codes = parsed.nodes().iter().filter_map(|node| match node.kind {
        Kind::Option(Code::Name(span)) => Some(span),
        _ => None,
    });
    codes.filter(|span| span.of(test) == name).collect()
}

/// What stands between the quotes.
fn unquoted(span: Span, text: &str) -> Span {
    let inside = span.of(text).starts_with('\'') && span.of(text).len() > 1;
    let range = span.range();
    if inside { Span::new(range.start + 1, range.end - 1) } else { span }
}

fn replaced(text: &str, spans: &[Span], name: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        let range = span.range();
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(name);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, change::apply, option::OptionDef};
    use serde_json::json;

    fn config() -> Config {
        let root = json!({
            "option-def": [{"name": "voip", "code": 224, "space": "dhcp4", "type": "string"}],
            "client-classes": [
                {"name": "a"},
                {"name": "b", "test": "member('a') and not member('ab') or option[voip].exists", "option-data": [{"code": 224, "data": "x"}]},
            ],
            "subnet4": [{"id": 1, "subnet": "10.0.0.0/8", "client-classes": ["x", "a"], "pools": [{"pool": "10.0.0.0/24", "client-class": "a"}],
                "option-data": [{"name": "voip", "space": "dhcp4", "data": "y", "client-classes": ["a"]}]}],
            "shared-networks": [{"name": "n", "evaluate-additional-classes": ["a"], "subnet4": [{"id": 2, "subnet": "11.0.0.0/8"}]}],
            "reservations": [{"hw-address": "010203040506", "client-classes": ["a", "b"]}],
        });
        Config { family: Family::V4, root }
    }

    fn definition() -> Place {
        let def: OptionDef =
            serde_json::from_value(json!({"name": "voip", "code": 224, "type": "string"})).unwrap();
        Place::root().definition(&def)
    }

    #[test]
    fn every_use_is_found() {
        for (place, expected) in [
            (
                Place::root().class("a"),
                &[
                    "`test` of client class `b`",
                    "`evaluate-additional-classes` of shared network `n`",
                    "`client-classes` of reservation hw-address 010203040506",
                    "`client-classes` of subnet 10.0.0.0/8",
                    "`client-class` of pool 10.0.0.0/24 of subnet 10.0.0.0/8",
                    "option voip for a of subnet 10.0.0.0/8",
                ][..],
            ),
            (
                definition(),
                &[
                    "`test` of client class `b`",
                    "option 224 of client class `b`",
                    "option voip for a of subnet 10.0.0.0/8",
                ],
            ),
            (Place::root().network("n"), &["`shared-network-name` of subnet 11.0.0.0/8"]),
            (Place::root().class("nobody"), &[]),
            (Place::root().subnet(1, "10.0.0.0/8"), &[]),
        ] {
            let words: Vec<String> = uses(&config(), &place).into_iter().map(|found| found.words).collect();
            assert_eq!(words, expected, "{place}");
        }
    }

    #[test]
    fn everybody_uses_the_new_name_and_the_old_one_again() {
        for (place, name) in
            [(Place::root().class("a"), "new"), (definition(), "phone"), (Place::root().network("n"), "m")]
        {
            let before = config();
            let edits = rename(&before, &place, name);
            let after = apply(&before, &edits).unwrap();
            let undo: Vec<Edit> = edits.iter().rev().map(Edit::invert).collect();
            assert_eq!(apply(&after, &undo).unwrap(), before);
            let is_named = matches!(place.last(), Some(Step::ClientClass(_) | Step::SharedNetwork(_)));
            assert!(!is_named || uses(&after, &place).is_empty(), "{place}");
            let renamed = edits[0].place_after().parent();
            let (was, is) = (uses(&before, &place), uses(&after, &renamed));
            assert_eq!(was.len(), is.len(), "{is:#?}");
        }
        assert_eq!(rename(&config(), &Place::root().class("nobody"), "x"), []);
    }

    #[test]
    fn only_the_name_changes_in_a_test() {
        let edits = rename(&config(), &Place::root().class("a"), "é");
        let after = apply(&config(), &edits).unwrap();
        let test = "member('é') and not member('ab') or option[voip].exists";
        assert_eq!(after.root["client-classes"][1]["test"], test);
    }
}
