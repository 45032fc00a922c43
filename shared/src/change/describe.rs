//! Edits in words.

use super::{
    Edit, Position,
    flat::NETWORK,
    place::{OptionName, Place, Step},
};
use crate::config::{hidden, is_inheritable};
use serde_json::Value;

/// How much of a value a sentence shows, in characters.
const SHOWN: usize = 80;

impl Edit {
    /// The edit in one sentence without a stop, such as ``Set option domain-name-servers (6) to `192.0.2.1` ``.
    pub fn describe(&self) -> String {
        match self.place.last() {
            None => "Change everything".to_owned(),
            Some(Step::Key(key)) if key == NETWORK => self.describe_network(),
            Some(Step::Key(key)) => self.describe_key(key),
            Some(Step::Option(_)) => self.describe_option(),
            Some(step) => self.describe_object(step),
        }
    }

    fn describe_network(&self) -> String {
        let subnet = self.scope();
        let name =
            |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(|name| format!("`{name}`"));
        match (name(&self.before), name(&self.after)) {
            (_, Some(to)) => format!("Move {subnet} into shared network {to}"),
            (Some(from), None) => format!("Move {subnet} out of shared network {from}"),
            (None, None) => format!("Leave {subnet} outside shared networks"),
        }
    }

    fn describe_key(&self, key: &str) -> String {
        let steps = &self.place.steps;
        let keys = steps.iter().rev().take_while(|step| matches!(step, Step::Key(_))).count();
        let (scope, keys) = steps.split_at_checked(steps.len() - keys).unwrap_or((&[], steps));
        let path: Vec<String> = keys.iter().map(Step::title).collect();
        let of = match subject(scope) {
            subject if subject.is_empty() => subject,
            subject => format!(" of {subject}"),
        };
        let path = path.join(".");
        let inherits = matches!(scope, [Step::Subnet(_) | Step::SharedNetwork(_)]) && is_inheritable(key);
        match &self.after {
            Some(after) => format!("Set `{path}`{of} to {}", quoted(key, after)),
            None if inherits => format!("Let {} inherit `{path}`", subject(scope)),
            None => format!("Remove `{path}`{of}"),
        }
    }

    fn describe_option(&self) -> String {
        let of = match self.scope() {
            scope if scope.is_empty() => scope,
            scope => format!(" of {scope}"),
        };
        let name = |value: &Option<Value>| {
            value.as_ref().map(|value| Step::to("option-data", value)).and_then(|step| match step {
                Some(Step::Option(name)) => Some(option_name(&name)),
                _ => None,
            })
        };
        let data =
            |value: &Value| value.get("data").and_then(Value::as_str).map(str::to_owned).unwrap_or_default();
        let fallback = || match self.place.last() {
            Some(Step::Option(name)) => option_name(name),
            _ => String::new(),
        };
        match &self.after {
            Some(after) => {
                let name = name(&self.after).unwrap_or_else(fallback);
                match data(after) {
                    data if data.is_empty() => format!("Set option {name}{of}"),
                    data => format!("Set option {name}{of} to `{}`", short(&data)),
                }
            }
            None if self.before.is_none() => format!("Move option {}{of}", fallback()),
            None => format!("Remove option {}{of}", name(&self.before).unwrap_or_else(fallback)),
        }
    }

    fn describe_object(&self, step: &Step) -> String {
        let subject = subject(&self.place.steps);
        let place = match (&self.to, step) {
            (Some(Position::First), Step::ClientClass(_)) => " before all others".to_owned(),
            (Some(Position::After(name)), Step::ClientClass(_)) => format!(" behind `{name}`"),
            _ => String::new(),
        };
        match (&self.before, &self.after) {
            (None, Some(after)) => format!("Add {subject}{}{place}", details(step, after)),
            (Some(_), None) => format!("Remove {subject}"),
            (Some(_), Some(after)) => match self.place_after() {
                moved if moved == self.place => format!("Change {subject}{}{place}", content(step, after)),
                moved => format!("Change {subject} to {}{place}", super::describe::subject(&moved.steps)),
            },
            (None, None) => format!("Move {subject}{place}"),
        }
    }

    fn scope(&self) -> String {
        subject(&self.place.parent().steps)
    }
}

/// What a new object is like, where its name does not say it.
fn details(step: &Step, after: &Value) -> String {
    match (step, after.get(NETWORK).and_then(Value::as_str)) {
        (Step::Subnet(name), network) => {
            let id = name.id.map(|id| format!(" with id {id}")).unwrap_or_default();
            let network = network.map(|name| format!(" to shared network `{name}`")).unwrap_or_default();
            format!("{id}{network}")
        }
        (Step::ClientClass(_), _) => content(step, after),
        (Step::Item(_), _) => partners(after),
        _ => String::new(),
    }
}

/// The HA partners that a hook library is given.
fn partners(library: &Value) -> String {
    let mut relationships =
        library.pointer("/parameters/high-availability").and_then(Value::as_array).into_iter().flatten();
    let Some(first) = relationships.next() else { return String::new() };
    let peers = first.get("peers").and_then(Value::as_array).into_iter().flatten();
    let names: Vec<String> =
        peers.filter_map(|peer| Some(format!("`{}`", peer.get("name")?.as_str()?))).collect();
    let mode = first.get("mode").and_then(Value::as_str).unwrap_or_default();
    format!(" for high availability ({mode}) of {}", names.join(" and "))
}

fn content(step: &Step, after: &Value) -> String {
    match (step, after.get("test").and_then(Value::as_str)) {
        (Step::ClientClass(_), Some(test)) => format!(" with the test `{}`", short(test)),
        _ => String::new(),
    }
}

/// The object that the steps lead to, in words: `pool a-b of subnet 10.0.0.0/8`; empty for the root.
pub(super) fn subject(steps: &[Step]) -> String {
    let words: Vec<String> = steps.iter().rev().map(words).collect();
    words.join(" of ")
}

fn words(step: &Step) -> String {
    match step {
        Step::Key(key) => format!("`{key}`"),
        Step::Subnet(name) if name.prefix.is_empty() => {
            format!("subnet {}", name.id.map_or_else(String::new, |id| id.to_string()))
        }
        Step::Subnet(name) => format!("subnet {}", name.prefix),
        Step::SharedNetwork(name) => format!("shared network `{name}`"),
        Step::ClientClass(name) => format!("client class `{name}`"),
        Step::Pool(range) => format!("pool {range}"),
        Step::PdPool(prefix) => format!("pd-pool {prefix}"),
        Step::Reservation(name) => format!("reservation {} {}", name.identifier, name.value),
        Step::Option(name) => format!("option {}", option_name(name)),
        Step::OptionDef(name) => format!("option definition {}", option_name(name)),
        Step::Item(item) if item.list == "hooks-libraries" => {
            format!("hook library `{}`", item.name.rsplit('/').next().unwrap_or_default())
        }
        Step::Item(item) => format!("`{}` in `{}`", item.name, item.list),
    }
}

/// The object with its article.
pub(super) fn indefinite(step: &Step) -> String {
    match words(step) {
        words if words.starts_with("option") => format!("an {words}"),
        words if words.starts_with('`') => words,
        words => format!("a {words}"),
    }
}

fn option_name(option: &OptionName) -> String {
    let space = match option.space.as_str() {
        "" | "dhcp4" | "dhcp6" => String::new(),
        space => format!(" of {space}"),
    };
    let classes = match option.client_classes.join(", ") {
        classes if classes.is_empty() => classes,
        classes => format!(" for {classes}"),
    };
    match (option.name.as_str(), option.code) {
        ("", None) => format!("without a name{space}{classes}"),
        ("", Some(code)) => format!("{code}{space}{classes}"),
        (name, None) => format!("{name}{space}{classes}"),
        (name, Some(code)) => format!("{name} ({code}){space}{classes}"),
    }
}

/// A value as a sentence shows it, its secrets hidden.
fn quoted(key: &str, value: &Value) -> String {
    let text = match hidden(key, value) {
        Value::String(text) if text.is_empty() => return "nothing".to_owned(),
        Value::String(text) => text,
        Value::Array(items) if items.is_empty() => return "an empty list".to_owned(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            texts.join(", ")
        }
        other => other.to_string(),
    };
    format!("`{}`", short(&text))
}

fn short(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN - 1).chain(['…']).collect()
}

/// What a place is, in words.
impl Place {
    /// The object or key in words, such as `pool 10.0.0.1-10.0.0.9 of subnet 10.0.0.0/8`.
    pub fn words(&self) -> String {
        subject(&self.steps)
    }
}
