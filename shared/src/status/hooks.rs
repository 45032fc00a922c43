//! Which hook libraries a configuration loads, and where they lie.

use super::json::list;
use crate::api::HookLibrary;
use serde_json::Value;

/// The hook libraries in a daemon's configuration (the map under `Dhcp4` or `Dhcp6`), in their order.
pub fn hooks(config: &Value) -> Vec<HookLibrary> {
    list(config, "hooks-libraries")
        .iter()
        .filter_map(|entry| entry.get("library").and_then(Value::as_str))
        .map(|library| HookLibrary { name: name(library), library: library.to_owned() })
        .collect()
}

/// `/usr/lib/kea/hooks/libdhcp_lease_cmds.so` is `lease_cmds`.
fn name(library: &str) -> String {
    let file = library.rsplit('/').next().unwrap_or(library);
    let file = file.strip_suffix(".so").unwrap_or(file);
    file.strip_prefix("libdhcp_").unwrap_or(file).to_owned()
}

/// The directory of this distribution's hook libraries, without a slash at its end: what `build-report` says, else
/// where the libraries lie that are loaded already, else Debian's.
pub fn hooks_directory(build_report: &str, loaded: &[HookLibrary]) -> String {
    /// Debian and Ubuntu on amd64. Fedora and RHEL have `/usr/lib64/kea/hooks`, Alpine `/usr/lib/kea/hooks`.
    const DEBIAN: &str = "/usr/lib/x86_64-linux-gnu/kea/hooks";
    let reported = build_report
        .lines()
        .find_map(|line| line.trim().strip_prefix("Hooks directory:"))
        .map(str::trim)
        .filter(|path| path.starts_with('/'));
    let used =
        || loaded.iter().find_map(|hook| hook.library.rsplit_once('/')).map(|(directory, _)| directory);
    reported.or_else(used).unwrap_or(DEBIAN).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_libraries() {
        let config = json!({"hooks-libraries": [
            {"library": "/usr/lib64/kea/hooks/libdhcp_lease_cmds.so"},
            {"library": "libdhcp_ha.so", "parameters": {}},
            {"library": "/opt/site.so"},
        ]});
        let found = hooks(&config);
        let names: Vec<_> = found.iter().map(|hook| hook.name.as_str()).collect();
        assert_eq!(names, ["lease_cmds", "ha", "site"]);
        assert_eq!(hooks(&json!({})), []);
    }

    #[test]
    fn finds_the_directory() {
        let report = "Package:\n   Prefix:            /usr\n   Hooks directory:   /usr/lib64/kea/hooks\n   Premium hooks:     no";
        let loaded =
            [HookLibrary { name: "ha".into(), library: "/opt/kea/lib/kea/hooks/libdhcp_ha.so".into() }];
        assert_eq!(hooks_directory(report, &loaded), "/usr/lib64/kea/hooks");
        assert_eq!(hooks_directory("", &loaded), "/opt/kea/lib/kea/hooks");
        let bare = [HookLibrary { name: "ha".into(), library: "libdhcp_ha.so".into() }];
        assert_eq!(hooks_directory("", &bare), "/usr/lib/x86_64-linux-gnu/kea/hooks");
    }
}
