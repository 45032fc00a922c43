//! Whose control channel it is: an agent's, a daemon's, or the port of an HA hook.

use super::json::{list, text};
use crate::Family;
use serde_json::Value;

/// Who answers on a control channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A Control Agent, with the DHCP daemons that it has a socket for.
    Agent(Vec<Family>),
    /// A DHCP daemon itself.
    Daemon(Family),
    /// Another Kea daemon: the key of its configuration, such as `DhcpDdns`.
    Other(String),
}

/// Reads the arguments of a `config-get` that was sent without `service`; `None` when there is no configuration in
/// them. Whatever the port, the configuration's root says who answers.
pub fn owner(arguments: &Value) -> Option<Owner> {
    if let Some(agent) = arguments.get("Control-agent") {
        let sockets = agent.get("control-sockets");
        let known = |family: &Family| sockets.and_then(|sockets| sockets.get(family.service())).is_some();
        return Some(Owner::Agent(Family::ALL.into_iter().filter(known).collect()));
    }
    let daemon = Family::ALL.into_iter().find(|family| arguments.get(family.root_key()).is_some());
    if let Some(family) = daemon {
        return Some(Owner::Daemon(family));
    }
    let root = arguments.as_object()?.keys().find(|key| *key != "hash")?;
    Some(Owner::Other(root.clone()))
}

/// Whether a DHCP daemon that answers commands at this TCP port does so with its HA hook, whose port is for the
/// partner only. The hook answers every command on Kea 2.6, and on Kea 3 where `restrict-commands` is off. `config`
/// is the map under `Dhcp4` or `Dhcp6`: it has HA peers, and no HTTP control socket, or none at this port where a
/// peer has one.
pub fn is_ha_listener(config: &Value, port: u16) -> bool {
    let mut peers = list(config, "hooks-libraries")
        .iter()
        .filter_map(|hook| hook.get("parameters"))
        .flat_map(|parameters| list(parameters, "high-availability"))
        .flat_map(|relationship| list(relationship, "peers"))
        .map(|peer| text(peer, "url"))
        .peekable();
    if peers.peek().is_none() {
        return false;
    }
    let http = list(config, "control-sockets").iter().filter(|socket| text(socket, "socket-type") != "unix");
    let own: Vec<u64> = http.filter_map(|socket| socket.get("socket-port")?.as_u64()).collect();
    own.is_empty() || (!own.contains(&u64::from(port)) && peers.any(|url| url_port(url) == Some(port)))
}

fn url_port(url: &str) -> Option<u16> {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next()?;
    authority.rsplit_once(':')?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_root_says_who_answers() {
        for (arguments, expected) in [
            (
                json!({"Control-agent": {"control-sockets": {"dhcp4": {}, "dhcp6": {}, "d2": {}}}, "hash": "0"}),
                Some(Owner::Agent(vec![Family::V4, Family::V6])),
            ),
            (json!({"Control-agent": {}}), Some(Owner::Agent(vec![]))),
            (json!({"Dhcp6": {}, "hash": "0"}), Some(Owner::Daemon(Family::V6))),
            (json!({"DhcpDdns": {}}), Some(Owner::Other("DhcpDdns".into()))),
            (json!({"hash": "0"}), None),
            (json!(null), None),
        ] {
            assert_eq!(owner(&arguments), expected, "{arguments}");
        }
    }

    #[test]
    fn tells_an_ha_listener_from_a_control_socket() {
        let ha = json!([{"library": "libdhcp_ha.so", "parameters": {"high-availability": [{
            "this-server-name": "a", "peers": [{"name": "a", "url": "http://192.0.2.1:8001/"}]}]}}]);
        let sockets =
            |port: u16| json!([{"socket-type": "unix"}, {"socket-type": "http", "socket-port": port}]);
        assert!(is_ha_listener(&json!({"hooks-libraries": ha}), 8001), "2.6: no HTTP control socket at all");
        let unix = json!({"hooks-libraries": ha, "control-sockets": [{"socket-type": "unix"}]});
        assert!(is_ha_listener(&unix, 8001));
        let both = json!({"hooks-libraries": ha, "control-sockets": sockets(8004)});
        assert!(is_ha_listener(&both, 8001));
        assert!(!is_ha_listener(&both, 8004));
        assert!(!is_ha_listener(&both, 9004), "a mapped port");
        assert!(!is_ha_listener(&json!({"control-sockets": sockets(8004)}), 8001), "no HA");
    }
}
