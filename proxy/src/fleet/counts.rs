//! How full subnets are: counted when somebody asks, and now and then where one short answer says it.

use super::{Fleet, ask::ANSWER, channels};
use crate::{kea::Target, store::ServerRecord};
use futures_util::stream::{self, StreamExt as _};
use jiff::Timestamp;
use perch_shared::{
    Family,
    api::{Channel, DaemonState, FullSubnet, ServerId, Usage, UsageList},
    command::Outcome,
    config::Rows,
    status::{usage, usage_command, usage_request},
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::time::{sleep, timeout};

/// How long it is between two rounds.
const EVERY: Duration = Duration::from_secs(120);

/// How often it is looked whether all servers were looked at once.
const UNTIL_READY: Duration = Duration::from_secs(1);

/// How many daemons are asked at once.
const AT_ONCE: usize = 8;

/// From which fullness on a subnet is worth a line.
const NEARLY: f64 = 0.8;

/// How many lines there are at most.
const LINES: usize = 50;

/// How many times as long as it took a count is good for whoever asks next: without stat_cmds Kea works for seconds on
/// the counters of fifty thousand subnets, and every open page asks.
const GOOD_FOR: u32 = 20;

/// A count, of which configuration it is, and how long it took.
#[derive(Debug)]
struct Count {
    list: UsageList,
    hash: Option<String>,
    at: Instant,
    took: Duration,
}

/// The last count of each daemon.
#[derive(Debug, Default)]
pub(super) struct Counts(Mutex<BTreeMap<(ServerId, Family), Count>>);

impl Counts {
    fn all(&self) -> MutexGuard<'_, BTreeMap<(ServerId, Family), Count>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn forget(&self, server: &ServerId) {
        self.all().retain(|(id, _), _| id != server);
    }
}

impl Fleet {
    /// Keeps what was counted just now, in an answer that was asked for at `asked`.
    pub fn counted(
        &self,
        server: &ServerId,
        family: Family,
        asked: Instant,
        subnets: Vec<Usage>,
    ) -> UsageList {
        let time = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let list = UsageList { time, subnets };
        let hash = self.last(server, family).map(|(_, hash, _)| hash);
        let count = Count { list: list.clone(), hash, at: Instant::now(), took: asked.elapsed() };
        self.counts.all().insert((server.clone(), family), count);
        list
    }

    /// The last count, as long as it is good.
    pub fn last_count(&self, server: &ServerId, family: Family) -> Option<UsageList> {
        let hash = self.last(server, family).map(|(_, hash, _)| hash);
        let all = self.counts.all();
        let count = all.get(&(server.clone(), family)).filter(|count| count.hash == hash)?;
        (count.at.elapsed() < count.took * GOOD_FOR).then(|| count.list.clone())
    }

    /// The fullest subnets as they were last counted, the fullest first: those that are four fifths full or more, of
    /// the servers that `sees` lets through.
    pub fn fullest(&self, sees: impl Fn(&ServerId) -> bool) -> Vec<FullSubnet> {
        let full = |usage: &Usage| usage.fullness().is_some_and(|part| part >= NEARLY);
        let mut nearly = Vec::new();
        for ((server, family), Count { list, .. }) in
            self.counts.all().iter().filter(|((server, _), _)| sees(server))
        {
            let subnets: Vec<Usage> = list.subnets.iter().filter(|usage| full(usage)).copied().collect();
            if !subnets.is_empty() {
                nearly.push((server.clone(), *family, list.time.clone(), subnets));
            }
        }
        let mut found = Vec::new();
        for (server, family, time, subnets) in nearly {
            let Some((_, hash, _)) = self.last(&server, family) else { continue };
            let Some(rows) = self.bodies.read::<Rows>(&server, family, &hash) else { continue };
            for usage in subnets {
                if let Some(row) = rows.subnets.iter().find(|row| row.id == usage.id) {
                    let (server, subnet, time) = (server.clone(), row.subnet.clone(), time.clone());
                    found.push(FullSubnet { server, family, subnet, usage, time });
                }
            }
        }
        found.sort_by(|one, other| part(other).total_cmp(&part(one)));
        found.truncate(LINES);
        found
    }

    /// Counts again and again, for as long as Perch runs.
    pub(super) async fn follow_counts(self: Arc<Self>) {
        while !self.first_round.is_over() {
            sleep(UNTIL_READY).await;
        }
        loop {
            let mut due = Vec::new();
            for record in self.store.records() {
                let here =
                    channels(&record).filter(|(family, _)| self.counts_shortly(&record.server.id, *family));
                due.extend(here.map(|(family, channel)| (record.clone(), family, channel.clone())));
            }
            stream::iter(due).for_each_concurrent(AT_ONCE, |at| self.count(at)).await;
            sleep(EVERY).await;
        }
    }

    /// Whether a daemon answers, and has the command that counts all subnets in one short answer.
    fn counts_shortly(&self, server: &ServerId, family: Family) -> bool {
        let known = self.known();
        let Some(daemon) = known.get(&(server.clone(), family)) else { return false };
        let answers = daemon.state.is_some_and(|state| state != DaemonState::Unreachable);
        let has = |commands: &[String]| commands.iter().any(|name| name == usage_command(family));
        answers && daemon.facts.as_ref().is_some_and(|facts| has(&facts.commands))
    }

    async fn count(&self, (record, family, channel): (ServerRecord, Family, Channel)) {
        let Ok(target) = Target::of_channel(&record, &channel) else { return };
        let Some((_, _, commands)) = self.last(&record.server.id, family) else { return };
        let command = usage_request(family, &commands).to(family);
        let asked = Instant::now();
        if let Ok(Ok(answer)) = timeout(ANSWER, self.kea.send(&target, &command)).await
            && answer.outcome == Outcome::Ok
        {
            self.counted(&record.server.id, family, asked, usage(&answer.arguments));
        }
    }
}

fn part(subnet: &FullSubnet) -> f64 {
    subnet.usage.fullness().unwrap_or_default()
}
