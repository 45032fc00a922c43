//! Why an edit cannot be carried out.

use super::{
    Edit,
    describe::indefinite,
    flat::NETWORK,
    place::{Place, Step},
};
use crate::{api::Conflict, config::hidden};
use serde_json::Value;

/// Why an edit cannot be carried out: in words, and what is there instead.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) why: String,
    pub(super) found: Option<Value>,
}

pub(super) fn stop(why: impl Into<String>, found: Option<&Value>) -> Stop {
    Stop { why: why.into(), found: found.cloned() }
}

pub(super) const GONE: &str = "it is not there any more";

pub(super) fn differs(expected: Option<&Value>, found: Option<&Value>) -> Stop {
    let why = match (expected, found) {
        (Some(_), None) => GONE,
        (None, Some(_)) => "it is set already",
        _ => "it was changed since",
    };
    stop(why, found)
}

pub(super) fn taken_words(step: &Step) -> String {
    match step {
        Step::Subnet(_) => "a scope with that address already exists on the server".to_owned(),
        step => format!("there is already {}", indefinite(step)),
    }
}

pub(super) fn conflict(index: usize, edit: &Edit, stop: Stop) -> Conflict {
    let shown = edit.masked();
    let key = match edit.place.last() {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    Conflict {
        index,
        target: None,
        edit: edit.describe(),
        place: edit.place.to_string(),
        why: stop.why,
        expected: shown.before,
        found: stop.found.map(|found| hidden(key, &found)),
        wanted: shown.after,
    }
}

/// A network that subnets still name is gone.
pub(super) fn lost_network(edits: &[Edit], name: &str) -> Conflict {
    let network = Place::root().network(name);
    let names = |edit: &Edit| {
        edit.place == network
            || edit.after.as_ref().and_then(|after| after.get(NETWORK)) == Some(&name.into())
    };
    let index = edits.iter().rposition(names).unwrap_or_default();
    let why = match edits.get(index) {
        Some(edit) if edit.place == network => {
            "the shared network still has subnets: move or remove them first".to_owned()
        }
        _ => format!("there is no shared network `{name}`"),
    };
    let edit = edits.get(index).cloned().unwrap_or_else(|| Edit::set(network, None, None));
    conflict(index, &edit, Stop { why, found: None })
}
