//! Writing files so that a crash leaves the old or the new content, never half of it.

use crate::error::ApiError;
use perch_shared::api::ErrorCode;
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// Why something could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// The operating system refuses.
    #[error("Perch cannot keep {what}: {path}: {error}.", path = .path.display())]
    Io {
        /// What was to be kept.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        #[source]
        error: io::Error,
    },
    /// A file does not hold what Perch wrote.
    #[error("{path} is damaged: {why}.", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// There is no such thing.
    #[error("There is no {0}.")]
    Missing(String),
}

impl KeepError {
    pub(super) fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { what, path, error }
    }

    pub(super) fn damaged(path: &Path, why: impl ToString) -> Self {
        Self::Damaged { path: path.to_owned(), why: why.to_string() }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io { .. } if self.is_full() => {
                "Make room on the disk that holds Perch's state directory, then try again."
            }
            Self::Io { .. } => "Let Perch's user write its state directory, then try again.",
            Self::Damaged { .. } => {
                "Bring the file back from a backup, or move it away after looking at what the servers run; Perch \
                 leaves it as it is."
            }
            Self::Missing(_) => "It may have been removed because it was old.",
        }
    }

    /// Whether there was no room: a full disk, a quota, or a limit for the size of files.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Io { error, .. } if is_full(error))
    }
}

pub(super) fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

impl From<KeepError> for ApiError {
    fn from(error: KeepError) -> Self {
        let code = match &error {
            KeepError::Io { .. } | KeepError::Damaged { .. } => ErrorCode::Storage,
            KeepError::Missing(_) => ErrorCode::NotFound,
        };
        Self::new(code, error.to_string()).help(error.help())
    }
}

/// Opens for writing; a file that is made is readable by its owner only.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

/// Makes a directory that only its owner can enter, unless it is there.
pub(super) fn make_dir(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Replaces a file as a whole: after a crash there is the old or the new one.
pub(super) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let temporary = PathBuf::from(name);
    let written = write_new(&temporary, content).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        // What is left of it takes room on a disk that may be full.
        let _ = fs::remove_file(&temporary);
    }
    written?;
    sync_parent(path)
}

fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = private().create(true).truncate(true).open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Makes a directory, and removes what a crash has left in it of a file that was to be replaced.
pub(super) fn clean_dir(path: &Path) -> io::Result<()> {
    make_dir(path)?;
    for file in fs::read_dir(path)? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "new") {
            remove(&file)?;
        }
    }
    Ok(())
}

/// Removes a file, durably. One that is not there is no failure.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_parent(path),
    }
}

/// Makes it durable which files are in a file's directory.
pub(super) fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

/// `N` bytes by chance, from the operating system.
pub(super) fn chance<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Runs something that waits for the disk where it holds nobody up.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeepError> + Send + 'static,
) -> Result<T, KeepError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(KeepError::Io { what: "its files", path: PathBuf::from("state"), error: io::Error::other(error) })
    })
}
