//! A path in a configuration, as diagnostics write it: `subnet4[0].pools[1].pool`.

use serde_json::{Map, Value};

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'p> {
    Key(&'p str),
    Index(usize),
}

/// The steps of a path.
pub(crate) fn parts(path: &str) -> impl Iterator<Item = Part<'_>> {
    path.split(['.', '[']).filter(|part| !part.is_empty()).map(|part| match part.strip_suffix(']') {
        Some(index) => index.parse().map_or(Part::Key(part), Part::Index),
        None => Part::Key(part),
    })
}

/// What stands at a path.
pub(super) fn get<'v>(root: &'v Value, path: &str) -> Option<&'v Value> {
    parts(path).try_fold(root, |here, part| match part {
        Part::Key(key) => here.get(key),
        Part::Index(index) => here.get(index),
    })
}

/// Puts a value at a path; `None` takes out what stands there. Maps and lists on the way are made where they are not;
/// a map that loses its last member stays.
pub(super) fn set(root: &mut Value, path: &str, value: Option<Value>) {
    let all: Vec<Part<'_>> = parts(path).collect();
    let Some((last, way)) = all.split_last() else { return };
    let mut here = root;
    for (index, part) in way.iter().enumerate() {
        let is_list = matches!(all.get(index + 1), Some(Part::Index(_)));
        let next = match part {
            Part::Key(key) => {
                let Some(map) = here.as_object_mut() else { return };
                if value.is_none() && !map.contains_key(*key) {
                    return;
                }
                let empty = if is_list { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
                Some(map.entry(*key).or_insert(empty))
            }
            Part::Index(index) => here.get_mut(*index),
        };
        let Some(next) = next else { return };
        here = next;
    }
    match (last, value) {
        (Part::Key(key), Some(value)) => {
            if let Some(map) = here.as_object_mut() {
                map.insert((*key).to_owned(), value);
            }
        }
        (Part::Key(key), None) => {
            if let Some(map) = here.as_object_mut() {
                map.remove(*key);
            }
        }
        (Part::Index(index), value) => {
            let Some(list) = here.as_array_mut() else { return };
            match value {
                Some(value) if *index < list.len() => {
                    if let Some(place) = list.get_mut(*index) {
                        *place = value;
                    }
                }
                Some(value) => list.push(value),
                None if *index < list.len() => drop(list.remove(*index)),
                None => {}
            }
        }
    }
}

/// The path of the object around what a path names, and the name in it.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

/// The path of a key of the object at a path.
pub fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_path_is_read_step_by_step() {
        let read: Vec<Part<'_>> = parts("subnet4[0].pools[12].pool").collect();
        let expected =
            [Part::Key("subnet4"), Part::Index(0), Part::Key("pools"), Part::Index(12), Part::Key("pool")];
        assert_eq!(read, expected);
        assert_eq!(parts("").count(), 0);
    }

    #[test]
    fn values_are_put_and_taken_out() {
        let mut root = json!({"a": 1});
        set(&mut root, "b.c", Some(json!(2)));
        set(&mut root, "list[0]", Some(json!({"x": 1})));
        set(&mut root, "list[0].y", Some(json!(2)));
        assert_eq!(root, json!({"a": 1, "b": {"c": 2}, "list": [{"x": 1, "y": 2}]}));
        assert_eq!(get(&root, "list[0].y"), Some(&json!(2)));
        for (path, expected) in [
            ("list[0].y", json!({"a": 1, "b": {"c": 2}, "list": [{"x": 1}]})),
            ("list[0]", json!({"a": 1, "b": {"c": 2}, "list": []})),
            ("nobody.here", json!({"a": 1, "b": {"c": 2}, "list": []})),
            ("b.c", json!({"a": 1, "b": {}, "list": []})),
            ("a.b.c", json!({"a": 1, "b": {}, "list": []})),
            ("list[7]", json!({"a": 1, "b": {}, "list": []})),
        ] {
            set(&mut root, path, None);
            assert_eq!(root, expected, "{path}");
        }
    }
}
