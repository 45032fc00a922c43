//! Perch's verdicts beside those of real Keas: fetches the Keas, builds the program that compares, runs it.

use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::{
    command::{self, cargo, clean},
    kea, paths,
};

/// Compares; the arguments are the program's.
///
/// # Errors
/// When it does not build or start.
pub fn run(arguments: &[&str]) -> Result<ExitCode> {
    let needs_no_kea = |argument: &&str| matches!(*argument, "--recorded" | "--help" | "-h");
    if !arguments.iter().any(needs_no_kea) {
        kea::get_all();
    }
    command::must(cargo("build").args(["--package", "perch-agree"])).context("building perch-agree")?;
    let program = paths::target().join("debug/perch-agree");
    command::hand_over(clean(program).args(arguments).env("PERCH_KEA_ROOTS", kea::roots()))
}
