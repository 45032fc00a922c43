//! `control-agent/removed`

use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, rule, services::elsewhere},
};

rule! {
    /// The configuration is for the Control Agent, which this version of Kea does not have.
    ///
    /// ## Why
    /// Kea 3.1.8 dropped the agent: no daemon reads the file, and consoles that ask the agent's port get no answer.
    ///
    /// ## Use instead
    /// A socket of type `http` or `https` among the `control-sockets` of each daemon.
    "control-agent/removed", Error, arm: "agent.html#the-kea-control-agent", elsewhere,
    bad: [Example::new(r#"{"Control-agent": {"http-port": 8000}}"#).from(3, 1, 8)],
    good: [
        Example::new(r#"{"Control-agent": {"http-port": 8000}}"#).before(3, 1, 8),
    ],
}

pub(super) fn inspect(agent: Plain<'_>, out: &mut Findings) {
    if agent.version >= KeaVersion::new(3, 1, 8) {
        let finding = RULE.at_map(agent.root, format!("Kea {} has no Control Agent", agent.version));
        out.push(finding.help("give each daemon an HTTP socket in its `control-sockets`"));
    }
}
