//! `high-availability/this-server`

use super::relationships;
use crate::{
    json::Element,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// `this-server-name` is none of the `peers`.
    ///
    /// ## Why
    /// The check of a configuration does not look at the parameters of hooks. The daemon does when it starts or takes
    /// the configuration: the hook refuses to load, and no client is served.
    ///
    /// ## Use instead
    /// The name of that peer which is this very server. It is the one thing in which the partners' files differ.
    "high-availability/this-server", Warning, arm: "hooks.html#libdhcp-ha-so-high-availability-outage-resilience-for-kea-servers", check,
    bad: [
        Example::new(
            r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_lease_cmds.so"},
                {"library": "libdhcp_ha.so", "parameters": {"high-availability": [{"this-server-name": "c", "mode": "hot-standby", "peers": [{"name": "a", "url": "http://192.0.2.1:8001/", "role": "primary"},
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
    for relationship in relationships(review) {
        let names: Vec<String> = names(relationship).collect();
        let Some(value) = relationship.get("this-server-name") else {
            let finding = RULE.at_map(relationship, "`this-server-name` is missing: the hook will not load");
            out.push(finding.help("add the name of the peer that is this server"));
            continue;
        };
        let Some(name) = value.as_str().filter(|name| !names.iter().any(|peer| peer == name)) else {
            continue;
        };
        let finding = RULE.at(value, format!("no peer is called `{name}`: the hook will not load"));
        out.push(finding.help(format!("use one of {}", names.join(", "))));
    }
}

fn names(relationship: Element<'_>) -> impl Iterator<Item = String> {
    relationship.maps("peers").filter_map(|peer| Some(peer.text("name")?.into_owned()))
}
