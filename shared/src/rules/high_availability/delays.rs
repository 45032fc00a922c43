//! `high-availability/delays`

use super::relationships;
use crate::{
    json::Element,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// `heartbeat-delay` is not shorter than `max-response-delay`.
    ///
    /// ## Why
    /// A partner that is silent for `max-response-delay` counts as down. When heartbeats are rarer than that, a quiet
    /// but healthy partner is given up, and both serve the same clients. Both are in milliseconds.
    ///
    /// ## Use instead
    /// Kea's defaults: a heartbeat every 10000, and 60000 until the partner is given up.
    "high-availability/delays", Warning, arm: "hooks.html#libdhcp-ha-so-high-availability-outage-resilience-for-kea-servers", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_lease_cmds.so"},
                {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "a", "mode": "hot-standby", "heartbeat-delay": 60000, "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
                {"name": "b", "url": "http://192.0.2.2:8001/", "role": "standby"}]}]}}]}}"#,
        ).from(2, 6, 3),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_lease_cmds.so"},
                {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "a", "mode": "hot-standby", "heartbeat-delay": 20000, "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
                {"name": "b", "url": "http://192.0.2.2:8001/", "role": "standby"}]}]}}]}}"#,
        ).from(2, 6, 3),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for relationship in relationships(review) {
        let delay = |key, default| relationship.get(key).map_or(Some(default), Element::as_int);
        let (Some(beat), Some(limit)) =
            (delay("heartbeat-delay", 10_000), delay("max-response-delay", 60_000))
        else {
            continue;
        };
        let set = relationship.get("heartbeat-delay").or_else(|| relationship.get("max-response-delay"));
        let Some(at) = set.filter(|_| beat >= limit && beat > 0) else { continue };
        let message =
            format!("a heartbeat every {beat} ms is too rare when {limit} ms of silence mean an outage");
        out.push(RULE.at(at, message).help("let `heartbeat-delay` be a fraction of `max-response-delay`"));
    }
}
