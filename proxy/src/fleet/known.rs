//! What is known about one daemon: its last good reading, its state, and since when.

use super::ask::{Failure, Reading, reason};
use jiff::Timestamp;
use perch_shared::{
    Family, KeaVersion,
    api::{Channel, DaemonState, DaemonStatus, HaRelationship, HookLibrary, Reason, ReasonCode},
    status::{HaSettings, Times, Trouble, abilities, config_backend_reason, lost_hooks, service_trouble},
};
use serde_json::Value;
use std::{sync::Arc, time::Instant};

/// The last good reading of a daemon.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    pub(super) version: KeaVersion,
    pub(super) hash: String,
    pub(super) commands: Arc<[String]>,
    pub(super) hooks: Vec<HookLibrary>,
    /// A part of the configuration comes from a database.
    pub(super) backend: bool,
    pub(super) directory: String,
    pub(super) ha: Vec<HaSettings>,
    /// The client classes as JSON; empty: none.
    pub(super) classes: Arc<str>,
    pub(super) relations: Vec<HaRelationship>,
    pub(super) times: Times,
    /// When `times` was true.
    pub(super) timed: Instant,
}

impl Facts {
    pub(super) fn new(version: KeaVersion) -> Self {
        Self {
            version,
            hash: String::new(),
            commands: Arc::from([]),
            hooks: Vec::new(),
            backend: false,
            directory: String::new(),
            ha: Vec::new(),
            classes: Arc::from(""),
            relations: Vec::new(),
            times: Times::default(),
            timed: Instant::now(),
        }
    }

    /// Whether a configuration was loaded after the reading `before`. Kea counts whole seconds.
    fn was_reloaded(&self, before: &Self) -> bool {
        let Some((now, then)) = self.times.reload.zip(before.times.reload) else { return false };
        let expected = then + self.timed.duration_since(before.timed).as_secs();
        now + 2 < expected
    }
}

/// What Perch itself does to a daemon's configuration.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// How many changes go on.
    pub(super) going: u32,
    /// When the last one ended.
    pub(super) ended: Option<Instant>,
    /// What the last one left, until that was seen.
    pub(super) left: Option<Left>,
}

/// What a change through this Perch left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Left {
    /// The configuration with this hash.
    Hash(String),
    /// Nobody knows what.
    Something,
}

/// Whether what runs is also in the daemon's file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Disk {
    /// Nothing says otherwise.
    #[default]
    Same,
    /// Perch changed what runs, and Kea did not write its file.
    NotWritten,
    /// A command changed what runs, and nobody knows whether Kea wrote its file.
    Perhaps,
}

/// What is known about one daemon.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The address it was asked at; at another one it may be another daemon.
    pub(super) address: String,
    pub(super) facts: Option<Arc<Facts>>,
    pub(super) version: Option<KeaVersion>,
    pub(super) state: Option<DaemonState>,
    pub(super) reasons: Vec<Reason>,
    pub(super) since: Option<Timestamp>,
    pub(super) seen: Option<Timestamp>,
    pub(super) looked: Option<Instant>,
    pub(super) own: Own,
    pub(super) disk: Disk,
    /// How often it was looked at without asking for its state.
    pub(super) hashes: u32,
}

/// What a reading changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Something that pages show.
    pub(super) shown: bool,
    /// The hash before and after, and whether it was somebody else.
    pub(super) hash: Option<(String, String, bool)>,
}

impl Known {
    /// Takes a good reading in.
    pub(super) fn take(&mut self, family: Family, reading: Reading<'_>) -> Changes {
        let Reading { asked, mut facts, status, .. } = reading;
        let before = self.facts.clone();
        let judged = self.own.going == 0 && self.own.ended.is_none_or(|ended| ended <= asked);
        let old = before.as_ref().map(|facts| facts.hash.clone()).filter(|hash| !hash.is_empty());
        let moved = old.filter(|old| *old != facts.hash);
        if !judged && let Some(old) = &moved {
            // What runs while Perch changes it is not yet anybody's change.
            facts.hash.clone_from(old);
        }
        let hash = moved.filter(|_| judged).map(|old| {
            let own = match &self.own.left {
                Some(Left::Hash(left)) => *left == facts.hash,
                Some(Left::Something) => true,
                None => false,
            };
            (old, facts.hash.clone(), !own)
        });
        if judged {
            self.own.left = None;
        }
        self.disk = disk(
            self.disk,
            before.as_deref(),
            &facts,
            hash.as_ref().is_some_and(|(_, _, external)| *external),
        );
        let reasons = match &status {
            Some(status) => reasons(family, &facts, status),
            None => self.reasons.iter().filter(|reason| !is_note(reason)).cloned().collect(),
        };
        let shown = self.show(family, facts, reasons);
        Changes { shown, hash }
    }

    fn show(&mut self, family: Family, facts: Facts, mut reasons: Vec<Reason>) -> bool {
        let state = if reasons.is_empty() { DaemonState::Ok } else { DaemonState::Impaired };
        reasons.extend(disk_reason(self.disk, family));
        reasons.extend(facts.backend.then(config_backend_reason));
        let same = self.facts.as_ref().is_some_and(|old| {
            let pairs = || old.relations.iter().zip(&facts.relations);
            (old.version, &old.hooks, old.relations.len(), &old.commands)
                == (facts.version, &facts.hooks, facts.relations.len(), &facts.commands)
                && pairs().all(|(old, new)| old.is_as(new))
        });
        self.version = Some(facts.version);
        self.facts = Some(Arc::new(facts));
        self.seen = Some(Timestamp::now());
        self.enter(state, reasons) || !same
    }

    /// Takes in that there was no good reading.
    pub(super) fn fail(&mut self, failure: Failure) -> Changes {
        let state = if failure.version.is_some() { DaemonState::Impaired } else { DaemonState::Unreachable };
        if failure.version.is_some() {
            self.version = failure.version;
            self.seen = Some(Timestamp::now());
        }
        Changes { shown: self.enter(state, vec![failure.reason]), hash: None }
    }

    fn enter(&mut self, state: DaemonState, reasons: Vec<Reason>) -> bool {
        self.looked = Some(Instant::now());
        let moved = self.state != Some(state);
        if moved {
            self.since = Some(Timestamp::now());
        }
        let shown = moved || self.reasons != reasons;
        self.state = Some(state);
        self.reasons = reasons;
        shown
    }

    /// As the page sees it.
    pub(super) fn status(&self, family: Family, channel: &Channel, with_abilities: bool) -> DaemonStatus {
        let mut status = DaemonStatus::silent(family, DaemonState::Unreachable, channel);
        if self.address != channel.address {
            return status;
        }
        let stamp = |time: Timestamp| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let state = self.state.unwrap_or(DaemonState::Unreachable);
        status.state = state;
        status.reasons.clone_from(&self.reasons);
        status.since = self.since.map(stamp);
        status.seen = self.seen.map(stamp);
        status.version = self.version;
        let Some(facts) = &self.facts else { return status };
        status.hash = Some(facts.hash.clone());
        status.hooks.clone_from(&facts.hooks);
        if with_abilities {
            status.abilities = abilities(family, facts.version, &facts.commands, &facts.directory);
        }
        if state != DaemonState::Unreachable {
            let passed = facts.timed.elapsed().as_secs();
            status.uptime = facts.times.uptime.map(|seconds| seconds + passed);
            status.reload = facts.times.reload.map(|seconds| seconds + passed);
            status.ha.clone_from(&facts.relations);
        }
        status
    }
}

/// Everything that is wrong with a daemon that answers, the worst first.
fn reasons(family: Family, facts: &Facts, status: &Value) -> Vec<Reason> {
    let lost = lost(family, facts).map(|trouble| reason(ReasonCode::LostHooks, trouble));
    let service = service_trouble(status).map(|trouble| reason(ReasonCode::Service, trouble));
    let ha = facts.relations.iter().filter_map(HaRelationship::reason);
    lost.into_iter().chain(service).chain(ha).collect()
}

fn lost(family: Family, facts: &Facts) -> Option<Trouble> {
    let lost = lost_hooks(family, &facts.hooks, &facts.commands);
    (!lost.is_empty()).then(|| Trouble {
        reason: format!(
            "The configuration loads {}, but the daemon lacks their commands: an earlier change failed, and the \
             daemon may serve no client.",
            lost.join(", ")
        ),
        help: "Reload the configuration, or send the last good one again; then look into Kea's log.".into(),
    })
}

/// What is known about the file after a reading. A start reads the file; so does a reload that somebody else asked
/// for, as far as anybody can tell. A hash that moved without a reload was moved by a command that changes memory
/// only.
fn disk(disk: Disk, before: Option<&Facts>, now: &Facts, external: bool) -> Disk {
    let Some(before) = before else { return disk };
    let restarted =
        matches!((before.times.uptime, now.times.uptime), (Some(before), Some(now)) if now < before);
    match (restarted, external, now.was_reloaded(before)) {
        (true, ..) | (false, true, true) => Disk::Same,
        (false, true, false) if now.times.reload.is_some() => Disk::Perhaps,
        _ => disk,
    }
}

/// Whether something is said of a daemon whose state is good all the same.
fn is_note(reason: &Reason) -> bool {
    use ReasonCode::{ConfigBackend, NotWritten, PerhapsNotWritten};
    matches!(reason.code, NotWritten | PerhapsNotWritten | ConfigBackend)
}

fn disk_reason(disk: Disk, family: Family) -> Option<Reason> {
    let name = family.daemon();
    let (code, text) = match disk {
        Disk::Same => return None,
        Disk::NotWritten => (
            ReasonCode::NotWritten,
            format!(
                "What {name} runs is not in its configuration file: a restart would lose the last change."
            ),
        ),
        Disk::Perhaps => (
            ReasonCode::PerhapsNotWritten,
            format!(
                "Somebody changed what {name} runs with a command that does not write its configuration file: a \
                 restart may lose the change."
            ),
        ),
    };
    let help = "Send `config-write`, or save another change through Perch.".to_owned();
    Some(Reason { code, text, help })
}
