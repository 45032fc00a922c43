//! The binary itself: what it prints, what it refuses, how it stops.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn perch(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_perch"));
    command.args(args).stdin(Stdio::null()).env_remove("PERCH_LOG").env_remove("STATE_DIRECTORY");
    command
}

fn refused(args: &[&str]) -> String {
    let Output { status, stdout, stderr } = perch(args).output().unwrap();
    assert!(!status.success() && stdout.is_empty(), "{args:?}");
    String::from_utf8(stderr).unwrap()
}

struct Started {
    child: Child,
    line: String,
}

fn start(args: &[&str]) -> Started {
    let mut child = perch(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    Started { child, line }
}

impl Started {
    fn stop(mut self) -> (bool, String) {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap().success(), log)
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn says_where_it_is_and_stops_when_told() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path().join("state");
    let started =
        start(&["serve", "--listen", "127.0.0.1:0", "--state", path(&state), "--kea", "http://127.0.0.1:1"]);
    let address = started.line.strip_prefix("Perch is listening on http://").unwrap().trim();
    assert!(std::net::TcpStream::connect(address).is_ok(), "{address}");
    assert!(state.join("lock").exists());
    let (success, log) = started.stop();
    assert!(success, "{log}");
}

#[test]
fn refuses_what_other_machines_can_reach() {
    let dir = tempfile::tempdir().unwrap();
    let text = refused(&["serve", "--state", path(dir.path()), "--listen", "0.0.0.0:0"]);
    assert!(
        text.contains("without authentication") && text.contains("ssh -L") && text.contains("allowed-hosts"),
        "{text}"
    );
    let text = refused(&["serve", "--state", path(dir.path()), "--listen", "everywhere"]);
    assert!(text.contains("127.0.0.1:8080"), "{text}");
}

#[test]
fn names_a_port_that_is_taken() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let text = refused(&["serve", "--state", path(dir.path()), "--listen", &address]);
    assert!(text.contains(&address) && text.contains("--listen"), "{text}");
}

#[test]
fn names_every_mistake_in_the_settings_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("perch.toml");
    fs::write(&file, "lisen = 1\n[limits]\nbody-size = \"big\"\n").unwrap();
    let text = refused(&["serve", "--config", path(&file)]);
    assert!(text.contains("perch.toml:1:1: unknown key `lisen`"), "{text}");
    assert!(text.contains("perch.toml:3:13: `body-size`"), "{text}");
    assert!(refused(&["serve", "--config", "/none/perch.toml"]).contains("/none/perch.toml"));
}

#[test]
fn the_command_line_goes_before_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("perch.toml");
    let state = dir.path().join("from-file");
    fs::write(&file, format!("listen = \"0.0.0.0:1\"\nstate = \"{}\"", path(&state))).unwrap();
    let started = start(&["serve", "--config", path(&file), "--listen", "127.0.0.1:0"]);
    assert!(started.line.starts_with("Perch is listening on http://127.0.0.1:"), "{}", started.line);
    assert!(started.stop().0);
    assert!(state.is_dir(), "what the command line does not say comes from the file");
}

#[test]
fn refuses_a_damaged_inventory_and_leaves_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("servers.json");
    fs::write(&file, "{\n  broken").unwrap();
    let text = refused(&["serve", "--state", path(dir.path()), "--listen", "127.0.0.1:0"]);
    assert!(text.contains("servers.json:2:"), "{text}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "{\n  broken");
}

#[test]
fn a_password_is_read_from_a_file_and_never_shown() {
    let dir = tempfile::tempdir().unwrap();
    let password = dir.path().join("password");
    fs::write(&password, "s3cret\n").unwrap();
    let state = dir.path().join("state");
    let args = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--state",
        path(&state),
        "--kea",
        "http://127.0.0.1:1",
        "--kea-user",
        "perch",
        "--kea-password-file",
        path(&password),
    ];
    let mut command = perch(&args);
    command.env("PERCH_LOG", "trace").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let (success, log) = Started { child, line }.stop();
    assert!(success && !log.contains("s3cret"), "{log}");
    let text =
        refused(&["serve", "--kea", "http://h", "--kea-user", "perch", "--kea-password-file", "/none"]);
    assert!(text.contains("/none"), "{text}");
    assert!(refused(&["serve", "--kea-user", "perch"]).contains("--kea"));
    let text = refused(&["serve", "--kea", "http://admin:s3cret@h"]);
    assert!(text.contains("`--kea`") && text.contains("help") && !text.contains("s3cret"), "{text}");
}

#[test]
fn the_demo_runs_without_a_state_directory() {
    let started = start(&["demo", "--listen", "127.0.0.1:0"]);
    assert!(started.line.starts_with("Perch is listening on http://127.0.0.1:"), "{}", started.line);
    assert!(started.stop().0);
}
