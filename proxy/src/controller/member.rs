//! One daemon that a change goes to, from `config-set` on: from there it is either changed or put back.

use super::{
    Daemon, Reading,
    apply::Order,
    fault::{Faults, Step},
    has::{Has, has},
    held::Held,
    journal::{Fault, Journal},
    lend::{Loans, Partner, lend},
    plan::Plan,
    put_back::put_back,
    trail::Trail,
    verify,
};
use crate::{
    kea::{KeaError, PackError, Packed, Printed},
    store::{Phase, Step as Mark},
    work::work,
};
use perch_shared::{
    api::{ApplyPhase, HookLibrary, Outcome, SnapshotId},
    change::{self, Edit},
    command::Command,
    status,
};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// What all members of one change have in common.
#[derive(Debug)]
pub(super) struct Way<'a> {
    pub(super) order: &'a Order,
    pub(super) faults: &'a Faults,
    pub(super) trail: Trail,
    /// Something failed: whoever has not begun does not begin.
    stopped: AtomicBool,
}

impl<'a> Way<'a> {
    pub(super) fn new(order: &'a Order, faults: &'a Faults, trail: Trail) -> Self {
        Self { order, faults, trail, stopped: AtomicBool::new(false) }
    }

    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// The edits that go to a member.
    pub(super) fn edits(&self, member: &Member) -> Arc<[Edit]> {
        self.order.list(member.list)
    }

    async fn note(&self, member: &Member, phase: Phase, data: Value) {
        self.trail.note(Mark::new(member.index, phase).data(data)).await;
    }
}

/// What a member runs, as far as Perch knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Runs {
    /// What it ran before; nothing was sent that could change it.
    Before,
    /// The change, with this hash.
    After(String),
    /// What it ran before, put back and proved.
    PutBack,
    /// What it ran before, because it has missed the change.
    Missed,
    /// Perch could not find out, or something else.
    Unknown,
}

/// One daemon that a change goes to.
#[derive(Debug)]
pub(super) struct Member {
    /// Its place among the targets.
    pub(super) index: usize,
    /// Which of the lists of edits goes here.
    pub(super) list: usize,
    pub(super) daemon: Daemon,
    pub(super) now: Held,
    pub(super) commands: BTreeSet<String>,
    pub(super) plan: Plan,
    pub(super) partners: Vec<Partner>,
    pub(super) journal: Journal,
    pub(super) runs: Runs,
    /// What it shows since it runs the change.
    pub(super) shows: Option<Packed>,
    /// What ended the change here.
    pub(super) fault: Option<Fault>,
    /// Something is still to be done here, as soon as it can be.
    pub(super) owes: bool,
    /// A copy of what it runs now.
    pub(super) copy: Option<SnapshotId>,
}

impl Member {
    /// A member that runs what it ran before; `place` is its place among the targets, and its list of edits.
    pub(super) fn new(
        (index, list): (usize, usize),
        daemon: Daemon,
        now: Held,
        commands: BTreeSet<String>,
        plan: Plan,
        journal: Journal,
    ) -> Self {
        let (partners, runs, shows) = (Vec::new(), Runs::Before, None);
        let (fault, owes, copy) = (None, false, None);
        Self { index, list, daemon, now, commands, plan, partners, journal, runs, shows, fault, owes, copy }
    }

    /// Has Kea check the new configuration. Changes nothing.
    pub(super) async fn test(&mut self) {
        let answer = self.daemon.configure("config-test", &self.plan.config).await;
        match Fault::check("config-test", answer) {
            Ok(answer) => self.journal.done(ApplyPhase::ConfigTest, answer.text),
            Err(fault) => {
                self.journal.fault(ApplyPhase::ConfigTest, &fault);
                self.fault = Some(fault);
            }
        }
    }

    /// Has Kea run it, without leaving its clients alone. After a failure it runs what it ran before, as far as that
    /// can be had.
    pub(super) async fn change(&mut self, way: &Way<'_>) -> Result<(), Fault> {
        // A hook's command interrupts nobody.
        let loans = if self.plan.hook().is_some() { Loans::default() } else { lend(self, way).await? };
        let mut result = self.set(way, &loans).await;
        if let Err(fault) = &result
            && self.runs != Runs::Before
        {
            let fault = fault.clone();
            self.put_back(way, &loans).await;
            result = Err(fault);
        }
        loans.end(self, way).await?;
        if result.is_ok() {
            way.trail.copy(self).await;
        }
        result
    }

    async fn set(&mut self, way: &Way<'_>, loans: &Loans) -> Result<(), Fault> {
        loans.hush().await;
        let sent = self.send(way, loans).await;
        loans.go_on().await;
        let said = sent?;
        way.faults.at(Step::WasSet)?;
        self.journal.done(ApplyPhase::ConfigSet, said);
        loans.serve_alone(self).await;
        let (hash, shows, note) =
            self.read_back(way).await.inspect_err(|fault| self.journal.fault(ApplyPhase::ReadBack, fault))?;
        way.faults.at(Step::ReadBack)?;
        let text = note.unwrap_or_else(|| "Kea runs exactly what was meant.".to_owned());
        self.journal.done(ApplyPhase::ReadBack, text);
        self.journal.0.hash = Some(hash.clone());
        self.runs = Runs::After(hash);
        self.shows = Some(shows);
        Ok(())
    }

    /// Has Kea run the change, if it still runs what was read. What it says to that.
    async fn send(&mut self, way: &Way<'_>, loans: &Loans) -> Result<String, Fault> {
        way.faults.at(Step::Hushed)?;
        self.last_look().await.inspect_err(|fault| self.journal.fault(ApplyPhase::Compare, fault))?;
        way.trail.step(self.index, Phase::Setting, loans.data()).await?;
        way.faults.at(Step::Set)?;
        self.runs = Runs::Unknown;
        self.run().await.inspect_err(|fault| {
            self.journal.fault(ApplyPhase::ConfigSet, fault);
            if fault.came_before() {
                self.runs = Runs::Before;
            }
        })
    }

    /// Whether Kea still runs what was read: another console may have changed it since. What remains of the race is
    /// the time from this answer to Kea's reading of `config-set`.
    async fn last_look(&self) -> Result<(), Fault> {
        let hash = self.daemon.hash(&self.commands).await.map_err(Fault::Silent)?;
        if hash == self.now.hash { Ok(()) } else { Err(Fault::Meanwhile) }
    }

    /// What it runs, and what is worth knowing about it.
    async fn read_back(&self, way: &Way<'_>) -> Result<(String, Packed, Option<String>), Fault> {
        let running = self.daemon.running().await.map_err(Fault::Silent)?;
        let (config, edits) = (self.plan.config.clone(), way.edits(self));
        let compare = move || {
            let note = verify::compare(&change::shown(config.tree()?), &edits, &*running.tree()?);
            Ok::<_, PackError>((running.hash.clone(), Packed::of_printed(&running)?, note))
        };
        let (hash, running, note) = work(compare).await?;
        let note = note.map_err(Fault::Different)?;
        let commands = self.daemon.commands().await.map_err(Fault::Silent)?;
        let lost = self.lost(&commands);
        if !lost.is_empty() {
            let lost = lost.join(", ");
            return Err(Fault::Different(format!("Kea has lost a hook library: it no longer knows {lost}.")));
        }
        Ok((hash, running, note))
    }

    /// What Kea has lost that it should have: a library that the change takes out takes its commands along.
    fn lost(&self, commands: &BTreeSet<String>) -> Vec<String> {
        let loaded = status::hooks(&self.plan.hooks);
        let goes = |hook: &HookLibrary| loaded.iter().all(|left| left.name != hook.name);
        if status::hooks(&self.now.hooks).iter().any(goes) {
            let commands: Vec<String> = commands.iter().cloned().collect();
            return status::lost_hooks(self.daemon.family, &loaded, &commands);
        }
        self.commands.difference(commands).cloned().collect()
    }

    /// Gives Kea what it ran before, because another member failed.
    pub(super) async fn undo(&mut self, way: &Way<'_>) {
        let loans = match self.plan.hook() {
            Some(_) => Loans::default(),
            // Better a silence than half a change: without a loan it is put back all the same.
            None => lend(self, way).await.unwrap_or_default(),
        };
        self.put_back(way, &loans).await;
        if let Err(fault) = loans.end(self, way).await {
            self.owes = true;
            tracing::warn!(
                member = self.daemon.title(),
                fault = fault.text(),
                "the pair is not back at work"
            );
        }
    }

    async fn put_back(&mut self, way: &Way<'_>, loans: &Loans) {
        way.note(self, Phase::PuttingBack, loans.data()).await;
        loans.hush().await;
        let put = self.put_back_what_was(way).await;
        loans.go_on().await;
        loans.serve_alone(self).await;
        // A Kea that does not answer gets it later; one that refuses would refuse it again.
        self.owes = matches!(put, Err(Fault::Silent(_) | Fault::Injected(_)));
        self.runs = if put.is_ok() { Runs::PutBack } else { Runs::Unknown };
        let _ = way.faults.at(Step::WasPutBack);
    }

    async fn put_back_what_was(&mut self, way: &Way<'_>) -> Result<(), Fault> {
        way.faults.at(Step::PutBack)?;
        let running = self.daemon.running().await.map_err(Fault::Silent);
        let running = running.inspect_err(|fault| self.journal.fault(ApplyPhase::PutBack, fault))?;
        let (edits, hash) = (way.edits(self), running.hash.clone());
        self.keep_what_others_changed(running, edits.clone()).await?;
        let by_hook = self.take_back_by_hook(&hash).await;
        if by_hook.inspect_err(|fault| self.journal.fault(ApplyPhase::PutBack, fault))? {
            return Ok(());
        }
        put_back(&self.daemon, &self.now, &edits, &mut self.journal).await
    }

    /// What somebody else has changed since is not taken back with the change.
    async fn keep_what_others_changed(&mut self, running: Printed, edits: Arc<[Edit]>) -> Result<(), Fault> {
        if running.hash == self.now.hash {
            return Ok(());
        }
        let before = self.now.clone();
        let look = move || {
            let now = Reading::of(before.version, &running)?;
            Ok::<_, PackError>(match has(&now, Some(&before.config), [Some(&before.hash), None], &edits)? {
                Has::Before => Some(Held::of(&now)?),
                Has::After { before } | Has::Other { before } => before,
            })
        };
        if let Some(before) = work(look).await? {
            self.now = before;
        }
        Ok(())
    }

    /// Has Kea write its file. A failure undoes nothing: the change runs, only a restart would lose it.
    pub(super) async fn write(&mut self, way: &Way<'_>) {
        if let Runs::After(hash) = &self.runs {
            let mark = Mark::new(self.index, Phase::Writing).read(Some(hash.clone()), None);
            way.trail.note(mark).await;
        }
        match Fault::check("config-write", self.daemon.send(Command::new("config-write")).await) {
            Ok(answer) => {
                let file = answer.arguments.get("filename").and_then(|name| name.as_str());
                self.journal.0.written = Some(file.unwrap_or("its configuration file").to_owned());
                self.journal.done(ApplyPhase::ConfigWrite, answer.text);
            }
            Err(fault) => {
                let remedy = match &fault {
                    Fault::Silent(error) => {
                        self.owes = true;
                        maybe_written(error)
                    }
                    _ => let_kea_write(&self.daemon),
                };
                self.journal.failed(ApplyPhase::ConfigWrite, fault.text(), Some(remedy));
            }
        }
        let _ = way.faults.at(Step::Written);
        way.trail.copy(self).await;
    }

    /// Has Kea write what was put back: its file may have the change.
    pub(super) async fn write_again(&mut self) {
        match Fault::check("config-write", self.daemon.send(Command::new("config-write")).await) {
            Ok(answer) => self.journal.done(ApplyPhase::ConfigWrite, answer.text),
            Err(fault) => {
                self.journal.fault(ApplyPhase::ConfigWrite, &fault);
                self.owes = true;
            }
        }
    }

    /// How it ended here.
    pub(super) fn outcome(&self) -> Outcome {
        match &self.runs {
            Runs::Before => Outcome::Refused,
            Runs::After(_) if self.journal.0.written.is_some() => Outcome::Applied,
            Runs::After(_) => Outcome::AppliedNotWritten,
            Runs::PutBack => Outcome::PutBack,
            Runs::Missed => Outcome::Pending,
            Runs::Unknown => Outcome::Damaged,
        }
    }
}

fn maybe_written(error: &KeaError) -> String {
    format!(
        "It is not known whether Kea wrote its file; if it did not, a restart loses the change. Perch sees to it as \
         soon as Kea answers. {}",
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
