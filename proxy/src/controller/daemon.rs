//! One daemon of one server, and the commands that a change needs.

use crate::{
    error::ApiError,
    kea::{KeaClient, KeaError, RunningConfig, Target},
    store::ServerRecord,
};
use perch_shared::{
    Family, KeaVersion,
    api::{ErrorBody, ErrorCode, KeaSaid, ServerId},
    command::{Answer, Command},
    config::Config,
    status::command_names,
};
use std::collections::BTreeSet;

/// One daemon of one server.
#[derive(Debug, Clone)]
pub struct Daemon {
    /// The server.
    pub server: ServerId,
    /// Which daemon.
    pub family: Family,
    target: Target,
    kea: KeaClient,
}

/// What a daemon runs.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Its version.
    pub version: KeaVersion,
    /// Its configuration.
    pub config: Config,
    /// The configuration's hash.
    pub hash: String,
}

impl Daemon {
    pub(super) fn new(kea: KeaClient, record: &ServerRecord, family: Family) -> Result<Self, ApiError> {
        let server = record.server.id.clone();
        let target = record.target(family).ok_or_else(|| no_daemon(record, family))?.map_err(|error| {
            ApiError::new(ErrorCode::Invalid, format!("The inventory's address is wrong: {error}."))
                .help(error.remedy())
        })?;
        Ok(Self { server, family, target, kea })
    }

    /// The address that its commands go to.
    pub fn address(&self) -> String {
        self.target.address.to_string()
    }

    /// Sends a command to this daemon.
    ///
    /// # Errors
    /// When no answer of the daemon's comes.
    pub async fn send(&self, command: Command) -> Result<Answer, KeaError> {
        self.kea.send(&self.target, &command.to(self.family)).await
    }

    pub(super) async fn running(&self) -> Result<RunningConfig, KeaError> {
        self.kea.config(&self.target, self.family).await
    }

    pub(super) async fn read(&self) -> Result<Reading, ApiError> {
        let version = self.version().await?;
        let RunningConfig { config, hash } = self.running().await?;
        Ok(Reading { version, config, hash })
    }

    async fn version(&self) -> Result<KeaVersion, ApiError> {
        let answer = self.send(Command::new("version-get")).await?;
        answer.text.parse().map_err(|error| {
            ApiError::new(ErrorCode::Malformed, "Kea does not say which version it is.")
                .because(error)
                .with(|body| body.kea = Some(said("version-get", &answer)))
        })
    }

    /// The commands that the daemon knows; fewer after a change mean that it lost a hook.
    pub(super) async fn commands(&self) -> Result<BTreeSet<String>, KeaError> {
        let answer = self.send(Command::new("list-commands")).await?;
        Ok(command_names(&answer.arguments).into_iter().collect())
    }

    pub(super) async fn configure(&self, command: &str, config: &Config) -> Result<Answer, KeaError> {
        self.send(Command::new(command).with(config.to_arguments())).await
    }
}

/// What Kea said, for the page.
pub fn said(command: &str, answer: &Answer) -> KeaSaid {
    KeaSaid { command: command.to_owned(), result: answer.code, text: answer.text.clone() }
}

fn no_daemon(record: &ServerRecord, family: Family) -> ApiError {
    let name = &record.server.name;
    if !record.is_known() {
        return never_answered(record);
    }
    ApiError::new(ErrorCode::NotFound, format!("`{name}` has no {}.", family.daemon()))
        .help("Edit the server and add the daemon's address, or start the daemon and save the server again.")
}

/// Nothing is sent to a server of which nothing is known.
pub fn never_answered(record: &ServerRecord) -> ApiError {
    let name = &record.server.name;
    let message = format!("`{name}` has not answered yet, so it is not known which daemons it has.");
    ApiError::new(ErrorCode::Unreachable, message).help("The server's page says why.")
}

impl From<KeaError> for ApiError {
    fn from(error: KeaError) -> Self {
        Self::from(ErrorBody::from(error)).with(|body| body.message.push('.'))
    }
}
