//! A server that is named in the settings or on the command line.

use super::{
    section::Section,
    unseen,
    value::{Setting, Wrong},
};
use crate::{kea::Address, store::NewServer};
use perch_shared::api::{Credentials, TlsFiles};
use std::{fs, path::Path};
use toml::de::DeValue;

/// `[[server]]`: a server that is always there. It cannot be changed in the page.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// `name`: its name for people. Default: the first address's host.
    pub name: Option<String>,
    /// `addresses`: one address of a Control Agent, or one of each daemon, as `http://host:port`,
    /// `https://host:port` or `unix:/path`. Required.
    pub addresses: Vec<Address>,
    /// `user`, and `password-file` or `password-env`: what Perch sends to prove itself. The password is the file's
    /// content without a line end, or what the environment variable holds. Default: none.
    pub credentials: Option<Credentials>,
    /// `trust-anchor`: PEM file of the authority that signed Kea's certificate (default: the system's
    /// authorities). `cert-file`, `key-file`: PEM files of Perch's own certificate, for servers with
    /// `cert-required`.
    pub tls: TlsFiles,
}

impl ServerSettings {
    /// Reads a `[[server]]`; `None` when something needed is missing or wrong, which the section notes.
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let name = section.get("name");
        let addresses = section.get::<Vec<Address>>("addresses");
        let has_addresses = addresses.as_ref().is_some_and(|addresses| !addresses.is_empty());
        if !section.has("addresses") || addresses.as_ref().is_some_and(Vec::is_empty) {
            let help = "write `addresses = [\"http://host:8000\"]`";
            section.wrong(section.place("addresses"), "the server has no addresses", help);
        }
        let credentials = read_credentials(section);
        let file = |section: &mut Section<'_>, key| section.get::<ReadableFile>(key).map(|file| file.0);
        let tls = TlsFiles {
            trust_anchor: file(section, "trust-anchor"),
            cert_file: file(section, "cert-file"),
            key_file: file(section, "key-file"),
        };
        for (one, other) in [("cert-file", "key-file"), ("key-file", "cert-file")] {
            if section.has(one) && !section.has(other) {
                section.wrong(
                    section.place(one),
                    format!("`{one}` without `{other}`"),
                    format!("add `{other}`"),
                );
            }
        }
        Some(Self { name, addresses: addresses.filter(|_| has_addresses)?, credentials, tls })
    }

    /// The server as the inventory keeps it, before anybody has looked at it.
    pub fn into_new_server(self) -> NewServer {
        let host = |address: &Address| match address {
            Address::Http { host, .. } | Address::Https { host, .. } => host.clone(),
            Address::Unix(path) => path.display().to_string(),
        };
        let name = self.name.or_else(|| self.addresses.first().map(host)).unwrap_or_default();
        let channels = self.addresses.iter().map(unseen).collect();
        NewServer { name, channels, credentials: self.credentials, tls: self.tls }
    }
}

fn read_credentials(section: &mut Section<'_>) -> Option<Credentials> {
    let user = section.get::<String>("user");
    let file = section.get::<Password>("password-file").map(|password| password.0);
    let variable = section.get::<Variable>("password-env").map(|variable| variable.0);
    let given = ["password-file", "password-env"].into_iter().filter(|key| section.has(key));
    let given: Vec<&str> = given.collect();
    match given.as_slice() {
        [] if section.has("user") => {
            let help = "add `password-file` or `password-env`";
            section.wrong(section.place("user"), "`user` without a password", help);
        }
        [one] if !section.has("user") => {
            section.wrong(section.place(one), format!("`{one}` without `user`"), "add `user`");
        }
        [one, _] => {
            let what = "`password-file` and `password-env` are both there";
            section.wrong(section.place(one), what, "leave one of them out");
        }
        _ => {}
    }
    Some(Credentials { user: user?, password: file.or(variable)? })
}

/// What an environment variable holds.
pub(super) struct Variable(pub(super) String);

impl Setting for Variable {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        let name = String::read(value)?;
        // A name with `=` or NUL in it would make the look-up panic.
        let held = (!name.contains(['=', '\0'])).then(|| std::env::var(&name).ok()).flatten();
        held.filter(|held| !held.is_empty()).map(Self).ok_or_else(|| {
            let help =
                "set it where Perch is started; with systemd `EnvironmentFile=`, or use `password-file`";
            Wrong::new(format!("the variable `{name}` is not set"), help)
        })
    }
}

impl Setting for Address {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        address(&String::read(value)?)
    }
}

fn address(text: &str) -> Result<Address, Wrong> {
    text.parse().map_err(|error: crate::kea::AddressError| Wrong::new(error.to_string(), error.remedy()))
}

/// Reads the addresses of one server, separated by commas.
///
/// # Errors
/// When one is not an address.
pub fn addresses(text: &str) -> Result<Vec<Address>, Wrong> {
    text.split(',').map(address).collect()
}

/// A password, out of its file.
pub(super) struct Password(pub(super) String);

impl Setting for Password {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        password(&String::read(value)?).map(Self)
    }
}

/// Reads a password out of a file, without the line end behind it.
///
/// # Errors
/// When the file cannot be read, is empty, or holds more than one line.
pub fn password(path: &str) -> Result<String, Wrong> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let password = line.strip_suffix('\r').unwrap_or(line);
    if password.is_empty() || password.contains('\n') {
        return Err(Wrong::new(
            format!("`{path}` does not hold one line"),
            "put the password alone into the file",
        ));
    }
    Ok(password.to_owned())
}

/// The path of a file that can be read.
pub(super) struct ReadableFile(pub(super) String);

impl Setting for ReadableFile {
    fn read(value: &DeValue<'_>) -> Result<Self, Wrong> {
        readable(&String::read(value)?).map(Self)
    }
}

/// Checks that a file can be read, and gives its path back.
///
/// # Errors
/// When it cannot.
pub fn readable(path: &str) -> Result<String, Wrong> {
    let checked = fs::File::open(path).and_then(|file| file.metadata());
    let meta = checked.map_err(|error| unreadable(path, &error))?;
    if meta.is_dir() {
        return Err(Wrong::new(format!("`{path}` is a directory"), "name a file"));
    }
    Ok(path.to_owned())
}

fn unreadable(path: &str, error: &std::io::Error) -> Wrong {
    let absolute = Path::new(path).is_absolute();
    let hint = if absolute { "" } else { "; a relative path starts where Perch is started" };
    Wrong::new(
        format!("cannot read `{path}`: {error}"),
        format!("check the path, and that Perch's user may read the file{hint}"),
    )
}
