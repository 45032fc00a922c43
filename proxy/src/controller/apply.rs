//! Carrying a change out: compare, test, set, read back, write; and put back what was there after any failure.

use super::{
    Controller, Daemon, Reading,
    journal::{Fault, Journal},
    plan::Plan,
    put_back::{put_back, restart},
    verify,
};
use crate::{
    error::ApiError,
    kea::{KeaError, RunningConfig},
    store::Event,
};
use perch_shared::{
    api::{ApplyPhase, ApplyReport, ChangeRequest, ErrorCode, Moment, Outcome, Place},
    change::Edit,
    command::Command,
};
use std::collections::BTreeSet;

impl Controller {
    /// Carries a change out. Once begun it must not be dropped: run it as a task of its own.
    ///
    /// # Errors
    /// When it could not be carried out; the report inside says how far it came and what runs now.
    pub async fn apply(&self, daemon: &Daemon, request: &ChangeRequest) -> Result<ApplyReport, ApiError> {
        let _alone = self.lock(&daemon.address()).await;
        let result = self.apply_alone(daemon, request).await;
        self.record(daemon, request, &result).await;
        result
    }

    /// Writes the change into the history. A failure is logged and nothing else: the change has already happened, or
    /// not.
    async fn record(&self, daemon: &Daemon, request: &ChangeRequest, result: &Result<ApplyReport, ApiError>) {
        let (report, text) = match result {
            Ok(report) => (Some(report), String::new()),
            Err(error) => (error.body().apply.as_ref(), error.to_string()),
        };
        let outcome = outcome(result);
        let place = Place {
            server: daemon.server.clone(),
            family: Some(daemon.family),
            before: Moment { hash: Some(request.based_on.clone()), snapshot: None },
            after: Moment { hash: report.and_then(|report| report.hash.clone()), snapshot: None },
            outcome,
            text,
            list: 0,
        };
        let written = match self.archive.seal(&request.edits) {
            Ok(list) => {
                let event = Event { lists: vec![list], places: vec![place], outcome, ..Event::default() };
                self.archive.note(event).await.map(|_| ())
            }
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            tracing::error!(%error, "cannot write the history");
        }
    }

    async fn apply_alone(&self, daemon: &Daemon, request: &ChangeRequest) -> Result<ApplyReport, ApiError> {
        let mut journal = Journal::default();
        let now = self.read(daemon).await.map_err(nothing_changed)?;
        if now.hash != request.based_on {
            return Err(changed_meanwhile(journal));
        }
        let commands = daemon.commands().await.map_err(|error| nothing_changed(error.into()))?;
        let plan = Plan::new(&now, &request.edits)?;
        plan.check()?;
        journal.done(ApplyPhase::Compare, "Kea runs the configuration that the preview showed.");

        match Fault::check("config-test", daemon.configure("config-test", &plan.config).await) {
            Ok(answer) => journal.done(ApplyPhase::ConfigTest, answer.text),
            Err(fault) => return Err(unchanged(journal, ApplyPhase::ConfigTest, fault)),
        }
        let before = RunningConfig { config: now.config, hash: now.hash };
        let change = Change { daemon, before, plan: &plan, edits: &request.edits, commands };
        let running = match change.set(&mut journal).await {
            Ok(running) => running,
            Err(fault) => return Err(change.undo(journal, fault).await),
        };
        journal.0.hash = Some(running.hash.clone());
        self.seen.keep(daemon, &Reading { version: now.version, config: running.config, hash: running.hash });
        write(daemon, &mut journal).await;
        Ok(journal.0)
    }
}

fn outcome(result: &Result<ApplyReport, ApiError>) -> Outcome {
    let error = match result {
        Ok(report) if report.written.is_some() => return Outcome::Applied,
        Ok(_) => return Outcome::AppliedNotWritten,
        Err(error) => error,
    };
    let report = error.body().apply.as_ref();
    let steps = report.map(|report| report.steps.as_slice()).unwrap_or_default();
    let last = steps.iter().rfind(|step| step.phase == ApplyPhase::PutBack);
    match last {
        Some(step) if step.done => Outcome::PutBack,
        Some(_) => Outcome::Damaged,
        None => Outcome::Refused,
    }
}

/// A change from `config-set` on: from here it is either finished or put back.
struct Change<'a> {
    daemon: &'a Daemon,
    before: RunningConfig,
    plan: &'a Plan,
    edits: &'a [Edit],
    commands: BTreeSet<String>,
}

impl Change<'_> {
    /// Has Kea run it, and reads it back.
    async fn set(&self, journal: &mut Journal) -> Result<RunningConfig, Fault> {
        let answer = self.daemon.configure("config-set", &self.plan.config).await;
        let answer = Fault::check("config-set", answer)
            .inspect_err(|fault| journal.fault(ApplyPhase::ConfigSet, fault))?;
        journal.done(ApplyPhase::ConfigSet, answer.text);
        let (running, note) =
            self.read_back().await.inspect_err(|fault| journal.fault(ApplyPhase::ReadBack, fault))?;
        journal.done(
            ApplyPhase::ReadBack,
            note.unwrap_or_else(|| "Kea runs exactly what was meant.".to_owned()),
        );
        Ok(running)
    }

    async fn read_back(&self) -> Result<(RunningConfig, Option<String>), Fault> {
        let running = self.daemon.running().await.map_err(Fault::Silent)?;
        let note = verify::compare(self.plan, self.edits, &running.config).map_err(Fault::Different)?;
        let commands = self.daemon.commands().await.map_err(Fault::Silent)?;
        let lost: Vec<&str> = self.commands.difference(&commands).map(String::as_str).collect();
        if !lost.is_empty() {
            let lost = lost.join(", ");
            return Err(Fault::Different(format!("Kea has lost a hook library: it no longer knows {lost}.")));
        }
        Ok((running, note))
    }

    /// Puts back what was there, unless Kea cannot have carried out anything.
    async fn undo(&self, mut journal: Journal, fault: Fault) -> ApiError {
        if let Fault::Silent(error) = &fault
            && !error.fault.may_have_run()
            && journal.last_failed() == Some(ApplyPhase::ConfigSet)
        {
            return unchanged_error(journal, fault);
        }
        let what = fault.text();
        let what = what.trim_end_matches('.');
        let (message, help) = if put_back(self.daemon, &self.before, &mut journal).await {
            let help = "Nothing was changed in the end. The daemon's log may say more.".to_owned();
            (format!("The change failed: {what}. Kea runs its earlier configuration again."), help)
        } else {
            let name = self.daemon.family.daemon();
            let rest = format!("Perch could not give {name} its earlier configuration again");
            (format!("The change failed: {what}. {rest}."), restart(self.daemon))
        };
        journal.error(fault, message, help)
    }
}

/// A failure before anything was sent that could change something.
fn nothing_changed(error: ApiError) -> ApiError {
    error.with(|body| {
        let help = body.help.take().unwrap_or_default();
        body.help = Some(format!("Nothing was changed. {help}").trim_end().to_owned());
    })
}

fn changed_meanwhile(mut journal: Journal) -> ApiError {
    let message = "The configuration was changed by somebody else after the preview.";
    journal.failed(ApplyPhase::Compare, message, None);
    ApiError::new(ErrorCode::Conflict, message)
        .help("Nothing was changed. Preview again: it shows what changed meanwhile.")
        .with(|body| body.apply = Some(journal.0))
}

/// A step failed that changes nothing.
fn unchanged(mut journal: Journal, phase: ApplyPhase, fault: Fault) -> ApiError {
    journal.fault(phase, &fault);
    unchanged_error(journal, fault)
}

fn unchanged_error(journal: Journal, fault: Fault) -> ApiError {
    let help = match &fault {
        Fault::Silent(error) => format!("Nothing was changed. {}", error.fault.remedy(&error.address)),
        Fault::Refused(_) | Fault::Different(_) => "Nothing was changed. Correct what Kea names.".to_owned(),
    };
    let message = match &fault {
        Fault::Refused(_) => "Kea refuses the changed configuration.".to_owned(),
        Fault::Silent(_) | Fault::Different(_) => format!("Kea could not be asked: {}.", fault.text()),
    };
    journal.error(fault, message, help)
}

/// Has Kea write its file. A failure undoes nothing: the change runs, only a restart would lose it.
async fn write(daemon: &Daemon, journal: &mut Journal) {
    match Fault::check("config-write", daemon.send(Command::new("config-write")).await) {
        Ok(answer) => {
            let file = answer.arguments.get("filename").and_then(|name| name.as_str());
            journal.0.written = Some(file.unwrap_or("its configuration file").to_owned());
            journal.done(ApplyPhase::ConfigWrite, answer.text);
        }
        Err(fault) => {
            let remedy = match &fault {
                Fault::Silent(error) => maybe_written(error),
                Fault::Refused(_) | Fault::Different(_) => let_kea_write(daemon),
            };
            journal.failed(ApplyPhase::ConfigWrite, fault.text(), Some(remedy));
        }
    }
}

fn maybe_written(error: &KeaError) -> String {
    format!(
        "The change runs, but it is not known whether Kea wrote its file; if it did not, a restart would lose the \
         change. {} Then send `config-write`, or save another change.",
        error.fault.remedy(&error.address)
    )
}

fn let_kea_write(daemon: &Daemon) -> String {
    let name = daemon.family.daemon();
    format!(
        "The change runs, but a restart of {name} would lose it. Let Kea's user write the file and its directory: \
         `chown _kea: /etc/kea /etc/kea/{name}.conf`. On Debian and Ubuntu AppArmor forbids it as well: put \
         `/etc/kea/{name}.conf w,` into `/etc/apparmor.d/local/usr.sbin.{name}` and run \
         `apparmor_parser -r /etc/apparmor.d/usr.sbin.{name}`. Then send `config-write`, or save another change."
    )
}
