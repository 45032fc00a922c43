//! `perch user`, `perch token`, and what Perch needs before other machines may reach it: the binary itself.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

const PASSWORD: &str = "correct horse battery";

fn perch(state: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_perch"));
    command.args(args).arg("--state").arg(state).stdin(Stdio::null());
    command.env("PERCH_LOG", "trace").env_remove("STATE_DIRECTORY");
    command
}

/// Runs a command with a line of input; gives whether it succeeded and everything that it said.
fn run(state: &Path, args: &[&str], input: &str) -> (bool, String) {
    let mut child = perch(state, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever fails before it asks does not read.
    let _ = writeln!(child.stdin.take().unwrap(), "{input}");
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    (status.success(), String::from_utf8([stdout, stderr].concat()).unwrap())
}

#[track_caller]
fn done(state: &Path, args: &[&str], input: &str) -> String {
    let (success, said) = run(state, args, input);
    assert!(success, "{args:?}: {said}");
    assert!(!said.contains(PASSWORD), "{said}");
    said
}

#[track_caller]
fn refused(state: &Path, args: &[&str], input: &str) -> String {
    let (success, said) = run(state, args, input);
    assert!(!success, "{args:?}: {said}");
    said
}

struct Running {
    child: Child,
    address: String,
}

fn serve(state: &Path, args: &[&str]) -> Running {
    let all: Vec<&str> = ["serve"].iter().chain(args).copied().collect();
    let mut child = perch(state, &all).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().rsplit('/').next().unwrap().to_owned();
    Running { child, address }
}

impl Running {
    /// Sends a request and gives the whole answer.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (host, length) = (&self.address, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n{headers}\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends Perch and gives its log.
    fn stop(mut self) -> String {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(self.child.wait().unwrap().success(), "{log}");
        log
    }
}

#[test]
fn users_are_added_changed_and_removed() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path();
    assert!(done(state, &["user", "list"], "").contains("There are no users"));
    assert!(done(state, &["user", "add", "ada", "--role", "operator"], PASSWORD).contains("ada is operator"));
    let file = state.join("users.json");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!fs::read_to_string(&file).unwrap().contains(PASSWORD));
    assert!(refused(state, &["user", "add", "ada", "--role", "viewer"], PASSWORD).contains("already"));
    assert!(refused(state, &["user", "add", "bob", "--role", "viewer"], "short").contains("at least 12"));
    assert!(refused(state, &["user", "add", "bob", "--role", "root"], PASSWORD).contains("administrator"));
    assert!(refused(state, &["user", "add", "b b", "--role", "viewer"], PASSWORD).contains("letters"));
    assert!(refused(state, &["user", "password", "bob"], PASSWORD).contains("no user `bob`"));
    done(state, &["user", "add", "bob", "--role", "viewer", "--no-password", "--servers", "hq,lab"], "");
    done(state, &["user", "role", "ada", "viewer"], "");
    done(state, &["user", "servers", "ada", "branch"], "");
    let listed = done(state, &["user", "list"], "");
    assert_eq!(listed, "ada\tviewer\tbranch\nbob\tviewer\thq, lab, no password\n");
    done(state, &["user", "servers", "ada"], "");
    assert!(done(state, &["user", "list"], "").starts_with("ada\tviewer\tall servers\n"));
    done(state, &["user", "remove", "bob"], "");
    assert!(done(state, &["user", "remove", "ada"], "").contains("the last user"));
    assert!(refused(state, &["user", "remove", "ada"], "").contains("no user"));
}

#[test]
fn a_token_is_shown_once() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path();
    let said = done(state, &["token", "add", "backup", "--role", "viewer", "--days", "30"], "");
    let token = said.lines().next().unwrap().to_owned();
    assert_eq!(token.len(), 43, "{said}");
    assert!(!fs::read_to_string(state.join("users.json")).unwrap().contains(&token));
    let listed = done(state, &["token", "list"], "");
    assert!(
        listed.starts_with("backup\tviewer\tall servers\tuntil 2") && !listed.contains(&token),
        "{listed}"
    );
    assert!(refused(state, &["token", "add", "backup", "--role", "viewer"], "").contains("already"));
    done(state, &["token", "remove", "backup"], "");
    assert!(refused(state, &["token", "remove", "backup"], "").contains("no token"));
}

#[test]
fn a_password_on_the_command_line_is_not_understood() {
    let dir = tempfile::tempdir().unwrap();
    for args in [
        &["user", "add", "ada", PASSWORD, "--role", "viewer"][..],
        &["user", "add", "ada", "--role", "viewer", "--password", PASSWORD],
        &["user", "password", "ada", PASSWORD],
    ] {
        refused(dir.path(), args, "");
    }
    assert!(!dir.path().join("users.json").exists());
}

#[test]
fn users_count_while_perch_runs_and_leave_no_secret_behind() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path();
    let kea_password = state.join("kea-password");
    fs::write(&kea_password, "kea-s3cret\n").unwrap();
    let running = serve(
        state,
        &[
            "--listen",
            "127.0.0.1:0",
            "--kea",
            "http://127.0.0.1:1",
            "--kea-user",
            "perch",
            "--kea-password-file",
            kea_password.to_str().unwrap(),
        ],
    );
    let mut seen = vec![running.ask("GET", "/api/v1/servers", "", "")];
    assert!(seen[0].starts_with("HTTP/1.1 200"), "open without users: {}", seen[0]);
    done(state, &["user", "add", "ada", "--role", "administrator"], PASSWORD);
    let token =
        done(state, &["token", "add", "script", "--role", "viewer"], "").lines().next().unwrap().to_owned();
    seen.push(running.ask("GET", "/api/v1/servers", "", ""));
    assert!(
        seen[1].starts_with("HTTP/1.1 401") && seen[1].contains("www-authenticate: Bearer"),
        "{}",
        seen[1]
    );

    let body = format!(r#"{{"user": "ada", "password": "{PASSWORD}"}}"#);
    let signed_in = running.ask("POST", "/api/v1/session", "", &body);
    assert!(signed_in.starts_with("HTTP/1.1 200"), "{signed_in}");
    let cookie = signed_in.split("perch=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    // The answer that sets the cookie has to hold it, in this one header.
    seen.push(signed_in.replacen(&cookie, "", 1));
    let with = [format!("Cookie: perch={cookie}\r\n"), format!("Authorization: Bearer {token}\r\n")];
    for headers in &with {
        for path in [
            "/api/v1/servers",
            "/api/v1/about",
            "/api/v1/session",
            "/api/v1/servers/127-0-0-1",
            "/api/v1/none",
        ] {
            seen.push(running.ask("GET", path, headers, ""));
        }
    }
    seen.push(running.ask(
        "POST",
        "/api/v1/session",
        "",
        r#"{"user": "correct horse battery", "password": "guess-s3cret"}"#,
    ));
    seen.push(running.ask("POST", "/api/v1/session", "", r#"{"user": "ada", "password": ["guess-s3cret"]}"#));
    seen.push(running.ask("DELETE", "/api/v1/session", &with[0], ""));
    seen.push(running.ask("GET", "/api/v1/servers", &with[0], ""));
    assert!(seen.last().unwrap().starts_with("HTTP/1.1 401"), "signed out");
    let log = running.stop();
    assert!(log.contains("signed in") && log.contains("ada"), "{log}");

    let mut places: Vec<(String, Vec<u8>)> = vec![("the log".to_owned(), log.into_bytes())];
    places.extend(seen.into_iter().map(|answer| ("an answer".to_owned(), answer.into_bytes())));
    for path in files(state).into_iter().filter(|path| *path != kea_password) {
        places.push((path.display().to_string(), fs::read(&path).unwrap()));
    }
    assert!(places.iter().any(|(place, _)| place.ends_with("users.json")));
    for secret in [PASSWORD, &token, &cookie, "kea-s3cret", "guess-s3cret"] {
        for (place, bytes) in &places {
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "`{secret}` is in {place}: {}", String::from_utf8_lossy(bytes));
        }
    }
}

/// All files below a directory.
fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn other_machines_reach_only_a_perch_that_is_protected() {
    let dir = tempfile::tempdir().unwrap();
    let state = dir.path();
    let config = state.join("perch.toml");
    let file = config.to_str().unwrap().to_owned();
    let refuse = |settings: &str| {
        fs::write(&config, settings).unwrap();
        refused(state, &["serve", "--listen", "0.0.0.0:0", "--config", &file], "")
    };
    assert!(refuse("").contains("perch user add"));
    done(state, &["user", "add", "ada", "--role", "administrator"], PASSWORD);
    assert!(refuse("").contains("`tls-cert` and `tls-key`"));
    assert!(refuse("[proxy]\naddresses = [\"192.0.2.1\"]").contains("allowed-hosts"));
    assert!(refuse("tls-cert = \"/none\"\ntls-key = \"/none\"").contains("`tls-cert`: /none"));
    fs::write(&config, "allowed-hosts = [\"perch.example.org\"]\n[proxy]\naddresses = [\"192.0.2.1\"]")
        .unwrap();
    let running = serve(state, &["--listen", "0.0.0.0:0", "--config", &file]);
    let port = running.address.rsplit(':').next().unwrap().to_owned();
    let running = Running { address: format!("127.0.0.1:{port}"), ..running };
    assert!(running.ask("GET", "/api/v1/servers", "", "").starts_with("HTTP/1.1 401"));
    running.stop();
}

#[test]
fn a_list_of_users_that_others_can_read_stops_the_start() {
    let dir = tempfile::tempdir().unwrap();
    done(dir.path(), &["user", "add", "ada", "--role", "viewer"], PASSWORD);
    let file = dir.path().join("users.json");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let text = refused(dir.path(), &["serve", "--listen", "127.0.0.1:0"], "");
    assert!(text.contains("chmod 600"), "{text}");
}
