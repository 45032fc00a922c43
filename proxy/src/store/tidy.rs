//! Removing what is old: records, and the snapshots and secrets that nothing names any more.

use super::{
    archive::Archive,
    audit::Retention,
    durable::{KeepError, blocking},
    vault::names_in,
};
use jiff::Timestamp;
use std::{collections::BTreeSet, sync::Arc, time::Duration};

/// How often it is done.
const EVERY: Duration = Duration::from_secs(24 * 3600);

impl Archive {
    /// Removes what is old, now and every day.
    pub async fn keep_tidy(self: Arc<Self>, keep: Retention) {
        let mut days = tokio::time::interval(EVERY);
        loop {
            days.tick().await;
            if let Err(error) = self.tidy(keep).await {
                tracing::warn!(%error, "cannot remove what is old in the history");
            }
        }
    }

    /// Removes what is old, once.
    ///
    /// # Errors
    /// When a file cannot be read or written. What was removed until then was old.
    pub async fn tidy(self: &Arc<Self>, keep: Retention) -> Result<(), KeepError> {
        let this = self.clone();
        blocking(move || {
            let removed = this.audit.prune(keep, Timestamp::now(), &this.clock)?;
            if removed > 0 {
                tracing::info!(removed, "removed old records of the history");
            }
            this.collect()
        })
        .await
    }

    /// Removes the snapshots and secrets that nothing names any more.
    fn collect(&self) -> Result<(), KeepError> {
        let mut snapshots = BTreeSet::new();
        let mut secrets = BTreeSet::new();
        let mut look = |text: &str| {
            snapshots.extend(hashes_in(text).map(str::to_owned));
            secrets.extend(names_in(text).map(str::to_owned));
        };
        // The changes under way first: one that ends meanwhile is then found in the history.
        self.intents.each_text(&mut look)?;
        self.audit.each_text(&mut look)?;
        secrets.extend(self.snapshots.keep_only(&snapshots)?);
        self.vault.keep_only(&secrets)
    }
}

/// All that looks like a snapshot's name: 64 hexadecimal digits in quotes. The chain's own hashes look the same and
/// name nothing.
fn hashes_in(text: &str) -> impl Iterator<Item = &str> {
    let digits = |part: &&str| part.len() == 64 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    text.split('"').filter(digits)
}
