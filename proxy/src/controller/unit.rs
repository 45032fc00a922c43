//! Members that belong together are changed one after the other; what does not belong together, at the same time.

use super::{
    lend::Partner,
    member::{Member, Runs, Way},
};
use futures_util::future::join_all;
use perch_shared::{
    api::HaRelationship,
    change::pair::{self, Membership},
};
use serde_json::{Value, json};

/// HA partners, or one daemon alone; in the order in which they are changed.
#[derive(Debug)]
pub(super) struct Unit(Vec<Member>);

/// Puts the partners together.
pub(super) async fn units(mut members: Vec<Member>) -> Vec<Unit> {
    let memberships: Vec<Vec<Membership>> =
        members.iter().map(|member| pair::memberships(&member.now.config.root)).collect();
    let mut groups: Vec<usize> = (0..members.len()).collect();
    for (one, own) in memberships.iter().enumerate().filter(|(_, own)| !own.is_empty()) {
        for (other, theirs) in memberships.iter().enumerate().filter(|(other, _)| *other != one) {
            for (own_place, mine) in own.iter().enumerate() {
                for (place, yours) in theirs.iter().enumerate().filter(|(_, yours)| mine.is_partner_of(yours))
                {
                    let (Some(member), Some(partner)) = (members.get(one), members.get(other)) else {
                        continue;
                    };
                    if member.daemon.family != partner.daemon.family {
                        continue;
                    }
                    let partner = Partner {
                        daemon: partner.daemon.clone(),
                        own: own_place,
                        theirs: place,
                        membership: yours.clone(),
                        hooks: hooks(&partner.now.config.root),
                    };
                    if let Some(member) = members.get_mut(one) {
                        member.partners.push(partner);
                    }
                    join(&mut groups, one, other);
                }
            }
        }
    }
    let mut units: Vec<(usize, Unit)> = Vec::new();
    for (member, group) in members.into_iter().zip(groups) {
        match units.iter_mut().find(|(known, _)| *known == group) {
            Some((_, unit)) => unit.0.push(member),
            None => units.push((group, Unit(vec![member]))),
        }
    }
    let sorted = units.into_iter().map(|(_, unit)| unit.sorted());
    join_all(sorted).await
}

/// Makes two groups one.
fn join(groups: &mut [usize], one: usize, other: usize) {
    let (Some(&one), Some(&other)) = (groups.get(one), groups.get(other)) else { return };
    for group in groups.iter_mut().filter(|group| **group == other) {
        *group = one;
    }
}

/// What of a configuration its HA status is read with.
fn hooks(config: &Value) -> Value {
    json!({"hooks-libraries": config.get("hooks-libraries").cloned().unwrap_or_default()})
}

impl Unit {
    /// The members in the order in which they are changed: where a subnet is added, those that serve nobody first.
    async fn sorted(mut self) -> Self {
        if self.0.len() < 2 {
            return self;
        }
        let asked = self.0.iter().map(|member| member.daemon.relationships(&member.now.config.root));
        let serves = |status: &HaRelationship| !status.local.scopes.is_empty();
        let serving: Vec<bool> = join_all(asked)
            .await
            .into_iter()
            .map(|status| status.is_ok_and(|all| all.iter().any(serves)))
            .collect();
        let first = self.0.first().is_some_and(|member| pair::serving_first(&member.plan.differences));
        let mut members: Vec<_> = std::mem::take(&mut self.0).into_iter().zip(serving).collect();
        members.sort_by_key(|(_, serves)| *serves != first);
        Self(members.into_iter().map(|(member, _)| member).collect())
    }

    /// Changes the members one after the other, until one fails here or elsewhere.
    pub(super) async fn change(&mut self, way: &Way<'_>) {
        for member in &mut self.0 {
            if way.is_stopped() {
                return;
            }
            if let Err(fault) = member.change(way).await {
                member.fault = Some(fault);
                way.stop();
            }
        }
    }

    /// Puts back what was there, the last changed first.
    pub(super) async fn undo(&mut self, way: &Way<'_>) {
        for member in self.0.iter_mut().rev() {
            if matches!(member.runs, Runs::After(_)) {
                member.undo(way).await;
            }
        }
    }

    pub(super) fn into_members(self) -> Vec<Member> {
        self.0
    }
}
