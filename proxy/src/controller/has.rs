//! Which side of a change a Kea is on.

use super::{daemon::Reading, verify};
use perch_shared::{
    change::{self, Edit},
    config::Config,
};

/// Which side of a change a Kea is on. Its `config-set` is taken wholly or not at all.
#[derive(Debug, Clone)]
pub(super) enum Has {
    /// It does not have it.
    Before,
    /// It has it.
    After {
        /// What it is to run when the change is taken back; `None`: it cannot be.
        before: Option<Reading>,
    },
    /// It has neither: somebody else has changed the same since.
    Other {
        /// What it is to run without what it has of the change; `None`: that cannot be told.
        before: Option<Reading>,
    },
}

/// Which side a Kea is on that runs `now`. `before` is what it ran; `hashes` are those of what it ran before and of
/// what was read back after.
pub(super) fn has(now: &Reading, before: Option<&Config>, hashes: [Option<&str>; 2], edits: &[Edit]) -> Has {
    let [old, new] = hashes.map(|hash| hash == Some(now.hash.as_str()));
    if old {
        return Has::Before;
    }
    let fits = change::plan(&now.config, now.version, edits).is_ok();
    let there = new || (!fits && change::missing(&now.config, edits).is_empty());
    if there {
        return Has::After { before: without(now, before, hashes[0], edits) };
    }
    if fits {
        return Has::Before;
    }
    let there: Vec<Edit> = edits.iter().filter(|edit| is_there(&now.config, edit)).cloned().collect();
    Has::Other { before: taken_back(now, &there) }
}

fn is_there(config: &Config, edit: &Edit) -> bool {
    change::missing(config, std::slice::from_ref(edit)).is_empty()
}

/// What a Kea is to run without the change: what it ran before, and, where somebody else has changed it since, what
/// it runs now with the change taken back.
fn without(now: &Reading, before: Option<&Config>, hash: Option<&str>, edits: &[Edit]) -> Option<Reading> {
    let version = now.version;
    if let (Some(before), Some(hash)) = (before, hash)
        && let Ok(planned) = change::plan(before, version, edits)
        && verify::is_only(&planned.expected, edits, &now.config)
    {
        return Some(Reading { version, config: before.clone(), hash: hash.to_owned() });
    }
    taken_back(now, edits)
}

/// What a Kea runs, with edits that are there taken back.
fn taken_back(now: &Reading, edits: &[Edit]) -> Option<Reading> {
    let undo: Vec<Edit> = edits.iter().rev().map(Edit::invert).collect();
    let config = change::plan(&now.config, now.version, &undo).ok()?.config;
    // What Kea makes of it is not known: it has to be read.
    Some(Reading { version: now.version, config, hash: String::new() })
}
