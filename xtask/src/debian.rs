//! Debian's packages, where the machine has them.

use std::{fs, os::unix::fs::MetadataExt as _, sync::OnceLock};

use crate::{
    command::{self, clean},
    get::{Get, Missing},
    say,
};

/// What `/etc/os-release` says under a name.
pub fn release(name: &str) -> Option<String> {
    let text = fs::read_to_string("/etc/os-release").ok()?;
    value(&text, name)
}

/// The value of a name in a file of shell assignments.
fn value(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
    Some(line.trim_matches('"').to_owned())
}

/// Whether this is Debian itself, whose suites are known by name.
pub fn is_debian() -> bool {
    release("ID").is_some_and(|id| id == "debian") && command::exists("apt-get")
}

/// Whether this process may change the machine.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// Whether a package is installed.
pub fn has(package: &str) -> bool {
    let status = command::answer(clean("dpkg-query").args(["-W", "-f=${db:Status-Status}", package]));
    status.is_some_and(|status| status == "installed")
}

/// Installs packages, or says how.
///
/// # Errors
/// When this is no Debian, when this is not root, or when apt cannot.
pub fn install(packages: &[&str]) -> Get<()> {
    let list = packages.join(" ");
    if packages.iter().all(|package| has(package)) {
        return Ok(());
    }
    if !is_debian() {
        return Err(Missing::new(
            format!("{list}: this is not Debian, so nothing was installed"),
            format!("Install what Debian calls {list} with this system's own tools."),
        ));
    }
    let remedy = format!("Run: sudo apt-get update && sudo apt-get install -y {list}");
    if !is_root() {
        return Err(Missing::new(
            format!("{list}: not installed, and only root may install packages"),
            remedy,
        ));
    }
    update().map_err(|reason| Missing::new(reason, remedy.clone()))?;
    say::note(&format!("installing {list}"));
    let mut apt = clean("apt-get");
    apt.args(["install", "-y", "-q", "--no-install-recommends"]).args(packages);
    run(&mut apt).map_err(|reason| Missing::new(reason, remedy))
}

/// Refreshes apt's lists, once.
fn update() -> Result<(), String> {
    static DONE: OnceLock<Result<(), String>> = OnceLock::new();
    DONE.get_or_init(|| {
        say::note("refreshing apt's lists");
        run(clean("apt-get").args(["update", "-q"]))
    })
    .clone()
}

/// Runs apt without questions; its last words are the error.
pub fn run(apt: &mut std::process::Command) -> Result<(), String> {
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    let ran = command::watch(apt).map_err(|error| format!("{error:#}"))?;
    if ran.status.success() {
        return Ok(());
    }
    let errors: Vec<&str> =
        ran.text.lines().filter(|line| line.starts_with("E: ") || line.starts_with("W: ")).collect();
    Err(format!("{} failed: {}", command::describe(apt), errors.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_with_and_without_quotes() {
        let text = "PRETTY_NAME=\"Debian 12\"\nID=debian\nID_LIKE=\"x\"\n";
        assert_eq!(value(text, "ID").as_deref(), Some("debian"));
        assert_eq!(value(text, "PRETTY_NAME").as_deref(), Some("Debian 12"));
        assert_eq!(value(text, "VERSION"), None);
    }
}
