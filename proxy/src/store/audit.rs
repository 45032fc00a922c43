//! `audit.jsonl`: one line for every change that was tried, for people and their tools. Holds no secret.

use super::StateDir;
use perch_shared::{Family, api::ServerId};
use serde::Serialize;
use std::{
    fs::OpenOptions,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    sync::{Arc, Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
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
    let mut json = serde_json::to_vec(&Stamped { time: timestamp(SystemTime::now()), line })?;
    json.push(b'\n');
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(dir.file("audit.jsonl"))?;
    file.write_all(&json)?;
    file.sync_data()
}

/// UTC, as RFC 3339 writes it. The calendar runs in eras of 400 years that begin on 1 March.
fn timestamp(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, second) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_458_193, "2026-11-23T18:23:13Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(timestamp(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }
}
