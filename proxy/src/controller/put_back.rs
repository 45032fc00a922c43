//! Giving Kea its earlier configuration again.

use super::{
    Daemon,
    journal::{Fault, Journal},
};
use crate::kea::RunningConfig;
use perch_shared::{
    api::ApplyPhase,
    config::{Config, thaw},
};

/// Sends the earlier configuration and reads it back as proof. A failed `config-set` can leave Kea deaf while it
/// looks healthy; sending the earlier configuration again is what makes it serve.
///
/// What Kea printed into every subnet was inherited and must be so again, so it is left out. Where Kea does not take
/// that, it gets what it printed, word for word. Without an answer nothing is sent a second time.
pub(super) async fn put_back(
    daemon: &Daemon,
    before: &Config,
    is_there: impl Fn(&RunningConfig) -> bool,
    journal: &mut Journal,
) -> Result<(), Fault> {
    let mut thawed = before.clone();
    thaw(&mut thawed);
    let fault = match send(daemon, &thawed, &is_there, journal).await {
        Ok(()) => {
            journal
                .done(ApplyPhase::PutBack, "Kea runs its earlier configuration again; read back as proof.");
            return Ok(());
        }
        Err(fault) => fault,
    };
    journal.fault(ApplyPhase::PutBack, &fault);
    if matches!(fault, Fault::Silent(_)) || thawed == *before {
        return Err(fault);
    }
    match send(daemon, before, &is_there, journal).await {
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

async fn send(
    daemon: &Daemon,
    config: &Config,
    is_there: impl Fn(&RunningConfig) -> bool,
    journal: &mut Journal,
) -> Result<(), Fault> {
    Fault::check("config-set", daemon.configure("config-set", config).await)?;
    let running = daemon.running().await.map_err(Fault::Silent)?;
    let same = is_there(&running);
    journal.0.hash = Some(running.hash);
    if same {
        Ok(())
    } else {
        Err(Fault::Different("Kea accepted its earlier configuration, but shows another one.".to_owned()))
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
