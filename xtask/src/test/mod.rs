//! Everything that must hold, step by step, with one line of numbers at the end.

mod ahead;
mod steps;
mod tally;

use std::{fs, process::ExitCode, time::Duration, time::Instant};

use anyhow::{Result, ensure};

use crate::{command, get::Missing, paths, say};
use ahead::Ahead;
use steps::{STEPS, Step};
use tally::Tally;

/// Which steps to run.
#[derive(Debug, Default, PartialEq, Eq)]
struct Choice {
    only: Vec<String>,
    skip: Vec<String>,
}

impl Choice {
    /// Reads `--only STEP` and `--skip STEP`, each as often as wanted.
    fn read(words: &[&str]) -> Result<Self> {
        let mut choice = Self::default();
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            let list = match word {
                "--only" => &mut choice.only,
                "--skip" => &mut choice.skip,
                _ => anyhow::bail!("unknown argument: {word}. There are --only STEP, --skip STEP and --list"),
            };
            let name = words.next().copied().unwrap_or_default();
            let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            ensure!(names.contains(&name), "{word} needs a step: {}", names.join(", "));
            list.push(name.to_owned());
        }
        Ok(choice)
    }

    /// Whether a step was chosen.
    fn takes(&self, step: &Step) -> bool {
        let listed = |list: &[String]| list.iter().any(|name| name == step.name);
        (self.only.is_empty() || listed(&self.only)) && !listed(&self.skip)
    }
}

/// A step that ran.
struct Done {
    name: &'static str,
    time: Duration,
    tally: Tally,
}

/// Runs the chosen steps.
///
/// # Errors
/// When the arguments are wrong. A failing step is no error but an exit code.
pub fn run(words: &[&str]) -> Result<ExitCode> {
    if words == ["--list"] {
        for step in &STEPS {
            println!("{:12}{}", step.name, step.what);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let choice = Choice::read(words)?;
    let page = STEPS.iter().find(|step| step.name == "page" && choice.takes(step));
    let mut ahead = page.map(|_| Ahead::begin()).transpose()?;
    let mut done = Vec::new();
    for step in STEPS.iter().filter(|step| choice.takes(step)) {
        say::heading(step.name, step.what);
        let started = Instant::now();
        if step.name == "page"
            && let Some(ahead) = ahead.take()
        {
            let real = STEPS.iter().any(|step| step.name == "real" && choice.takes(step));
            ahead.end(|| {
                if real {
                    steps::compile_ahead()
                }
            })?;
        }
        let tally = one(step);
        let time = started.elapsed();
        say::note(&format!("{} in {}", tally.describe(), say::time(time)));
        done.push(Done { name: step.name, time, tally });
    }
    for step in STEPS.iter().filter(|step| !choice.takes(step)) {
        let tally = Tally::skipped(step.name, "left out by --only or --skip");
        done.push(Done { name: step.name, time: Duration::ZERO, tally });
    }
    Ok(conclude(&done))
}

/// Runs one step; whatever stops it becomes part of the tally.
fn one(step: &Step) -> Tally {
    let error = match (step.run)(step.name) {
        Ok(tally) => return tally,
        Err(error) => error,
    };
    if let Some(missing) = error.downcast_ref::<Missing>()
        && !command::ci()
    {
        say::note(&format!("skipped: {missing}"));
        return Tally::skipped(step.name, &missing.to_string());
    }
    say::note(&format!("{error:#}"));
    Tally { failed: 1, ..Tally::default() }
}

/// Prints the summary, whose last line is the numbers alone.
fn conclude(done: &[Done]) -> ExitCode {
    say::heading("summary", "");
    let mut total = Tally::default();
    for Done { name, time, tally } in done {
        println!("   {name:12}{:>14}   {}", say::time(*time), tally.describe());
        total.add(tally);
    }
    let whole: Duration = done.iter().map(|step| step.time).sum();
    println!("   {:12}{:>14}", "together", say::time(whole));
    if !total.skipped.is_empty() {
        println!("\nskipped:");
        for skipped in &total.skipped {
            println!("   {skipped}");
        }
    }
    let broken: Vec<&str> = done.iter().filter(|step| step.tally.failed > 0).map(|step| step.name).collect();
    if !broken.is_empty() {
        println!("\nfailed: {} (whole logs: {})", broken.join(", "), paths::notes().display());
    }
    println!("\n{} passed, {} failed, {} skipped", total.passed, total.failed, total.skipped.len());
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs a command whose success is one check, or whose tests are counted, and keeps its output as a log.
///
/// # Errors
/// When it cannot be started.
fn check(name: &str, command: &mut std::process::Command) -> Result<Tally> {
    let ran = command::watch(command)?;
    fs::create_dir_all(paths::notes())?;
    fs::write(paths::notes().join(format!("{name}.log")), &ran.text)?;
    let tally = Tally::of(&ran.text, ran.status.success());
    if tally.failed > 0 {
        say::note(&format!("{} failed:", command::describe(command)));
        say::note(&command::readable(&ran.text));
    }
    Ok(tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_chosen_by_name() {
        let choice = Choice::read(&["--only", "fmt", "--only", "tidy", "--skip", "tidy"]).unwrap();
        let taken: Vec<&str> = STEPS.iter().filter(|step| choice.takes(step)).map(|step| step.name).collect();
        assert_eq!(taken, ["fmt"]);
    }

    #[test]
    fn without_a_choice_every_step_runs() {
        let choice = Choice::read(&[]).unwrap();
        assert!(STEPS.iter().all(|step| choice.takes(step)));
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_known_ones() {
        let error = Choice::read(&["--only", "lint"]).unwrap_err().to_string();
        assert!(error.starts_with("--only needs a step: fmt, tidy, "), "{error}");
        assert!(Choice::read(&["--skip"]).is_err());
        assert!(Choice::read(&["fmt"]).is_err());
    }
}
