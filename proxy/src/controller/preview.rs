//! What a change would do, and the commands that would do it. Changes nothing.

use super::{
    Controller, Daemon,
    apply::{Absentee, Found, Order, Seen, Target},
    daemon::said,
    outcome,
    plan::Plan,
};
use crate::error::ApiError;
use futures_util::future::join_all;
use perch_shared::{
    api::{Preview, TargetCommands, TargetPreview},
    change::{self, pair},
    command::Command,
    config::hidden,
};

impl Controller {
    /// Carries the edits out on a copy of what each target runs now, and has Perch's rules and Kea check it.
    ///
    /// # Errors
    /// When no target answers, when there are no edits, or when an edit does not find what it expects.
    pub async fn preview(&self, targets: Vec<Target>, order: &Order) -> Result<Preview, ApiError> {
        outcome::refuse_repetition(&targets)?;
        let Found { seen, absent } = self.find(targets).await?;
        if seen.is_empty() {
            outcome::refuse_absent(&absent)?;
        }
        let many = seen.len() > 1;
        let plans: Vec<_> = seen.iter().map(|seen| Plan::new(&seen.now, order.edits(&seen.target))).collect();
        let plans = outcome::all(plans.into_iter().zip(seen.iter().map(|seen| &seen.target.daemon)), many)?;
        let shown = seen.iter().zip(plans).map(|(one, plan)| {
            let helped = order.helpers.iter().any(|(target, _)| *target == one.index);
            self.preview_one(one, plan, helped || has_partner(one, &seen))
        });
        let shown = join_all(shown).await;
        let mut targets: Vec<(usize, TargetPreview)> = Vec::new();
        for (seen, shown) in seen.iter().zip(shown) {
            targets.push((seen.index, shown?));
        }
        targets.extend(absent.iter().map(|absentee| (absentee.index, without_answer(absentee))));
        targets.sort_by_key(|(index, _)| *index);
        Ok(Preview { targets: targets.into_iter().map(|(_, target)| target).collect() })
    }

    /// The change as commands for Kea. Sends none of them.
    ///
    /// # Errors
    /// As [`preview`](Self::preview).
    pub async fn commands(
        &self,
        targets: Vec<Target>,
        order: &Order,
    ) -> Result<Vec<TargetCommands>, ApiError> {
        outcome::refuse_repetition(&targets)?;
        let Found { seen, absent } = self.find(targets).await?;
        let many = seen.len() > 1;
        let plans: Vec<_> = seen.iter().map(|seen| Plan::new(&seen.now, order.edits(&seen.target))).collect();
        let plans = outcome::all(plans.into_iter().zip(seen.iter().map(|seen| &seen.target.daemon)), many)?;
        let of = |index, daemon: &Daemon, commands| {
            (index, TargetCommands { server: daemon.server.clone(), family: daemon.family, commands })
        };
        let mut all: Vec<(usize, TargetCommands)> = seen
            .iter()
            .zip(plans)
            .map(|(one, plan)| of(one.index, &one.target.daemon, commands(one, &plan)))
            .collect();
        all.extend(absent.iter().map(|one| of(one.index, &one.target.daemon, Vec::new())));
        all.sort_by_key(|(index, _)| *index);
        Ok(all.into_iter().map(|(_, commands)| commands).collect())
    }

    async fn preview_one(
        &self,
        seen: &Seen,
        plan: Plan,
        with_partner: bool,
    ) -> Result<TargetPreview, ApiError> {
        let (daemon, now) = (&seen.target.daemon, &seen.now);
        let based_on = seen.target.based_on.as_ref();
        let changed_meanwhile = based_on.is_some_and(|hash| *hash != now.hash);
        let earlier = based_on.filter(|_| changed_meanwhile).and_then(|hash| self.seen.get(daemon, hash));
        let external = earlier.map(|earlier| change::diff(&earlier, &now.config.root)).unwrap_or_default();
        let answer = daemon.configure("config-test", &plan.config).await?;
        Ok(TargetPreview {
            server: daemon.server.clone(),
            family: daemon.family,
            hash: Some(now.hash.clone()),
            absent: None,
            differences: plan.differences,
            changed_meanwhile,
            external,
            diagnostics: plan.diagnostics,
            kea: Some(said("config-test", &answer)),
            notes: change::notes(&now.config, with_partner),
        })
    }
}

/// What has the same effect at one target, secrets hidden.
fn commands(seen: &Seen, plan: &Plan) -> Vec<Command> {
    let (now, family) = (&seen.now, seen.target.daemon.family);
    let steps = change::granular(&plan.edits, &now.config, &plan.expected, &seen.commands, now.version);
    let mut commands: Vec<Command> = match steps {
        Some(steps) => steps.into_iter().map(|step| step.run).collect(),
        None => vec![Command::new("config-set").with(plan.config.to_arguments())],
    };
    commands.push(Command::new("config-write"));
    let hide = |command: Command| {
        let arguments = command.arguments.as_ref().map(|arguments| hidden("", arguments));
        Command { arguments, ..command }.to(family)
    };
    commands.into_iter().map(hide).collect()
}

/// Whether the HA partner of one target is another one.
fn has_partner(one: &Seen, all: &[Seen]) -> bool {
    let memberships = |seen: &Seen| pair::memberships(&seen.now.config.root);
    let own = memberships(one);
    let is_partner = |other: &Seen| {
        memberships(other).iter().any(|theirs| own.iter().any(|own| own.is_partner_of(theirs)))
    };
    !own.is_empty() && all.iter().filter(|other| other.index != one.index).any(is_partner)
}

fn without_answer(absentee: &Absentee) -> TargetPreview {
    let Absentee { target, error, .. } = absentee;
    TargetPreview {
        server: target.daemon.server.clone(),
        family: target.daemon.family,
        hash: None,
        absent: Some(error.body().message.clone()),
        differences: Vec::new(),
        changed_meanwhile: false,
        external: Vec::new(),
        diagnostics: Vec::new(),
        kea: None,
        notes: Vec::new(),
    }
}
