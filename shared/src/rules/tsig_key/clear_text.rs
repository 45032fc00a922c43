//! `tsig-key/clear-text`

use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, rule, services::elsewhere},
};

rule! {
    /// The secret of a key stands in the configuration itself.
    ///
    /// ## Why
    /// Kea 3.1 and newer refuse it, unless the daemon is started with `-X`: whoever may read the configuration could change
    /// the zones.
    ///
    /// ## Use instead
    /// `secret-file` with the path of a file that holds the secret.
    "tsig-key/clear-text", Error, arm: "ddns.html#tsig-key-list", elsewhere,
    bad: [
        Example::new(
            r#"{"DhcpDdns": {"tsig-keys": [{"name": "a", "algorithm": "HMAC-MD5", "secret": "LSWXnfkKZjdPJI5QxlpnfQ=="}]}}"#,
        ).from(3, 1, 0),
    ],
    good: [
        Example::new(
            r#"{"DhcpDdns": {"tsig-keys": [{"name": "a", "algorithm": "HMAC-MD5", "secret": "LSWXnfkKZjdPJI5QxlpnfQ=="}]}}"#,
        ).before(3, 1, 0),
    ],
}

pub(super) fn inspect(ddns: Plain<'_>, out: &mut Findings) {
    if ddns.version < KeaVersion::new(3, 1, 0) {
        return;
    }
    for secret in ddns.root.maps("tsig-keys").filter_map(|key| key.get("secret")) {
        let finding = RULE.at_key(secret, "`secret` stands here in clear text");
        out.push(finding.help("put it into a file, and name that in `secret-file`"));
    }
}
