//! What edits make of the configuration that a daemon runs.

use super::{Edit, Place, apply::carry_out, spell};
use crate::{
    KeaVersion,
    api::Conflict,
    config::{Config, freeze, thaw},
};

/// A configuration with edits carried out, in both its forms.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What Kea runs now, with what subnets inherit left out: what `config` is to be compared with.
    pub before: Config,
    /// What is sent to Kea: what subnets inherit stays inherited.
    pub config: Config,
    /// The edits as they were carried out: in the spelling of the version, with what they found and where it stood. The
    /// inverses of these, in reverse order, leave exactly what was before.
    pub edits: Vec<Edit>,
    /// What `config-get` is expected to show afterwards: the same with what is inherited printed everywhere.
    pub expected: Config,
}

/// Carries edits out on what `config-get` printed, in the spelling of that daemon's version.
///
/// # Errors
/// When an edit does not find what it expects: every such edit, with what is there instead.
pub fn plan(running: &Config, version: KeaVersion, edits: &[Edit]) -> Result<Planned, Vec<Conflict>> {
    let mut before = running.clone();
    thaw(&mut before);
    let edits: Vec<Edit> = edits.iter().map(|edit| spell(edit, version)).collect();
    let (config, edits) = carry_out(&before, &edits)?;
    let mut expected = config.clone();
    freeze(&mut expected);
    Ok(Planned { before, config, edits, expected })
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
