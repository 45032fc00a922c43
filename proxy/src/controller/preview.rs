//! What a change would do, and the commands that would do it. Changes nothing.

use super::{
    Controller, Daemon,
    apply::{Absentee, Found, Order, Seen, Target, planned},
    daemon::said,
    outcome,
    plan::Plan,
    removed,
};
use crate::{error::ApiError, kea::PackError, work::work};
use futures_util::future::try_join_all;
use perch_shared::{
    api::{Preview, TargetCommands, TargetPreview},
    change::{
        self, Means,
        pair::{self, Membership},
    },
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
        let Found { seen, plans, absent } = self.find(targets, order).await?;
        if seen.is_empty() {
            outcome::refuse_absent(&absent)?;
        }
        let planned = planned(seen, plans)?;
        let memberships = |(seen, _): &(Seen, Plan)| (seen.index, pair::memberships(&seen.now.hooks));
        let memberships: Vec<_> = planned.iter().map(memberships).collect();
        let shown = planned.into_iter().map(|(one, plan)| {
            let helped = order.helpers.iter().any(|(target, _)| *target == one.index);
            let with_partner = helped || has_partner(one.index, &memberships);
            async move { Ok::<_, ApiError>((one.index, self.preview_one(one, plan, with_partner).await?)) }
        });
        let mut targets: Vec<(usize, TargetPreview)> = try_join_all(shown).await?;
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
        let Found { seen, plans, absent } = self.find(targets, order).await?;
        let planned = planned(seen, plans)?;
        let of = |index, daemon: &Daemon, commands| {
            (index, TargetCommands { server: daemon.server.clone(), family: daemon.family, commands })
        };
        let mut all: Vec<(usize, TargetCommands)> = Vec::with_capacity(planned.len());
        for (one, plan) in planned {
            let (index, daemon) = (one.index, one.target.daemon.clone());
            all.push(of(index, &daemon, work(move || commands(&one, &plan)).await?));
        }
        all.extend(absent.iter().map(|one| of(one.index, &one.target.daemon, Vec::new())));
        all.sort_by_key(|(index, _)| *index);
        Ok(all.into_iter().map(|(_, commands)| commands).collect())
    }

    async fn preview_one(
        &self,
        seen: Seen,
        plan: Plan,
        with_partner: bool,
    ) -> Result<TargetPreview, ApiError> {
        let (daemon, now) = (&seen.target.daemon, &seen.now);
        let answer = daemon.configure("config-test", &plan.config).await?;
        let based_on = seen.target.based_on.as_ref();
        let changed_meanwhile = based_on.is_some_and(|hash| *hash != now.hash);
        let earlier = based_on.filter(|_| changed_meanwhile).and_then(|hash| self.seen.get(daemon, hash));
        let running = now.config.clone();
        let means = if plan.hook().is_some() { Means::Hook } else { Means::Set { with_partner } };
        let look = move || {
            let running = running.tree()?;
            let external = match earlier {
                Some(earlier) => change::diff(&earlier.tree()?.root, &running.root),
                None => Vec::new(),
            };
            Ok::<_, PackError>((external, change::notes(&running, means)))
        };
        let (external, others) = work(look).await?;
        let mut notes = removed::leases(daemon, &plan.differences).await;
        notes.extend(others);
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
            notes,
        })
    }
}

/// What has the same effect at one target, secrets hidden.
fn commands(seen: &Seen, plan: &Plan) -> Result<Vec<Command>, PackError> {
    let family = seen.target.daemon.family;
    let mut commands: Vec<Command> = match &plan.steps {
        Some(steps) => steps.iter().map(|step| step.run.clone()).collect(),
        None => vec![Command::new("config-set").with(plan.config.tree()?.to_arguments())],
    };
    commands.push(Command::new("config-write"));
    let hide = |command: Command| {
        let arguments = command.arguments.as_ref().map(|arguments| hidden("", arguments));
        Command { arguments, ..command }.to(family)
    };
    Ok(commands.into_iter().map(hide).collect())
}

/// Whether the HA partner of one target is another one.
fn has_partner(one: usize, all: &[(usize, Vec<Membership>)]) -> bool {
    let own = || all.iter().filter(|(index, _)| *index == one).flat_map(|(_, memberships)| memberships);
    let mut others = all.iter().filter(|(index, _)| *index != one).flat_map(|(_, memberships)| memberships);
    others.any(|theirs| own().any(|own| own.is_partner_of(theirs)))
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
