//! Giving Kea its earlier configuration again.

use super::{
    Daemon,
    daemon::Running,
    journal::{Fault, Journal},
};
use perch_shared::api::ApplyPhase;

/// Sends the earlier configuration and reads it back as proof. A failed `config-set` can leave Kea deaf while it
/// looks healthy; sending the earlier configuration again is what makes it serve.
pub(super) async fn put_back(daemon: &Daemon, before: &Running, journal: &mut Journal) -> bool {
    let answer = Fault::check("config-set", daemon.configure("config-set", &before.config).await);
    if let Err(fault) = answer {
        journal.fault(ApplyPhase::PutBack, &fault);
        return false;
    }
    match daemon.running().await {
        Ok(running) if running.hash == before.hash => {
            journal.0.hash = Some(running.hash);
            journal
                .done(ApplyPhase::PutBack, "Kea runs its earlier configuration again; read back as proof.");
            true
        }
        Ok(running) => {
            journal.0.hash = Some(running.hash);
            let text = "Kea accepted its earlier configuration, but shows another one.";
            journal.failed(ApplyPhase::PutBack, text, Some(restart(daemon)));
            false
        }
        Err(error) => {
            journal.fault(ApplyPhase::PutBack, &Fault::Silent(error));
            false
        }
    }
}

/// What remains when the earlier configuration could not be put back.
pub(super) fn restart(daemon: &Daemon) -> String {
    let name = daemon.family.daemon();
    format!(
        "Look at {name} now: it may not be serving. Its file was not changed, so a restart brings the configuration \
         in that file back: `systemctl restart {name}-server`."
    )
}
