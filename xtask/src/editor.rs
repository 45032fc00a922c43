//! The page's text editor: JavaScript packages, made into one module.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};

use crate::{
    command::{self, clean},
    fingerprint,
    get::{Get, Missing},
    paths, say,
};

/// The editor's own files; the first is the one that names the others.
const SOURCES: [&str; 4] = ["editor.js", "fixes.js", "languages.js", "looks.js"];
/// What npm goes by.
const PACKAGES: [&str; 3] = ["package.json", "package-lock.json", ".npmrc"];
/// What a person can do.
const REMEDY: &str = "The page will have a plain text field instead. Install Node.js, which brings npm.";

/// The module, made by npm and esbuild at the versions of the lock file. The packages lie in the target folder, so that
/// nothing is fetched into the sources.
///
/// # Errors
/// When npm is missing or fails.
pub fn module() -> Get<PathBuf> {
    let unexpected = |error: anyhow::Error| Missing::new(format!("The editor: {error:#}"), REMEDY);
    make().map_err(unexpected)?.ok_or_else(|| Missing::new("The editor: npm is not installed", REMEDY))
}

/// The module; `None`: there is no npm.
fn make() -> Result<Option<PathBuf>> {
    let (sources, folder) = (paths::root().join("frontend/editor"), paths::target().join("editor"));
    let module = folder.join("editor.js");
    let inputs: Vec<PathBuf> = SOURCES.iter().chain(&PACKAGES).map(|name| sources.join(name)).collect();
    let fingerprint = fingerprint::of("editor", &inputs)?;
    if module.exists() && fingerprint::is_current("editor.stamp", &fingerprint) {
        return Ok(Some(module));
    }
    if !command::exists("npm") {
        return Ok(None);
    }
    fs::create_dir_all(&folder)?;
    for name in PACKAGES {
        fs::copy(sources.join(name), folder.join(name)).context(name)?;
    }
    say::note("fetching the JavaScript packages of frontend/editor/package-lock.json");
    let mut npm = clean("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    command::must(&mut npm)?;
    let mut esbuild = clean(folder.join("node_modules/.bin/esbuild"));
    esbuild.arg(sources.join("editor.js")).args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--legal-comments=none",
        "--log-level=warning",
    ]);
    esbuild.arg(format!("--outfile={}", module.display())).env("NODE_PATH", folder.join("node_modules"));
    command::must(&mut esbuild)?;
    fingerprint::remember("editor.stamp", &fingerprint)?;
    Ok(Some(module))
}
