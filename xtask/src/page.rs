//! Building the page: from Rust to the folder that the proxy serves.

use std::fs;

use anyhow::{Context as _, Result};

use crate::{
    command::{self, cargo, clean},
    editor, fingerprint, paths, say,
    size::{self, Size},
    toolchain::{self, Toolchain},
};

/// How the page is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Small, and compressed: what users get.
    Release,
    /// Soon: what somebody who works on it gets.
    Dev,
}

impl Mode {
    /// The cargo profile.
    pub fn profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-z",
            Self::Dev => "wasm-dev",
        }
    }

    /// The cargo profile of the engine in the page's worker: there speed counts more than size.
    fn engine_profile(self) -> &'static str {
        match self {
            Self::Release => "wasm-fast",
            Self::Dev => "wasm-dev",
        }
    }
}

/// The stamp of the page's inputs.
const STAMP: &str = "page.stamp";

/// Builds the page unless it is there already, and returns its files' sizes.
///
/// # Errors
/// When no compiler can build it, or it does not compile.
pub fn build(mode: Mode) -> Result<Vec<Size>> {
    let toolchain = toolchain::get()?;
    say::note(&toolchain.describe());
    let inputs = ["shared", "frontend", "public", "xtask/page-builder", "Cargo.toml", "Cargo.lock"];
    let inputs = inputs.map(|input| paths::root().join(input));
    let editor = editor::module();
    if let Err(missing) = &editor {
        say::note(&missing.to_string());
        anyhow::ensure!(!command::ci(), "nothing may be missing where CI is set");
    }
    let words = format!("{mode:?} {} {}", toolchain.describe(), editor.is_ok());
    let fingerprint = fingerprint::of(&words, &inputs)?;
    let report = paths::notes().join("page.sizes");
    if fingerprint::is_current(STAMP, &fingerprint)
        && paths::page().join("index.html").exists()
        && report.exists()
    {
        say::note("the page is up to date");
        return size::read(&report);
    }
    fingerprint::forget(STAMP)?;
    fs::create_dir_all(paths::notes())?;

    let built = command::must(&mut compile(&toolchain, mode)?).context("compiling the page")?;
    say::note(&format!("compiled in {}", say::time(built.time)));
    let built = command::must(&mut compile_engine(&toolchain, mode)?).context("compiling the engine")?;
    say::note(&format!("compiled the engine in {}", say::time(built.time)));
    command::must(cargo("build").args(["--package", "page-builder"]))
        .context("building the page's builder")?;
    let module =
        |profile: &str, name: &str| paths::wasm_target().join(toolchain::TARGET).join(profile).join(name);
    let mut builder = clean(paths::target().join("debug/page-builder"));
    builder.arg("--wasm").arg(module(mode.profile(), "perch-frontend.wasm"));
    builder.arg("--engine").arg(module(mode.engine_profile(), "perch_engine.wasm"));
    if let Ok(editor) = editor {
        builder.arg("--editor").arg(editor);
    }
    builder.arg("--public").arg(paths::root().join("public"));
    builder.arg("--out").arg(paths::page()).arg("--report").arg(&report);
    if mode == Mode::Release {
        builder.arg("--compress");
    }
    let made = command::must(&mut builder).context("making the page from the module")?;
    say::note(made.text.trim());
    fingerprint::remember(STAMP, &fingerprint)?;
    size::read(&report)
}

/// The command that compiles the page's module.
fn compile(toolchain: &Toolchain, mode: Mode) -> Result<std::process::Command> {
    let mut cargo = toolchain.cargo("build")?;
    cargo.args(["--package", "perch-frontend", "--bin", "perch-frontend", "--profile", mode.profile()]);
    Ok(cargo)
}

/// The command that compiles the engine that the page's worker runs.
fn compile_engine(toolchain: &Toolchain, mode: Mode) -> Result<std::process::Command> {
    let mut cargo = toolchain.cargo("rustc")?;
    cargo.args(["--package", "perch-engine", "--lib", "--crate-type", "cdylib", "--features", "worker"]);
    cargo.args(["--profile", mode.engine_profile()]);
    Ok(cargo)
}
