//! Real Keas of three versions: Debian's packages of three suites, unpacked under `target/kea`, never over the
//! system's own.

mod suite;
mod unpack;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

pub use suite::{SUITES, Suite};

use crate::{
    command::{answer, clean},
    debian,
    get::{Get, Missing},
    paths, say,
};

/// The file in a root that says that it is whole.
const STAMP: &str = ".perch-kea";

/// The folder of all roots: `PERCH_KEA_ROOTS`, or `target/kea`.
pub fn roots() -> PathBuf {
    env::var_os("PERCH_KEA_ROOTS").map_or_else(|| paths::target().join("kea"), PathBuf::from)
}

/// Makes sure that a suite's Kea is there, with its example configurations where they can be had, and returns its
/// root.
///
/// # Errors
/// When it is not there and cannot be fetched, or cannot run here.
pub fn get(suite: &Suite) -> Get<PathBuf> {
    let root = daemons(suite)?;
    if let Err(missing) = unpack::examples(suite, &root, &roots().join(format!(".{}-doc", suite.name))) {
        say::note(&missing.to_string());
    }
    Ok(root)
}

/// Makes sure that all Keas are there that can be; says which cannot.
pub fn get_all() {
    for missing in SUITES.iter().filter_map(|suite| get(suite).err()) {
        say::note(&missing.to_string());
    }
}

/// Makes sure that a suite's daemons are there.
///
/// # Errors
/// When it is not there and cannot be fetched, or cannot run here.
fn daemons(suite: &Suite) -> Get<PathBuf> {
    let root = roots().join(suite.version);
    if root.join(STAMP).exists() {
        return Ok(root);
    }
    if version(&root).is_some_and(|version| version == suite.version) {
        stamp(&root, suite)?;
        return Ok(root);
    }
    let fresh = roots().join(format!(".{}", suite.name));
    say::note(&format!("fetching Kea {} of Debian {}", suite.version, suite.name));
    unpack::unpack(suite, &fresh)?;
    let Some(found) = version(&fresh) else {
        return Err(Missing::new(
            format!("Kea of Debian {} was unpacked but does not run here", suite.name),
            "It needs root, or unprivileged user namespaces (kernel.unprivileged_userns_clone=1).",
        ));
    };
    let root = roots().join(&found);
    let moved = || -> std::io::Result<()> {
        if root.exists() {
            fs::remove_dir_all(&root)?;
        }
        fs::rename(&fresh, &root)
    };
    moved().map_err(|error| Missing::new(format!("{}: {error}", root.display()), "Remove that folder."))?;
    stamp(&root, suite)?;
    if found == suite.version {
        Ok(root)
    } else {
        Err(Missing::new(
            format!("Debian {} carries Kea {found} by now, not {}", suite.name, suite.version),
            "Say the new version in xtask/src/kea/suite.rs and in the tests.",
        ))
    }
}

/// Remembers that a root is whole.
fn stamp(root: &Path, suite: &Suite) -> Get<()> {
    let text = format!("Kea {} of Debian {}\n", suite.version, suite.name);
    fs::write(root.join(STAMP), text)
        .map_err(|error| Missing::new(format!("{}: {error}", root.display()), "Make that folder writable."))
}

/// What the Kea in a root says its version is; `None` when it cannot be run.
fn version(root: &Path) -> Option<String> {
    root.join("usr/sbin/kea-dhcp4").exists().then_some(())?;
    let text = answer(inside(root).args(["/usr/sbin/kea-dhcp4", "-v"]))?;
    text.split_whitespace().next().map(str::to_owned)
}

/// A command whose arguments are run inside a root.
pub fn inside(root: &Path) -> Command {
    let mut command;
    if debian::is_root() {
        command = clean("chroot");
    } else {
        command = clean("unshare");
        command.args(["--map-root-user", "chroot"]);
    }
    command.arg(root);
    command
}

/// Fetches all three and says how that went.
///
/// # Errors
/// When one of them cannot be had.
pub fn fetch_all() -> anyhow::Result<()> {
    say::heading("kea", "real daemons of three versions");
    let mut missing = 0;
    for suite in &SUITES {
        match get(suite) {
            Ok(root) => say::note(&format!("Kea {}: {}", suite.version, root.display())),
            Err(why) => {
                missing += 1;
                say::note(&format!("Kea {}: {why}", suite.version));
            }
        }
    }
    anyhow::ensure!(missing == 0, "{missing} of {} Keas are missing", SUITES.len());
    Ok(())
}
