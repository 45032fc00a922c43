//! A change through this Perch: while it goes on nothing is taken for somebody else's, and its end is told.

use super::{
    Fleet,
    known::{Disk, Left},
};
use perch_shared::{
    Family,
    api::{ChangeStage, Event, Outcome, ServerId, TargetReport},
};
use std::{sync::Arc, time::Instant};

/// A change through this Perch that goes on. Dropping it without a word means that nobody knows what it left.
#[derive(Debug)]
#[must_use = "the change is over when this is dropped"]
pub struct Changing {
    fleet: Arc<Fleet>,
    server: ServerId,
    family: Family,
    left: Option<Left>,
    step: ChangeStage,
    disk: Option<Disk>,
}

impl Fleet {
    /// Says that a change begins.
    pub fn changing(self: &Arc<Self>, server: &ServerId, family: Family) -> Changing {
        self.known().entry((server.clone(), family)).or_default().own.going += 1;
        let changing = Changing {
            fleet: self.clone(),
            server: server.clone(),
            family,
            left: Some(Left::Something),
            step: ChangeStage::Failed,
            disk: None,
        };
        changing.tell(ChangeStage::Began);
        changing
    }
}

impl Changing {
    /// It ended as the report about its daemon says; without one nothing was sent.
    pub fn ended(self, reports: &[TargetReport]) {
        let own = |report: &&TargetReport| (&report.server, report.family) == (&self.server, self.family);
        match reports.iter().find(own) {
            Some(report) if report.outcome.is_applied() => {
                self.applied(report.hash.as_deref(), report.written.is_some());
            }
            Some(report) if matches!(report.outcome, Outcome::PutBack | Outcome::Damaged) => {
                self.failed(report.hash.as_deref());
            }
            _ => self.untouched(),
        }
    }

    /// It was carried out, and left the configuration with this hash; `written`: Kea wrote its file.
    pub fn applied(mut self, hash: Option<&str>, written: bool) {
        self.note(hash, ChangeStage::Applied, Some(if written { Disk::Same } else { Disk::NotWritten }));
    }

    /// It was not carried out; the configuration now has this hash, when it is known.
    pub fn failed(mut self, hash: Option<&str>) {
        self.note(hash, ChangeStage::Failed, None);
    }

    /// It was not carried out, and nothing was sent that could change something.
    pub fn untouched(mut self) {
        self.left = None;
    }

    fn note(&mut self, hash: Option<&str>, step: ChangeStage, disk: Option<Disk>) {
        self.left = Some(hash.map_or(Left::Something, |hash| Left::Hash(hash.to_owned())));
        (self.step, self.disk) = (step, disk);
    }

    fn tell(&self, step: ChangeStage) {
        let event = Event::Change { server: self.server.clone(), daemon: self.family, step };
        self.fleet.events.publish(&event);
    }
}

impl Drop for Changing {
    fn drop(&mut self) {
        {
            let mut known = self.fleet.known();
            let known = known.entry((self.server.clone(), self.family)).or_default();
            known.own.going = known.own.going.saturating_sub(1);
            known.own.ended = Some(Instant::now());
            known.own.left = self.left.take().or(known.own.left.take());
            known.disk = self.disk.unwrap_or(known.disk);
        }
        self.tell(self.step);
        self.fleet.changes.add(match (self.step, self.disk) {
            (ChangeStage::Applied, Some(Disk::NotWritten)) => "applied-not-written",
            (ChangeStage::Applied, _) => "applied",
            _ => "failed",
        });
        self.fleet.wake(&self.server);
    }
}
