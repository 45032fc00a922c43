//! Rounds of faults on real Keas: fetches the Keas, builds Perch and the program that runs the rounds, runs it.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::{
    command::{self, cargo, clean},
    kea, paths, say,
};

/// Runs the rounds; the arguments are the program's.
///
/// # Errors
/// When it does not build or start.
pub fn run(arguments: &[&str]) -> Result<ExitCode> {
    for suite in &kea::SUITES {
        if let Err(missing) = kea::get(suite) {
            say::note(&missing.to_string());
        }
    }
    for package in ["perch", "perch-tests"] {
        command::must(cargo("build").args(["--package", package, "--bins"]))
            .with_context(|| format!("building {package}"))?;
    }
    let folder = paths::target().join("debug");
    let mut program = clean(folder.join("faults"));
    program.args(arguments).env("PERCH_BIN", folder.join("perch")).env("PERCH_KEA_ROOTS", kea::roots());
    let status = program.status()?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
