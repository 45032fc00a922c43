//! `hooks-library/path`

use crate::{
    KeaVersion,
    rules::{Example, Findings, Plain, Review, paths::apart, rule},
};

rule! {
    /// A hook library is outside of the directory from which Kea loads hooks, or has no name.
    ///
    /// ## Why
    /// Since 2.6.3 Kea refuses every other directory. Which one it is was decided when Kea was built: packages have
    /// `kea/hooks` in the system's library directory, unless the daemon's environment has `KEA_HOOKS_PATH`. Whether
    /// the library is there, only the daemon knows.
    ///
    /// ## Use instead
    /// The file's name alone: Kea looks for it in its own directory.
    "hooks-library/path", Error, arm: "hooks.html#configuring-hook-libraries", check,
    bad: [
        Example::new(r#"{"Dhcp4": {"hooks-libraries": [{"library": "/opt/hooks/libdhcp_lease_cmds.so"}]}}"#).from(2, 6, 3),
        Example::new(r#"{"Dhcp6": {"hooks-libraries": [{"library": " "}]}}"#),
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_lease_cmds.so"}]}}"#).from(2, 6, 3),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    inspect(review.plain(), out);
}

pub(in crate::rules) fn inspect(daemon: Plain<'_>, out: &mut Findings) {
    for hook in daemon.root.maps("hooks-libraries") {
        let Some(value) = hook.get("library") else { continue };
        let Some(path) = value.as_str() else { continue };
        let (directory, name) = apart(&path);
        if name.is_empty() && (directory.is_none() || daemon.version >= ONE_DIRECTORY) {
            let finding = RULE.at(value, format!("`{}` names no library", path.escape_default()));
            out.push(finding.help("write the library's name"));
        } else if let Some(directory) =
            directory.filter(|directory| daemon.version >= ONE_DIRECTORY && !is_packaged(directory))
        {
            let finding = RULE.at(value, format!("Kea loads no hooks from `{directory}`"));
            let fix = value.replace_text(format!("\"{name}\""));
            out.push(finding.help("write the library's name alone").fix(format!("write `{name}`"), fix));
        }
    }
}

/// The first version that loads hooks from one directory only.
const ONE_DIRECTORY: KeaVersion = KeaVersion::new(2, 6, 3);

/// Whether packages put hooks there: `/usr/lib/x86_64-linux-gnu/kea/hooks`, `/usr/lib64/kea/hooks`, …
fn is_packaged(directory: &str) -> bool {
    let inside = directory.strip_prefix("/usr").and_then(|rest| rest.strip_suffix("/kea/hooks"));
    inside.is_some_and(|inside| {
        let plain = inside.strip_prefix("/local").unwrap_or(inside);
        let deep = plain
            .strip_prefix("/lib/")
            .is_some_and(|target| !target.contains(['/', '.']) && !target.is_empty());
        matches!(plain, "/lib" | "/lib64") || deep
    })
}
