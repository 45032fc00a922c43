//! Where the Keas are, and how their programs are run.

use crate::case::VERSIONS;
use perch_shared::{Family, KeaVersion};
use std::{
    fs, io,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

/// Where Kea may have its sockets.
const RUN: &str = "/run/kea";

/// The folder that holds the root of one version of Kea.
#[derive(Debug, Clone)]
pub struct Root {
    /// The version.
    pub version: KeaVersion,
    path: PathBuf,
}

impl Root {
    /// The root of a version: below `PERCH_KEA_ROOTS`, or where `cargo xtask kea` puts it.
    ///
    /// # Errors
    /// When it is not there or cannot be run here, in words for a person.
    pub fn find(version: KeaVersion) -> Result<Self, String> {
        let roots = std::env::var_os("PERCH_KEA_ROOTS").map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/kea")),
            PathBuf::from,
        );
        let path = roots.join(version.to_string());
        if !path.join("usr/sbin/kea-dhcp4").exists() {
            return Err(format!(
                "Kea {version} is not in {}; `cargo xtask kea` puts it there",
                roots.display()
            ));
        }
        let root = Self { version, path: path.canonicalize().map_err(|error| error.to_string())? };
        let works = root.command("").args(["/usr/sbin/kea-dhcp4", "-v"]).stdout(Stdio::null()).status();
        match works {
            Ok(status) if status.success() => Ok(root),
            _ => Err(format!(
                "Kea {version} cannot be run here: it needs root or unprivileged user namespaces"
            )),
        }
    }

    /// The roots that are here, and why the others are not.
    pub fn all() -> (Vec<Self>, Vec<String>) {
        let mut found = (Vec::new(), Vec::new());
        for version in VERSIONS {
            match Self::find(version) {
                Ok(root) => found.0.push(root),
                Err(why) => found.1.push(why),
            }
        }
        found
    }

    /// A folder inside the root that nobody else has.
    pub(super) fn folder(&self) -> io::Result<Folder> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        self.sweep();
        let name = format!("lab-{}-a{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let own = self.path.join(&name);
        fs::create_dir_all(&own)?;
        let run = self.path.join(RUN.trim_start_matches('/'));
        for folder in [&run, &self.path.join("var/lib/kea"), &self.path.join("var/log/kea")] {
            fs::create_dir_all(folder)?;
        }
        // Kea 2.6.3 and later refuse a looser folder for sockets.
        fs::set_permissions(&run, fs::Permissions::from_mode(0o750))?;
        let short = std::env::temp_dir().join(format!("perch-{name}-{}", self.version));
        fs::create_dir_all(&short)?;
        symlink(&own, short.join("own"))?;
        symlink(&run, short.join("run"))?;
        Ok(Folder { root: self.clone(), name, own, short })
    }

    /// Removes what processes left behind that were killed.
    fn sweep(&self) {
        let places = [self.path.clone(), self.path.join(RUN.trim_start_matches('/')), std::env::temp_dir()];
        for entry in places.iter().filter_map(|place| fs::read_dir(place).ok()).flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let name = name.strip_prefix("perch-").unwrap_or(&name);
            let owner =
                name.strip_prefix("lab-").and_then(|rest| rest.split_once("-a")?.0.parse::<u32>().ok());
            if owner.is_some_and(|owner| !Path::new(&format!("/proc/{owner}")).exists()) {
                let _ = fs::remove_dir_all(entry.path());
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A command that runs its arguments inside the root, with process ids in the folder `inside`.
    fn command(&self, inside: &str) -> Command {
        let mut command = if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
            Command::new("chroot")
        } else {
            let mut command = Command::new("unshare");
            command.args(["-r", "chroot"]);
            command
        };
        command
            .arg(&self.path)
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("LC_ALL", "C.UTF-8");
        // The other folders stay the packaged ones: configurations name them.
        command.env("KEA_PIDFILE_DIR", inside).env("KEA_LOCKFILE_DIR", "none").stdin(Stdio::null());
        command
    }
}

/// A folder inside a root, removed with its value.
#[derive(Debug)]
pub(super) struct Folder {
    root: Root,
    name: String,
    own: PathBuf,
    /// Links to the folder and to that of the sockets: a UNIX socket's path may have 107 bytes only.
    short: PathBuf,
}

impl Folder {
    /// A file's path as Kea sees it.
    pub(super) fn inside(&self, name: &str) -> String {
        format!("/{}/{name}", self.name)
    }

    /// The same file's path as this process sees it.
    pub(super) fn outside(&self, name: &str) -> PathBuf {
        self.short.join("own").join(name)
    }

    /// The family's socket as Kea sees it, and as this process does.
    pub(super) fn socket(&self, family: Family) -> (String, PathBuf) {
        let name = format!("{}-{family}", self.name);
        (format!("{RUN}/{name}"), self.short.join("run").join(name))
    }

    /// A command that runs a daemon which serves no clients; `None`: this root does not have it.
    pub(super) fn service(&self, program: &str) -> Option<Command> {
        self.root.path.join("usr/sbin").join(program).exists().then_some(())?;
        let mut command = self.root.command(&self.inside(""));
        command.arg(Path::new("/usr/sbin").join(program));
        Some(command)
    }

    /// A command that runs the family's daemon.
    pub(super) fn daemon(&self, family: Family) -> Command {
        let mut command = self.root.command(&self.inside(""));
        command.arg(Path::new("/usr/sbin").join(family.daemon()));
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for family in Family::ALL {
            let socket = self.socket(family).1;
            let _ = fs::remove_file(socket.with_extension("lock"));
            let _ = fs::remove_file(socket);
        }
        let _ = fs::remove_dir_all(&self.short);
        let _ = fs::remove_dir_all(&self.own);
    }
}
