//! `control-agent/tls-incomplete`

use crate::rules::{
    Example, Findings, Plain,
    control_socket::{TLS, says},
    rule,
    services::elsewhere,
};

rule! {
    /// The Control Agent has some of the three parameters of TLS only.
    ///
    /// ## Why
    /// TLS needs `trust-anchor`, `cert-file` and `key-file` together: the agent refuses the configuration.
    "control-agent/tls-incomplete", Error, arm: "agent.html#secure-connections", elsewhere,
    bad: [
        Example::new(r#"{"Control-agent": {"trust-anchor": "/etc/kea/ca.crt", "cert-file": "/etc/kea/kea.crt"}}"#)
            .before(3, 1, 8),
    ],
    good: [
        Example::new(
            r#"{"Control-agent": {"trust-anchor": "/etc/kea/ca.crt", "cert-file": "/etc/kea/kea.crt",
                "key-file": "/etc/kea/kea.key"}}"#,
        ).before(3, 1, 8),
    ],
}

pub(super) fn inspect(agent: Plain<'_>, out: &mut Findings) {
    let missing: Vec<String> =
        TLS.iter().filter(|key| !says(agent.root, key)).map(|key| format!("`{key}`")).collect();
    if !missing.is_empty() && missing.len() < TLS.len() {
        let missing = missing.join(", ");
        let finding = RULE.at_map(agent.root, format!("{missing} is missing: TLS needs all three"));
        out.push(finding.help(format!("add {missing}")));
    }
}
