//! Members that belong together are changed one after the other; what does not belong together, at the same time.

use super::{
    Daemon,
    held::hooks,
    lend::Partner,
    member::{Member, Runs, Way},
};
use futures_util::future::join_all;
use perch_shared::{
    api::HaRelationship,
    change::pair::{self, Membership},
};
use serde_json::Value;

/// HA partners, or one daemon alone; in the order in which they are changed.
#[derive(Debug)]
pub(super) struct Unit(Vec<Member>);

/// Puts the partners together. A helper is the partner of one of the members, but no member.
pub(super) async fn units(mut members: Vec<Member>, helpers: &[(usize, Daemon)]) -> Vec<Unit> {
    let sides: Vec<Side> = members.iter().map(Side::of).collect();
    let read = helpers.iter().map(|(_, helper)| async { Side::read(helper).await });
    let helpers: Vec<Side> = join_all(read).await.into_iter().flatten().collect();
    let mut groups: Vec<usize> = (0..members.len()).collect();
    for (one, (member, own)) in members.iter_mut().zip(&sides).enumerate() {
        for (other, side) in sides.iter().enumerate().filter(|(other, _)| *other != one) {
            let found = own.partners(side);
            if !found.is_empty() {
                join(&mut groups, one, other);
            }
            member.partners.extend(found);
        }
        member.partners.extend(helpers.iter().flat_map(|side| own.partners(side)));
    }
    let mut units: Vec<(usize, Unit)> = Vec::new();
    for (member, group) in members.into_iter().zip(groups) {
        match units.iter_mut().find(|(known, _)| *known == group) {
            Some((_, unit)) => unit.0.push(member),
            None => units.push((group, Unit(vec![member]))),
        }
    }
    join_all(units.into_iter().map(|(_, unit)| unit.sorted())).await
}

/// What is known of a daemon's HA relationships.
#[derive(Debug)]
struct Side {
    daemon: Daemon,
    memberships: Vec<Membership>,
    /// What of its configuration its HA status is read with.
    hooks: Value,
}

impl Side {
    fn new(daemon: &Daemon, hooks: Value) -> Self {
        Self { daemon: daemon.clone(), memberships: pair::memberships(&hooks), hooks }
    }

    fn of(member: &Member) -> Self {
        Self::new(&member.daemon, member.now.hooks.clone())
    }

    /// A helper that does not answer cannot help.
    async fn read(daemon: &Daemon) -> Option<Self> {
        Some(Self::new(daemon, hooks(&daemon.running().await.ok()?.outline())))
    }

    /// The other side as a partner of this one, in every relationship that they share.
    fn partners(&self, other: &Self) -> Vec<Partner> {
        if self.daemon.family != other.daemon.family {
            return Vec::new();
        }
        let theirs = || other.memberships.iter().enumerate();
        let own = self.memberships.iter().enumerate();
        own.flat_map(|(own, mine)| {
            theirs().filter(|(_, theirs)| mine.is_partner_of(theirs)).map(move |found| (own, found))
        })
        .map(|(own, (theirs, membership))| Partner {
            daemon: other.daemon.clone(),
            own,
            theirs,
            membership: membership.clone(),
            hooks: other.hooks.clone(),
        })
        .collect()
    }
}

/// Makes two groups one.
fn join(groups: &mut [usize], one: usize, other: usize) {
    let (Some(&one), Some(&other)) = (groups.get(one), groups.get(other)) else { return };
    for group in groups.iter_mut().filter(|group| **group == other) {
        *group = one;
    }
}

impl Unit {
    /// The members in the order in which they are changed: where a subnet is added, those that serve nobody first.
    async fn sorted(mut self) -> Self {
        if self.0.len() < 2 {
            return self;
        }
        let asked = self.0.iter().map(|member| member.daemon.relationships(&member.now.hooks));
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
