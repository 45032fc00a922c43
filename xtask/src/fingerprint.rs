//! Whether the inputs of a long step are still those of its last result.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::paths;

/// Every file below a path, the path itself when it is a file, in order. What does not exist has none.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).with_context(|| path.display().to_string())? {
                open.push(entry?.path());
            }
        } else if path.exists() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// A number made of some words and of the names and contents of all files below some paths.
///
/// # Errors
/// When a file cannot be read.
pub fn of(words: &str, inputs: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    for input in inputs {
        for file in files(input)? {
            file.hash(&mut hasher);
            fs::read(&file).with_context(|| file.display().to_string())?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Whether the stamp of this name holds this fingerprint.
pub fn is_current(stamp: &str, fingerprint: &str) -> bool {
    fs::read_to_string(paths::notes().join(stamp)).is_ok_and(|old| old == fingerprint)
}

/// Remembers a fingerprint.
///
/// # Errors
/// When it cannot be written.
pub fn remember(stamp: &str, fingerprint: &str) -> Result<()> {
    fs::create_dir_all(paths::notes())?;
    let path = paths::notes().join(stamp);
    fs::write(&path, fingerprint).with_context(|| path.display().to_string())
}

/// Forgets a fingerprint, before its result is touched.
///
/// # Errors
/// When it cannot be removed.
pub fn forget(stamp: &str) -> Result<()> {
    let path = paths::notes().join(stamp);
    if path.exists() {
        fs::remove_file(&path).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_contents_and_words_count() {
        let folder = std::env::temp_dir().join(format!("perch-fingerprint-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        let inputs = [folder.clone()];
        let empty = of("x", &inputs).unwrap();
        fs::write(folder.join("inner/a"), "1").unwrap();
        let one = of("x", &inputs).unwrap();
        fs::write(folder.join("inner/a"), "2").unwrap();
        let two = of("x", &inputs).unwrap();
        let other = of("y", &inputs).unwrap();
        fs::rename(folder.join("inner/a"), folder.join("inner/b")).unwrap();
        let renamed = of("x", &inputs).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let all = [empty, one, two, other, renamed];
        for (index, value) in all.iter().enumerate() {
            assert_eq!(all.iter().position(|other| other == value), Some(index), "{all:?}");
        }
    }
}
