//! `high-availability/multi-threading`

use super::relationships;
use crate::{
    json::Element,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// High availability shall run in several threads, but the daemon does not.
    ///
    /// ## Why
    /// The hook needs the daemon's `multi-threading`. Without it, the hook switches its own off, and needs the Control
    /// Agent to reach its partner.
    "high-availability/multi-threading", Warning, arm: "hooks.html#libdhcp-ha-so-high-availability-outage-resilience-for-kea-servers", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"multi-threading": {"enable-multi-threading": false}, "hooks-libraries": [{"library": "libdhcp_lease_cmds.so"},
                {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "a", "mode": "hot-standby", "multi-threading": {"enable-multi-threading": true}, "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
                {"name": "b", "url": "http://192.0.2.2:8001/", "role": "standby"}]}]}}]}}"#,
        ).from(2, 6, 3),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"multi-threading": {"enable-multi-threading": true}, "hooks-libraries": [{"library": "libdhcp_lease_cmds.so"},
                {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "a", "mode": "hot-standby", "multi-threading": {"enable-multi-threading": true}, "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
                {"name": "b", "url": "http://192.0.2.2:8001/", "role": "standby"}]}]}}]}}"#,
        ).from(2, 6, 3),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let enabled = |map: Element<'_>| map.get("multi-threading")?.bool("enable-multi-threading");
    if enabled(review.root) != Some(false) {
        return;
    }
    for relationship in relationships(review).filter(|relationship| enabled(*relationship) == Some(true)) {
        let at = relationship.get("multi-threading").unwrap_or(relationship);
        let finding = RULE.at_key(at, "the daemon's own `multi-threading` is off, so this is too");
        out.push(finding.help("enable `multi-threading` at the global level as well"));
    }
}
