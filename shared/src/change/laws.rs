//! Laws of edits and differences, on generated configurations.

use super::{Edit, apply, diff};
use crate::{Family, config::Config, option::OptionData};
use proptest::{prelude::*, sample::Index};
use serde_json::{Map, Value, json};

/// An `option-data` entry as `config-get` prints it.
fn option() -> impl Strategy<Value = OptionData> {
    let context = prop_oneof![Just(None), "[a-zé]{0,3}".prop_map(Some)];
    (1u16..9, any::<bool>(), "[a-z0-9,. ]{0,8}", any::<bool>(), context).prop_map(
        |(code, vendor, data, always, context)| {
            let rest = context.map(|text| ("user-context".to_owned(), json!({"comment": text, "n": null})));
            OptionData {
                code: Some(code),
                space: if vendor { "vendor-1".to_owned() } else { String::new() },
                data,
                always_send: Some(always),
                rest: Map::from_iter(rest),
                ..OptionData::default()
            }
        },
    )
}

fn config() -> impl Strategy<Value = Config> {
    let unknown = proptest::collection::btree_map("[a-z-]{1,6}", any::<i64>(), 0..4);
    (proptest::collection::vec(option(), 0..6), unknown).prop_map(|(options, unknown)| {
        let mut root =
            Map::from_iter(unknown.into_iter().map(|(key, number)| (key, json!({"odd": [number, null]}))));
        let options = options.iter().map(|option| serde_json::to_value(option).unwrap()).collect();
        root.insert("option-data".to_owned(), Value::Array(options));
        Config { family: Family::V4, root: Value::Object(root) }
    })
}

/// An edit that may or may not fit the configuration.
fn edit(config: &Config, (which, index, other): (u8, Index, OptionData)) -> Edit {
    let options = config.options();
    let before = if options.is_empty() { other.clone() } else { options[index.index(options.len())].clone() };
    match which % 3 {
        0 => Edit::SetOption { before: None, after: other },
        1 => Edit::SetOption { before: Some(before), after: other },
        _ => Edit::RemoveOption { before },
    }
}

fn edit_seed() -> impl Strategy<Value = (u8, Index, OptionData)> {
    (any::<u8>(), any::<Index>(), option())
}

/// The configuration with the global options in an order that does not depend on how they came there.
fn sorted(config: &Config) -> Value {
    let mut root = config.root.clone();
    if let Some(options) = root["option-data"].as_array_mut() {
        options.sort_by_key(ToString::to_string);
    }
    root
}

/// Whether two options have one space and code.
fn repeats(config: &Config) -> bool {
    let identity = |option: &OptionData| (option.space.clone(), option.code);
    let all: std::collections::BTreeSet<_> = config.options().iter().map(identity).collect();
    all.len() < config.options().len()
}

proptest! {
    #[test]
    fn an_edit_and_its_inverse_leave_the_same_configuration(config in config(), seed in edit_seed()) {
        let edit = edit(&config, seed);
        if let Ok(after) = apply(&config, std::slice::from_ref(&edit)) {
            // An inverse that adds is refused beside an equal option: Kea accepts repetitions, edits make none.
            if let Ok(again) = apply(&after, &[edit.invert()]) {
                prop_assert_eq!(sorted(&again), sorted(&config));
            } else {
                prop_assert!(repeats(&config), "{:?}", edit);
            }
        }
    }

    #[test]
    fn what_an_edit_does_not_name_stays(config in config(), seed in edit_seed()) {
        let edit = edit(&config, seed);
        let Ok(after) = apply(&config, std::slice::from_ref(&edit)) else { return Ok(()) };
        let (mut before, mut after) = (config.root.clone(), after.root);
        before["option-data"].take();
        after["option-data"].take();
        prop_assert_eq!(before, after);
    }

    #[test]
    fn an_edits_differences_are_where_it_touches(config in config(), seed in edit_seed()) {
        let edit = edit(&config, seed);
        let Ok(after) = apply(&config, std::slice::from_ref(&edit)) else { return Ok(()) };
        let places: Vec<String> = edit.touches().iter().map(|place| place.trim_end_matches(']').to_owned()).collect();
        for difference in diff(&config.root, &after.root) {
            prop_assert!(places.iter().any(|place| difference.path.starts_with(place)), "{} {places:?}", difference.path);
        }
    }

    #[test]
    fn only_a_conflict_leaves_everything(config in config(), seeds in proptest::collection::vec(edit_seed(), 1..4)) {
        let edits: Vec<Edit> = seeds.into_iter().map(|seed| edit(&config, seed)).collect();
        if let Err(conflicts) = apply(&config, &edits) {
            prop_assert!(!conflicts.is_empty() && conflicts.len() <= edits.len());
        }
    }

    #[test]
    fn a_difference_is_there_exactly_when_something_changed(before in config(), after in config()) {
        prop_assert!(diff(&before.root, &before.root).is_empty());
        let (there, back) = (diff(&before.root, &after.root), diff(&after.root, &before.root));
        prop_assert_eq!(there.is_empty(), back.is_empty());
        let turned: Vec<_> = back.into_iter().map(|d| (d.path, d.after, d.before)).collect();
        let mut there: Vec<_> = there.into_iter().map(|d| (d.path, d.before, d.after)).collect();
        let mut turned = turned;
        there.sort_by(|a, b| a.0.cmp(&b.0));
        turned.sort_by(|a, b| a.0.cmp(&b.0));
        prop_assert_eq!(there, turned);
    }
}
