//! What Perch can do with a daemon only when a hook library is loaded.

use crate::{
    Family, KeaVersion,
    api::{Ability, HookLibrary},
};
use serde_json::Value;

/// A hook library that Perch makes use of.
struct Hook {
    name: &'static str,
    gives: &'static str,
    /// A command that only this library brings, for DHCPv4 and DHCPv6.
    command: [&'static str; 2],
    /// The first version that has it in the open-source packages.
    open_since: KeaVersion,
}

/// class_cmds, host_cmds and subnet_cmds were commercial before 2.7.7.
const OPENED: KeaVersion = KeaVersion::new(2, 7, 7);
const ALWAYS: KeaVersion = KeaVersion::OLDEST;

/// Source of the commands: <https://kea.readthedocs.io/en/kea-3.0.0/arm/hooks.html>.
const HOOKS: [Hook; 6] = [
    Hook {
        name: "lease_cmds",
        gives: "See, search, add and delete leases.",
        command: ["lease4-get", "lease6-get"],
        open_since: ALWAYS,
    },
    Hook {
        name: "stat_cmds",
        gives: "See how full each subnet and pool is.",
        command: ["stat-lease4-get", "stat-lease6-get"],
        open_since: ALWAYS,
    },
    Hook {
        name: "ha",
        gives: "Run this server as one of a pair that takes over from each other.",
        command: ["ha-heartbeat", "ha-heartbeat"],
        open_since: ALWAYS,
    },
    Hook {
        name: "subnet_cmds",
        gives: "Change subnets and shared networks without interrupting the service.",
        command: ["subnet4-list", "subnet6-list"],
        open_since: OPENED,
    },
    Hook {
        name: "class_cmds",
        gives: "Change client classes without interrupting the service.",
        command: ["class-list", "class-list"],
        open_since: OPENED,
    },
    Hook {
        name: "host_cmds",
        gives: "Change reservations without interrupting the service.",
        command: ["reservation-get-all", "reservation-get-all"],
        open_since: OPENED,
    },
];

impl Hook {
    fn command(&self, family: Family) -> &'static str {
        let [v4, v6] = self.command;
        match family {
            Family::V4 => v4,
            Family::V6 => v6,
        }
    }

    fn snippet(&self, directory: &str) -> String {
        let library = format!("{directory}/libdhcp_{}.so", self.name);
        if self.name != "ha" {
            return format!("{{ \"library\": \"{library}\" }}");
        }
        format!(
            r#"{{
  "library": "{library}",
  "parameters": {{
    "high-availability": [ {{
      "this-server-name": "server1",
      "mode": "hot-standby",
      "peers": [
        {{ "name": "server1", "url": "http://192.0.2.1:8001/", "role": "primary" }},
        {{ "name": "server2", "url": "http://192.0.2.2:8001/", "role": "standby" }}
      ]
    }} ]
  }}
}}"#
        )
    }
}

/// The names in the arguments of `list-commands`.
pub fn command_names(arguments: &Value) -> Vec<String> {
    let list = arguments.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// The table of abilities: `commands` is what the daemon's `list-commands` names, `directory` where its hook
/// libraries lie.
pub fn abilities(family: Family, version: KeaVersion, commands: &[String], directory: &str) -> Vec<Ability> {
    let known = |name: &str| commands.iter().any(|command| command == name);
    HOOKS
        .iter()
        .map(|hook| Ability {
            hook: hook.name.to_owned(),
            gives: hook.gives.to_owned(),
            loaded: known(hook.command(family)),
            available: version >= hook.open_since,
            snippet: hook.snippet(directory),
        })
        .collect()
}

/// The hook libraries that the configuration loads although their commands are gone. That is what a failed
/// `config-set` leaves behind; the daemon may then serve no client at all, and says so nowhere else.
pub fn lost_hooks(family: Family, loaded: &[HookLibrary], commands: &[String]) -> Vec<String> {
    if commands.is_empty() {
        return Vec::new();
    }
    let configured = |name: &str| loaded.iter().any(|hook| hook.name == name);
    let known = |name: &str| commands.iter().any(|command| command == name);
    let lost = HOOKS.iter().filter(|hook| configured(hook.name) && !known(hook.command(family)));
    lost.map(|hook| hook.name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const V2_6: KeaVersion = KeaVersion::new(2, 6, 3);
    const V3_0: KeaVersion = KeaVersion::new(3, 0, 4);

    fn commands(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn tells_loaded_and_available() {
        let table =
            abilities(Family::V4, V2_6, &commands(&["lease4-get", "config-get"]), "/usr/lib/kea/hooks");
        let find = |name: &str| table.iter().find(|ability| ability.hook == name).unwrap();
        assert!(find("lease_cmds").loaded && find("lease_cmds").available);
        assert!(!find("stat_cmds").loaded && find("stat_cmds").available);
        assert!(!find("subnet_cmds").loaded && !find("subnet_cmds").available);
        assert_eq!(find("stat_cmds").snippet, r#"{ "library": "/usr/lib/kea/hooks/libdhcp_stat_cmds.so" }"#);
        assert!(abilities(Family::V4, V3_0, &[], "/x").iter().all(|ability| ability.available));
    }

    #[test]
    fn every_snippet_is_json() {
        for ability in abilities(Family::V6, V3_0, &[], "/usr/lib64/kea/hooks") {
            let value: serde_json::Value = serde_json::from_str(&ability.snippet).unwrap();
            let library = value.get("library").and_then(serde_json::Value::as_str).unwrap();
            assert_eq!(library, format!("/usr/lib64/kea/hooks/libdhcp_{}.so", ability.hook));
        }
    }

    #[test]
    fn notices_hooks_that_a_failed_change_has_lost() {
        let loaded = ["lease_cmds", "ha", "bootp"]
            .map(|name| HookLibrary { name: name.into(), library: format!("libdhcp_{name}.so") });
        let all = commands(&["config-get", "lease4-get", "ha-heartbeat"]);
        assert_eq!(lost_hooks(Family::V4, &loaded, &all), [""; 0]);
        assert_eq!(lost_hooks(Family::V4, &loaded, &commands(&["config-get"])), ["lease_cmds", "ha"]);
        assert_eq!(lost_hooks(Family::V4, &loaded, &[]), [""; 0], "nothing is known");
    }
}
