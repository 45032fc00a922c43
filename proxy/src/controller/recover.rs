//! Settling what was left half-done: Perch was killed in the middle of a change, or a server went away. Every Kea is
//! read first: it is either wholly before or wholly after, and then all are brought to the same side.

use super::{
    Controller, Daemon, Reading,
    apply::{Order, Target},
    bring::{Found, Side, bring, nothing_to_catch_up, side},
    fault::Step,
    has::{Has, has},
    journal::Journal,
    member::{Member, Way},
    plan::Plan,
    trail::{Trail, end},
};
use crate::{
    app::App,
    error::ApiError,
    kea::Packed,
    store::{Intent, MissedChange, Step as Mark},
};
use perch_shared::{
    Family,
    api::{ChangeId, ErrorCode, Outcome, Recovery, ServerId, TargetReport},
    change::Edit,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};

/// How long Perch waits before it tries again to settle what it could not.
const FIRST: Duration = Duration::from_secs(1);
/// The longest it waits.
const LONGEST: Duration = Duration::from_secs(60);
/// How many settled ones are remembered.
const REMEMBERED: usize = 100;

/// What was found half-done, since Perch started.
#[derive(Debug, Default)]
pub(super) struct Recoveries {
    all: Mutex<BTreeMap<ChangeId, Recovery>>,
    more: Notify,
}

impl Recoveries {
    /// What an earlier run of Perch has left open.
    pub(super) fn left(intents: &[Intent]) -> Self {
        let this = Self::default();
        for intent in intents {
            this.set(recovery(
                intent,
                "Perch was stopped in the middle of it, and looks at what each Kea has.",
            ));
        }
        this
    }

    /// All of them, the oldest first.
    pub(super) fn all(&self) -> Vec<Recovery> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// Adds one that this run of Perch could not finish.
    pub(super) fn leave(&self, intent: &Intent) {
        self.set(recovery(intent, "It could not be brought to its end yet."));
        self.more.notify_one();
    }

    fn open(&self) -> Vec<ChangeId> {
        let all = self.all();
        all.into_iter().filter(|recovery| !recovery.settled).map(|recovery| recovery.id).collect()
    }

    fn set(&self, recovery: Recovery) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(recovery.id.clone(), recovery);
        while all.len() > REMEMBERED {
            let Some(oldest) = all.iter().find(|(_, one)| one.settled).map(|(id, _)| id.clone()) else {
                return;
            };
            all.remove(&oldest);
        }
    }

    /// Why a daemon must not be changed now.
    pub(super) fn stands_against(&self, target: &Target) -> Option<ApiError> {
        let all = self.all();
        let is_its = |report: &TargetReport| {
            report.server == target.daemon.server && report.family == target.daemon.family
        };
        let open = all.iter().find(|one| !one.settled && one.targets.iter().any(is_its))?;
        let message = format!(
            "An earlier change of {} is not settled: {}.",
            target.daemon.title(),
            open.edits.join("; ")
        );
        let help = format!(
            "Nothing was changed. {} Perch goes on trying; see the changes that were recovered.",
            open.text
        );
        Some(ApiError::new(ErrorCode::Conflict, message).help(help))
    }
}

fn recovery(intent: &Intent, text: &str) -> Recovery {
    let targets = intent.plan.targets.iter();
    let report = |(index, target): (usize, &crate::store::Target)| {
        let report = TargetReport::new(target.server.clone(), target.family);
        TargetReport { outcome: intent.outcome(index).unwrap_or(Outcome::Damaged), ..report }
    };
    Recovery {
        id: intent.id.clone(),
        who: intent.plan.who.clone(),
        begun: intent.time.clone(),
        edits: intent.plan.lists.iter().flat_map(|list| list.sentences.clone()).collect(),
        settled: false,
        text: text.to_owned(),
        targets: targets.enumerate().map(report).collect(),
    }
}

/// Settles what is left open, now and whenever something is left open, until Perch ends.
pub async fn recover(app: Arc<App>) {
    let recoveries = &app.controller.recoveries;
    let mut pause = FIRST;
    loop {
        for id in recoveries.open() {
            let this = app.clone();
            // A change that is being settled is carried to its end even when Perch is told to stop.
            let settled =
                app.to_the_end(move |_| async move { this.controller.settle(&this, &id).await }).await;
            if let Err(error) = settled {
                tracing::warn!(%error, "a change could not be settled");
            }
        }
        let wait = if recoveries.open().is_empty() { None } else { Some(pause) };
        match wait {
            None => {
                pause = FIRST;
                recoveries.more.notified().await;
                // Whoever failed just now is not asked again at once.
                sleep(FIRST).await;
            }
            Some(time) => {
                pause = (pause * 2).min(LONGEST);
                let _ = timeout(time, recoveries.more.notified()).await;
            }
        }
    }
}

impl Controller {
    /// What was found half-done since Perch started, the oldest first.
    pub fn recoveries(&self) -> Vec<Recovery> {
        self.recoveries.all()
    }

    /// Stops trying to settle a change: its servers stay as they are.
    ///
    /// # Errors
    /// 404 when there is no such change, or it is settled.
    pub async fn give_up(&self, id: &ChangeId) -> Result<(), ApiError> {
        let known = self.recoveries.all().into_iter().find(|one| one.id == *id && !one.settled);
        let (Some(known), Some(intent)) = (known, self.archive.intents.get(id)) else {
            return Err(ApiError::new(
                ErrorCode::NotFound,
                format!("No change `{id}` waits for being settled."),
            ));
        };
        let trail = Trail::again(self.archive.clone(), id.clone());
        let open = (0..intent.plan.targets.len()).filter(|index| intent.outcome(*index).is_none());
        let text = "Somebody told Perch to leave it as it is.";
        trail
            .close(
                open.map(|index| Mark::done(index, Outcome::Damaged).text(text)).collect(),
                Outcome::Damaged,
            )
            .await;
        self.recoveries.set(Recovery { settled: true, text: text.to_owned(), ..known });
        Ok(())
    }

    async fn settle(&self, app: &Arc<App>, id: &ChangeId) -> Result<(), ApiError> {
        let Some(intent) = self.archive.intents.get(id) else { return Ok(()) };
        let targets = self.targets(app, &intent).await;
        let mut order = self.order(&intent)?;
        order.helpers = self.helpers(app, &intent).await;
        let helpers = order.helpers.iter().map(|(_, helper)| helper);
        let _alone =
            self.lock_all(targets.iter().flatten().map(|target| &target.daemon).chain(helpers)).await;
        let known = targets.iter().flatten();
        let changing = known.map(|target| app.fleet.changing(&target.daemon.server, target.daemon.family));
        let changing: Vec<_> = changing.collect();
        let (found, mut silent) = self.look(&intent, &order, targets).await;
        let side = side(&intent, &found, !silent.is_empty());
        let way = Way::new(&order, &self.faults, Trail::again(self.archive.clone(), id.clone()));
        let mut ends: Vec<Mark> = Vec::new();
        let mut reports: BTreeMap<usize, TargetReport> = BTreeMap::new();
        for found in bring(found, side, &way, &intent).await {
            reports.insert(found.index, TargetReport { outcome: found.outcome(), ..found.journal.0.clone() });
            if found.owes {
                silent
                    .push((found.index, format!("{} could not be brought there yet.", found.daemon.title())));
            } else {
                ends.push(end(&found));
            }
        }
        if side == Side::Before && !ends.is_empty() {
            ends.extend(nothing_to_catch_up(&intent));
        }
        let _ = self.faults.at(Step::Close);
        let told: Vec<TargetReport> = reports.values().cloned().collect();
        changing.into_iter().for_each(|changing| changing.ended(&told));
        self.end(&intent, ends, silent, reports).await;
        let _ = self.faults.at(Step::Closed);
        Ok(())
    }

    /// The daemons of a change, as the inventory knows them now. `None`: there is nothing to be done there any more.
    async fn targets(&self, app: &Arc<App>, intent: &Intent) -> Vec<Option<Target>> {
        let mut targets = Vec::new();
        for (index, target) in intent.plan.targets.iter().enumerate() {
            let daemon = match (intent.outcome(index), app.server(&target.server).await) {
                (None, Ok(record)) => self.daemon(&record, target.family).ok(),
                _ => None,
            };
            targets.push(daemon.map(|daemon| Target { daemon, based_on: None, list: target.list }));
        }
        targets
    }

    /// The partners that served for a target without being one.
    async fn helpers(&self, app: &Arc<App>, intent: &Intent) -> Vec<(usize, Daemon)> {
        let mut helpers = Vec::new();
        for step in &intent.steps {
            let lent = step.data.get("lent").cloned().unwrap_or_default();
            let lent: Vec<(ServerId, Family)> = serde_json::from_value(lent).unwrap_or_default();
            for (server, family) in lent {
                let is_target = intent
                    .plan
                    .targets
                    .iter()
                    .any(|target| (&target.server, target.family) == (&server, family));
                let is_known = helpers.iter().any(|(_, helper): &(usize, Daemon)| {
                    (&helper.server, helper.family) == (&server, family)
                });
                if !is_target
                    && !is_known
                    && let Ok(record) = app.server(&server).await
                    && let Ok(daemon) = self.daemon(&record, family)
                {
                    helpers.push((step.target, daemon));
                }
            }
        }
        helpers
    }

    fn order(&self, intent: &Intent) -> Result<Order, ApiError> {
        let lists = intent.plan.lists.iter().map(|list| self.archive.unseal(list));
        let lists = lists.collect::<Result<Vec<Vec<Edit>>, _>>()?.into_iter().map(Into::into).collect();
        Ok(Order { who: intent.plan.who.clone(), kind: intent.plan.kind, lists, ..Order::default() })
    }

    /// Reads what each Kea has. The second list names those that do not say it.
    async fn look(
        &self,
        intent: &Intent,
        order: &Order,
        targets: Vec<Option<Target>>,
    ) -> (Vec<Found>, Vec<(usize, String)>) {
        let (mut found, mut silent) = (Vec::new(), Vec::new());
        for (index, target) in targets.into_iter().enumerate() {
            let Some(planned) = intent.plan.targets.get(index) else { continue };
            let Some(target) = target else {
                if intent.outcome(index).is_none() {
                    silent.push((index, format!("Perch does not know `{}` any more.", planned.server)));
                }
                continue;
            };
            match self.look_at(intent, order, index, target).await {
                Ok(one) => found.push(one),
                Err(error) => silent.push((index, error.to_string())),
            }
        }
        (found, silent)
    }

    async fn look_at(
        &self,
        intent: &Intent,
        order: &Order,
        index: usize,
        target: Target,
    ) -> Result<Found, ApiError> {
        let planned = intent.plan.targets.get(index);
        let copy = planned.and_then(|planned| planned.before.snapshot.as_ref());
        let before = match copy {
            Some(copy) => Some(Packed::of(&self.archive.snapshots.get(copy).await?.config)?),
            None => None,
        };
        let hashes = [
            planned.and_then(|planned| planned.before.hash.clone()),
            intent.read(index).and_then(|moment| moment.hash.clone()),
        ];
        let sent = intent.steps_of(index).any(|step| step.phase.may_have_changed());
        let edits = order.list(target.list);
        let look = move |now: Reading, _: &_| {
            let hashes = [hashes[0].as_deref(), hashes[1].as_deref()];
            // Where nothing was sent, all that runs is somebody else's, the same edit included.
            if sent { has(&now, before.as_ref(), hashes, &edits) } else { Ok(Has::Before) }
        };
        let (now, has, commands) = self.read_with_commands(&target.daemon, look).await?;
        let has = has?;
        let plan = Plan::none(&now);
        let mut journal = Journal::new(&target.daemon);
        journal.0.hash = Some(now.hash.clone());
        let member = Member::new((index, target.list), target.daemon, now, commands, plan, journal);
        Ok(Found { member, has })
    }

    /// Writes down how it ended where it did, and closes the change when it ended everywhere.
    async fn end(
        &self,
        intent: &Intent,
        ends: Vec<Mark>,
        silent: Vec<(usize, String)>,
        reports: BTreeMap<usize, TargetReport>,
    ) {
        let trail = Trail::again(self.archive.clone(), intent.id.clone());
        for end in ends {
            trail.note(end).await;
        }
        let Some(intent) = self.archive.intents.get(&intent.id) else { return };
        let mut shown = recovery(&intent, "");
        for (index, report) in reports {
            if let Some(target) = shown.targets.get_mut(index) {
                *target = report;
            }
        }
        if silent.is_empty() {
            let outcomes: Vec<Outcome> = shown.targets.iter().map(|target| target.outcome).collect();
            let missed = outcomes.contains(&Outcome::Pending);
            let whole = super::outcome::whole(
                outcomes.iter().copied().filter(|one| *one != Outcome::Pending),
                missed,
            );
            self.remember_missed(&intent).await;
            trail.close(Vec::new(), whole).await;
            shown.settled = true;
            shown.text = told(whole).to_owned();
        } else {
            let why: Vec<String> = silent.into_iter().map(|(_, why)| why).collect();
            shown.text = why.join(" ");
        }
        tracing::warn!(change = %shown.id, settled = shown.settled, "{}", shown.text);
        self.recoveries.set(shown);
    }

    /// Notes for later what the daemons have missed that did not answer.
    pub(super) async fn remember_missed(&self, intent: &Intent) {
        let targets = intent.plan.targets.iter().enumerate();
        let missed = targets.filter(|(index, _)| intent.outcome(*index) == Some(Outcome::Pending));
        let missed = missed.filter_map(|(_, target)| {
            Some(MissedChange {
                server: target.server.clone(),
                family: target.family,
                of: intent.id.clone(),
                time: intent.time.clone(),
                who: intent.plan.who.clone(),
                comment: intent.plan.comment.clone(),
                list: intent.list(target)?.clone(),
            })
        });
        if let Err(error) = self.archive.missed.add(missed.collect()).await {
            tracing::error!(%error, "cannot write down what a server has missed");
        }
    }
}

fn told(whole: Outcome) -> &'static str {
    match whole {
        Outcome::Applied => "Every Kea has the change, and it is in their files.",
        Outcome::AppliedNotWritten => "Every Kea runs the change, but not every one could write its file.",
        Outcome::PartlyPending | Outcome::Pending => {
            "Those that answered have the change; the others have missed it."
        }
        Outcome::Refused | Outcome::PutBack => "Every Kea runs what it ran before the change.",
        Outcome::Unknown => "It is not known what every Kea runs; the history says which.",
        Outcome::Damaged => "Not every Kea could be brought back; the history says which.",
    }
}
