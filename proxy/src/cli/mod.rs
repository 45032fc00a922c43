//! The command line.

mod audit;
mod check;
mod demo;
mod eval;
mod explain;
mod prompt;
mod run;
mod serve;
mod token;
mod user;

use crate::settings;
use anyhow::Context;
use clap::{Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

/// A browser console for ISC Kea DHCP servers.
#[derive(Debug, Parser)]
#[command(version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the console for real Kea servers.
    Serve(serve::Serve),
    /// Serve the console for a built-in fleet that is made up, to try everything without Kea.
    Demo(demo::Demo),
    Audit(audit::AuditArgs),
    Check(check::Check),
    Explain(explain::Explain),
    /// Evaluate a configuration's client classes over a packet, step by step.
    Eval(eval::Eval),
    User(user::User),
    Token(token::Token),
}

/// Runs what the command line says.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return wrong(&error),
    };
    let result = match cli.command {
        Command::Audit(audit) => return audit.run(),
        Command::Check(check) => return check.run(),
        Command::Explain(explain) => return explain.run(),
        Command::Eval(eval) => return eval.run(),
        Command::User(user) => user.run(),
        Command::Token(token) => token.run(),
        Command::Serve(serve) => {
            log();
            serve.run()
        }
        Command::Demo(demo) => {
            log();
            demo.run()
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("perch: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A wrong command line. `perch check` has a status of its own for it: 2 means there that Kea refuses a file.
fn wrong(error: &clap::Error) -> ExitCode {
    let is_check = std::env::args_os().nth(1).is_some_and(|word| word == "check");
    let _ = error.print();
    match error.exit_code() {
        0 => ExitCode::SUCCESS,
        _ if is_check => ExitCode::from(3),
        _ => ExitCode::from(2),
    }
}

/// The log goes to standard error; `PERCH_LOG` says how much of it, such as `debug` or `perch=debug`.
fn log() {
    use std::io::IsTerminal;
    let filter = tracing_subscriber::EnvFilter::try_from_env("PERCH_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let ansi = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(ansi).init();
}

/// The state directory: from the command line, `perch.toml`, or the environment.
fn state(flag: Option<PathBuf>, settings: &settings::PerchToml) -> anyhow::Result<PathBuf> {
    let state = flag.or_else(|| settings.state.clone()).or_else(settings::default_state);
    state.context("there is no home directory to keep files in\n  help: name a directory with `--state`")
}

fn listen_address(text: &str) -> Result<SocketAddr, String> {
    settings::listen(text).map_err(said)
}

/// A mistake on the command line, with what to do about it.
fn said(wrong: settings::Wrong) -> String {
    format!("{}\n  help: {}", wrong.what, wrong.help)
}
