//! `hooks-library/path`

use crate::{
    KeaVersion,
    rules::{Example, Findings, Review, rule},
};

rule! {
    /// A hook library is outside of the directory from which Kea loads hooks.
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
    ],
    good: [
        Example::new(r#"{"Dhcp4": {"hooks-libraries": [{"library": "libdhcp_lease_cmds.so"}]}}"#).from(2, 6, 3),
    ],
}

fn check(review: &Review<'_>, out: &mut Findings) {
    if review.version < KeaVersion::new(2, 6, 3) {
        return;
    }
    for hook in review.root.maps("hooks-libraries") {
        let Some(value) = hook.get("library") else { continue };
        let Some(path) = value.as_str() else { continue };
        let Some((directory, name)) = path.rsplit_once('/') else { continue };
        if !is_packaged(directory) {
            let finding = RULE.at(value, format!("Kea loads no hooks from `{directory}`"));
            let finding = finding.help("write the library's name alone");
            out.push(if name.is_empty() {
                finding
            } else {
                finding.fix(format!("write `{name}`"), value.replace_text(format!("\"{name}\"")))
            });
        }
    }
}

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
