//! What no reader of a text can know: only the host on which the daemon runs decides it.

use crate::json::{Document, Element, Kind};

/// Something that Kea refuses on one host and accepts on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// The key that it is about, with the object that holds it.
    pub key: &'static str,
    /// The ways from the daemon's map to that key, through lists. None for what is no key.
    ways: &'static [&'static [&'static str]],
    /// Which part of Kea's verdict is not given.
    pub unknown: &'static str,
    /// Why not, and what is assumed instead.
    pub reason: &'static str,
    /// The rules that speak about the same key; their verdict is complete but for this.
    pub rules: &'static [&'static str],
}

/// Everything that the check cannot know.
pub const LIMITS: &[Limit] = &[
    Limit {
        key: "interfaces-config.interfaces",
        ways: &[&["interfaces-config", "interfaces"]],
        unknown: "whether the interfaces exist and have the addresses",
        reason: "Kea asks its host; the check takes every name and every unicast address for one of the host's",
        rules: &["interface/invalid", "interface/duplicate"],
    },
    Limit {
        key: "subnet.interface, shared-network.interface, subnet.4o6-interface",
        ways: &[
            &["subnet4", "interface"],
            &["subnet4", "4o6-interface"],
            &["subnet6", "interface"],
            &["shared-networks", "interface"],
            &["shared-networks", "subnet4", "interface"],
            &["shared-networks", "subnet6", "interface"],
        ],
        unknown: "whether the interface exists",
        reason: "Kea asks its host; the check takes every name for one of the host's",
        rules: &[],
    },
    Limit {
        key: "hooks-libraries.library",
        ways: &[&["hooks-libraries", "library"]],
        unknown: "whether the library is there and can be opened",
        reason: "Kea opens the file; the check takes every library in a packaged directory for installed",
        rules: &["hooks-library/path"],
    },
    Limit {
        key: "hooks-libraries.parameters",
        ways: &[&["hooks-libraries", "parameters"]],
        unknown: "whether the hook takes its parameters",
        reason: "Kea does not look at them before it loads the hook; the check knows those of high availability only",
        rules: &["high-availability/roles", "high-availability/this-server"],
    },
    Limit {
        key: "control-socket.socket-name, control-sockets.socket-name",
        ways: &[&["control-socket", "socket-name"], &["control-sockets", "socket-name"]],
        unknown: "whether the directory is the one of this Kea",
        reason: "it was decided when Kea was built, or by KEA_CONTROL_SOCKET_DIR; the check assumes /run/kea or \
                 /var/run/kea",
        rules: &["control-socket/path"],
    },
    Limit {
        key: "data-directory",
        ways: &[&["data-directory"]],
        unknown: "whether the directory exists, and whether it is the one of this Kea",
        reason: "it was decided when Kea was built, or by KEA_DHCP_DATA_DIR; the check assumes /var/lib/kea",
        rules: &["data-directory/path"],
    },
    Limit {
        key: "authentication.clients: user-file, password-file",
        ways: &[
            &["control-socket", "authentication", "clients", "user-file"],
            &["control-socket", "authentication", "clients", "password-file"],
            &["control-sockets", "authentication", "clients", "user-file"],
            &["control-sockets", "authentication", "clients", "password-file"],
            &["authentication", "clients", "user-file"],
            &["authentication", "clients", "password-file"],
        ],
        unknown: "whether the files are there and what is in them",
        reason: "Kea reads the files; the check takes them for good ones",
        rules: &["authentication/client", "authentication/default-password"],
    },
    Limit {
        key: "trust-anchor, cert-file, key-file",
        ways: &[&["control-socket", "cert-file"], &["control-sockets", "cert-file"], &["cert-file"]],
        unknown: "whether the files are there and fit each other",
        reason: "Kea reads them when it opens the socket, after its check; so does the check",
        rules: &["control-socket/tls-incomplete"],
    },
    Limit {
        key: "lease-database, hosts-databases, config-databases",
        ways: &[
            &["lease-database", "name"],
            &["hosts-database"],
            &["hosts-databases"],
            &["config-control", "config-databases"],
        ],
        unknown: "whether the database answers and has the right schema",
        reason: "Kea connects after its check; so does the check",
        rules: &["database/blank", "database/unsupported-timeout"],
    },
    Limit {
        key: "control-sockets.socket-address, control-sockets.socket-port",
        ways: &[
            &["control-socket", "socket-address"],
            &["control-sockets", "socket-address"],
            &["control-socket", "socket-port"],
            &["control-sockets", "socket-port"],
        ],
        unknown: "whether the address is the host's and the port is free",
        reason: "Kea opens the socket after its check",
        rules: &["control-socket/invalid-address"],
    },
    Limit {
        key: "<?include \"file\"?>",
        ways: &[],
        unknown: "what stands in the file",
        reason: "the check sees one text; it says nothing about what may be missing in a text that includes another",
        rules: &["json/include"],
    },
];

/// What cannot be known of a configuration: the limits whose keys it has.
pub fn of(document: &Document<'_>) -> Vec<&'static Limit> {
    let daemon = document.root().and_then(|root| root.children().find(|child| child.kind() == Kind::Map));
    let applies = |limit: &&Limit| match limit.ways {
        [] => !document.includes().is_empty(),
        ways => daemon.is_some_and(|daemon| ways.iter().any(|way| reaches(daemon, way))),
    };
    LIMITS.iter().filter(applies).collect()
}

/// Whether the keys lead to something that is not empty.
fn reaches(from: Element<'_>, way: &[&str]) -> bool {
    let Some((key, rest)) = way.split_first() else {
        return from.children().next().is_some() || from.kind() != Kind::List;
    };
    if from.kind() == Kind::List {
        return from.items().filter_map(|item| item.get(key)).any(|value| reaches(value, rest));
    }
    from.get(key).is_some_and(|value| reaches(value, rest))
}

#[cfg(test)]
mod tests {
    use super::{LIMITS, of};
    use crate::rules::find;

    #[test]
    fn every_limit_names_rules_that_exist() {
        for limit in LIMITS {
            for code in limit.rules {
                assert!(find(code).is_some(), "{code}");
            }
        }
    }

    #[test]
    fn a_limit_is_told_where_its_key_is() {
        let keys =
            |text| of(&crate::json::parse(text)).into_iter().map(|limit| limit.key).collect::<Vec<_>>();
        assert_eq!(
            keys(r#"{"Dhcp4": {"interfaces-config": {"interfaces": []}, "subnet4": [{"id": 1}]}}"#),
            [""; 0]
        );
        assert_eq!(
            keys(
                r#"{"Dhcp6": {"interfaces-config": {"interfaces": ["eth0"]}, "hooks-libraries": [{"library": "a"}]}}"#
            ),
            ["interfaces-config.interfaces", "hooks-libraries.library"]
        );
        assert_eq!(
            keys(r#"{"Dhcp4": {"shared-networks": [{"subnet4": [{"interface": "eth0"}]}]}}"#),
            ["subnet.interface, shared-network.interface, subnet.4o6-interface"]
        );
        assert_eq!(keys(r#"{"Dhcp4": <?include "a"?>}"#), ["<?include \"file\"?>"]);
        assert_eq!(keys("[]"), [""; 0]);
    }
}
