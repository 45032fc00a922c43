//! Which side of a change a Kea is on.

use super::{daemon::Reading, held::Held, verify};
use crate::kea::{PackError, Packed};
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
        before: Option<Held>,
    },
    /// It has neither: somebody else has changed the same since.
    Other {
        /// What it is to run without what it has of the change; `None`: that cannot be told.
        before: Option<Held>,
    },
}

/// Which side a Kea is on that runs `now`. `before` is what it ran; `hashes` are those of what it ran before and of
/// what was read back after.
pub(super) fn has(
    now: &Reading,
    before: Option<&Packed>,
    hashes: [Option<&str>; 2],
    edits: &[Edit],
) -> Result<Has, PackError> {
    let [old, new] = hashes.map(|hash| hash == Some(now.hash.as_str()));
    if old {
        return Ok(Has::Before);
    }
    let fits = change::plan(&now.config, now.version, edits).is_ok();
    let there = new || (!fits && change::missing(&now.config, edits).is_empty());
    if there {
        return Ok(Has::After { before: without(now, before, hashes[0], edits)? });
    }
    if fits {
        return Ok(Has::Before);
    }
    let there: Vec<Edit> = edits.iter().filter(|edit| is_there(&now.config, edit)).cloned().collect();
    Ok(Has::Other { before: taken_back(now, &there)? })
}

fn is_there(config: &Config, edit: &Edit) -> bool {
    change::missing(config, std::slice::from_ref(edit)).is_empty()
}

/// What a Kea is to run without the change: what it ran before, and, where somebody else has changed it since, what
/// it runs now with the change taken back.
fn without(
    now: &Reading,
    before: Option<&Packed>,
    hash: Option<&str>,
    edits: &[Edit],
) -> Result<Option<Held>, PackError> {
    if let (Some(before), Some(hash)) = (before, hash) {
        let (version, config) = (now.version, before.tree()?);
        if let Ok(planned) = change::plan(&config, version, edits)
            && verify::is_only(&planned.expected(), edits, &now.config)
        {
            return Held::of(&Reading { version, config, hash: hash.to_owned() }).map(Some);
        }
    }
    taken_back(now, edits)
}

/// What a Kea runs, with edits that are there taken back.
fn taken_back(now: &Reading, edits: &[Edit]) -> Result<Option<Held>, PackError> {
    let undo: Vec<Edit> = edits.iter().rev().map(Edit::invert).collect();
    let Ok(planned) = change::plan(&now.config, now.version, &undo) else { return Ok(None) };
    // What Kea makes of it is not known: it has to be read.
    let (version, config, hash) = (now.version, planned.config, String::new());
    Held::of(&Reading { version, config, hash }).map(Some)
}
