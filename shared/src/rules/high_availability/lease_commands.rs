//! `high-availability/lease-commands`

use super::library;
use crate::rules::{Example, Findings, Review, rule};

rule! {
    /// The high availability hook is loaded without the lease commands.
    ///
    /// ## Why
    /// The partners tell each other their leases by lease commands. Without `libdhcp_lease_cmds.so` every update is
    /// refused, and no server serves.
    "high-availability/lease-commands", Warning, arm: "hooks.html#libdhcp-ha-so-high-availability-outage-resilience-for-kea-servers", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "a", "mode": "hot-standby", "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
                {"name": "b", "url": "http://192.0.2.2:8001/", "role": "standby"}]}]}}]}}"#,
        ).from(2, 6, 3),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_lease_cmds.so"},
                {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "a", "mode": "hot-standby", "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
                {"name": "b", "url": "http://192.0.2.2:8001/", "role": "standby"}]}]}}]}}"#,
        ).from(2, 6, 3),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let Some(hook) = library(review, "libdhcp_ha.so") else { return };
    if library(review, "libdhcp_lease_cmds.so").is_none() {
        let finding = RULE.at_map(hook, "high availability needs the lease commands, which are not loaded");
        out.push(finding.help("add `libdhcp_lease_cmds.so` to `hooks-libraries`"));
    }
}
