//! `--fix`: making the changes that are certain, and nothing else.

use super::outcome::Checked;
use perch_shared::json::{Lines, TextEdit};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// A change can make another one possible; so often at most.
const ROUNDS: usize = 10;

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Makes every change that is certain; `checked` is then what is found in the changed text.
pub(super) fn mend(
    bytes: &mut Vec<u8>,
    checked: &mut Checked,
    check: impl Fn(&[u8]) -> Option<Checked>,
) -> Vec<Made> {
    let mut made = Vec::new();
    for _ in 0..ROUNDS {
        let (edits, round) = chosen(checked);
        if edits.is_empty() {
            break;
        }
        let changed = apply(bytes, &edits);
        let Some(after) = check(&changed) else { break };
        // A change that leaves more mistakes than there were is no mending.
        if refusals(&after) > refusals(checked) {
            break;
        }
        *bytes = changed;
        *checked = after;
        made.extend(round);
    }
    made
}

fn refusals(checked: &Checked) -> usize {
    checked.found.iter().filter(|found| found.diagnostic.is_error()).count()
}

/// The changes of one round: of those that are in conflict, the first.
fn chosen(checked: &Checked) -> (Vec<TextEdit>, Vec<Made>) {
    let lines = Lines::new(&checked.text);
    let (mut edits, mut made): (Vec<TextEdit>, Vec<Made>) = Default::default();
    let mut by_place: Vec<_> =
        checked.found.iter().filter_map(|found| Some((found, found.diagnostic.fix.as_ref()?))).collect();
    by_place.sort_by_key(|(_, fix)| fix.edits.iter().map(|edit| edit.span.start).min());
    // What is taken, by place. None is in conflict with another, so a new one can be so with its neighbours only.
    let mut taken: BTreeMap<(usize, usize), TextEdit> = BTreeMap::new();
    for (found, fix) in by_place {
        let is_free = |edit: &TextEdit| {
            let before = taken.range(..=(edit.span.start, usize::MAX)).next_back();
            let behind = taken.range((edit.span.start.saturating_add(1), 0)..).next();
            !before.into_iter().chain(behind).any(|(_, other)| edit.conflicts_with(other))
        };
        if fix.edits.is_empty() || !fix.edits.iter().all(is_free) {
            continue;
        }
        let place = lines.place(found.diagnostic.span.as_ref().map_or(0, |span| span.start));
        made.push(Made {
            code: found.diagnostic.code.clone(),
            title: fix.title.clone(),
            line: place.line,
            column: place.column,
        });
        taken.extend(fix.edits.iter().map(|edit| ((edit.span.start, edit.span.end), edit.clone())));
        edits.extend(fix.edits.iter().cloned());
    }
    (edits, made)
}

fn apply(bytes: &[u8], edits: &[TextEdit]) -> Vec<u8> {
    let mut sorted: Vec<&TextEdit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    for edit in sorted {
        out.extend_from_slice(bytes.get(at..edit.span.start).unwrap_or_default());
        out.extend_from_slice(edit.text.as_bytes());
        at = edit.span.end;
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    out
}

/// Replaces a file as a whole: there is always the old or the new one, with the old one's permissions and owner.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // What a link points to is replaced, not the link.
    let path = path.canonicalize()?;
    let old = fs::metadata(&path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.perch-{}", std::process::id()));
    let write = || {
        let mut file = File::options().write(true).create_new(true).open(&temporary)?;
        file.set_permissions(old.permissions())?;
        keep_owner(&file, &old)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, &path)
    };
    write().inspect_err(|_| drop(fs::remove_file(&temporary)))
}

#[cfg(unix)]
fn keep_owner(file: &File, old: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let new = file.metadata()?;
    if (new.uid(), new.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    fchown(file, Some(old.uid()), Some(old.gid()))?;
    // Changing the owner takes some permissions away.
    file.set_permissions(old.permissions())
}
