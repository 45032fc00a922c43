//! What edits make of the configuration that a daemon runs.

use super::{Edit, Place, apply::carry_out, spell};
use crate::{
    KeaVersion,
    api::Conflict,
    config::{Config, freeze, thaw},
};
use serde_json::Value;

/// A configuration with edits carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What Kea runs now, with what subnets inherit left out: what `config` is to be compared with.
    pub before: Config,
    /// What is sent to Kea: what subnets inherit stays inherited.
    pub config: Config,
    /// The edits as they were carried out: in the spelling of the version, with what they found and where it stood. The
    /// inverses of these, in reverse order, leave exactly what was before.
    pub edits: Vec<Edit>,
}

impl Planned {
    /// What `config-get` is expected to show afterwards.
    pub fn expected(&self) -> Config {
        shown(self.config.clone())
    }
}

/// What `config-get` is expected to show of a configuration that was sent to Kea: the same with what is inherited
/// printed everywhere.
pub fn shown(mut config: Config) -> Config {
    freeze(&mut config);
    config
}

/// Carries edits out on what `config-get` printed, in the spelling of that daemon's version.
///
/// # Errors
/// When an edit does not find what it expects: every such edit, with what is there instead.
pub fn plan(running: &Config, version: KeaVersion, edits: &[Edit]) -> Result<Planned, Vec<Conflict>> {
    let mut before = running.clone();
    thaw(&mut before);
    let edits: Vec<Edit> = edits.iter().map(|edit| spell(edit, version)).collect();
    let (mut config, edits) = carry_out(&before, &edits)?;
    drop_empty(&mut config);
    Ok(Planned { before, config, edits })
}

/// Takes out the lists that Kea's reader of files refuses where they are empty: without them Kea does the same.
fn drop_empty(config: &mut Config) {
    let Some(root) = config.root.as_object_mut() else { return };
    for key in ["client-classes", "loggers"] {
        if root.get(key).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            root.remove(key);
        }
    }
}

/// The edits of which nothing is to be seen in what a daemon runs: what they add is not there, what they remove
/// still is. A value that Kea shows in another spelling is there.
pub fn missing<'e>(running: &Config, edits: &'e [Edit]) -> Vec<&'e Edit> {
    let mut bench = super::apply::Bench::new(running);
    let mut missing: Vec<&Edit> = Vec::new();
    for (index, edit) in edits.iter().enumerate().rev() {
        let undo = edit.invert();
        if bench.try_edit(index, &undo).is_ok() {
            continue;
        }
        let found = bench.value_at(&undo.place);
        if found.is_some() != undo.before.is_some() {
            missing.push(edit);
        }
    }
    missing.reverse();
    missing
}

/// The places where what a daemon runs is not what was expected after the edits: another spelling of Kea's that Perch
/// does not know, or somebody else's change. The defaults that Kea fills in where an edit leaves them out are none.
pub fn strays(expected: &Config, running: &Config, edits: &[Edit]) -> Vec<String> {
    let (mut expected, mut running) = (expected.clone(), running.clone());
    thaw(&mut expected);
    thaw(&mut running);
    let touched: Vec<Place> = edits.iter().map(Edit::place_after).collect();
    let is_default = |edit: &Edit| {
        edit.before.is_none()
            && touched.iter().any(|place| place.contains(&edit.place) && *place != edit.place)
    };
    let strays = super::edits_between(&expected, &running).into_iter().filter(|edit| !is_default(edit));
    strays.map(|edit| edit.place.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Family;
    use serde_json::json;

    #[test]
    fn the_last_class_goes_with_its_list() {
        let class = json!({"name": "guests", "test": "option[60].exists"});
        let root = json!({"client-classes": [class.clone()], "valid-lifetime": 4000});
        let running = Config { family: Family::V4, root };
        let place = super::super::Place::root().class("guests");
        let planned = plan(&running, KeaVersion::new(2, 6, 3), &[Edit::remove(place, class)]).unwrap();
        assert_eq!(planned.config.root, json!({"valid-lifetime": 4000}));
    }
}
