//! Programs that work on real Keas: fetches the Keas, builds Perch and the program, runs it.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::{
    command::{self, cargo, clean},
    kea, paths,
};

/// Runs one of the programs of `perch-tests`; the arguments are the program's.
///
/// # Errors
/// When it does not build or start.
pub fn run(program: &str, arguments: &[&str]) -> Result<ExitCode> {
    kea::get_all();
    for package in ["perch", "perch-tests"] {
        command::must(cargo("build").args(["--package", package, "--bins"]))
            .with_context(|| format!("building {package}"))?;
    }
    let folder = paths::target().join("debug");
    let mut program = clean(folder.join(program));
    program.args(arguments).env("PERCH_BIN", folder.join("perch")).env("PERCH_KEA_ROOTS", kea::roots());
    command::hand_over(&mut program)
}
