//! The release binary with the page in it, and the demo that shows it.

use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use crate::{
    command::{self, cargo, clean},
    page::{self, Mode},
    paths, say, size,
};

/// Builds the page and the binary that holds it.
///
/// # Errors
/// When either does not build.
pub fn build() -> Result<()> {
    say::heading("page", "compiled to WebAssembly, split by route, compressed");
    let sizes = page::build(Mode::Release)?;
    let first = say::kilobytes(size::first_load(&sizes, size::LANDING));
    say::note(&format!("first load {first} of {}", say::kilobytes(size::BUDGET)));
    say::heading("binary", "the release, with the page in it");
    let built = compile()?;
    say::note(&format!("{} built in {}", paths::binary().display(), say::time(built.time)));
    Ok(())
}

/// Compiles the binary with the page that is there.
///
/// # Errors
/// When it does not compile.
pub fn compile() -> Result<command::Ran> {
    command::must(cargo("build").args(["--release", "--package", "perch"])).context("building the binary")
}

/// Builds everything and runs the demo until somebody ends it.
///
/// # Errors
/// When something does not build, or the demo fails.
pub fn run(arguments: &[String]) -> Result<()> {
    build()?;
    say::heading("demo", "Ctrl+C ends it");
    let status = demo(&mut clean(paths::binary()), arguments)?.wait()?;
    // Ctrl+C, which goes to both of us, is how it ends.
    ensure!(status.success() || status.code().is_none(), "the demo ended: {status}");
    Ok(())
}

/// Starts `perch demo`.
///
/// # Errors
/// When it cannot be started.
pub fn demo(perch: &mut Command, arguments: &[String]) -> Result<Child> {
    perch.arg("demo").args(arguments).stdin(Stdio::null());
    perch.spawn().with_context(|| format!("starting {}", command::describe(perch)))
}
