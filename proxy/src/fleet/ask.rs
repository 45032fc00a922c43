//! Asks one daemon how it is: as little as will do when it was asked before.

use super::{known::Facts, sentence};
use crate::kea::{KeaClient, KeaError, Limits, Printed, Target};
use perch_shared::{
    Family, KeaVersion,
    api::{ErrorBody, Reason, ReasonCode},
    command::{Answer, Command, Outcome},
    status::{
        Times, Trouble, command_names, ha_settings, has_config_backend, hooks, hooks_directory,
        relationships, times,
    },
};
use serde_json::Value;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long each small answer is waited for. A page shows it, so it must not take a minute.
pub(super) const ANSWER: Duration = Duration::from_secs(5);

/// How long a configuration is waited for: ten thousand subnets through an agent take some seconds.
const BODY: Duration = Duration::from_secs(30);

/// How much is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// The hash.
    Hash,
    /// The hash and the state.
    State,
    /// Everything but a configuration whose hash is known.
    Whole,
}

/// What a daemon said.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    /// When it was asked.
    pub(super) asked: Instant,
    /// What is known now.
    pub(super) facts: Facts,
    /// Its configuration, when it is not the one that was known.
    pub(super) body: Option<Body<'a>>,
    /// The arguments of `status-get`, when it was asked.
    pub(super) status: Option<Value>,
}

/// A configuration in memory, and the leave to have it there.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) running: Printed,
    _leave: Option<SemaphorePermit<'a>>,
}

/// Why there is no reading.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) reason: Reason,
    /// The version, when that much was said.
    pub(super) version: Option<KeaVersion>,
}

/// Whom to ask.
#[derive(Debug)]
pub(super) struct Asker<'a> {
    client: &'a KeaClient,
    target: &'a Target,
    family: Family,
    /// How many configurations may be in memory at once.
    readers: &'a Semaphore,
}

/// How long a daemon may keep others from reading configurations; one that hangs goes on by itself then.
const PATIENCE: Duration = Duration::from_secs(1);

impl<'a> Asker<'a> {
    pub(super) fn new(
        client: &'a KeaClient,
        target: &'a Target,
        family: Family,
        readers: &'a Semaphore,
    ) -> Self {
        Self { client, target, family, readers }
    }

    /// Asks. What is known is asked for again only where the depth or what is said calls for it.
    pub(super) async fn ask(&self, known: Option<&Facts>, depth: Depth) -> Result<Reading<'a>, Failure> {
        match known {
            Some(facts) if depth != Depth::Whole => self.light(facts, depth).await,
            _ => self.whole(known).await,
        }
    }

    async fn light(&self, facts: &Facts, depth: Depth) -> Result<Reading<'a>, Failure> {
        let asked = Instant::now();
        let hash = self.hash(facts).await.map_err(|error| failure(error, None))?;
        let moved = hash.as_ref().is_some_and(|hash| *hash != facts.hash);
        if depth == Depth::Hash && hash.is_some() && !moved {
            return Ok(Reading { asked, facts: facts.clone(), body: None, status: None });
        }
        let later = |error| failure(error, Some(facts.version));
        let status = self.say("status-get").await.map_err(later)?.arguments;
        let times = times(&status);
        if facts.was_restarted(times) {
            return self.whole(Some(facts)).await;
        }
        let mut facts = facts.clone();
        let mut body = None;
        if moved || (hash.is_none() && depth == Depth::State) {
            let running = self.config().await.map_err(|error| failure(error, Some(facts.version)))?;
            body = facts.take_over(running);
            facts.commands = self.commands().await.map_err(|error| failure(error, Some(facts.version)))?;
        }
        facts.note(times, &status);
        Ok(Reading { asked, facts, body, status: Some(status) })
    }

    async fn whole(&self, known: Option<&Facts>) -> Result<Reading<'a>, Failure> {
        let asked = Instant::now();
        let version = self.version().await?;
        let later = |error| failure(error, Some(version));
        let status = self.say("status-get").await.map_err(later)?.arguments;
        let commands = self.commands().await.map_err(later)?;
        let has_hash = commands.iter().any(|name| name == HASH);
        let hash = if has_hash && known.is_some() { self.kea_hash().await.map_err(later)? } else { None };
        let mut facts = match known {
            Some(facts) if facts.version == version => facts.clone(),
            _ => Facts::new(version),
        };
        facts.commands = commands;
        let mut body = None;
        if hash.is_none() || hash.as_ref() != Some(&facts.hash) {
            body = facts.take_over(self.config().await.map_err(later)?);
        }
        if facts.directory.is_empty() {
            // Only the directory in the snippets comes from it, so nothing is wrong when it is missing.
            let report = self.say("build-report").await.map(|answer| answer.text).unwrap_or_default();
            facts.directory = hooks_directory(&report, &facts.hooks);
        }
        facts.note(times(&status), &status);
        Ok(Reading { asked, facts, body, status: Some(status) })
    }

    async fn say(&self, command: &str) -> Result<Answer, KeaError> {
        self.client.send(self.target, &Command::new(command).to(self.family)).await
    }

    /// Kea's own hash; `None` on Kea 2.2, which has none.
    async fn hash(&self, facts: &Facts) -> Result<Option<String>, KeaError> {
        if facts.commands.iter().any(|name| name == HASH) { self.kea_hash().await } else { Ok(None) }
    }

    async fn kea_hash(&self) -> Result<Option<String>, KeaError> {
        let answer = self.say(HASH).await?;
        let hash = answer.arguments.get("hash").and_then(Value::as_str);
        Ok(hash.filter(|_| answer.outcome == Outcome::Ok).map(str::to_owned))
    }

    /// The configuration with its hash. Not all daemons' configurations are in memory at once.
    async fn config(&self) -> Result<(Printed, Option<SemaphorePermit<'a>>), KeaError> {
        let limits = self.client.limits();
        let patient = Limits { answer: BODY.min(limits.answer.saturating_mul(6)), ..limits };
        let client = self.client.with_limits(patient);
        let leave = self.readers.acquire().await.ok();
        let mut reading = std::pin::pin!(client.printed(self.target, self.family));
        match tokio::time::timeout(PATIENCE, &mut reading).await {
            Ok(running) => Ok((running?, leave)),
            Err(_) => {
                drop(leave);
                Ok((reading.await?, None))
            }
        }
    }

    async fn commands(&self) -> Result<Arc<[String]>, KeaError> {
        Ok(command_names(&self.say("list-commands").await?.arguments).into())
    }

    async fn version(&self) -> Result<KeaVersion, Failure> {
        let answer = self.say("version-get").await.map_err(|error| failure(error, None))?;
        answer.text.parse().map_err(|_| Failure {
            reason: Reason {
                code: ReasonCode::Malformed,
                text: format!("`version-get` answered {}: {}", answer.code, answer.text),
                help: "Check that the address is still the one of this daemon: probe the server again."
                    .into(),
            },
            version: None,
        })
    }
}

const HASH: &str = "config-hash-get";

impl Facts {
    /// Takes a configuration over; gives it back when it is not the one that was known.
    fn take_over<'a>(
        &mut self,
        (running, leave): (Printed, Option<SemaphorePermit<'a>>),
    ) -> Option<Body<'a>> {
        if running.hash == self.hash {
            return None;
        }
        let outline = running.outline();
        self.hash.clone_from(&running.hash);
        self.hooks = hooks(&outline);
        self.backend = has_config_backend(&outline);
        self.ha = ha_settings(&outline);
        let classes = outline.get("client-classes").filter(|classes| classes.is_array());
        self.classes = classes.map(Value::to_string).unwrap_or_default().into();
        Some(Body { running, _leave: leave })
    }

    /// Whether the daemon was started again since: another version may run, with other hooks.
    fn was_restarted(&self, now: Times) -> bool {
        matches!((self.times.uptime, now.uptime), (Some(before), Some(now)) if now < before)
    }

    fn note(&mut self, times: Times, status: &Value) {
        self.times = times;
        self.timed = Instant::now();
        self.relations = relationships(&self.ha, status);
    }
}

fn failure(error: KeaError, version: Option<KeaVersion>) -> Failure {
    let code = match error.fault.code() {
        perch_shared::api::ErrorCode::Malformed => ReasonCode::Malformed,
        _ => ReasonCode::Unreachable,
    };
    // The address stands beside it already.
    let text = sentence(&error.fault.to_string());
    let help = ErrorBody::from(error).help.unwrap_or_default();
    Failure { reason: Reason { code, text, help }, version }
}

/// A trouble as a reason.
pub(super) fn reason(code: ReasonCode, trouble: Trouble) -> Reason {
    Reason { code, text: trouble.reason, help: trouble.help }
}
