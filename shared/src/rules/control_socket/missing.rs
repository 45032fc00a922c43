//! `control-socket/missing`

use super::HTTP;
use crate::{
    json::Kind,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// The configuration has no control socket.
    ///
    /// ## Why
    /// Kea accepts it and takes no commands: no console reaches the daemon, and only a signal makes it read its file again.
    /// Set over the control channel, such a configuration closes that channel at once, for every console, until
    /// somebody edits the file and restarts the daemon.
    ///
    /// ## Use instead
    /// Add or keep `control-socket` (Kea ≤ 2.6) or `control-sockets` (Kea ≥ 2.7.2).
    "control-socket/missing", Hint, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600}}"#)],
    good: [
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "/run/kea/kea4-ctrl-socket"}}}"#)
            .before(3, 3, 1),
        Example::new(r#"{"Dhcp4": {"control-sockets": [{"socket-type": "unix", "socket-name": "/run/kea/kea4-ctrl-socket"}]}}"#)
            .from(2, 7, 2),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    let present = |key| {
        let socket = review.root.get(key);
        socket.is_some_and(|socket| {
            matches!(socket.kind(), Kind::Map | Kind::List) && socket.children().next().is_some()
        })
    };
    if !present("control-socket") && !present("control-sockets") {
        let key = if review.version < HTTP { "control-socket" } else { "control-sockets" };
        let finding = RULE.at_map(review.root, "without a control socket, no console reaches the daemon");
        out.push(finding.help(format!("add `{key}`; keep the one of a daemon that runs")));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{Family, rules::tests::findings};
    use serde_json::json;

    #[test]
    fn pass_and_fail() {
        let found = |root| findings(&RULE, Family::V4, "3.0.4", root).len();
        assert_eq!(found(json!({"control-socket": {"socket-type": "unix", "socket-name": "a"}})), 0);
        assert_eq!(found(json!({"control-sockets": [{"socket-type": "http"}]})), 0);
        assert_eq!(found(json!({})), 1);
        assert_eq!(found(json!({"control-sockets": []})), 1);
    }
}
