//! The client: picks the channel, keeps the limits, and decides what may be sent again.

use super::{
    Address, Fault, KeaError, Packed, Target, answer,
    http::{self, Connection, HttpAnswer},
    pool::{Pool, PoolKey},
    stream,
    tls::TlsCache,
    unix,
};
use crate::{memory, metrics::Latency, work::work};
use bytes::Bytes;
use perch_shared::{
    api::ChannelKind,
    command::{Answer, Command, is_read_only},
};
use serde::Deserialize;
use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// How long and how much the client waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For the connection, and again for TLS on it. Default 3 s.
    pub connect: Duration,
    /// For sending the command and receiving the whole answer. Default 65 s: a Control Agent gives a daemon 60 s.
    pub answer: Duration,
    /// The largest answer in bytes. Default 64 MiB.
    pub answer_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(3), answer: Duration::from_secs(65), answer_bytes: 64 << 20 }
    }
}

/// Sends commands to Kea. A clone is cheap and shares the connections.
#[derive(Clone)]
pub struct KeaClient {
    shared: Arc<Shared>,
    limits: Limits,
}

#[derive(Default)]
struct Shared {
    latency: Latency,
    pool: Pool,
    tls: TlsCache,
}

impl fmt::Debug for KeaClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeaClient").field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl KeaClient {
    /// A client with these limits.
    pub fn new(limits: Limits) -> Self {
        Self { shared: Arc::default(), limits }
    }

    /// The same client, sharing its connections, with other limits.
    #[must_use]
    pub fn with_limits(&self, limits: Limits) -> Self {
        Self { limits, ..self.clone() }
    }

    /// How long commands took.
    pub fn latency(&self) -> &Latency {
        &self.shared.latency
    }

    /// Its limits.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Sends a command and reads exactly one daemon's answer. A command that changes something is sent at most once.
    ///
    /// # Errors
    /// When no answer of a daemon's comes; [`Fault::may_have_run`] says whether the command may have been carried
    /// out all the same. A refusal by the daemon is an answer, not an error.
    pub async fn send(&self, target: &Target, command: &Command) -> Result<Answer, KeaError> {
        let body = self.ask(target, command).await?;
        read(target, &body, !command.service.is_empty())
    }

    /// Sends a command that has a whole configuration as its argument, such as `config-test`, as [`send`](Self::send) does.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn configure(
        &self,
        target: &Target,
        name: &'static str,
        config: &Packed,
    ) -> Result<Answer, KeaError> {
        let config = config.clone();
        let body = work(move || config.command(name)).await;
        let body = body.map_err(|error| at(target, Fault::Malformed(error.to_string())))?;
        let answer = self.ask_with(target, body, is_read_only(name)).await?;
        read(target, &answer, true)
    }

    /// Sends one command and gives the bytes of its answer.
    pub(super) async fn ask(&self, target: &Target, command: &Command) -> Result<Bytes, KeaError> {
        let body = serde_json::to_vec(command);
        let body = body.map_err(|error| at(target, Fault::Malformed(error.to_string())))?;
        self.ask_with(target, body, is_read_only(&command.command)).await
    }

    async fn ask_with(&self, target: &Target, body: Vec<u8>, read_only: bool) -> Result<Bytes, KeaError> {
        let answer = self.exchange(target, body.into(), read_only).await;
        let answer = answer.map_err(|fault| at(target, fault))?;
        memory::note(answer.len());
        Ok(answer)
    }

    /// Sends the bytes of a command and gives back Kea's own bytes: a list of answers, or one alone where a UNIX
    /// socket answers.
    ///
    /// # Errors
    /// When no answer comes, or what comes is none of Kea's.
    pub async fn forward(&self, target: &Target, body: Bytes) -> Result<Bytes, KeaError> {
        let read_only = names_read_only(&body);
        let answer = async { answer::check_answers(self.exchange(target, body, read_only).await?) };
        answer.await.map_err(|fault| at(target, fault))
    }

    async fn exchange(&self, target: &Target, body: Bytes, read_only: bool) -> Result<Bytes, Fault> {
        let start = Instant::now();
        let answer = self.exchange_now(target, body, read_only).await;
        self.shared.latency.observe(target.kind, answer.is_ok(), start.elapsed());
        answer
    }

    async fn exchange_now(&self, target: &Target, body: Bytes, read_only: bool) -> Result<Bytes, Fault> {
        let Limits { connect, answer, answer_bytes } = self.limits;
        match &target.address {
            Address::Unix(path) => {
                let exchange = unix::exchange(path, &body, connect, answer_bytes);
                timeout(answer, exchange).await.map_err(|_| Fault::TimedOut(answer))?
            }
            Address::Http { .. } | Address::Https { .. } => {
                let answer = self.http(target, body, read_only).await?;
                answer::http_body(answer, target.credentials.is_some())
            }
        }
    }

    /// Sends over HTTP. A kept connection may turn out to be closed by Kea just when the command is on its way, and
    /// then nobody knows whether Kea has read it. So only a command that changes nothing travels on a kept
    /// connection, and only that one is sent again, once, on a new connection.
    async fn http(&self, target: &Target, body: Bytes, read_only: bool) -> Result<HttpAnswer, Fault> {
        let key = PoolKey { address: target.address.clone(), tls: target.tls.clone() };
        if read_only && let Some(connection) = self.shared.pool.take(&key).await {
            match self.http_on(connection, target, &key, body.clone()).await {
                Err(Fault::Closed) => {}
                other => return other,
            }
        }
        let stream =
            stream::connect(&target.address, &target.tls, &self.shared.tls, self.limits.connect).await?;
        let connection = Connection::open(stream).await?;
        self.http_on(connection, target, &key, body).await
    }

    async fn http_on(
        &self,
        mut connection: Connection,
        target: &Target,
        key: &PoolKey,
        body: Bytes,
    ) -> Result<HttpAnswer, Fault> {
        let request = http::request(&target.address, target.credentials.as_ref(), body)?;
        let exchange = connection.exchange(request, self.limits.answer_bytes, (&target.address, &target.tls));
        let answer = timeout(self.limits.answer, exchange)
            .await
            .map_err(|_| Fault::TimedOut(self.limits.answer))??;
        self.shared.pool.put(key.clone(), connection);
        Ok(answer)
    }
}

fn at(target: &Target, fault: Fault) -> KeaError {
    KeaError { address: target.address.clone(), fault }
}

/// Reads the answer to a command that was for one daemon, or for whoever reads it.
pub(super) fn read(target: &Target, body: &[u8], for_daemon: bool) -> Result<Answer, KeaError> {
    let answer = answer::one_answer(body).and_then(|answer| match target.kind {
        ChannelKind::ControlAgent if for_daemon => answer::agent_fault(&answer).map_or(Ok(answer), Err),
        ChannelKind::ControlAgent | ChannelKind::Direct | ChannelKind::Unix => Ok(answer),
    });
    answer.map_err(|fault| at(target, fault))
}

/// Whether the bytes are a command that changes nothing. Large ones are not looked into: they carry a configuration.
fn names_read_only(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Name<'a> {
        #[serde(borrow)]
        command: std::borrow::Cow<'a, str>,
    }
    const SMALL: usize = 16 * 1024;
    body.len() <= SMALL
        && serde_json::from_slice::<Name<'_>>(body).is_ok_and(|name| is_read_only(&name.command))
}
