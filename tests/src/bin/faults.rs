//! Rounds of faults on real Keas; `cargo xtask faults` builds what it needs and runs it.

use anyhow::{Context as _, Result, bail};
use perch_tests::rounds::Rounds;
use std::{process::ExitCode, time::Instant};

const HELP: &str = "\
cargo xtask faults [OPTIONS]

Rounds of faults on real pairs of Keas: a change, kill -9 of Perch or of a Kea, broken answers, another console in
between; then each Kea is asked what it has. Ends with 0 only if nothing was lost.

  --rounds N   how many rounds (100)
  --seed S     what they are made up from (the clock)
  --first N    the number of the first round (0); with --rounds 1, one round again
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.iter().any(|word| matches!(word.as_str(), "--help" | "-h")) {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match read(&words).and_then(run) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn read(words: &[String]) -> Result<Rounds> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let mut rounds = Rounds { seed: now.map_or(1, |time| time.as_secs()), count: 100, first: 0 };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = words.next().with_context(|| format!("{word} needs a number"))?;
        let number: u64 = value.parse().with_context(|| format!("{word} {value}: not a number"))?;
        match word.as_str() {
            "--rounds" => rounds.count = usize::try_from(number)?,
            "--seed" => rounds.seed = number,
            "--first" => rounds.first = usize::try_from(number)?,
            _ => bail!("unknown argument: {word}"),
        }
    }
    Ok(rounds)
}

fn run(rounds: Rounds) -> Result<ExitCode> {
    println!("--seed {}", rounds.seed);
    let begun = Instant::now();
    let tally = rounds.run();
    println!("{tally}\n{:.1} s", begun.elapsed().as_secs_f64());
    if tally.rounds() < rounds.count {
        bail!("only {} of {} rounds could be run here", tally.rounds(), rounds.count);
    }
    Ok(if tally.lost() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
