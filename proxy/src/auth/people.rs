//! `users.json`: users and tokens. Read strictly, replaced atomically, readable by its owner only.

use super::{Digest, Hashed};
use jiff::Timestamp;
use perch_shared::api::{Role, ServerId};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, chown},
    path::{Path, PathBuf},
};

const VERSION: u32 = 1;

/// Everybody that Perch knows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct People {
    version: u32,
    /// People.
    pub users: Vec<User>,
    /// Scripts.
    pub tokens: Vec<Token>,
}

impl Default for People {
    fn default() -> Self {
        Self { version: VERSION, users: Vec::new(), tokens: Vec::new() }
    }
}

/// A person.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct User {
    /// The name: what is typed to sign in, and what a proxy or OpenID Connect calls them.
    pub name: Name,
    /// What they may do.
    pub role: Role,
    /// The servers that they are limited to; `None`: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<BTreeSet<ServerId>>,
    /// `None`: they sign in through a proxy or OpenID Connect only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Hashed>,
}

/// A script's key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Token {
    /// What the audit calls it.
    pub name: Name,
    /// What it may do.
    pub role: Role,
    /// The servers that it is limited to; `None`: not limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub servers: Option<BTreeSet<ServerId>>,
    /// SHA-256 of the token.
    pub digest: Digest,
    /// When it was made.
    pub created: Timestamp,
    /// When it ends; `None`: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
}

/// A user's or a token's name: 1 to 64 ASCII letters, digits, and `.`, `_`, `-`, `@`, `+`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Name(String);

impl Name {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let valid = |b: u8| b.is_ascii_alphanumeric() || b"._-@+".contains(&b);
        if (1..=64).contains(&text.len()) && text.bytes().all(valid) {
            Ok(Self(text))
        } else {
            Err("a name is 1 to 64 letters, digits, and `.`, `_`, `-`, `@`, `+`")
        }
    }
}

impl std::str::FromStr for Name {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl People {
    /// A user by name.
    pub fn user(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name.as_str() == name)
    }

    /// A user by name, to be changed.
    pub fn user_mut(&mut self, name: &str) -> Option<&mut User> {
        self.users.iter_mut().find(|user| user.name.as_str() == name)
    }
}

/// Why the list of users cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The operating system refuses.
    #[error(
        "cannot use {path}: {error}\n  help: it must belong to the user that Perch runs as; \
         run `perch user` as that user"
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// Others than its owner can read it.
    #[error("others can read {0}\n  help: run `chmod 600 {0}`, and give every user in it a new password")]
    Readable(PathBuf),
    /// It is damaged, and left as it is.
    #[error(
        "{path}:{line}:{column}: the list of users is damaged: {what}\n  help: mend the file; Perch lets nobody in \
         as it is, and does not touch it"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
}

/// The file in a state directory.
pub fn path(state: &Path) -> PathBuf {
    state.join("users.json")
}

/// Reads the file; no file is an empty list.
///
/// # Errors
/// When it cannot be read, is readable by others, or is damaged.
pub fn read(path: &Path) -> Result<People, PeopleError> {
    let io = |error| PeopleError::Io { path: path.to_owned(), error };
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(People::default()),
        Err(error) => return Err(io(error)),
    };
    if fs::metadata(path).map_err(io)?.mode() & 0o077 != 0 {
        return Err(PeopleError::Readable(path.to_owned()));
    }
    let damaged = |line, column, what: &str| {
        let (path, what) = (path.to_owned(), what.to_owned());
        PeopleError::Damaged { path, line, column, what }
    };
    // The parser's own words may repeat what stands there, which may be a secret.
    let people: People = serde_json::from_slice(&text).map_err(|error| {
        let what = if error.is_data() {
            "something is missing, too much, or of the wrong form"
        } else {
            "it is not JSON"
        };
        damaged(error.line(), error.column(), what)
    })?;
    if people.version != VERSION {
        return Err(damaged(1, 1, &format!("its version is not {VERSION}")));
    }
    let mut names = BTreeSet::new();
    if !people.users.iter().all(|user| names.insert(&user.name)) {
        return Err(damaged(1, 1, "a user's name is there twice"));
    }
    Ok(people)
}

/// Changes the file, with no other process in between.
///
/// # Errors
/// When the file cannot be read or replaced, or those of `change`; nothing was changed then.
pub fn change<T>(state: &Path, change: impl FnOnce(&mut People) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let path = path(state);
    let io = |error| PeopleError::Io { path: path.clone(), error };
    DirBuilder::new().recursive(true).mode(0o700).create(state).map_err(io)?;
    let lock = private().create(true).truncate(false).open(state.join("users.lock")).map_err(io)?;
    lock.lock().map_err(io)?;
    let mut people = read(&path)?;
    let result = change(&mut people)?;
    replace(state, &path, &people).map_err(io)?;
    Ok(result)
}

fn replace(state: &Path, path: &Path, people: &People) -> io::Result<()> {
    let mut json = serde_json::to_vec_pretty(people)?;
    json.push(b'\n');
    let temporary = state.join("users.json.new");
    // What a crash left behind may have other permissions.
    match fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = private().create_new(true).open(&temporary)?;
    file.write_all(&json)?;
    // The superuser may add users for a service that runs as somebody else.
    let (owner, made) = (fs::metadata(state)?, file.metadata()?);
    if (owner.uid(), owner.gid()) != (made.uid(), made.gid()) && made.uid() == 0 {
        chown(&temporary, Some(owner.uid()), Some(owner.gid()))?;
    }
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    File::open(state)?.sync_all()
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(name: &str) -> User {
        let password = Some(Hashed::new(name, "correct horse battery").unwrap());
        User { name: name.parse().unwrap(), role: Role::Viewer, servers: None, password }
    }

    #[test]
    fn what_is_written_is_read_by_its_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let state = dir.path().join("state");
        change(&state, |people| {
            people.users.push(user("ada"));
            Ok(())
        })
        .unwrap();
        let path = path(&state);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert!(read(&path).unwrap().user("ada").is_some());
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
        assert!(matches!(read(&path), Err(PeopleError::Readable(_))));
    }

    #[test]
    fn changes_at_once_are_all_kept() {
        let dir = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let state = dir.path();
                scope.spawn(move || {
                    change(state, |people| {
                        people.users.push(User { password: None, ..user_without(number) });
                        Ok(())
                    })
                    .unwrap();
                });
            }
        });
        assert_eq!(read(&path(dir.path())).unwrap().users.len(), 8);
    }

    fn user_without(number: usize) -> User {
        let name = format!("user-{number}").parse().unwrap();
        User { name, role: Role::Viewer, servers: None, password: None }
    }

    #[test]
    fn a_damaged_file_is_refused_in_words_without_secrets() {
        let dir = tempfile::tempdir().unwrap();
        let path = path(dir.path());
        for text in [
            "",
            "{",
            r#"{"version": 2, "users": [], "tokens": []}"#,
            r#"{"version": 1, "users": [{"name": "a", "role": "viewer", "password": "hunter2"}], "tokens": []}"#,
            r#"{"version": 1, "users": [{"name": "a b", "role": "viewer"}], "tokens": []}"#,
            r#"{"version": 1, "users": [{"name": "a", "role": "root"}], "tokens": []}"#,
            r#"{"version": 1, "users": [{"name": "a", "role": "viewer"}, {"name": "a", "role": "viewer"}], "tokens": []}"#,
            r#"{"version": 1, "users": [], "tokens": [], "hunter2": 1}"#,
        ] {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            let error = read(&path).unwrap_err().to_string();
            assert!(error.contains("users.json:") && !error.contains("hunter2"), "{text}: {error}");
        }
    }
}
