//! Which files a command line means.

use std::{
    collections::VecDeque,
    fs, io,
    path::{Path, PathBuf},
};

/// How the files end that are taken from directories.
const ENDINGS: [&str; 3] = ["conf", "json", "kea"];

/// Something to check.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
    /// A directory that cannot be read, and why.
    Unreadable(PathBuf, String),
}

/// The files of a command line, directories in the order of names. Links to directories are not followed, and what
/// begins with a dot is left out.
#[derive(Debug)]
pub(super) struct Walk {
    waiting: VecDeque<(PathBuf, bool)>,
}

impl Walk {
    pub(super) fn new(paths: &[PathBuf]) -> Self {
        Self { waiting: paths.iter().map(|path| (path.clone(), true)).collect() }
    }

    fn directory(&mut self, path: &Path) -> io::Result<bool> {
        let mut inside = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name();
            let (path, kind) = (entry.path(), entry.file_type()?);
            let ending = path.extension().and_then(|ending| ending.to_str());
            let is_wanted = kind.is_dir() || ending.is_some_and(|ending| ENDINGS.contains(&ending));
            let is_hidden = name.as_encoded_bytes().starts_with(b".");
            if is_wanted && !is_hidden && (kind.is_dir() || path.is_file()) {
                inside.push(path);
            }
        }
        inside.sort();
        for path in inside.into_iter().rev() {
            self.waiting.push_front((path, false));
        }
        Ok(true)
    }
}

impl Iterator for Walk {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            let (path, is_named) = self.waiting.pop_front()?;
            if is_named && path.as_os_str() == "-" {
                return Some(Entry::Standard);
            }
            if !path.is_dir() {
                return Some(Entry::File(path));
            }
            if let Err(error) = self.directory(&path) {
                return Some(Entry::Unreadable(path, error.to_string()));
            }
        }
    }
}
