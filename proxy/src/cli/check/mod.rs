//! `perch check`: Kea's verdict on files.

mod fix;
mod github;
mod include;
mod input;
mod json;
mod outcome;
mod sarif;
mod text;
mod walk;

use clap::{Args, ValueEnum};
use outcome::{Outcome, Totals};
use perch_shared::{KeaVersion, diagnostic::Reader};
use std::{
    io::{self, IsTerminal, Write},
    panic::resume_unwind,
    path::PathBuf,
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// So many files are checked before their results are printed.
const BATCH: usize = 256;

/// Check configuration files as a Kea daemon reads them.
///
/// Exit status: 0 when Kea accepts every file, 1 when there are warnings and `--strict` is given, 2 when Kea refuses
/// a file, 3 when a file cannot be read at all (the others are checked nevertheless) or the command line is wrong.
///
/// Lines and columns count from 1, columns in characters; the end of a range is the place behind its last character.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files, directories (everything in them that ends in .conf, .json or .kea), or `-` for standard input.
    #[arg(required = true, value_name = "FILE|DIR|-")]
    paths: Vec<PathBuf>,
    /// The Kea for which to judge, such as 2.6.3. The default is the newest release of the stable line 3.0 that Perch
    /// is compared with.
    #[arg(long, value_name = "VERSION", default_value = "3.0.4", value_parser = version)]
    kea_version: KeaVersion,
    /// Which of Kea's two readers decides: `file` is `kea-dhcpN -t FILE` and the daemon's start, `api` is
    /// `config-test` over the control channel.
    #[arg(long = "as", value_name = "READER", value_enum, default_value_t = As::File)]
    reader: As,
    /// How to print what is found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Make the changes that certainly mend something, and leave every other byte as it is. With `-` the changed text
    /// goes to standard output, and what is found to standard error.
    #[arg(long)]
    fix: bool,
    /// Let warnings count: exit with 1.
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// Files.
    File,
    /// The control channel.
    Api,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object a line for each file.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Annotations of GitHub's workflows.
    Github,
}

fn version(text: &str) -> Result<KeaVersion, String> {
    let full = if text.matches('.').count() == 1 { format!("{text}.0") } else { text.to_owned() };
    let version: KeaVersion = full.parse().map_err(|error| format!("{error}"))?;
    if version < KeaVersion::OLDEST {
        return Err(format!("Perch knows Kea {} and newer", KeaVersion::OLDEST));
    }
    Ok(version)
}

/// What is the same for all files.
#[derive(Debug, Clone, Copy)]
struct Task {
    version: KeaVersion,
    reader: Reader,
    fix: bool,
    format: Format,
    /// Whether to colour.
    colours: bool,
}

impl Check {
    pub(super) fn run(&self) -> ExitCode {
        match self.check() {
            Ok(code) => ExitCode::from(code),
            // Nobody reads the output any more: what was asked for cannot be said.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(3),
            Err(error) => {
                eprintln!("perch: {error}");
                ExitCode::from(3)
            }
        }
    }

    fn check(&self) -> io::Result<u8> {
        let reader = if self.reader == As::File { Reader::File } else { Reader::Api };
        let is_filter = self.fix && self.paths.iter().any(|path| path.as_os_str() == "-");
        let colours = if is_filter { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
        let colours = colours && std::env::var_os("NO_COLOR").is_none();
        let task = Task { version: self.kea_version, reader, fix: self.fix, format: self.format, colours };
        let mut out: Box<dyn Write> =
            if is_filter { Box::new(io::stderr().lock()) } else { Box::new(io::stdout().lock()) };
        let mut out = io::BufWriter::new(&mut out);
        let mut totals = Totals::default();
        let mut sarif = sarif::Log::new(task);
        let mut walk = walk::Walk::new(&self.paths);
        let mut is_empty = true;
        loop {
            let batch: Vec<_> = walk.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                break;
            }
            is_empty = false;
            for outcome in in_parallel(batch, task) {
                totals.add(&outcome, task);
                self.print(&outcome, task, &mut sarif, &mut out)?;
            }
        }
        match self.format {
            Format::Text => text::summary(&totals, task, &mut out)?,
            Format::Sarif => sarif.write(&mut out)?,
            Format::Json | Format::Github => {}
        }
        out.flush()?;
        if is_empty {
            eprintln!("perch: no file here ends in .conf, .json or .kea");
            return Ok(3);
        }
        Ok(totals.code(self.strict))
    }

    fn print(
        &self,
        outcome: &Outcome,
        task: Task,
        sarif: &mut sarif::Log,
        out: &mut impl Write,
    ) -> io::Result<()> {
        if let Some(message) = &outcome.unusable {
            eprintln!("perch: {}: {}", text::clean(&outcome.name), text::clean(message));
        }
        if let Some(note) = &outcome.note {
            eprintln!("perch: {}: {}", text::clean(&outcome.name), text::clean(note));
        }
        if let Some(fixed) = &outcome.standard_output {
            io::stdout().lock().write_all(fixed)?;
        }
        match self.format {
            Format::Sarif => sarif.add(outcome),
            _ => out.write_all(&outcome.printed)?,
        }
        let _ = task;
        Ok(())
    }
}

/// Checks files, several at once; the results are in the files' order.
fn in_parallel(batch: Vec<walk::Entry>, task: Task) -> Vec<Outcome> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(batch.len());
    if threads < 2 {
        return batch.into_iter().map(|entry| outcome::of(entry, task)).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(entry) = batch.get(index) else { return done };
            done.push((index, outcome::of(entry.clone(), task)));
        }
    };
    let mut all: Vec<(usize, Outcome)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        // Files whose check failed must not pass for good ones.
        let done = |worker: thread::ScopedJoinHandle<'_, _>| {
            worker.join().unwrap_or_else(|fault| resume_unwind(fault))
        };
        workers.into_iter().flat_map(done).collect()
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, outcome)| outcome).collect()
}
