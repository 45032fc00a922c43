//! Looking at a server: asks its daemons, keeps what they say, and tells what changed.

use super::{
    Fleet,
    ask::{Asker, Depth, Failure, Reading},
    channels,
    external::DIFFERENCES,
    known::Changes,
};
use crate::{
    kea::{Printed, Target},
    store::ServerRecord,
};
use futures_util::future::join_all;
use jiff::Timestamp;
use perch_shared::{
    Family,
    api::{Channel, Event, ExternalChange, Reason, ReasonCode, ServerId, ServerStatus},
    change,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// Every how many looks a daemon without HA is asked for its state, too.
const STATE_EVERY: u32 = 4;

/// How a look went.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looked {
    /// Whether every daemon answered.
    pub(super) all_answered: bool,
    /// How long the slowest daemon took.
    pub(super) cost: Duration,
}

impl Fleet {
    /// Looks at a server thoroughly, for somebody who waits for it.
    pub async fn look(self: &Arc<Self>, record: &ServerRecord) -> ServerStatus {
        self.look_deep(record, Some(Depth::Whole)).await;
        self.view(record, true)
    }

    /// Looks at all daemons of a server at the same time, so that one that hangs delays no other. Behind one Control
    /// Agent they can still wait for each other: an agent serves one command at a time. Whoever waits while somebody
    /// else looks is served by that look.
    pub(super) async fn look_deep(self: &Arc<Self>, record: &ServerRecord, depth: Option<Depth>) -> Looked {
        let asked = Instant::now();
        let turn = self.turn(&record.server.id);
        let _alone = turn.alone.lock().await;
        let looks =
            channels(record).map(|(family, channel)| self.look_at(record, family, channel, depth, asked));
        let looked = join_all(looks).await;
        if looked.iter().any(|(_, changes)| changes.shown || changes.hash.is_some()) {
            self.tell(record);
        }
        Looked {
            all_answered: looked.iter().all(|(looked, _)| looked.all_answered),
            cost: looked.iter().map(|(looked, _)| looked.cost).max().unwrap_or_default(),
        }
    }

    async fn look_at(
        self: &Arc<Self>,
        record: &ServerRecord,
        family: Family,
        channel: &Channel,
        depth: Option<Depth>,
        asked: Instant,
    ) -> (Looked, Changes) {
        let server = &record.server.id;
        let Some((facts, depth)) = self.begin(server, family, channel, depth, asked) else {
            return (Looked { all_answered: true, cost: Duration::ZERO }, Changes::default());
        };
        let start = Instant::now();
        let reading = match Target::of_channel(record, channel) {
            Ok(target) => {
                let reading =
                    Asker::new(&self.kea, &target, family, &self.readers).ask(facts.as_deref(), depth).await;
                return self.kept(server, family, reading, start);
            }
            Err(error) => {
                let (text, help) = (super::sentence(&error.to_string()), error.remedy());
                let reason = Reason { code: ReasonCode::Unreachable, text, help };
                Err(Failure { reason, version: None })
            }
        };
        self.kept(server, family, reading, start)
    }

    fn kept(
        &self,
        server: &ServerId,
        family: Family,
        reading: Result<Reading<'_>, Failure>,
        start: Instant,
    ) -> (Looked, Changes) {
        let looked = Looked { all_answered: reading.is_ok(), cost: start.elapsed() };
        (looked, self.keep(server, family, reading))
    }

    /// What is known and how much is to be asked; `None` when it was asked after `asked`, or is not to be asked now.
    fn begin(
        &self,
        server: &ServerId,
        family: Family,
        channel: &Channel,
        depth: Option<Depth>,
        asked: Instant,
    ) -> Option<(Option<Arc<super::known::Facts>>, Depth)> {
        let mut all = self.known();
        let known = all.entry((server.clone(), family)).or_default();
        if known.address != channel.address {
            let own = std::mem::take(&mut known.own);
            *known = super::Known { address: channel.address.clone(), own, ..super::Known::default() };
        }
        if known.looked.is_some_and(|looked| looked > asked) {
            return None;
        }
        let depth = match depth {
            Some(depth) => depth,
            // Perch itself is at work there, and tells when it is done.
            None if known.own.going > 0 => return None,
            None => {
                let has_ha = known.facts.as_ref().is_some_and(|facts| !facts.ha.is_empty());
                known.hashes += 1;
                let due = has_ha
                    || known.own.left.is_some()
                    || !known.reasons.is_empty()
                    || known.hashes >= STATE_EVERY;
                if due { Depth::State } else { Depth::Hash }
            }
        };
        if depth != Depth::Hash {
            known.hashes = 0;
        }
        Some((known.facts.clone(), depth))
    }

    fn keep(&self, server: &ServerId, family: Family, reading: Result<Reading<'_>, Failure>) -> Changes {
        let (changes, body) = {
            let mut all = self.known();
            let known = all.entry((server.clone(), family)).or_default();
            match reading {
                Ok(mut reading) => {
                    let body = reading.body.take();
                    (known.take(family, reading), body)
                }
                Err(failure) => (known.fail(failure), None),
            }
        };
        let hash = self
            .known()
            .get(&(server.clone(), family))
            .and_then(|known| Some(known.facts.as_ref()?.hash.clone()));
        if let (Some(body), Some(hash)) = (body, hash) {
            self.keep_body(server, &body.running, &hash, &changes);
        }
        changes
    }

    fn keep_body(&self, server: &ServerId, running: &Printed, hash: &str, changes: &Changes) {
        if let Some((before, after, external)) = &changes.hash {
            if *external {
                self.external.add(self.external_change(server, running, before, after));
            }
            self.events.publish(&Event::Configuration {
                server: server.clone(),
                daemon: running.family,
                hash: after.clone(),
                external: *external,
            });
        }
        self.bodies.put(server, hash, running);
    }

    fn external_change(
        &self,
        server: &ServerId,
        running: &Printed,
        before: &str,
        after: &str,
    ) -> ExternalChange {
        let earlier = self.bodies.get(server, running.family, before).zip(running.tree().ok());
        let mut differences =
            earlier.as_ref().map(|(earlier, now)| change::diff(&earlier.root, &now.root)).unwrap_or_default();
        let more = differences.len().saturating_sub(DIFFERENCES);
        differences.truncate(DIFFERENCES);
        tracing::info!(server = %server, daemon = %running.family, "somebody else changed the configuration");
        ExternalChange {
            time: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            server: server.clone(),
            daemon: running.family,
            before: before.to_owned(),
            after: after.to_owned(),
            differences,
            more,
            compared: earlier.is_some(),
        }
    }
}
