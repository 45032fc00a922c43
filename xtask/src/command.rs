//! Running other programs: quietly while all is well, with everything they said when not.

use std::{
    env,
    ffi::OsStr,
    io::{BufRead as _, BufReader, Read},
    path::Path,
    process::{Command, ExitCode, ExitStatus, Stdio},
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};

use crate::{paths, say};

/// How many lines of a failure are printed; all of them are in its log.
const LINES: usize = 400;

/// A program that ran to its end.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub status: ExitStatus,
    /// Everything it printed, to both outputs, line by line.
    pub text: String,
    /// How long it took.
    pub time: Duration,
}

/// A command without what `cargo run` leaves in the environment for programs that it starts, which would change what
/// an inner cargo or rustc does.
pub fn clean(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let of_package =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|start| text.starts_with(start));
        if of_package || matches!(text, "CARGO" | "LD_LIBRARY_PATH" | "RUST_RECURSION_COUNT") {
            command.env_remove(&name);
        }
    }
    command.current_dir(paths::root());
    command
}

/// Cargo, working for this machine in the workspace's own target folder.
pub fn cargo(subcommand: &str) -> Command {
    let mut command = clean("cargo");
    command.arg(subcommand).env("CARGO_TARGET_DIR", paths::target());
    if ci() {
        // Nothing is built twice there, and what incremental builds keep fills the disk.
        command.arg("--locked").env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Whether this is a run where nothing may be left out: `CI` is set.
pub fn ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}

/// Whether a program of this name can be started.
pub fn exists(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program of this name is.
pub fn find(program: &str) -> Option<std::path::PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// What a command prints to its standard output, without white space around it; `None` when it fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a command, saying now and then what it does, and keeps what it prints.
///
/// # Errors
/// When it cannot be started.
pub fn watch(command: &mut Command) -> Result<Ran> {
    let name = describe(command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("starting {name}"))?;
    let (sender, lines) = mpsc::channel();
    let readers: Vec<_> = [
        child.stdout.take().map(|output| forward(output, sender.clone())),
        child.stderr.take().map(|output| forward(output, sender)),
    ]
    .into_iter()
    .flatten()
    .collect();

    let mut progress = say::Progress::start();
    let (mut text, mut last) = (String::new(), String::new());
    loop {
        match lines.recv_timeout(Duration::from_millis(200)) {
            Ok(line) => {
                text.push_str(&line);
                text.push('\n');
                last = line.trim().to_owned();
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        progress.beat(&last);
    }
    for reader in readers {
        // A reader that failed has printed why; what it read is here.
        let _ = reader.join();
    }
    let status = child.wait().with_context(|| format!("waiting for {name}"))?;
    Ok(Ran { status, text, time: progress.end() })
}

/// Sends a stream's lines on.
fn forward(output: impl Read + Send + 'static, sender: Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        while output.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if sender.send(text).is_err() {
                return;
            }
            line.clear();
        }
    })
}

/// Runs a command that must succeed; prints what it said when it does not.
///
/// # Errors
/// When it cannot be started or fails.
pub fn must(command: &mut Command) -> Result<Ran> {
    let ran = watch(command)?;
    if !ran.status.success() {
        say::note(&readable(&ran.text));
        bail!("{} failed ({})", describe(command), ran.status);
    }
    Ok(ran)
}

/// Runs a program whose result is ours.
///
/// # Errors
/// When it cannot be started.
pub fn hand_over(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().with_context(|| format!("starting {}", describe(command)))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The command as it would be typed.
pub fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

/// A failure's output without the lines that say only that something went well.
pub fn readable(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !is_noise(line)).collect();
    let skipped = lines.len().saturating_sub(LINES);
    let mut kept = lines.get(skipped..).unwrap_or_default().join("\n");
    if skipped > 0 {
        kept = format!("({skipped} lines left out)\n{kept}");
    }
    kept
}

/// Whether a line of cargo's or of a test's says only that something went well.
fn is_noise(line: &str) -> bool {
    const DOING: [&str; 9] = [
        "Compiling ",
        "Checking ",
        "Downloading ",
        "Downloaded ",
        "Documenting ",
        "Updating ",
        "Locking ",
        "Blocking ",
        "Fresh ",
    ];
    let trimmed = line.trim_start();
    let doing = line.starts_with("  ") && DOING.iter().any(|word| trimmed.starts_with(word));
    doing || (line.starts_with("test ") && line.ends_with(" ok"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_shown_without_noise() {
        let text = "   Compiling serde v1.0\nerror: no\ntest a::b ... ok\ntest a::c ... FAILED";
        assert_eq!(readable(text), "error: no\ntest a::c ... FAILED");
    }

    #[test]
    fn a_long_failure_ends_with_its_end() {
        let text: String = (0..500).map(|number| format!("{number}\n")).collect();
        let shown = readable(&text);
        assert!(shown.starts_with("(100 lines left out)\n100\n"), "{shown}");
        assert!(shown.ends_with("499"));
    }

    #[test]
    fn both_outputs_and_the_status_are_kept() {
        let ran = watch(clean("sh").args(["-c", "echo out; echo err >&2; exit 3"])).unwrap();
        assert_eq!(ran.status.code(), Some(3));
        let mut lines: Vec<&str> = ran.text.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, ["err", "out"]);
    }

    #[test]
    fn what_cannot_be_started_is_named() {
        let error = watch(&mut clean("no-such-program-here")).unwrap_err();
        assert_eq!(error.to_string(), "starting no-such-program-here");
    }
}
