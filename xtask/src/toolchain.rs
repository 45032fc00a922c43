//! Which compiler builds the page: one that has the standard library for WebAssembly, or its source.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{
    command::{self, answer, clean},
    debian,
    get::Missing,
    paths, say,
};

/// What the page is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// The variable that names a compiler.
const VARIABLE: &str = "PERCH_WASM_RUSTC";
/// Where Debian's `rustc-web` puts its compiler.
const DEBIANS: &str = "/usr/bin/rustc";
/// The oldest compiler that can build the page: `rust-version` of the workspace.
const OLDEST: (u32, u32) = (1, 90);

/// A compiler that can build the page.
#[derive(Debug, Clone)]
pub struct Toolchain {
    /// The compiler.
    pub rustc: PathBuf,
    /// Whether the standard library is compiled with the page.
    pub build_std: bool,
    /// Folders with the linker, for a compiler that brings none.
    linker: Vec<PathBuf>,
    /// The compiler's version line.
    pub version: String,
}

impl Toolchain {
    /// What it is, for people and for fingerprints.
    pub fn describe(&self) -> String {
        let how = if self.build_std { "with std from its source" } else { "with its own std" };
        format!("{} ({}), {how}", self.version, self.rustc.display())
    }

    /// Cargo, compiling for the browser.
    ///
    /// # Errors
    /// When the search path cannot be extended.
    pub fn cargo(&self, subcommand: &str) -> Result<Command> {
        let mut path = self.linker.clone();
        path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        let mut cargo = clean("cargo");
        cargo
            .args([subcommand, "--target", TARGET])
            .env("CARGO_TARGET_DIR", paths::wasm_target())
            .env("RUSTC", &self.rustc)
            .env("PATH", env::join_paths(path)?)
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        if self.build_std {
            cargo.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=std,panic_abort");
        }
        if command::ci() {
            cargo.arg("--locked");
        }
        Ok(cargo)
    }

    /// The lint driver that belongs to this compiler, when there is one of its own version.
    pub fn clippy_driver(&self) -> Option<PathBuf> {
        let driver = if self.rustc.parent().is_none_or(|folder| folder.as_os_str().is_empty()) {
            let sysroot = answer(clean(&self.rustc).args(["--print", "sysroot"]))?;
            Path::new(&sysroot).join("bin").join("clippy-driver")
        } else {
            self.rustc.with_file_name("clippy-driver")
        };
        let version = answer(clean(&driver).args(["--rustc", "--version"]))?;
        (version == self.version).then_some(driver)
    }
}

/// Finds a compiler, or gets one.
///
/// # Errors
/// When there is none and none can be had; the text names what to install.
pub fn get() -> Result<Toolchain> {
    if let Some(rustc) = env::var_os(VARIABLE).map(PathBuf::from) {
        return find(std::slice::from_ref(&rustc)).with_context(|| {
            format!("{VARIABLE} is {}: it has neither a {TARGET} std nor std's source", rustc.display())
        });
    }
    let candidates = [PathBuf::from("rustc"), PathBuf::from(DEBIANS)];
    if let Some(found) = find(&candidates) {
        return Ok(found);
    }
    let debians = "apt-get install rustc-web rust-web-src";
    let rustups = format!("rustup target add {TARGET}");
    say::note(&format!("no compiler here can build for {TARGET}"));
    let mut tried = Vec::new();
    if debian::is_debian() {
        match debian::install(&["rustc-web", "rust-web-src"]) {
            Ok(()) => {}
            Err(missing) => tried.push(missing.reason),
        }
        if let Some(found) = find(&candidates) {
            return Ok(found);
        }
    }
    if command::exists("rustup") {
        say::note(&rustups);
        let mut rustup = clean("rustup");
        rustup.args(["target", "add", TARGET]);
        match command::watch(&mut rustup) {
            Ok(ran) if ran.status.success() => {}
            Ok(ran) => {
                tried.push(format!("{rustups} failed: {}", ran.text.lines().last().unwrap_or_default()))
            }
            Err(error) => tried.push(format!("{error:#}")),
        }
        if let Some(found) = find(&candidates) {
            return Ok(found);
        }
    }
    let reason = format!("no Rust compiler here can build for {TARGET}. {}", tried.join(" "));
    Err(Missing::new(reason.trim_end(), format!("Run: {rustups}. Or, on Debian 12: sudo {debians}")).into())
}

/// The first candidate that has a standard library for the browser, else the first that has its source.
fn find(candidates: &[PathBuf]) -> Option<Toolchain> {
    let able: Vec<(&PathBuf, String)> = candidates
        .iter()
        .filter_map(|rustc| Some((rustc, answer(clean(rustc).arg("--version"))?)))
        .filter(|(_, version)| release(version).is_some_and(|release| release >= OLDEST))
        .collect();
    let make = |(rustc, version): &(&PathBuf, String), build_std| Toolchain {
        rustc: (*rustc).clone(),
        build_std,
        linker: linker(rustc),
        version: version.clone(),
    };
    let with_std = able.iter().find(|(rustc, _)| has_std(rustc));
    with_std
        .map(|found| make(found, false))
        .or_else(|| able.iter().find(|(rustc, _)| has_source(rustc)).map(|found| make(found, true)))
}

/// The first two numbers of `rustc 1.96.0 (…)`.
fn release(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.split_whitespace().nth(1)?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Whether the compiler brings the standard library for the browser.
fn has_std(rustc: &Path) -> bool {
    let folder = answer(clean(rustc).args(["--print", "target-libdir", "--target", TARGET]));
    folder.and_then(|folder| fs::read_dir(folder).ok()).is_some_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
    })
}

/// Whether the compiler brings the standard library's source.
fn has_source(rustc: &Path) -> bool {
    answer(clean(rustc).args(["--print", "sysroot"]))
        .is_some_and(|sysroot| Path::new(&sysroot).join("lib/rustlib/src/rust/library/Cargo.lock").exists())
}

/// Folders that hold a linker for WebAssembly: the compiler's own, or rustup's.
fn linker(rustc: &Path) -> Vec<PathBuf> {
    for candidate in [rustc, Path::new("rustc")] {
        let sysroot = answer(clean(candidate).args(["--print", "sysroot"]));
        let verbose = answer(clean(candidate).arg("-vV")).unwrap_or_default();
        let host = verbose.lines().find_map(|line| line.strip_prefix("host: "));
        let (Some(sysroot), Some(host)) = (sysroot, host) else { continue };
        let folder = Path::new(&sysroot).join("lib/rustlib").join(host).join("bin");
        if folder.join("rust-lld").exists() {
            return vec![folder.clone(), folder.join("gcc-ld")];
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_compared_as_numbers() {
        assert_eq!(release("rustc 1.96.0 (abc 2026-05-25)"), Some((1, 96)));
        assert_eq!(release("rustc 1.100.1-nightly"), Some((1, 100)));
        assert_eq!(release("gcc"), None);
        assert!(Some((1, 9)) < Some(OLDEST));
    }
}
