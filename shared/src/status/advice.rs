//! What the states of an HA relationship mean, and what to do.
//!
//! Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks.html#server-states>.

use crate::api::HaRelationship;

/// Kea warns from 30 s on, and stops HA at 60 s.
const SKEW: u64 = 30;

/// Whether a state is one on the way to the normal one: Kea goes on from it by itself.
pub(super) fn is_on_the_way(state: &str) -> bool {
    matches!(state, "waiting" | "syncing" | "ready")
}

impl HaRelationship {
    /// Whether a member is on the way to its normal state, so that it is in another one soon.
    pub fn gets_ready(&self) -> bool {
        let peers = std::iter::once(&self.local).chain(&self.remote);
        peers.into_iter().any(|peer| is_on_the_way(&peer.state))
    }
}

/// What is not as it should be, and what to do; `None` when the relationship is healthy.
pub(super) fn advice(relationship: &HaRelationship) -> Option<String> {
    let state = relationship.local.state.as_str();
    // A backup server only receives leases; that is all it should do.
    if state == "passive-backup" || state == "backup" {
        return None;
    }
    if state == relationship.mode { of_partner(relationship) } else { of_local(relationship) }
}

/// This server is in its normal state: is its partner, too?
fn of_partner(relationship: &HaRelationship) -> Option<String> {
    let partner = relationship.remote.as_ref()?;
    let name = &partner.name;
    if relationship.communication_interrupted || partner.state == "unavailable" {
        let url = partner.url.as_ref().map(|url| format!(" at {url}")).unwrap_or_default();
        return Some(format!(
            "No heartbeat from {name}. Check that {name} runs and answers{url}. This server takes over its clients \
             after `max-response-delay` (60 s, unless set otherwise)."
        ));
    }
    if let Some(skew) = relationship.clock_skew.map(i64::unsigned_abs).filter(|skew| *skew >= SKEW) {
        return Some(format!(
            "The clocks of the two servers differ by {skew} s. At 60 s they stop working together: set both clocks \
             right, with NTP."
        ));
    }
    match partner.state.as_str() {
        state if state == relationship.mode => None,
        state if is_on_the_way(state) => {
            Some(format!("{name} is starting (`{state}`). It is ready in a few seconds; nothing to do."))
        }
        state => Some(format!("{name} is in the state `{state}`. Look at its own page for what to do.")),
    }
}

/// This server is not in its normal state.
fn of_local(relationship: &HaRelationship) -> Option<String> {
    let partner = relationship.remote.as_ref().map_or("its partner", |partner| partner.name.as_str());
    Some(match relationship.local.state.as_str() {
        "waiting" => format!(
            "This server has just started or was reconfigured, waits for {partner} and serves no client. When \
             {partner} runs, this is over after a heartbeat. When {partner} stays down, send `ha-maintenance-start` to \
             this server and it serves at once."
        ),
        "syncing" => format!("This server is copying the leases of {partner} and serves no client until then."),
        "ready" => format!("This server has all leases and waits until {partner} has seen that; nothing to do."),
        "communication-recovery" => format!(
            "No contact with {partner}; this server serves its half of the clients and keeps lease updates back. \
             Check that {partner} runs and that the network between the two works."
        ),
        "partner-down" => format!(
            "This server serves all clients alone. Start {partner} again: it copies the leases and takes its place by \
             itself."
        ),
        "terminated" => format!(
            "HA has stopped: each server serves alone, and leases are not copied. Either the clocks of the servers \
             differ by more than 60 s, or their configurations differ so that lease updates were rejected. Put that \
             right, then send `ha-reset` to this server and to {partner}."
        ),
        "partner-in-maintenance" => format!(
            "{partner} is under maintenance; this server serves all clients. `ha-maintenance-cancel` to this server \
             ends that."
        ),
        "in-maintenance" => format!(
            "This server is under maintenance and serves no client; {partner} does. `ha-maintenance-cancel` to \
             {partner} ends that."
        ),
        "unknown" => {
            "The configuration has high availability, but the daemon says nothing about it: the hook library is not \
             running. Reload the configuration, and look into Kea's log."
                .to_owned()
        }
        state => format!("This server is in the state `{state}`, which is not its normal one. Look into Kea's log."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::HaPeer;

    fn pair(mode: &str, local: &str, remote: &str) -> HaRelationship {
        let peer = |name: &str, state: &str| HaPeer {
            name: name.into(),
            role: "primary".into(),
            state: state.into(),
            scopes: Vec::new(),
            url: None,
        };
        HaRelationship {
            mode: mode.into(),
            healthy: false,
            advice: None,
            local: peer("server1", local),
            remote: Some(peer("server2", remote)),
            communication_interrupted: false,
            clock_skew: None,
            contact: None,
        }
    }

    #[test]
    fn normal_states_need_no_advice() {
        assert_eq!(advice(&pair("hot-standby", "hot-standby", "hot-standby")), None);
        assert_eq!(advice(&pair("load-balancing", "load-balancing", "load-balancing")), None);
        assert_eq!(advice(&pair("passive-backup", "passive-backup", "")), None);
        assert_eq!(advice(&pair("hot-standby", "backup", "hot-standby")), None);
    }

    #[test]
    fn every_other_state_says_what_to_do() {
        for (local, remote, word) in [
            ("hot-standby", "unavailable", "max-response-delay"),
            ("hot-standby", "ready", "starting"),
            ("hot-standby", "terminated", "its own page"),
            ("waiting", "unavailable", "ha-maintenance-start"),
            ("syncing", "hot-standby", "copying"),
            ("ready", "hot-standby", "nothing to do"),
            ("partner-down", "unavailable", "Start server2"),
            ("communication-recovery", "unavailable", "network"),
            ("terminated", "terminated", "ha-reset"),
            ("in-maintenance", "partner-down", "ha-maintenance-cancel"),
            ("partner-in-maintenance", "in-maintenance", "ha-maintenance-cancel"),
            ("unknown", "unknown", "Reload"),
            ("brand-new", "hot-standby", "brand-new"),
        ] {
            let text = advice(&pair("hot-standby", local, remote)).unwrap();
            assert!(text.contains(word), "{local}/{remote}: {text}");
        }
    }

    #[test]
    fn warns_of_clocks_that_drift() {
        let mut relationship = pair("hot-standby", "hot-standby", "hot-standby");
        relationship.clock_skew = Some(-29);
        assert_eq!(advice(&relationship), None);
        relationship.clock_skew = Some(-45);
        assert!(advice(&relationship).unwrap().contains("45 s"));
    }
}
