//! The steps, in order: what is quick and breaks often comes first.

use anyhow::Result;

use super::{check, tally::Tally};
use crate::{
    binary, browser,
    command::{self, cargo, ci},
    kea,
    page::{self, Mode},
    paths, say, size, tidy,
};

/// One step.
pub struct Step {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is about.
    pub what: &'static str,
    /// Does it; the argument is its name.
    pub run: fn(&str) -> Result<Tally>,
}

/// All steps.
pub const STEPS: [Step; 7] = [
    Step { name: "fmt", what: "formatting", run: fmt },
    Step { name: "tidy", what: "the rules of the house", run: tidy_tree },
    Step { name: "clippy", what: "lints", run: clippy },
    Step { name: "doc", what: "documentation without warnings", run: doc },
    Step { name: "unit", what: "unit, property and documentation tests", run: unit },
    Step { name: "page", what: "the page, and the budget for its first load", run: page_size },
    Step { name: "real", what: "real Keas and browser journeys", run: real },
];

fn fmt(name: &str) -> Result<Tally> {
    let mut cargo = command::clean("cargo");
    cargo.args(["fmt", "--all", "--check"]);
    let tally = check(name, &mut cargo)?;
    if tally.failed > 0 {
        say::note("remedy: cargo fmt --all");
    }
    Ok(tally)
}

fn tidy_tree(_: &str) -> Result<Tally> {
    tidy::run()?;
    Ok(Tally { passed: 1, ..Tally::default() })
}

fn clippy(name: &str) -> Result<Tally> {
    check(name, cargo("clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn doc(name: &str) -> Result<Tally> {
    let mut cargo = cargo("doc");
    cargo.args(["--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings");
    check(name, &mut cargo)
}

fn unit(name: &str) -> Result<Tally> {
    let mut cargo = cargo("test");
    cargo.arg("--no-fail-fast");
    for package in ["perch-shared", "perch", "perch-frontend", "xtask"] {
        cargo.args(["--package", package]);
    }
    check(name, &mut cargo)
}

/// The builder's own tests are here and not among the unit tests, where cargo would compile its dependencies a second
/// time because others' features differ.
fn page_size(name: &str) -> Result<Tally> {
    let mut tally = check(name, cargo("test").args(["--package", "page-builder"]))?;
    let sizes = page::build(Mode::Release)?;
    say::note(&size::table(&sizes));
    let (first, budget) = (size::first_load(&sizes, size::LANDING), size::BUDGET);
    let (shown, allowed) = (say::kilobytes(first), say::kilobytes(budget));
    anyhow::ensure!(first <= budget, "the first load is {shown}, the budget {allowed}");
    say::note(&format!("the first load is {shown} of {allowed}"));
    // The build is one check, the budget another.
    tally.passed += 2;
    Ok(tally)
}

/// Compiles what the step `real` needs. Should it fail, that step says why.
pub fn compile_ahead() {
    let tests = command::watch(cargo("test").args(REAL).arg("--no-run"));
    let library = command::watch(cargo("build").args(["--release", "--package", "perch", "--lib"]));
    let time = [tests, library].into_iter().flatten().map(|ran| ran.time).sum();
    say::note(&format!(
        "what the tests of the step real need was compiled meanwhile, in {}",
        say::time(time)
    ));
}

/// The packages whose tests ask real Keas and browsers.
const REAL: [&str; 4] = ["--package", "perch-tests", "--package", "perch-agree"];

/// The tests say themselves what they cannot do without; what could not be fetched is said here, with its remedy.
fn real(name: &str) -> Result<Tally> {
    let mut cargo = cargo("test");
    cargo.args(REAL).arg("--no-fail-fast");
    let mut missing = Vec::new();
    for suite in &kea::SUITES {
        missing.extend(kea::get(suite).err());
    }
    match browser::get() {
        Ok(browser) => {
            cargo.env("PERCH_CHROMIUM", browser.chromium).env("PERCH_CHROMEDRIVER", browser.chromedriver);
        }
        Err(why) => missing.push(why),
    }
    match browser::axe() {
        Ok(script) => {
            cargo.env("PERCH_AXE", script);
        }
        Err(why) => missing.push(why),
    }
    for why in &missing {
        say::note(&why.to_string());
    }
    anyhow::ensure!(missing.is_empty() || !ci(), "nothing may be missing where CI is set");
    page::build(Mode::Release)?;
    let built = binary::compile()?;
    say::note(&format!("the binary was built in {}", say::time(built.time)));
    cargo.env("PERCH_BIN", paths::binary()).env("PERCH_KEA_ROOTS", kea::roots());
    check(name, &mut cargo)
}
