//! Typed edits on real Keas: what was meant is there afterwards, the undo leaves what was before, and hook commands
//! leave what `config-set` leaves.

mod cases;
mod granular;
mod round_trip;

use perch_shared::{Family, change::diff, command::mend, config::Config};
use perch_tests::lab::Lab;
use serde_json::json;

/// What the daemon runs, with its text mended so that it can be sent back.
fn running(lab: &Lab, family: Family) -> Config {
    let mut root = lab.running(family);
    mend(&mut root);
    Config { family, root }
}

/// Has the daemon run the configuration.
fn send(lab: &Lab, config: &Config, what: &str) {
    let answer =
        lab.ask(config.family, &json!({"command": "config-set", "arguments": config.to_arguments()}));
    assert_eq!(answer["result"], 0, "{} {what}: {answer}", lab.version());
}

fn assert_same(left: &Config, right: &Config, what: &str) {
    assert_eq!(diff(&left.root, &right.root), [], "{what}");
    assert!(left == right, "{what}: only the order differs");
}
