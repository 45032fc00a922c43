//! What was chosen for each object that two partners do not share, and the changes that come of it.

use crate::{
    api::{Api, Failure},
    forms::save::Proposal,
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ChangeTarget, ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration, ServerId},
    change::edits_between,
    status::{DriftKind, adopt},
};
use std::collections::BTreeMap;

/// What names an object.
pub type Name = (DriftKind, String);

/// Which side is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// The left one: the right one becomes like it.
    Left,
    /// The right one.
    Right,
}

/// The choices for two partners.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    /// What was chosen; objects that are not in it stay as they are.
    pub chosen: RwSignal<BTreeMap<Name, Right>>,
    sides: StoredValue<(Family, ServerId, ServerId)>,
}

impl Choice {
    /// Nothing is chosen.
    pub fn new(family: Family, left: ServerId, right: ServerId) -> Self {
        Self { chosen: RwSignal::default(), sides: StoredValue::new((family, left, right)) }
    }

    /// How many objects were chosen for a side.
    pub fn count(self, right: Right) -> usize {
        self.chosen.with(|chosen| chosen.values().filter(|side| **side == right).count())
    }

    /// The change that makes the other side like the one that is right, in both directions at once; `None`: there is
    /// nothing to change.
    ///
    /// # Errors
    /// When a configuration cannot be read.
    pub async fn proposal(self, api: Api) -> Result<Option<Proposal>, Failure> {
        let (family, left, right) = self.sides.get_value();
        let read = |id: &ServerId| {
            let path = GetConfiguration::path(&(id.clone(), family));
            async move { api.read::<GetConfiguration>(path, &ConfigurationQuery::default()).await }
        };
        let (one, other) = (read(&left).await?, read(&right).await?);
        let all =
            [self.target(Right::Left, &right, &other, &one), self.target(Right::Right, &left, &one, &other)];
        let targets: Vec<ChangeTarget> = all.into_iter().flatten().collect();
        Ok((!targets.is_empty()).then(|| Proposal::for_each(targets)))
    }

    fn target(
        self,
        right: Right,
        id: &ServerId,
        target: &ConfigurationView,
        source: &ConfigurationView,
    ) -> Option<ChangeTarget> {
        let chosen: Vec<Name> = self.chosen.with_untracked(|chosen| {
            chosen.iter().filter(|(_, side)| **side == right).map(|(name, _)| name.clone()).collect()
        });
        let (before, source) = (target.clone().into_config(), source.clone().into_config());
        let edits = edits_between(&before, &adopt(&before, &source, &chosen));
        let based_on = Some(target.hash.clone());
        (!edits.is_empty()).then(|| ChangeTarget {
            server: id.clone(),
            family: target.family,
            based_on,
            edits,
        })
    }
}
