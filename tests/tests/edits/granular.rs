//! Hook commands leave what `config-set` leaves, and can be taken back.

use crate::{
    assert_same,
    cases::{Case, World},
    running, send,
};
use perch_shared::{
    Family,
    change::{HookStep, granular, plan},
    config::Config,
    status::command_names,
};
use perch_tests::lab::{Lab, load_changing_hooks};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What hook commands do in both families.
const DONE: [&str; 12] = [
    "class at the end",
    "class test",
    "class removed",
    "subnet",
    "subnet removed",
    "pool",
    "pool changed",
    "pool removed",
    "reservation",
    "reservation changed",
    "reservation removed",
    "inherits again",
];

/// What they do with `rapid-commit` left to the shared network, which DHCPv4 does not have.
const DONE_IN_NETWORKS: [&str; 5] = [
    "subnet in a network",
    "subnet into a network",
    "subnet out of a network",
    "subnet to another network",
    "subnet of a network",
];

fn lab() -> Option<Lab> {
    let mut lab = Lab::open("3.0.4")?;
    for family in Family::ALL {
        lab.start_with(family, load_changing_hooks);
    }
    Some(lab)
}

fn commands(lab: &Lab, family: Family) -> BTreeSet<String> {
    let answer = lab.ask(family, &json!({"command": "list-commands"}));
    command_names(&answer["arguments"]).into_iter().collect()
}

fn run(lab: &Lab, family: Family, command: &impl serde::Serialize, what: &str) {
    let command = serde_json::to_value(command).unwrap();
    let answer: Value = lab.ask(family, &command);
    assert_eq!(answer["result"], 0, "{what}: {command} {answer}");
}

fn undo(lab: &Lab, family: Family, steps: &[HookStep], what: &str) {
    steps.iter().rev().for_each(|step| run(lab, family, &step.undo, what));
}

#[test]
fn hook_commands_leave_what_config_set_leaves() {
    let Some(lab) = lab() else { return };
    for family in Family::ALL {
        let world = World { family, version: lab.version() };
        let base = world.base(&running(&lab, family).root);
        send(&lab, &base, "base");
        let (before, commands) = (running(&lab, family), commands(&lab, family));
        let mut names = BTreeSet::new();
        for Case { name, edits } in world.cases(&before) {
            let what =
                format!("{family} {name} {:?}", edits.iter().map(|edit| edit.describe()).collect::<Vec<_>>());
            let planned = plan(&before, lab.version(), &edits).unwrap();
            let steps = granular(&planned, &before, &commands, lab.version());
            let Some(steps) = steps else { continue };
            names.insert(name);
            send(&lab, &planned.config, &what);
            let expected: Config = running(&lab, family);
            send(&lab, &base, &what);
            steps.iter().for_each(|step| run(&lab, family, &step.run, &what));
            assert_same(&running(&lab, family), &expected, &format!("{what} {steps:#?}"));
            undo(&lab, family, &steps, &what);
            assert_same(&running(&lab, family), &before, &format!("{what} undo {steps:#?}"));
        }
        for name in DONE {
            assert!(names.contains(name), "{family} {name}: no hook command: {names:?}");
        }
        for name in DONE_IN_NETWORKS {
            assert_eq!(names.contains(name), family == Family::V4, "{family} {name}: {names:?}");
        }
        for name in
            ["class first", "class moved", "class in between", "network", "global", "property", "definition"]
        {
            assert!(!names.contains(name), "{family} {name}: only config-set does it");
        }
        let nothing = plan(&before, lab.version(), &[]).unwrap();
        assert_eq!(granular(&nothing, &before, &commands, lab.version()), None);
        let class = world.cases(&before).into_iter().find(|case| case.name == "class at the end").unwrap();
        let planned = plan(&before, lab.version(), &class.edits).unwrap();
        for other in ["2.6.3", "3.1.0", "3.2.0"] {
            assert_eq!(granular(&planned, &before, &commands, other.parse().unwrap()), None, "{other}");
        }
        assert_eq!(granular(&planned, &before, &BTreeSet::new(), lab.version()), None);
    }
}
