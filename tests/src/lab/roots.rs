//! Where the Keas are, and how a program is run inside one of their roots.

use super::Lab;
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

/// The root of one version, or why there is none.
pub(super) fn find(version: &str) -> Result<PathBuf, String> {
    let roots = match std::env::var_os("PERCH_KEA_ROOTS") {
        Some(roots) => PathBuf::from(roots),
        None => PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/kea")),
    };
    let root = roots.join(version);
    if !root.join("usr/sbin/kea-dhcp4").exists() {
        return Err(format!("Kea {version} is not in {}; `cargo xtask test` puts it there", roots.display()));
    }
    let root = root.canonicalize().map_err(|error| format!("{}: {error}", root.display()))?;
    let works = command(&root, "").args(["/usr/sbin/kea-dhcp4", "-v"]).output();
    match works {
        Ok(output) if output.status.success() => Ok(root),
        Ok(output) => Err(format!(
            "Kea {version} cannot be run here, it needs root or unprivileged user namespaces: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )),
        Err(error) => Err(format!("Kea {version} cannot be run here: {error}")),
    }
}

/// A command that runs its arguments inside `root`, with Kea's paths below the folder `inside`.
pub(super) fn command(root: &Path, inside: &str) -> Command {
    let mut command = if crate::process::own_user() == 0 {
        Command::new("chroot")
    } else {
        let mut command = Command::new("unshare");
        command.args(["-r", "chroot"]);
        command
    };
    command.arg(root).env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("LC_ALL", "C.UTF-8");
    for (name, folder) in [
        ("KEA_PIDFILE_DIR", "run"),
        ("KEA_LOCKFILE_DIR", "run"),
        ("KEA_CONTROL_SOCKET_DIR", "run"),
        ("KEA_DHCP_DATA_DIR", "data"),
        ("KEA_LOG_FILE_DIR", "data"),
        ("KEA_HOOK_SCRIPTS_PATH", "data"),
    ] {
        command.env(name, format!("{inside}/{folder}"));
    }
    command
}

/// A folder's name, as the daemons see it, that no other lab has.
pub(super) fn unique_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("/lab-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Where a lab's folder is found under a short name: a UNIX socket's path may have 107 bytes.
pub(super) fn short_name(inside: &str) -> PathBuf {
    std::env::temp_dir().join(format!("perch-{}", inside.trim_start_matches('/')))
}

/// Removes what test processes left behind that were killed.
pub(super) fn sweep(root: &Path) {
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix("lab-").and_then(|rest| rest.split_once('-')?.0.parse::<u32>().ok());
        if owner.is_some_and(|owner| !Path::new(&format!("/proc/{owner}")).exists()) {
            let _ = fs::remove_dir_all(entry.path());
            let _ = fs::remove_file(short_name(&name));
        }
    }
}

/// The folders and files that every lab has.
pub(super) fn make_folders(root: &Path, folder: &Path) {
    // Kea 2.2 keeps its DUID there, whatever its environment says.
    let _ = fs::create_dir_all(root.join("var/lib/kea"));
    let _ = fs::remove_dir_all(folder);
    for name in ["run", "data", "etc"] {
        fs::create_dir_all(folder.join(name)).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    }
    // Kea 2.6.3 and later refuse a looser socket folder.
    fs::set_permissions(folder.join("run"), fs::Permissions::from_mode(0o750))
        .expect("the socket folder's mode");
    // Without a final newline: Kea 2.2 takes it for a part of the password.
    fs::write(folder.join("etc/user"), Lab::USER).expect("the user's file");
    fs::write(folder.join("etc/password"), Lab::PASSWORD).expect("the password's file");
}
