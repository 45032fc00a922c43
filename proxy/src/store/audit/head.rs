//! `audit.head`: the last record's number and hash, so that a removed or altered last line is found as well.

use super::line::Head;
use crate::store::durable::private;
use std::{
    fs::{self, File},
    io,
    os::unix::fs::FileExt,
    path::Path,
};

/// The open file. It is overwritten in place and always has the same length, so it needs no room on a full disk.
#[derive(Debug)]
pub(super) struct HeadFile {
    file: File,
}

impl HeadFile {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = private().create(true).truncate(false).open(path)?;
        Ok(Self { file })
    }

    pub(super) fn write(&self, sequence: u64, hash: &str) -> io::Result<()> {
        let text = format!("{{\"sequence\":{sequence:>20},\"hash\":\"{hash}\"}}\n");
        self.file.write_all_at(text.as_bytes(), 0)?;
        self.file.sync_data()
    }
}

/// What the file says; `None`: there is none, or it cannot be read.
pub(super) fn read(path: &Path) -> io::Result<Option<Head>> {
    match fs::read(path) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
