//! `perch audit`: the history on the command line.

use crate::{settings::default_state, store::Audit};
use clap::{Args, Subcommand};
use std::{
    fmt::Write as _,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Look at the history of what was done.
#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Find missing, altered and reordered records. Exits with 0 when there are none, with 2 when there are some.
    ///
    /// Each record carries the hash of the one before it, and `audit.head` that of the last one. Whoever can write
    /// the state directory can write the whole chain anew; keep a copy of `audit.head` elsewhere against that.
    Verify {
        /// Directory of Perch's own files [default: $STATE_DIRECTORY, $XDG_STATE_HOME/perch or ~/.local/state/perch]
        #[arg(long, value_name = "DIR")]
        state: Option<PathBuf>,
    },
}

impl AuditArgs {
    pub(super) fn run(self) -> ExitCode {
        let Action::Verify { state } = self.action;
        match state.or_else(default_state) {
            Some(dir) => verify(&dir),
            None => wrong("there is no home directory to look in\n  help: name a directory with `--state`"),
        }
    }
}

fn verify(dir: &Path) -> ExitCode {
    if !dir.is_dir() {
        let dir = dir.display();
        return wrong(&format!("there is no state directory {dir}\n  help: name one with `--state`"));
    }
    let verdict = match Audit::verify(dir) {
        Ok(verdict) => verdict,
        Err(error) => return wrong(&error.to_string()),
    };
    let path = dir.join("audit.jsonl");
    let path = path.display();
    let mut text = String::new();
    for found in &verdict.breaks {
        let _ = writeln!(text, "{path}:{}: {}", found.line, found.what);
    }
    for note in &verdict.notes {
        let _ = writeln!(text, "note: {note}");
    }
    if let Some(pruned) = verdict.pruned {
        let _ = writeln!(text, "note: the records up to number {pruned} were removed because they were old");
    }
    let broken = verdict.breaks.len();
    let judged = match broken {
        0 => "each names the one before it".to_owned(),
        1 => "the chain is broken in 1 place".to_owned(),
        _ => format!("the chain is broken in {broken} places"),
    };
    let _ = writeln!(text, "{} records: {judged}", verdict.records);
    // Nobody may be reading.
    let _ = io::stdout().lock().write_all(text.as_bytes());
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

fn wrong(text: &str) -> ExitCode {
    eprintln!("perch: {text}");
    ExitCode::FAILURE
}
