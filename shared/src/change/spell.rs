//! One edit in the words of each version of Kea.

use super::{
    Edit, Place, Step,
    printed::{name_for, newest_name},
};
use crate::{
    KeaVersion,
    schema::{Object, Schema},
};
use serde_json::{Map, Value};

/// The edit in the words of a version: `client-classes` is `client-class` before Kea 2.7.5, and so on. What that
/// version cannot say stays as it is, and the rules refuse it.
#[must_use]
pub fn spell(edit: &Edit, version: KeaVersion) -> Edit {
    let mut spelt = edit.clone();
    let object = object_at(&edit.place);
    if let Some(Step::Key(key)) = edit.place.last() {
        let Some(parent) = object_at(&edit.place.parent()) else { return spelt };
        let rename = |value: &Option<Value>| {
            let value = value.as_ref()?;
            name_for(version, parent, key, value).or_else(|| Some(newest_name(parent, key, value)))
        };
        let after = rename(&edit.after);
        let name = after.as_ref().or(rename(&edit.before).as_ref()).map(|(name, _)| name.clone());
        if let (Some(name), Some(Step::Key(key))) = (name, spelt.place.steps.last_mut()) {
            *key = name;
        }
        spelt.after = after.map(|(_, value)| value);
    }
    if let (Some(object), Some(after)) = (object, &spelt.after) {
        spelt.after = Some(within(version, object, after));
    }
    spelt
}

fn within(version: KeaVersion, object: Object, value: &Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| {
                    let (key, value) = name_for(version, object, key, value)
                        .unwrap_or_else(|| newest_name(object, key, value));
                    let value = match Schema::child_of(object, &key) {
                        Some(child) => within(version, child, &value),
                        None => value,
                    };
                    (key, value)
                })
                .collect::<Map<_, _>>(),
        ),
        Value::Array(items) => items.iter().map(|item| within(version, object, item)).collect(),
        other => other.clone(),
    }
}

fn object_at(place: &Place) -> Option<Object> {
    place.steps.iter().try_fold(Object::GLOBAL, |object, step| {
        let key = match step {
            Step::Key(key) => key,
            step => step.list()?,
        };
        Schema::child_of(object, key)
    })
}
