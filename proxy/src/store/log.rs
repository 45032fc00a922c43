//! A file that only grows, line by line, and the room that is kept for its last words on a full disk.

use super::durable::{self, is_full, private};
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

/// How much room is kept: enough for the audit lines of many changes that were under way when the disk filled up.
const RESERVE: usize = 256 << 10;

/// A file of zeros that is given up when the disk is full, so that a change under way can still be finished.
#[derive(Debug)]
pub(super) struct Reserve(PathBuf);

impl Reserve {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Takes the room, unless it is there.
    pub(super) fn take(&self) -> io::Result<()> {
        if fs::metadata(&self.0).is_ok_and(|there| there.len() == RESERVE as u64) {
            return Ok(());
        }
        let written = private().create(true).truncate(true).open(&self.0).and_then(|mut file| {
            file.write_all(&vec![0; RESERVE])?;
            file.sync_all()
        });
        if written.is_err() {
            let _ = fs::remove_file(&self.0);
        }
        written
    }

    fn give_up(&self) -> io::Result<()> {
        fs::remove_file(&self.0)
    }
}

/// A file that only grows, line by line.
#[derive(Debug)]
pub(super) struct Log {
    file: File,
    /// How many bytes are known to be whole lines.
    length: u64,
    /// A failed write may have left half a line behind.
    torn: bool,
    reserve: Arc<Reserve>,
}

impl Log {
    /// Opens a file, or makes it, of whose content `length` bytes are whole lines. What follows them is cut off with
    /// the next line.
    pub(super) fn open(path: &Path, length: u64, reserve: Arc<Reserve>) -> io::Result<Self> {
        let is_new = !path.exists();
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
        if is_new {
            durable::sync_parent(path)?;
        }
        let torn = file.metadata()?.len() != length;
        Ok(Self { file, length, torn, reserve })
    }

    /// The room for its last words.
    pub(super) fn reserve(&self) -> Arc<Reserve> {
        self.reserve.clone()
    }

    /// How many bytes are known to be whole lines.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Adds whole lines; they are on disk when this returns. On a full disk the reserve is given up for them. After a
    /// failure the file is as before.
    pub(super) fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        match self.try_append(lines) {
            Err(error) if is_full(&error) && self.reserve.give_up().is_ok() => self.try_append(lines),
            done => done,
        }
    }

    fn try_append(&mut self, lines: &[u8]) -> io::Result<()> {
        if self.torn {
            self.file.set_len(self.length)?;
        }
        self.torn = true;
        let written = self.file.write_all(lines).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            self.torn = self.file.set_len(self.length).is_err();
            return Err(error);
        }
        self.torn = false;
        self.length += lines.len() as u64;
        Ok(())
    }
}
