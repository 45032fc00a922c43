//! Chromium, its driver, and axe-core.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::{
    command::{self, clean},
    debian, fingerprint,
    get::{Get, Missing},
    paths, say,
};

/// A browser that tests can drive.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium itself.
    pub chromium: PathBuf,
    /// What speaks WebDriver for it.
    pub chromedriver: PathBuf,
}

/// Finds Chromium and its driver, or installs them.
///
/// # Errors
/// When they are not here and cannot be installed.
pub fn get() -> Get<Browser> {
    if let Some(found) = find() {
        return Ok(found);
    }
    debian::install(&["chromium", "chromium-driver"])?;
    find().ok_or_else(|| {
        Missing::new(
            "Chromium was installed but is not on the search path",
            "Set PERCH_CHROMIUM and PERCH_CHROMEDRIVER.",
        )
    })
}

/// The browser that is here: as the variables say, or as it is called on several systems.
fn find() -> Option<Browser> {
    let one = |variable: &str, names: &[&str]| {
        let named = env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file());
        named.or_else(|| names.iter().find_map(|name| command::find(name)))
    };
    Some(Browser {
        chromium: one("PERCH_CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])?,
        chromedriver: one("PERCH_CHROMEDRIVER", &["chromedriver", "chromium-driver"])?,
    })
}

/// axe-core's script, fetched by npm at the version of the lock file.
///
/// # Errors
/// When npm is missing or fails.
pub fn axe() -> Get<PathBuf> {
    let folder = paths::root().join("tests");
    let script = folder.join("node_modules/axe-core/axe.min.js");
    let remedy = "Run: npm ci (in the folder tests)";
    let unexpected = |error: anyhow::Error| Missing::new(format!("JavaScript packages: {error:#}"), remedy);
    let inputs = ["package.json", "package-lock.json"].map(|name| folder.join(name));
    let fingerprint = fingerprint::of("npm", &inputs).map_err(unexpected)?;
    if script.exists() && fingerprint::is_current("npm.stamp", &fingerprint) {
        return Ok(script);
    }
    if !command::exists("npm") {
        return Err(Missing::new("axe-core: npm is not installed", "Install Node.js, which brings npm."));
    }
    say::note("fetching the JavaScript packages of tests/package-lock.json");
    npm(&folder).map_err(unexpected)?;
    fingerprint::remember("npm.stamp", &fingerprint).map_err(unexpected)?;
    Ok(script)
}

/// Installs exactly what the lock file says.
fn npm(folder: &Path) -> anyhow::Result<()> {
    let mut npm = clean("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
    command::must(&mut npm).map(drop)
}
