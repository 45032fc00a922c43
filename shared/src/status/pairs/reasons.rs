//! Why a pair is not as it should be.

use super::{Member, plain};
use crate::{
    api::{DaemonState, HaRelationship, PairMember, PairState, Reason, ReasonCode},
    status::{HaSettings, advice::is_on_the_way},
};
use std::collections::{BTreeMap, BTreeSet};

/// How a pair is for a reason.
pub(super) fn weight(code: ReasonCode) -> PairState {
    match code {
        ReasonCode::Starting => PairState::Starting,
        ReasonCode::UnknownPartner => PairState::Incomplete,
        ReasonCode::Disagree | ReasonCode::Ambiguous | ReasonCode::OutOfStep => PairState::OutOfStep,
        _ => PairState::Impaired,
    }
}

/// Members that Perch does not reach, and what their partners know of them.
pub(super) fn silent(group: &[&Member]) -> Vec<Reason> {
    let down = group.iter().filter(|member| member.reached == DaemonState::Unreachable);
    down.map(|member| {
        let name = &member.settings.this;
        let in_touch = group.iter().any(|other| {
            let remote = other.seen.as_ref().filter(|seen| !seen.communication_interrupted);
            other.reached != DaemonState::Unreachable
                && remote.and_then(|seen| seen.remote.as_ref()).is_some_and(|remote| {
                    remote.name == *name && !matches!(remote.state.as_str(), "unavailable" | "unknown")
                })
        });
        let help = if in_touch {
            format!(
                "Its partner still hears from {name}, so the daemon runs: repair its control channel. A change of the \
                 pair has to wait until then."
            )
        } else {
            format!(
                "Start {name} again, or repair the way to it. A change can be made on the partner alone and be \
                 caught up when {name} is back."
            )
        };
        Reason { code: ReasonCode::Unreachable, text: format!("{name} does not answer: {}", member.silence), help }
    })
    .collect()
}

/// Whether the members all run, and some are on the way to their normal state: Kea goes it by itself, or goes on alone
/// when the partner falls silent.
pub(super) fn is_starting(group: &[&Member]) -> bool {
    let state = |member: &&Member| {
        let seen = member.seen.as_ref().filter(|_| member.reached != DaemonState::Unreachable)?;
        Some((seen.local.state.clone(), member.settings.mode.clone()))
    };
    let states: Option<Vec<(String, String)>> = group.iter().map(state).collect();
    states.is_some_and(|states| {
        states.len() > 1
            && (states.iter().any(|(state, _)| is_on_the_way(state)) || group.iter().any(hears_of_a_start))
            && states.iter().all(|(state, mode)| is_on_the_way(state) || state == mode || state == "backup")
    })
}

/// Whether a member was looked at later than its partner, which is on the way by now.
fn hears_of_a_start(member: &&Member) -> bool {
    let remote = member.seen.as_ref().and_then(|seen| seen.remote.as_ref());
    remote.is_some_and(|remote| is_on_the_way(&remote.state))
}

/// What a member that answers says is not as it should be.
pub(super) fn impaired(member: &&Member) -> Option<Reason> {
    let seen = member.seen.as_ref().filter(|_| member.reached != DaemonState::Unreachable)?;
    seen.reason()
}

impl HaRelationship {
    /// What is not as it should be, as one of its members sees it; `None` when it is healthy.
    pub fn reason(&self) -> Option<Reason> {
        let advice = self.advice.clone().filter(|_| !self.healthy)?;
        let normal = |state: &str| state == self.mode;
        let partner = self.remote.as_ref();
        let skewed = normal(&self.local.state)
            && !self.communication_interrupted
            && partner.is_some_and(|partner| normal(&partner.state));
        let code = if skewed { ReasonCode::ClockSkew } else { ReasonCode::Ha };
        let partner = partner.map(|peer| format!(", {} is `{}`", peer.name, peer.state)).unwrap_or_default();
        let local = &self.local;
        let text = format!("High availability: {} is `{}`{partner}.", local.name, local.state);
        Some(Reason { code, text, help: advice })
    }
}

/// Members that are not registered.
pub(super) fn unknown(members: &[PairMember], first: &Member) -> Vec<Reason> {
    let missing = members.iter().filter(|member| member.server.is_none());
    missing
        .map(|member| Reason {
            code: ReasonCode::UnknownPartner,
            text: format!(
                "{} (the {} of the relationship) is not among the servers that Perch knows.",
                member.name, member.role
            ),
            help: format!(
                "Add it: the server `{}` names {} for it. Until then only one side of the pair is seen and changed.",
                first.server, member.url
            ),
        })
        .collect()
}

/// Where the members' settings do not fit each other.
pub(super) fn disagreements(first: &Member, group: &[&Member]) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for member in group {
        names.entry(&member.settings.this).or_default().push(member.server.as_str());
    }
    for (name, servers) in names.iter().filter(|(_, servers)| servers.len() > 1) {
        reasons.push(Reason {
            code: ReasonCode::Ambiguous,
            text: format!(
                "Several servers call themselves {name} in one relationship: {}.",
                servers.join(", ")
            ),
            help: "Give each its own `this-server-name`, or each pair its own URLs in `peers`.".to_owned(),
        });
    }
    if group.iter().any(|member| differs(&first.settings, &member.settings)) {
        reasons.push(Reason {
            code: ReasonCode::Disagree,
            text: "The partners' `high-availability` parameters do not agree: mode, names, URLs or roles differ."
                .to_owned(),
            help: "Make `mode` and `peers` the same on all members; only `this-server-name` may differ.".to_owned(),
        });
    }
    reasons
}

fn differs(left: &HaSettings, right: &HaSettings) -> bool {
    let peers = |settings: &HaSettings| {
        settings
            .peers
            .iter()
            .map(|peer| (peer.name.clone(), plain(&peer.url), peer.role.clone()))
            .collect::<BTreeSet<_>>()
    };
    left.mode != right.mode || peers(left) != peers(right)
}
