//! Every habit of this project is one command.

mod agree;
mod bench;
mod binary;
mod browser;
mod command;
mod debian;
mod dev;
mod editor;
mod fingerprint;
mod gallery;
mod get;
mod kea;
mod new;
mod on_kea;
mod page;
mod paths;
mod say;
mod size;
mod test;
mod tidy;
mod toolchain;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask COMMAND

  run [-- ARGS]    build everything, start the demo (ARGS go to `perch demo`)
  build            the page and the release binary with the page in it
  page [--dev]     the page alone, into target/page
  dev [-- ARGS]    the demo, rebuilt whenever a file changes

  test             everything that must hold; --only STEP, --skip STEP, --list
  ci               what the continuous integration runs: the same
  tidy             the rules of the house that no compiler checks
  agree [OPTIONS]  verdicts beside real Keas, on fresh cases (--help for more)
  faults [OPTIONS] rounds of faults on real pairs of Keas (--help for more)
  bench [PART]     check: the check of a big file beside kea-dhcp4 -t, its memory;
                   growth [NAME]: how the check of hostile texts grows with them;
                   proxy: latency and throughput through Perch beside Kea alone;
                   fleet: five hundred simulated servers, a class on all of them;
                   continuity: how long clients wait for a change (--help for more)

  new rule KIND/PROBLEM            a file in the house's form, a test that fails
  new page NAME                    until the work is done, and every line
  new endpoint RESOURCE/ACTION     elsewhere that it needs

  gallery          a picture of every page into target/screenshots
  kea              fetch the real Keas for the tests into target/kea
  help             this

Long steps show how far they are. What is missing is fetched; what cannot be
fetched is named together with the command that installs it.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match start(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one command.
fn start(words: &[&str]) -> Result<ExitCode> {
    match words {
        [] | ["help" | "--help" | "-h", ..] => print!("{HELP}"),
        ["run", rest @ ..] => binary::run(&for_perch(rest)?)?,
        ["build"] => binary::build()?,
        ["page"] => build_page(page::Mode::Release)?,
        ["page", "--dev"] => build_page(page::Mode::Dev)?,
        ["dev", rest @ ..] => dev::watch(&for_perch(rest)?)?,
        ["test" | "ci", rest @ ..] => return test::run(rest),
        ["tidy"] => tidy::run()?,
        ["agree", rest @ ..] => return agree::run(rest),
        ["faults", rest @ ..] => return on_kea::run("faults", rest),
        ["bench", "continuity", rest @ ..] => return on_kea::run("continuity", rest),
        ["bench", rest @ ..] => bench::run(rest)?,
        ["new", kind, name] => new::run(kind, name)?,
        ["gallery"] => gallery::run()?,
        ["kea"] => kea::fetch_all()?,
        _ => bail!("unknown command: {}\n\n{HELP}", words.join(" ")),
    }
    Ok(ExitCode::SUCCESS)
}

/// What follows `--`.
fn for_perch(words: &[&str]) -> Result<Vec<String>> {
    match words {
        [] => Ok(Vec::new()),
        ["--", rest @ ..] => Ok(rest.iter().map(|&word| word.to_owned()).collect()),
        [word, ..] => bail!("unknown argument: {word}. Arguments for Perch follow `--`"),
    }
}

/// Builds the page and shows its sizes.
fn build_page(mode: page::Mode) -> Result<()> {
    say::heading("page", "compiled to WebAssembly, split by route");
    let sizes = page::build(mode)?;
    if mode == page::Mode::Release {
        say::note(&size::table(&sizes));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_for_perch_follow_two_dashes() {
        assert_eq!(for_perch(&["--", "--listen", "x"]).unwrap(), ["--listen", "x"]);
        assert!(for_perch(&[]).unwrap().is_empty());
        assert!(for_perch(&["--listen"]).is_err());
    }

    #[test]
    fn what_is_unknown_is_refused() {
        assert!(start(&["tset"]).unwrap_err().to_string().contains("unknown command: tset"));
    }
}
