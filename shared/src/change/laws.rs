//! Laws of edits and differences, on generated configurations.

use super::{
    Edit, Place, Position, Step, apply, diff, edits_between, flat::Flat, identity::Identities, merge,
};
use crate::{
    Family,
    config::{Config, thaw},
};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::{Map, Value, json};

const CLASSES: [&str; 4] = ["a", "b", "c", "d"];

fn map(keys: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    Value::Object(keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A map's keys that are set, and one that nobody knows.
fn extras() -> impl Strategy<Value = Map<String, Value>> {
    (proptest::option::of(1u32..4), proptest::option::of("[a-zé]{0,3}"), proptest::option::of(any::<i64>()))
        .prop_map(|(lifetime, comment, odd)| {
            let mut map = Map::new();
            map.extend(lifetime.map(|value| ("valid-lifetime".to_owned(), json!(value))));
            map.extend(comment.map(|text| ("user-context".to_owned(), json!({"comment": text, "n": null}))));
            map.extend(odd.map(|value| ("x-odd".to_owned(), json!({"kept": [value, null]}))));
            map
        })
}

fn with(mut object: Value, extras: Map<String, Value>) -> Value {
    object.as_object_mut().unwrap().extend(extras);
    object
}

/// Objects with different identities.
fn distinct(numbers: &[u8]) -> Vec<u8> {
    let mut seen = std::collections::BTreeSet::new();
    numbers.iter().copied().filter(|number| seen.insert(*number)).collect()
}

fn options() -> impl Strategy<Value = Value> {
    vec((1u8..6, "[a-z0-9,. ]{1,8}", any::<bool>()), 0..4).prop_map(|options| {
        let codes = distinct(&options.iter().map(|option| option.0).collect::<Vec<_>>());
        let find = |code: &u8| options.iter().find(|option| option.0 == *code).unwrap();
        codes
            .iter()
            .map(find)
            .map(|(code, data, always)| json!({"code": code, "data": data, "always-send": always, "space": "vendor-1"}))
            .collect()
    })
}

fn subnet() -> impl Strategy<Value = (u8, Value)> {
    (1u8..8, extras(), options(), vec(0u8..4, 0..3), vec(0u8..4, 0..3)).prop_map(|(id, extras, options, pools, hosts)| {
        let pools: Vec<Value> = distinct(&pools)
            .iter()
            .map(|pool| json!({"pool": format!("10.{id}.{pool}.0-10.{id}.{pool}.9"), "option-data": []}))
            .collect();
        let hosts: Vec<Value> = distinct(&hosts)
            .iter()
            .map(|host| json!({"hw-address": format!("1a:00:00:00:00:0{host}"), "hostname": format!("h{host}")}))
            .collect();
        let subnet = json!({"id": id, "subnet": format!("10.{id}.0.0/16"), "option-data": options, "pools": pools, "reservations": hosts});
        (id, with(subnet, extras))
    })
}

fn class() -> impl Strategy<Value = Map<String, Value>> {
    extras()
}

fn config() -> impl Strategy<Value = Config> {
    let parts = (options(), vec((subnet(), 0u8..3), 0..5), vec(class(), 0..4), extras(), any::<u64>());
    parts.prop_map(|(options, subnets, classes, extras, order)| {
        let ids = distinct(&subnets.iter().map(|((id, _), _)| *id).collect::<Vec<_>>());
        let mut lists: [Vec<Value>; 3] = Default::default();
        for id in ids {
            let ((_, subnet), network) = subnets.iter().find(|((other, _), _)| *other == id).unwrap();
            lists[usize::from(*network)].push(subnet.clone());
        }
        let [plain, one, two] = lists;
        let mut names: Vec<&str> = CLASSES.iter().copied().take(classes.len()).collect();
        let turn = usize::try_from(order % 4).unwrap().min(names.len());
        names.rotate_left(turn);
        let classes: Vec<Value> =
            names.iter().zip(classes).map(|(name, extras)| with(json!({"name": name}), extras)).collect();
        let root = json!({
            "option-data": options,
            "subnet4": plain,
            "shared-networks": [{"name": "one", "subnet4": one, "t1-percent": 0.5}, {"name": "two", "subnet4": two}],
            "client-classes": classes,
            "interfaces-config": {"interfaces": ["*"]},
        });
        Config { family: Family::V4, root: with(root, extras) }
    })
}

/// The configuration in an order that does not depend on how things came there; classes keep theirs.
fn sorted(config: &Config) -> Value {
    fn sort(key: &str, value: &mut Value) {
        match value {
            Value::Array(items) => {
                items.iter_mut().for_each(|item| sort("", item));
                if !matches!(key, "client-classes") {
                    items.sort_by_key(ToString::to_string);
                }
            }
            Value::Object(map) => map.iter_mut().for_each(|(key, value)| sort(key, value)),
            _ => {}
        }
    }
    let mut root = config.root.clone();
    sort("", &mut root);
    root
}

fn thawed(config: &Config) -> Config {
    let mut config = config.clone();
    thaw(&mut config);
    config
}

/// Whether two configurations say the same.
fn same(left: &Config, right: &Config) -> bool {
    let flat = |config: &Config| Flat::of(config.family, thawed(config).root).root;
    Identities::of(left).same(&Place::root(), Some(&flat(left)), Some(&flat(right)))
        && class_order(left) == class_order(right)
}

fn class_order(config: &Config) -> Vec<Value> {
    let classes = config.root["client-classes"].as_array();
    classes.into_iter().flatten().map(|class| class["name"].clone()).collect()
}

/// An edit that may or may not fit: one of those that lead from one configuration to another, with its value turned.
fn edits(from: &Config, to: &Config) -> Vec<Edit> {
    edits_between(from, to)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn the_edits_between_two_configurations_make_one_of_the_other(before in config(), after in config()) {
        let edits = edits(&before, &after);
        let made = apply(&before, &edits).map_err(|conflicts| TestCaseError::fail(format!("{conflicts:#?}")))?;
        prop_assert!(same(&made, &after), "{:#?}\n{}\n{}", edits, made.root, after.root);
        prop_assert_eq!(edits_between(&before, &before), []);
    }

    #[test]
    fn edits_and_their_inverses_leave_the_same_configuration(before in config(), after in config()) {
        let edits = edits(&before, &after);
        let made = apply(&before, &edits).unwrap();
        let undo: Vec<Edit> = edits.iter().rev().map(Edit::invert).collect();
        let again = apply(&made, &undo).map_err(|conflicts| TestCaseError::fail(format!("{edits:#?} {conflicts:#?}")))?;
        prop_assert!(same(&again, &before), "{:#?}", edits);
    }

    #[test]
    fn one_edit_and_its_inverse_leave_every_byte(before in config(), after in config(), index in any::<Index>()) {
        let edits = edits(&before, &after);
        if edits.is_empty() { return Ok(()) }
        let index = index.index(edits.len());
        let edit = &edits[index];
        // Shared networks come and go with their subnets, so not every beginning of the list stands alone.
        if let Ok(before) = apply(&before, &edits[..index]) && let Ok(made) = apply(&before, std::slice::from_ref(edit)) {
            let again = apply(&made, &[edit.invert()]).map_err(|conflicts| TestCaseError::fail(format!("{edit:#?} {conflicts:#?}")))?;
            prop_assert_eq!(sorted(&thawed(&again)), sorted(&thawed(&before)), "{:#?}", edit);
        }
        prop_assert_eq!(&edit.invert().invert(), edit);
        let text = serde_json::to_string(edit).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Edit>(&text).unwrap(), edit);
        prop_assert!(!edit.describe().ends_with('.') && !edit.describe().is_empty());
    }

    #[test]
    fn an_edits_differences_are_where_it_touches(before in config(), after in config(), index in any::<Index>()) {
        let edits = edits(&before, &after);
        if edits.is_empty() { return Ok(()) }
        let edit = &edits[index.index(edits.len())];
        let Ok(made) = apply(&before, std::slice::from_ref(edit)) else { return Ok(()) };
        let places = edit.touches();
        let is_move = edit.before.is_none() && edit.after.is_none();
        for difference in diff(&before.root, &made.root) {
            let inside = |place: &String| difference.path.starts_with(place.as_str());
            prop_assert!(is_move || places.iter().any(inside), "{} {places:?}", difference.path);
        }
    }

    #[test]
    fn what_two_people_do_to_different_objects_is_merged(base in config(), mine in config(), theirs in config()) {
        let (mine, others) = (edits(&base, &mine), edits(&base, &theirs));
        let merged = merge(&base, &mine, &theirs);
        prop_assert!(apply(&theirs, &merged.edits).is_ok());
        let moves = |edits: &[Edit]| edits.iter().any(|edit| matches!(edit.place.last(), Some(Step::ClientClass(_))));
        if moves(&mine) && moves(&others) { return Ok(()) }
        for conflict in &merged.conflicts {
            let edit = &mine[conflict.index];
            let near = |other: &Edit| other.place.contains(&edit.place) || edit.place.contains(&other.place);
            prop_assert!(others.iter().any(near), "{conflict:#?} {others:#?}");
        }
    }

    #[test]
    fn a_difference_is_there_exactly_when_something_changed(before in config(), after in config()) {
        prop_assert!(diff(&before.root, &before.root).is_empty());
        let (there, back) = (diff(&before.root, &after.root), diff(&after.root, &before.root));
        prop_assert_eq!(there.is_empty(), back.is_empty());
        let mut turned: Vec<_> = back.into_iter().map(|d| (d.path, d.after, d.before)).collect();
        let mut there: Vec<_> = there.into_iter().map(|d| (d.path, d.before, d.after)).collect();
        there.sort_by(|a, b| a.0.cmp(&b.0));
        turned.sort_by(|a, b| a.0.cmp(&b.0));
        prop_assert_eq!(there, turned);
    }
}

#[test]
fn a_class_goes_where_it_shall_and_back() {
    let config = |names: &[&str]| Config {
        family: Family::V4,
        root: json!({"client-classes": names.iter().map(|name| map([("name", json!(name))])).collect::<Vec<_>>()}),
    };
    let before = config(&["a", "b", "c"]);
    for (name, from, to, expected) in [
        ("c", Position::After("b".into()), Position::First, ["c", "a", "b"]),
        ("a", Position::First, Position::After("c".into()), ["b", "c", "a"]),
        ("b", Position::After("a".into()), Position::After("c".into()), ["a", "c", "b"]),
        ("c", Position::After("b".into()), Position::After("a".into()), ["a", "c", "b"]),
    ] {
        let edit = Edit::move_to(Place::root().class(name), from, to);
        let after = apply(&before, std::slice::from_ref(&edit)).unwrap();
        assert_eq!(after, config(&expected));
        assert_eq!(apply(&after, &[edit.invert()]).unwrap(), before);
    }
}

/// Without an index it takes minutes.
#[test]
fn thousands_of_subnets_are_changed_in_seconds() {
    let subnet = |number: u32| {
        let prefix = format!("10.{}.{}.0/24", number / 256, number % 256);
        (
            Place::root().subnet(u64::from(number) + 1, prefix.clone()),
            json!({"id": number + 1, "subnet": prefix}),
        )
    };
    let (old, new) = (0..4000, 4000..8000);
    let root = json!({"subnet4": old.clone().map(|number| subnet(number).1).collect::<Vec<_>>()});
    let config = Config { family: Family::V4, root };
    let mut edits: Vec<Edit> = new.map(subnet).map(|(place, value)| Edit::add(place, value)).collect();
    edits.extend(old.map(|number| Edit::set(subnet(number).0.key("renew-timer"), None, Some(json!(60)))));
    let after = apply(&config, &edits).unwrap();
    assert_eq!(after.root["subnet4"].as_array().unwrap().len(), 8000);
    assert_eq!(edits_between(&config, &after).len(), edits.len());
}
