//! A child process that ends with its value, and with the test process however that ends.

use std::{
    fs::{self, File},
    os::unix::{fs::MetadataExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The id of the user that the tests run as; 0 is root.
pub(crate) fn own_user() -> u32 {
    fs::metadata("/proc/self").expect("/proc").uid()
}

/// A running child whose output goes to a file.
#[derive(Debug)]
pub(crate) struct Process {
    child: Child,
    watchdog: Child,
    log: PathBuf,
}

impl Process {
    /// Starts the command. Its standard error, and its standard output unless that was set already, go to `log`.
    pub(crate) fn start(mut command: Command, log: &Path) -> Self {
        let file = File::create(log).unwrap_or_else(|error| panic!("{}: {error}", log.display()));
        // A group of its own, so that what the child starts (a browser's many processes) ends with it.
        command
            .process_group(0)
            .stdin(Stdio::null())
            .stderr(file.try_clone().expect("a second handle"))
            .stdout(file);
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        // The watchdog's standard input is a pipe from this process. When this process is gone, whatever the
        // reason, the pipe ends and the watchdog ends the child; an orderly stop tells the watchdog to leave. Its own
        // group keeps a terminal's Ctrl+C from it.
        let watchdog = Command::new("sh")
            .args(["-c", "read -r leave && exit; kill -9 -\"$0\" 2>/dev/null"])
            .arg(child.id().to_string())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh");
        Self { child, watchdog, log: log.to_owned() }
    }

    /// The process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ended, when it ended by itself.
    pub(crate) fn ended(&mut self) -> Option<String> {
        self.child.try_wait().ok().flatten().map(|status| status.to_string())
    }

    /// Asks it to end in an orderly way, and waits until it did.
    pub(crate) fn terminate(mut self) -> String {
        let _ = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        crate::wait::until("the process to end after SIGTERM", || {
            self.ended().ok_or_else(|| format!("still running\n{}", self.log_tail()))
        })
    }

    /// The whole output.
    pub(crate) fn log(&self) -> String {
        fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The last lines of the output, for a failure's message.
    pub(crate) fn log_tail(&self) -> String {
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = format!("-{}", self.id());
        let _ = Command::new("sh").args(["-c", "kill -9 \"$0\" 2>/dev/null", &group]).status();
        let _ = self.child.wait();
        if let Some(mut pipe) = self.watchdog.stdin.take() {
            use std::io::Write as _;
            let _ = pipe.write_all(b"leave\n");
        }
        let _ = self.watchdog.wait();
    }
}
