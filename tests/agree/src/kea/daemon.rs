//! The API's reader: `config-test` over a running daemon's UNIX socket.

use super::root::Folder;
use crate::case::Verdict;
use perch_shared::{Family, KeaVersion};
use serde_json::{Value, json};
use std::{
    fs,
    io::{self, Read as _, Write as _},
    os::unix::net::UnixStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long Kea may think about one question, or about its start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running daemon with an empty configuration. It ends with its value, and with this process however that ends.
#[derive(Debug)]
pub(super) struct Daemon {
    child: Child,
    watchdog: Child,
    socket: PathBuf,
    /// How often it was asked.
    pub(super) answers: usize,
}

impl Daemon {
    /// Starts the family's daemon.
    ///
    /// # Panics
    /// When it does not come up: then nothing here can be judged.
    pub(super) fn start(folder: &Folder, version: KeaVersion, family: Family) -> Self {
        let (inside, socket) = folder.socket(family);
        let _ = fs::remove_file(&socket);
        let config = configuration(version, family, &inside);
        let file = format!("{family}.json");
        fs::write(folder.outside(&file), config.to_string()).expect("the daemon's file");
        let log = folder.outside(&format!("{family}.log"));
        let output = fs::File::create(&log).expect("the daemon's log");
        let mut command = folder.daemon(family);
        command.args(["-c", &folder.inside(&file), "-p", "20999"]);
        command.stderr(output.try_clone().expect("a second handle")).stdout(output);
        let child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let mut daemon = Self { watchdog: watchdog(child.id()), child, socket, answers: 0 };
        daemon.until_it_answers(&log);
        daemon
    }

    fn until_it_answers(&mut self, log: &std::path::Path) {
        let start = Instant::now();
        while self.ask(r#"{"command":"version-get"}"#).is_err() {
            let ended = self.child.try_wait().ok().flatten();
            if ended.is_some() || start.elapsed() > PATIENCE {
                panic!("a daemon does not start: {}", fs::read_to_string(log).unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Its verdict on a text; an error when it ended or does not answer.
    pub(super) fn config_test(&mut self, text: &str) -> Result<Verdict, String> {
        self.answers += 1;
        let answer = self.ask(&format!(r#"{{"command":"config-test","arguments":{text}}}"#));
        match answer {
            Ok(answer) if answer["result"] == 0 => Ok(Verdict::Accepts),
            Ok(answer) => Ok(Verdict::Refuses(answer["text"].as_str().unwrap_or_default().to_owned())),
            Err(error) => Err(match self.child.try_wait() {
                Ok(Some(status)) => format!("the daemon ended: {status}"),
                _ => format!("no answer: {error}"),
            }),
        }
    }

    fn ask(&self, command: &str) -> io::Result<Value> {
        let mut stream = UnixStream::connect(&self.socket)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(command.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        // Kea repeats the operator's bytes, which need not be UTF-8.
        Ok(serde_json::from_str(&String::from_utf8_lossy(&answer))?)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(mut pipe) = self.watchdog.stdin.take() {
            let _ = pipe.write_all(b"leave\n");
        }
        let _ = self.watchdog.wait();
    }
}

/// Ends a process when this one is gone: its standard input is a pipe that ends with us.
fn watchdog(process: u32) -> Child {
    Command::new("sh")
        .args(["-c", "read -r leave && exit; kill -9 \"$0\" 2>/dev/null", &process.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh")
}

fn configuration(version: KeaVersion, family: Family, socket: &str) -> Value {
    let mut root = json!({
        "interfaces-config": {"interfaces": []},
        "lease-database": {"type": "memfile", "persist": false},
        "multi-threading": {"enable-multi-threading": false},
        "loggers": [{"name": family.daemon(), "severity": "FATAL"}],
    });
    let socket = json!({"socket-type": "unix", "socket-name": socket});
    if version.major >= 3 {
        root["control-sockets"] = json!([socket]);
    } else {
        root["control-socket"] = socket;
    }
    if family == Family::V6 {
        root["server-id"] =
            json!({"type": "EN", "enterprise-id": 32473, "identifier": "010203", "persist": false});
    }
    json!({family.root_key(): root})
}
