//! Fetching a suite's packages with a private apt and unpacking them into a folder.

use std::{
    fmt::Write as _,
    fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use super::suite::{self, Suite};
use crate::{
    command::{self, answer, clean},
    debian,
    get::{Get, Missing},
};

/// What is unpacked, with everything it depends on.
const PACKAGES: [&str; 4] =
    ["kea-dhcp4-server", "kea-dhcp6-server", "kea-ctrl-agent", "kea-dhcp-ddns-server"];

/// Makes `root` a small Debian of this suite with Kea in it.
///
/// # Errors
/// When the packages cannot be fetched or unpacked.
pub fn unpack(suite: &Suite, root: &Path) -> Get<()> {
    let archive = suite::archive()?;
    let apt = root.with_extension("apt");
    let work = || -> Result<()> {
        for folder in [root, &apt] {
            if folder.exists() {
                fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
            }
            fs::create_dir_all(folder)?;
        }
        fetch(&apt, &archive, suite.name)?;
        skeleton(root)?;
        for package in packages(&apt)? {
            extract(&package, root)?;
        }
        fs::remove_dir_all(&apt)?;
        Ok(())
    };
    work().map_err(|error| {
        Missing::new(
            format!("Kea {} of Debian {} could not be fetched: {error:#}", suite.version, suite.name),
            "Check that apt-get update works on this machine and that its archive carries that suite.",
        )
    })
}

/// The package with Kea's example configurations. It is fetched by itself: what it depends on shows manuals.
const DOCUMENTS: &str = "kea-doc";

/// Adds Kea's example configurations to a root, unless they are there.
///
/// # Errors
/// When the package cannot be fetched or unpacked.
pub fn examples(suite: &Suite, root: &Path, apt: &Path) -> Get<()> {
    if root.join("usr/share/doc/kea/examples").exists() {
        return Ok(());
    }
    let archive = suite::archive()?;
    let work = || -> Result<()> {
        prepare(apt, &archive, suite.name)?;
        update(apt)?;
        let mut command = apt_get(apt);
        command.args(["download", DOCUMENTS]).current_dir(apt.join("cache/archives"));
        debian::run(&mut command).map_err(anyhow::Error::msg)?;
        for package in packages(apt)? {
            extract(&package, root)?;
        }
        fs::remove_dir_all(apt)?;
        Ok(())
    };
    work().map_err(|error| {
        Missing::new(
            format!("the examples of Kea {} could not be fetched: {error:#}", suite.version),
            "Check that apt-get update works on this machine and that its archive carries that suite.",
        )
    })
}

/// Downloads the packages with all that they depend on.
fn fetch(apt: &Path, archive: &str, suite: &str) -> Result<()> {
    prepare(apt, archive, suite)?;
    update(apt)?;
    let mut command = apt_get(apt);
    command.args(["install", "-y", "--download-only"]).args(PACKAGES);
    debian::run(&mut command).map_err(anyhow::Error::msg)
}

/// Makes a state of apt's own, which knows nothing of what the machine has.
fn prepare(apt: &Path, archive: &str, suite: &str) -> Result<()> {
    for folder in ["etc/preferences.d", "etc/apt.conf.d", "state/lists/partial", "cache/archives/partial"] {
        fs::create_dir_all(apt.join(folder))?;
    }
    fs::write(apt.join("status"), "")?;
    fs::write(apt.join("etc/sources.list"), format!("deb {archive} {suite} main\n"))?;
    fs::write(settings(apt), configuration(apt)?)?;
    Ok(())
}

fn settings(apt: &Path) -> PathBuf {
    apt.join("apt.conf")
}

fn apt_get(apt: &Path) -> Command {
    let mut command = clean("apt-get");
    command.arg("-q").env("APT_CONFIG", settings(apt));
    command
}

fn update(apt: &Path) -> Result<()> {
    debian::run(apt_get(apt).arg("update")).map_err(anyhow::Error::msg)
}

/// The private apt's settings: folders of its own, and the machine's ways to its archive (proxies, certificates).
fn configuration(apt: &Path) -> Result<String> {
    let mut text = String::new();
    for (name, value) in
        [("", "etc"), ("::State", "state"), ("::State::status", "status"), ("::Cache", "cache")]
    {
        let name = if name.is_empty() { "::Etc" } else { name };
        writeln!(text, "Dir{name} \"{}\";", apt.join(value).display())?;
    }
    text.push_str(
        "Dir::Etc::trusted \"/etc/apt/trusted.gpg\";\n\
         Dir::Etc::trustedparts \"/usr/share/keyrings\";\n\
         Dir::Etc::netrc \"/etc/apt/auth.conf\";\n\
         Dir::Etc::netrcparts \"/etc/apt/auth.conf.d\";\n\
         APT::Install-Recommends \"false\";\n\
         APT::Sandbox::User \"root\";\n",
    );
    let dump = answer(clean("apt-config").arg("dump")).unwrap_or_default();
    for line in dump.lines().filter(|line| line.starts_with("Acquire::")) {
        writeln!(text, "{line}")?;
    }
    // A mirror of a rolling suite may lag behind; its packages are signed all the same.
    text.push_str("Acquire::Check-Valid-Until \"false\";\nAcquire::Languages \"none\";\n");
    Ok(text)
}

/// The downloaded packages.
fn packages(apt: &Path) -> Result<Vec<std::path::PathBuf>> {
    let folder = apt.join("cache/archives");
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            found.push(path);
        }
    }
    ensure!(!found.is_empty(), "apt downloaded nothing to {}", folder.display());
    found.sort();
    Ok(found)
}

/// The folders and links that packages expect of a system that has merged `/usr`.
fn skeleton(root: &Path) -> Result<()> {
    for name in ["bin", "sbin", "lib", "lib64"] {
        fs::create_dir_all(root.join("usr").join(name))?;
        symlink(Path::new("usr").join(name), root.join(name))?;
    }
    for name in ["run/kea", "tmp", "dev", "proc"] {
        fs::create_dir_all(root.join(name))?;
    }
    // Kea refuses a folder for its sockets that others may enter.
    fs::set_permissions(root.join("run/kea"), fs::Permissions::from_mode(0o750))?;
    Ok(())
}

/// Unpacks one package's files, running none of its scripts.
fn extract(package: &Path, root: &Path) -> Result<()> {
    let mut source = Command::new("dpkg-deb")
        .arg("--fsys-tarfile")
        .arg(package)
        .stdout(Stdio::piped())
        .spawn()
        .context("starting dpkg-deb")?;
    let stream = source.stdout.take().context("dpkg-deb has no output")?;
    let mut tar = Command::new("tar");
    tar.args(["-x", "--keep-directory-symlink", "-C"]).arg(root).stdin(stream);
    let unpacked = tar.status().context("starting tar")?;
    let read = source.wait()?;
    ensure!(
        unpacked.success() && read.success(),
        "{}: {} ended with {unpacked}",
        package.display(),
        command::describe(&tar)
    );
    Ok(())
}
