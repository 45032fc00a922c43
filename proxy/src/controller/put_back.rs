//! Giving Kea its earlier configuration again.

use super::{
    Daemon,
    held::Held,
    journal::{Fault, Journal},
};
use crate::{
    kea::{PackError, Packed, Printed},
    work::work,
};
use perch_shared::{
    api::ApplyPhase,
    change::{self, Edit},
    config::thaw,
};
use std::sync::Arc;

/// Sends the earlier configuration and reads it back as proof. A failed `config-set` can leave Kea deaf while it
/// looks healthy; sending the earlier configuration again is what makes it serve.
///
/// What Kea printed into every subnet was inherited and must be so again, so it is left out. Where Kea does not take
/// that, it gets what it printed, word for word. Without an answer nothing is sent a second time.
pub(super) async fn put_back(
    daemon: &Daemon,
    before: &Held,
    edits: &Arc<[Edit]>,
    journal: &mut Journal,
) -> Result<(), Fault> {
    let thawed = thawed(&before.config).await?;
    let fault = match send(daemon, &thawed, before, edits, journal).await {
        Ok(()) => {
            journal
                .done(ApplyPhase::PutBack, "Kea runs its earlier configuration again; read back as proof.");
            return Ok(());
        }
        Err(fault) => fault,
    };
    journal.fault(ApplyPhase::PutBack, &fault);
    if matches!(fault, Fault::Silent(_)) || thawed == before.config {
        return Err(fault);
    }
    match send(daemon, &before.config, before, edits, journal).await {
        Ok(()) => {
            let text = "Kea runs its earlier configuration again, read back as proof, but what its subnets \
                        inherited is now set in each of them.";
            journal.done(ApplyPhase::PutBack, text);
            Ok(())
        }
        Err(fault) => {
            journal.fault(ApplyPhase::PutBack, &fault);
            Err(fault)
        }
    }
}

async fn thawed(config: &Packed) -> Result<Packed, PackError> {
    let config = config.clone();
    work(move || {
        let mut config = config.tree()?;
        thaw(&mut config);
        Packed::of(&config)
    })
    .await
}

async fn send(
    daemon: &Daemon,
    config: &Packed,
    before: &Held,
    edits: &Arc<[Edit]>,
    journal: &mut Journal,
) -> Result<(), Fault> {
    Fault::check("config-set", daemon.configure("config-set", config).await)?;
    let running = daemon.running().await.map_err(Fault::Silent)?;
    journal.0.hash = Some(running.hash.clone());
    if is_there(before, running, edits.clone()).await? {
        Ok(())
    } else {
        Err(Fault::Different("Kea accepted its earlier configuration, but shows another one.".to_owned()))
    }
}

/// Whether Kea runs what it ran before. Of what was never read from it, the hash is not known.
async fn is_there(before: &Held, running: Printed, edits: Arc<[Edit]>) -> Result<bool, PackError> {
    if !before.hash.is_empty() {
        return Ok(running.hash == before.hash);
    }
    work(move || Ok(change::missing(&*running.tree()?, &edits).len() == edits.len())).await
}

/// What remains when the earlier configuration could not be put back.
pub(super) fn restart(daemon: &Daemon) -> String {
    let name = daemon.family.daemon();
    format!(
        "Look at {name} now: it may not be serving. Its file was not changed, so a restart brings the configuration \
         in that file back: `systemctl restart {name}-server`."
    )
}
