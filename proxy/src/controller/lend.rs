//! No outage on an HA pair: a server that gets a configuration restarts its HA state machine and serves nobody for a
//! while, so its partner serves for it meanwhile. Source: Kea 2.6.3 and 3.0.4 themselves.

use super::{
    Daemon,
    fault::Step,
    journal::Fault,
    member::{Member, Way},
};
use crate::store::{Phase, Step as Mark};
use futures_util::future::{join, join_all};
use perch_shared::{
    api::{ApplyPhase, HaRelationship},
    change::pair::{self, Loan, Membership},
    command::Command,
};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The command that says what a server serves.
pub(super) const SCOPES: &str = "ha-scopes";
/// The state of a server whose partner is to be shut down.
const MAINTENANCE: &str = "partner-in-maintenance";
/// How long a partner answers nobody at most, should nobody tell it to go on.
const HUSH: u64 = 10;
/// How long a lease update takes that is under way.
const UNDER_WAY: Duration = Duration::from_millis(20);
/// How often a pair is asked whether it is back at work.
const POLL: Duration = Duration::from_millis(200);
/// How long a pair may take beyond its heartbeats: it synchronises its leases.
const PATIENCE: Duration = Duration::from_secs(30);

/// A member's partner in one HA relationship.
#[derive(Debug, Clone)]
pub(super) struct Partner {
    pub(super) daemon: Daemon,
    /// The place of the relationship among the member's own.
    pub(super) own: usize,
    /// Its place among the partner's.
    pub(super) theirs: usize,
    /// The relationship as the partner's configuration describes it.
    pub(super) membership: Membership,
    /// Enough of the partner's configuration to read its status.
    pub(super) hooks: Value,
}

impl Partner {
    /// What the partner says about the relationship.
    async fn status(&self) -> Option<HaRelationship> {
        let mut all = self.daemon.relationships(&self.hooks).await.ok()?;
        (self.theirs < all.len()).then(|| all.swap_remove(self.theirs))
    }

    /// Sets what it serves.
    async fn serve(&self, scopes: &[String], changed: &str) -> Result<String, Fault> {
        // A hub is a member of several relationships, and must hear which one is meant.
        let arguments = if pair::memberships(&self.hooks).len() > 1 {
            json!({"scopes": scopes, "server-name": changed})
        } else {
            json!({"scopes": scopes})
        };
        let answer = self.daemon.send(Command::new(SCOPES).with(arguments)).await;
        Ok(Fault::check(SCOPES, answer)?.text)
    }

    /// Whether it leaves its normal state, and with it what it was lent, when a lease update does not come through: in
    /// load-balancing only.
    fn is_touchy(&self) -> bool {
        self.membership.mode == "load-balancing"
    }

    /// Has it answer clients or not, as its own partner does while it reads its leases.
    async fn answer_clients(&self, on: bool) {
        let (command, arguments) = if on {
            ("dhcp-enable", json!({"origin": "ha-partner"}))
        } else {
            ("dhcp-disable", json!({"origin": "ha-partner", "max-period": HUSH}))
        };
        let answer = self.daemon.send(Command::new(command).with(arguments)).await;
        if let Err(fault) = Fault::check(command, answer) {
            tracing::warn!(partner = self.daemon.title(), command, fault = fault.text(), "not done");
        }
    }
}

/// A partner that serves for a member, and what it serves otherwise.
#[derive(Debug)]
struct Lent {
    partner: Partner,
    loan: Loan,
}

/// What was arranged around one `config-set`.
#[derive(Debug, Default)]
pub(super) struct Loans {
    lent: Vec<Lent>,
    /// The relationships that were in their normal state before, and have to be afterwards.
    normal: Vec<Partner>,
    /// The member served for its partner, which is down, and has to do so again at once.
    alone: bool,
    /// The member's name in its first relationship.
    this: String,
    heartbeat: Duration,
}

/// Has the partners serve for the member.
pub(super) async fn lend(member: &mut Member, way: &Way<'_>) -> Result<Loans, Fault> {
    let memberships = pair::memberships(&member.now.hooks);
    let Some(first) = memberships.first() else { return Ok(Loans::default()) };
    // Partners that part, or that are to work together in another way, are no pair until both have heard of it.
    if pair::memberships(&member.plan.hooks) != memberships {
        return Ok(Loans::default());
    }
    let own = member.daemon.relationships(&member.now.hooks).await.map_err(Fault::Silent)?;
    let heartbeat = memberships.iter().map(|membership| membership.heartbeat).max().unwrap_or_default();
    let mut loans = Loans {
        alone: own.iter().any(pair::is_alone),
        this: first.this.clone(),
        heartbeat: Duration::from_millis(heartbeat),
        ..Loans::default()
    };
    for partner in member.partners.clone() {
        let (Some(changed), Some(other)) = (own.get(partner.own), partner.status().await) else { continue };
        if pair::is_normal(changed) && pair::is_normal(&other) {
            loans.normal.push(partner.clone());
        }
        if let Some(loan) = pair::loan(changed, &other) {
            loans.lent.push(Lent { partner, loan });
        }
    }
    loans.begin(member, way).await?;
    Ok(loans)
}

/// Brings a pair back to work after a change that was left half-done: everybody serves their own clients.
pub(super) async fn settle(member: &mut Member, served_alone: bool) {
    let memberships = pair::memberships(&member.now.hooks);
    let Some(first) = memberships.first() else { return };
    let Ok(own) = member.daemon.relationships(&member.now.hooks).await else { return };
    let heartbeat = memberships.iter().map(|membership| membership.heartbeat).max().unwrap_or_default();
    let mut loans = Loans {
        // Its partner does not answer, or it would be among the targets.
        alone: served_alone
            && member.partners.is_empty()
            && own.iter().any(|one| one.local.state == "waiting"),
        this: first.this.clone(),
        heartbeat: Duration::from_millis(heartbeat),
        ..Loans::default()
    };
    loans.serve_alone(member).await;
    if served_alone && own.iter().any(is_in_maintenance) {
        end_maintenance(member, loans.heartbeat).await;
    }
    loans.normal = member.partners.clone();
    if loans.wait(member).await.is_err() {
        // A server that changes its state serves what that state says.
        return;
    }
    for partner in member.partners.clone() {
        let Some(status) = partner.status().await else { continue };
        let rightful = pair::rightful(&status);
        if status.local.scopes != rightful {
            let lent = Lent { partner, loan: Loan { scopes: status.local.scopes, back: rightful } };
            loans.lent.push(lent);
        }
    }
    loans.give_back(member).await;
}

/// A partner that has come back just then was sent into maintenance, where it would wait for its end. It is called
/// back: as soon as the server is in the state in which it can do that, which may take a heartbeat.
async fn end_maintenance(member: &mut Member, heartbeat: Duration) {
    let deadline = Instant::now() + heartbeat * 3 + PATIENCE;
    let mut why = "Its partner was sent into maintenance.".to_owned();
    while Instant::now() < deadline {
        let Ok(own) = member.daemon.relationships(&member.now.hooks).await else { break };
        if own.iter().all(pair::is_normal) {
            return;
        }
        if own.iter().any(is_in_maintenance) {
            let answer = member.daemon.send(Command::new("ha-maintenance-cancel")).await;
            match Fault::check("ha-maintenance-cancel", answer) {
                Ok(answer) => return member.journal.done(ApplyPhase::Lend, answer.text),
                Err(fault) => why = fault.text(),
            }
        }
        sleep(POLL).await;
    }
    let remedy = "Its partner waits to be shut down. Send `ha-maintenance-cancel` to this server.";
    member.journal.failed(ApplyPhase::Lend, why, Some(remedy.to_owned()));
}

/// Whether a server serves alone because its partner, which answers, is to be shut down.
fn is_in_maintenance(relationship: &HaRelationship) -> bool {
    relationship.local.state == MAINTENANCE
}

impl Loans {
    /// What recovery must know: whether the member served alone, and who serves for it.
    pub(super) fn data(&self) -> Value {
        if self.lent.is_empty() && !self.alone {
            return Value::Null;
        }
        let daemon = |lent: &Lent| (lent.partner.daemon.server.clone(), lent.partner.daemon.family);
        json!({"alone": self.alone, "lent": self.lent.iter().map(daemon).collect::<Vec<_>>()})
    }

    async fn begin(&self, member: &mut Member, way: &Way<'_>) -> Result<(), Fault> {
        if self.lent.is_empty() {
            return Ok(());
        }
        way.trail.step(member.index, Phase::Lending, self.data()).await?;
        way.faults.at(Step::Lend)?;
        for lent in &self.lent {
            let served = lent.partner.serve(&lent.loan.scopes, &self.this).await;
            let partner = &lent.partner.membership.this;
            match served {
                Ok(_) => member.journal.done(
                    ApplyPhase::Lend,
                    format!("`{partner}` serves the clients of `{}` meanwhile.", self.this),
                ),
                Err(fault) => {
                    member.journal.fault(ApplyPhase::Lend, &fault);
                    self.give_back(member).await;
                    return Err(fault);
                }
            }
        }
        if let Err(fault) = way.faults.at(Step::Lent) {
            self.give_back(member).await;
            return Err(fault.into());
        }
        Ok(())
    }

    /// Has the partners that serve in the member's place send it no lease updates for the moment in which it cannot take
    /// them. Without its word they give no address anyway, and one that fails ends the loan.
    pub(super) async fn hush(&self) {
        let touchy = || self.lent.iter().filter(|lent| lent.partner.is_touchy());
        if touchy().next().is_some() {
            join_all(touchy().map(|lent| lent.partner.answer_clients(false))).await;
            sleep(UNDER_WAY).await;
        }
    }

    /// Has them go on; and lends again to whom has left its state all the same: a heartbeat can fail as well.
    pub(super) async fn go_on(&self) {
        for lent in self.lent.iter().filter(|lent| lent.partner.is_touchy()) {
            lent.partner.answer_clients(true).await;
            let served = lent.partner.status().await.map(|status| status.local.scopes).unwrap_or_default();
            if lent.loan.scopes.iter().any(|scope| !served.contains(scope))
                && let Err(fault) = lent.partner.serve(&lent.loan.scopes, &self.this).await
            {
                tracing::warn!(partner = lent.partner.daemon.title(), fault = fault.text(), "not lent again");
            }
        }
    }

    /// A survivor whose partner is down serves nobody after a `config-set` until it has waited for the partner, a
    /// minute as a rule. This tells it not to wait.
    pub(super) async fn serve_alone(&self, member: &mut Member) {
        if !self.alone {
            return;
        }
        let answer = member.daemon.send(Command::new("ha-maintenance-start")).await;
        match Fault::check("ha-maintenance-start", answer) {
            Ok(answer) => {
                // Otherwise it says that it is in the state `partner-down`.
                let is_back = answer.text.contains(MAINTENANCE);
                member.journal.done(ApplyPhase::Lend, answer.text);
                if is_back {
                    end_maintenance(member, self.heartbeat).await;
                }
            }
            Err(fault) => {
                let remedy = "Its clients wait until it has noticed again that its partner is down: as long as \
                              `max-response-delay` says. Send `ha-maintenance-start` to it to end that.";
                member.journal.failed(ApplyPhase::Lend, fault.text(), Some(remedy.to_owned()));
            }
        }
    }

    /// Waits until the pair works again, and takes the scopes back.
    pub(super) async fn end(&self, member: &mut Member, way: &Way<'_>) -> Result<(), Fault> {
        if self.normal.is_empty() {
            return Ok(());
        }
        let back_at_work = self.wait(member).await;
        if let Err(fault) = &back_at_work {
            // What is lent stays lent: whoever waits for the pair serves nobody.
            member.journal.fault(ApplyPhase::TakeBack, fault);
            member.owes = !self.lent.is_empty();
            return back_at_work;
        }
        if !self.lent.is_empty() {
            way.trail.note(Mark::new(member.index, Phase::Returning).data(self.data())).await;
            let _ = way.faults.at(Step::TakeBack);
            self.give_back(member).await;
            let _ = way.faults.at(Step::TakenBack);
        }
        Ok(())
    }

    async fn give_back(&self, member: &mut Member) {
        for lent in &self.lent {
            let partner = &lent.partner.membership.this;
            match lent.partner.serve(&lent.loan.back, &self.this).await {
                Ok(_) => {
                    member.journal.done(
                        ApplyPhase::TakeBack,
                        format!("`{}` serves its clients itself again.", self.this),
                    );
                }
                Err(fault) => {
                    let scopes = json!(lent.loan.back);
                    let remedy = format!(
                        "`{partner}` still serves the clients of `{}` as well. Send `ha-scopes` with \
                         `{{\"scopes\": {scopes}}}` to it.",
                        self.this
                    );
                    member.journal.failed(ApplyPhase::TakeBack, fault.text(), Some(remedy));
                    member.owes = true;
                }
            }
        }
    }

    async fn wait(&self, member: &Member) -> Result<(), Fault> {
        let deadline = Instant::now() + self.heartbeat * 3 + PATIENCE;
        loop {
            let working = self.is_working(member).await;
            if working {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(Fault::Pair(format!(
                    "{} has the configuration, but its HA pair did not get back to work.",
                    member.daemon.title()
                )));
            }
            sleep(POLL).await;
        }
    }

    /// Whether every relationship that was normal before is so again on both sides, or the member has noticed that
    /// its partner is gone and serves alone.
    async fn is_working(&self, member: &Member) -> bool {
        for partner in &self.normal {
            let own = member.daemon.relationships(&member.now.hooks);
            let (own, other) = join(own, partner.status()).await;
            let Some(changed) =
                own.ok().and_then(|mut all| (partner.own < all.len()).then(|| all.swap_remove(partner.own)))
            else {
                return false;
            };
            let works = match other {
                Some(other) => pair::is_normal(&changed) && pair::is_normal(&other),
                None => pair::is_normal(&changed),
            };
            if !works && !pair::is_alone(&changed) {
                return false;
            }
        }
        true
    }
}
