//! A change by one command of a hook, where that does what `config-set` would: no client notices it. As `config-set`, Kea
//! carries it out wholly or not at all; a change that needs several commands goes by `config-set`.

use super::{journal::Fault, member::Member, plan::Plan};
use perch_shared::{api::ApplyPhase, change::HookStep, command::Answer};

impl Plan {
    /// The one command that makes the whole change, and the one that takes it back.
    pub(super) fn hook(&self) -> Option<&HookStep> {
        match self.steps.as_deref() {
            Some([step]) => Some(step),
            _ => None,
        }
    }
}

impl Member {
    /// Has Kea run the change: by a hook's command, where there is one. What Kea says to that.
    pub(super) async fn run(&self) -> Result<String, Fault> {
        let said = |name: &str, answer: Answer| format!("`{name}`: {}", answer.text);
        match self.plan.hook().map(|step| step.run.clone()) {
            Some(run) => {
                let name = run.command.clone();
                Ok(said(&name, Fault::check(&name, self.daemon.send(run).await)?))
            }
            None => {
                let answer = self.daemon.configure("config-set", &self.plan.config).await;
                Ok(Fault::check("config-set", answer)?.text)
            }
        }
    }

    /// Takes the change back by the hook's command that does it, where the hook made it; `running` is the hash of what
    /// Kea runs. `false`: only `config-set` does it, as where somebody else has changed something since: the command
    /// gives the whole object back and would take that along.
    pub(super) async fn take_back_by_hook(&mut self, running: &str) -> Result<bool, Fault> {
        let Some(undo) = self.plan.hook().map(|step| step.undo.clone()) else { return Ok(false) };
        // What is to run was never read from Kea: it is what runs now, less the change.
        if self.now.hash.is_empty() {
            return Ok(false);
        }
        if running != self.now.hash {
            let name = undo.command.clone();
            match Fault::check(&name, self.daemon.send(undo).await) {
                Err(Fault::Refused(said)) => {
                    self.journal.fault(ApplyPhase::PutBack, &Fault::Refused(said));
                    return Ok(false);
                }
                other => other.map(drop)?,
            }
        }
        let hash = self.daemon.hash(&self.commands).await.map_err(Fault::Silent)?;
        if hash != self.now.hash {
            return Ok(false);
        }
        self.journal.0.hash = Some(hash);
        let text = "Kea runs its earlier configuration; its hash is the proof.";
        self.journal.done(ApplyPhase::PutBack, text);
        Ok(true)
    }
}
