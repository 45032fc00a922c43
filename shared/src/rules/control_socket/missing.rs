//! `control-socket/missing`

use crate::{
    json::Kind,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// The configuration has no control socket.
    ///
    /// ## Why
    /// Kea accepts it and closes its control channel at once. Neither Perch nor any other console reaches the daemon
    /// again until somebody edits its file and restarts it.
    ///
    /// ## Use instead
    /// Keep `control-socket` (Kea ≤ 2.6) or `control-sockets` (Kea ≥ 2.7.2) as it was.
    "control-socket/missing", Warning, arm: "ctrl-channel.html#control-channel-syntax", check,
    bad: [Example::new(r#"{"Dhcp4": {"valid-lifetime": 3600}}"#)],
    good: [
        Example::new(r#"{"Dhcp4": {"control-socket": {"socket-type": "unix", "socket-name": "/run/kea/kea4-ctrl-socket"}}}"#),
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
        let finding =
            RULE.at_map(review.root, "without a control socket, no console reaches this daemon any more");
        out.push(finding.help("keep the control socket as it was"));
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
