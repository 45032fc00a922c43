//! `audit.jsonl`: one line for every change that was tried, for people and their tools. Holds no secret.

use super::StateDir;
use jiff::Timestamp;
use perch_shared::{Family, api::ServerId};
use serde::Serialize;
use std::{
    fs::OpenOptions,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    sync::{Arc, Mutex, PoisonError},
};

/// One change that was tried.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct AuditLine {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub daemon: Family,
    /// The edits, in words.
    pub edits: Vec<String>,
    /// How it went.
    pub outcome: String,
    /// The hash of the configuration before.
    pub before: String,
    /// The hash of the configuration afterwards, when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

#[derive(Debug, Serialize)]
struct Stamped<'a> {
    time: String,
    #[serde(flatten)]
    line: &'a AuditLine,
}

/// Where the lines go.
#[derive(Debug, Clone, Default)]
pub struct Audit(Option<Arc<(Arc<StateDir>, Mutex<()>)>>);

impl Audit {
    /// Lines go nowhere.
    pub fn nowhere() -> Self {
        Self::default()
    }

    /// Lines go to a state directory.
    pub fn new(dir: Arc<StateDir>) -> Self {
        Self(Some(Arc::new((dir, Mutex::default()))))
    }

    /// Adds a line. A failure is logged and nothing else: the change itself has already happened, or not.
    pub async fn add(&self, line: AuditLine) {
        let Some(inner) = self.0.clone() else { return };
        let written = tokio::task::spawn_blocking(move || {
            let _alone = inner.1.lock().unwrap_or_else(PoisonError::into_inner);
            append(&inner.0, &line)
        });
        match written.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(%error, "cannot write audit.jsonl"),
            Err(error) => tracing::error!(%error, "cannot write audit.jsonl"),
        }
    }
}

fn append(dir: &StateDir, line: &AuditLine) -> io::Result<()> {
    let mut json = serde_json::to_vec(&Stamped { time: now(), line })?;
    json.push(b'\n');
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(dir.file("audit.jsonl"))?;
    file.write_all(&json)?;
    file.sync_data()
}

/// UTC in whole seconds, as RFC 3339 writes it.
fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
