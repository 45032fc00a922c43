//! One daemon of one server, and the commands that a change needs.

use super::held::Held;
use crate::{
    error::ApiError,
    kea::{KeaClient, KeaError, PackError, Packed, Printed, Target},
    store::ServerRecord,
    work::work,
};
use perch_shared::{
    Family, KeaVersion,
    api::{ErrorBody, ErrorCode, HaRelationship, KeaSaid, ServerId},
    command::{Answer, Command},
    config::Config,
    status::{command_names, ha_settings, relationships},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// Known to Kea 2.4 and later.
const HASH: &str = "config-hash-get";

/// One daemon of one server.
#[derive(Debug, Clone)]
pub struct Daemon {
    /// The server.
    pub server: ServerId,
    /// The server's name for people.
    pub name: String,
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

impl Reading {
    pub(super) fn of(version: KeaVersion, running: &Printed) -> Result<Self, PackError> {
        Ok(Self { version, config: running.tree()?.into_owned(), hash: running.hash.clone() })
    }
}

impl Daemon {
    pub(super) fn new(kea: KeaClient, record: &ServerRecord, family: Family) -> Result<Self, ApiError> {
        let (server, name) = (record.server.id.clone(), record.server.name.clone());
        let target = record.target(family).ok_or_else(|| no_daemon(record, family))?.map_err(|error| {
            ApiError::new(ErrorCode::Invalid, format!("The inventory's address is wrong: {error}."))
                .help(error.remedy())
        })?;
        Ok(Self { server, name, family, target, kea })
    }

    /// The daemon and its server, for people.
    pub(super) fn title(&self) -> String {
        format!("{} on `{}`", self.family.daemon(), self.name)
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

    pub(super) async fn running(&self) -> Result<Printed, KeaError> {
        self.kea.printed(&self.target, self.family).await
    }

    /// Reads what it runs, and looks into it.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(Reading) -> T + Send + 'static,
    ) -> Result<(Held, T), ApiError> {
        let version = self.version().await?;
        let running = self.running().await?;
        let read = move || {
            let reading = Reading::of(version, &running)?;
            Ok::<_, PackError>((Held::of(&reading)?, look(reading)))
        };
        Ok(work(read).await?)
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

    /// The hash of what it runs now, as cheaply as it can be had.
    pub(super) async fn hash(&self, commands: &BTreeSet<String>) -> Result<String, KeaError> {
        if commands.contains(HASH) {
            let answer = self.send(Command::new(HASH)).await?;
            if let Some(hash) = answer.arguments.get("hash").and_then(|hash| hash.as_str()) {
                return Ok(hash.to_owned());
            }
        }
        Ok(self.running().await?.hash)
    }

    /// Its HA relationships as it sees them now; `config` needs no more than the hook libraries.
    pub(super) async fn relationships(&self, config: &Value) -> Result<Vec<HaRelationship>, KeaError> {
        let answer = self.send(Command::new("status-get")).await?;
        Ok(relationships(&ha_settings(config), &answer.arguments))
    }

    pub(super) async fn configure(&self, command: &'static str, config: &Packed) -> Result<Answer, KeaError> {
        self.kea.configure(&self.target, command, config).await
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
