//! `high-availability/roles`

use super::relationships;
use crate::{
    json::Element,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// The roles of the `peers` do not fit the `mode`.
    ///
    /// ## Why
    /// `load-balancing` needs one primary and one secondary server, `hot-standby` one primary and one standby server,
    /// `passive-backup` one primary server; any number of backup servers may be added. The check of a configuration
    /// does not look at this; the daemon does not start.
    "high-availability/roles", Warning, arm: "hooks.html#libdhcp-ha-so-high-availability-outage-resilience-for-kea-servers", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_lease_cmds.so"},
                {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "a", "mode": "load-balancing", "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
                {"name": "b", "url": "http://192.0.2.2:8001/", "role": "standby"}]}]}}]}}"#,
        ).from(2, 6, 3),
    ],
    good: [
        Example::new(
            r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_lease_cmds.so"},
                {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "a", "mode": "load-balancing", "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
                {"name": "b", "url": "http://192.0.2.2:8001/", "role": "secondary"}]}]}}]}}"#,
        ).from(2, 6, 3),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    for relationship in relationships(review) {
        let Some(mode) = relationship.get("mode") else { continue };
        let Some(text) = mode.as_str() else { continue };
        if let Some(message) = problem(relationship, &text) {
            let finding = RULE.at(mode, format!("{message}: the hook will not load"));
            out.push(finding.help("let the roles of the peers fit the mode"));
        }
    }
}

fn problem(relationship: Element<'_>, mode: &str) -> Option<String> {
    let allowed: &[&str] = match mode {
        "load-balancing" => &["primary", "secondary"],
        "hot-standby" => &["primary", "standby"],
        "passive-backup" => &["primary"],
        _ => return Some(format!("Kea knows no mode `{mode}`")),
    };
    let count = |role: &str| {
        let peers = relationship.maps("peers");
        peers.filter(|peer| peer.text("role").is_some_and(|text| text == role)).count()
    };
    for role in ["primary", "secondary", "standby"] {
        match (count(role), allowed.contains(&role)) {
            (0, true) => return Some(format!("`{mode}` needs a {role} server")),
            (0, false) | (1, true) => {}
            (_, false) => return Some(format!("`{mode}` has no {role} server")),
            (_, true) => return Some(format!("there is more than one {role} server")),
        }
    }
    None
}
