//! The real Perch binary, and its API as a script would use it.

use crate::{
    edits::{based, for_all},
    http_client::{self, Reply},
    lab::Lab,
    process::Process,
    wait,
};
use perch_shared::{
    Family,
    api::{
        Absent, AddServer, ApplyChange, ApplyReport, ChangeRequest, Credentials, CredentialsDraft, Endpoint,
        ErrorBody, GetOptions, ListRecoveries, OptionsView, PreviewChange, Recovery, Server, ServerDraft,
        ServerId, TargetPreview, TargetReport,
    },
    change::Edit,
};
use std::{
    fs,
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// The file of settings in a state directory, where a test wants some.
const SETTINGS: &str = "perch.toml";

/// A running Perch with a state directory of its own. Dropping it ends it.
#[derive(Debug)]
pub struct Perch {
    process: Process,
    address: SocketAddr,
    state: TempDir,
}

/// An answer of Perch's that is a failure.
#[derive(Debug)]
pub struct Failure {
    /// The HTTP status.
    pub status: u16,
    /// What Perch said.
    pub body: Box<ErrorBody>,
}

impl Perch {
    /// `perch serve`, with an empty inventory.
    ///
    /// # Panics
    /// When the binary is not built, or does not get ready.
    pub fn serve() -> Self {
        Self::serve_with(&[])
    }

    /// `perch serve` with more options.
    ///
    /// # Panics
    /// When the binary is not built, or does not get ready.
    pub fn serve_with(options: &[&str]) -> Self {
        Self::start("serve", options, TempDir::new().expect("a state directory"))
    }

    /// `perch serve` with a `perch.toml`.
    ///
    /// # Panics
    /// When the binary is not built, or does not get ready.
    pub fn serve_with_settings(settings: &str) -> Self {
        let state = TempDir::new().expect("a state directory");
        fs::write(state.path().join(SETTINGS), settings).expect("the settings");
        Self::start("serve", &[], state)
    }

    /// `perch serve` at an address of its own choice, with a `perch.toml`.
    ///
    /// # Panics
    /// When the binary is not built, or does not get ready.
    pub fn serve_at(address: SocketAddr, settings: &str) -> Self {
        let state = TempDir::new().expect("a state directory");
        fs::write(state.path().join(SETTINGS), settings).expect("the settings");
        Self::start("serve", &["--listen", &address.to_string()], state)
    }

    /// `perch demo`.
    ///
    /// # Panics
    /// When the binary is not built, or does not get ready.
    pub fn demo() -> Self {
        Self::start("demo", &[], TempDir::new().expect("a state directory"))
    }

    /// Ends Perch in an orderly way and starts it again with the same state directory.
    ///
    /// # Panics
    /// When it ends with a failure, or does not get ready again.
    #[must_use]
    pub fn restart(self) -> Self {
        Self::start("serve", &[], self.stop())
    }

    /// Ends Perch in an orderly way and starts it again with the same state directory and a fault: what `PERCH_FAULT`
    /// takes.
    ///
    /// # Panics
    /// When it ends with a failure, or does not get ready again.
    #[must_use]
    pub fn restart_with_fault(self, fault: &str) -> Self {
        Self::launch("serve", &[], self.stop(), Some(fault))
    }

    /// Sends a change that Perch does not survive, and starts it again with the same state directory.
    ///
    /// # Panics
    /// When it survives, or does not get ready again.
    #[must_use]
    pub fn dies_over(self, ids: &[ServerId], family: Family, edits: &[Edit]) -> Self {
        self.dies_over_change(&for_all(ids, family, Absent::default(), edits))
    }

    /// The same with a change of any kind.
    ///
    /// # Panics
    /// When it survives, or does not get ready again.
    #[must_use]
    pub fn dies_over_change(mut self, request: &ChangeRequest) -> Self {
        let body = serde_json::to_vec(request).expect("JSON");
        let headers = [("content-type", "application/json")];
        let reply = http_client::send(self.address, "POST", &ApplyChange::path(&()), &headers, &body);
        self.await_death(&format!("{reply:?}"));
        Self::launch("serve", &[], self.state, None)
    }

    /// Waits until Perch has died, and starts it again with the same state directory.
    ///
    /// # Panics
    /// When it lives, or does not get ready again.
    #[must_use]
    pub fn dies(mut self) -> Self {
        self.await_death("");
        Self::launch("serve", &[], self.state, None)
    }

    /// Starts it again after its death with the same state directory; `fault` is what `PERCH_FAULT` takes.
    ///
    /// # Panics
    /// When it lives, or does not get ready again.
    #[must_use]
    pub fn start_again(mut self, fault: Option<&str>) -> Self {
        self.await_death("");
        Self::launch("serve", &[], self.state, fault)
    }

    /// Whether it has died.
    pub fn is_dead(&mut self) -> bool {
        self.process.ended().is_some()
    }

    /// The process id.
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Waits until it has looked at every server once.
    ///
    /// # Panics
    /// When it does not get there.
    pub fn wait_until_ready(&self) {
        wait::until("Perch to have looked at every server", || {
            let reply = self.send("GET", "/readyz", &[], b"");
            if reply.status == 200 { Ok(()) } else { Err(reply.text()) }
        });
    }

    /// What `perch audit verify` says about its history.
    ///
    /// # Errors
    /// When it does not find it whole.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn verify_audit(&self) -> Result<String, String> {
        let mut program = Command::new(binary());
        program.args(["audit", "verify", "--state"]).arg(self.state.path());
        let output = program.output().expect("perch audit verify");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if output.status.success() { Ok(text) } else { Err(text) }
    }

    /// Adds a user with `perch user add`; `servers` limits them to these, none: to no server in particular.
    ///
    /// # Panics
    /// When Perch refuses it.
    pub fn add_user(&self, name: &str, role: &str, servers: &[&ServerId], password: &str) {
        let mut program = Command::new(binary());
        program.args(["user", "add", name, "--role", role, "--state"]).arg(self.state.path());
        if !servers.is_empty() {
            let servers: Vec<&str> = servers.iter().map(|id| id.as_str()).collect();
            program.args(["--servers", &servers.join(",")]);
        }
        program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().expect("perch user add");
        child.stdin.take().expect("its input").write_all(password.as_bytes()).expect("the password");
        let output = child.wait_with_output().expect("its end");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn await_death(&mut self, reply: &str) {
        wait::until("Perch to die", || {
            self.process.ended().ok_or_else(|| format!("it runs: {reply}\n{}", self.process.log_tail()))
        });
    }

    /// What it found half-done, once all of it is settled.
    ///
    /// # Panics
    /// When it is not settled in time.
    pub fn recovered(&self) -> Vec<Recovery> {
        wait::until("everything to be settled", || {
            let all = self.call::<ListRecoveries>(&(), &()).map_err(|failure| format!("{failure:#?}"))?;
            if all.iter().all(|one| one.settled) { Ok(all) } else { Err(format!("{all:#?}\n{}", self.log())) }
        })
    }

    /// Ends Perch in an orderly way, as systemd does, and gives its state directory.
    ///
    /// # Panics
    /// When it does not end, or with a failure.
    pub fn stop(self) -> TempDir {
        let Self { process, state, .. } = self;
        assert_eq!(process.terminate(), "exit status: 0");
        state
    }

    /// Runs `perch` with arguments that it must refuse, and gives what it says.
    ///
    /// # Panics
    /// When it does not end at once with a failure.
    pub fn refuses(arguments: &[&str]) -> String {
        let folder = TempDir::new().expect("a folder");
        let mut program = Command::new(binary());
        program.args(arguments).current_dir(folder.path());
        let mut process = Process::start(program, &folder.path().join("perch.log"));
        let status = wait::until("perch to refuse its arguments", || {
            process.ended().ok_or_else(|| format!("it runs\n{}", process.log_tail()))
        });
        assert_ne!(status, "exit status: 0", "{arguments:?}: {}", process.log());
        process.log()
    }

    fn start(command: &str, options: &[&str], state: TempDir) -> Self {
        Self::launch(command, options, state, None)
    }

    fn launch(command: &str, options: &[&str], state: TempDir, fault: Option<&str>) -> Self {
        let mut program = Command::new(binary());
        program.arg(command).args(options);
        if !options.contains(&"--listen") {
            program.args(["--listen", "127.0.0.1:0"]);
        }
        if command == "serve" {
            program.arg("--state").arg(state.path());
            let settings = state.path().join(SETTINGS);
            if settings.exists() {
                program.arg("--config").arg(settings);
            }
        }
        if let Some(fault) = fault {
            program.env("PERCH_FAULT", fault);
        }
        // The state directory is also the working directory: a `perch.toml` of the machine's user is not read.
        program.current_dir(state.path());
        let mut process = Process::start(program, &state.path().join("perch.log"));
        let address = wait::until("Perch to listen", || {
            if let Some(status) = process.ended() {
                panic!("perch {command} ended at its start: {status}\n{}", process.log_tail());
            }
            let log = process.log();
            let line = log.lines().find_map(|line| line.strip_prefix("Perch is listening on http://"));
            line.and_then(|address| address.trim_end_matches('/').parse().ok()).ok_or(log)
        });
        Self { process, address, state }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What it logged.
    pub fn log(&self) -> String {
        self.process.log()
    }

    /// The most memory that it ever had, in bytes.
    ///
    /// # Panics
    /// When the system does not say it.
    pub fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("VmHWM");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") << 10
    }

    /// The memory that it has now, in bytes.
    ///
    /// # Panics
    /// When the system does not say it.
    pub fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") << 10
    }

    /// Its state directory.
    pub fn state(&self) -> &Path {
        self.state.path()
    }

    /// The bytes of `servers.json`; `None`: there is no such file.
    pub fn inventory(&self) -> Option<Vec<u8>> {
        fs::read(self.state.path().join("servers.json")).ok()
    }

    /// Sends a request as it is.
    ///
    /// # Panics
    /// When Perch gives no HTTP answer at all.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        http_client::send(self.address, method, path, headers, body)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}\n{}", self.process.log_tail()))
    }

    /// Sends a request of the API.
    ///
    /// # Errors
    /// When Perch answers with a failure.
    ///
    /// # Panics
    /// When the answer is neither what the endpoint promises nor an [`ErrorBody`].
    pub fn call<E: Endpoint>(&self, params: &E::Params, body: &E::Body) -> Result<E::Response, Failure> {
        let body = match serde_json::to_vec(body).expect("JSON") {
            body if body == b"null" => Vec::new(),
            body => body,
        };
        let path = E::path(params);
        let reply = self.send(E::METHOD.name(), &path, &[("content-type", "application/json")], &body);
        if (200..300).contains(&reply.status) {
            let text = if reply.body.is_empty() { b"null".as_slice() } else { &reply.body };
            return Ok(serde_json::from_slice(text)
                .unwrap_or_else(|error| panic!("{path}: {error}: {}", reply.text())));
        }
        Err(failure(&reply))
    }

    /// Adds a server without credentials.
    ///
    /// # Panics
    /// When Perch refuses it.
    pub fn add(&self, addresses: &[&str]) -> ServerId {
        self.add_draft(draft(addresses)).unwrap_or_else(|failure| panic!("{addresses:?}: {failure:#?}")).id
    }

    /// Adds a server with [`Lab::USER`] and [`Lab::PASSWORD`].
    ///
    /// # Panics
    /// When Perch refuses it.
    pub fn add_with_password(&self, addresses: &[&str]) -> ServerId {
        let credentials = Credentials { user: Lab::USER.to_owned(), password: Lab::PASSWORD.to_owned() };
        let draft = ServerDraft { credentials: CredentialsDraft::Set(credentials), ..draft(addresses) };
        self.add_draft(draft).unwrap_or_else(|failure| panic!("{addresses:?}: {failure:#?}")).id
    }

    /// Adds a server.
    ///
    /// # Errors
    /// When Perch refuses it.
    pub fn add_draft(&self, draft: ServerDraft) -> Result<Server, Failure> {
        self.call::<AddServer>(&(), &draft)
    }

    /// A daemon's options.
    ///
    /// # Errors
    /// When Perch cannot read them.
    pub fn options(&self, id: &ServerId, family: Family) -> Result<OptionsView, Failure> {
        self.call::<GetOptions>(&(id.clone(), family), &())
    }

    /// What the edits would do to one daemon.
    ///
    /// # Errors
    /// When Perch refuses them.
    ///
    /// # Panics
    /// When the answer is not about that daemon alone.
    pub fn preview(
        &self,
        id: &ServerId,
        family: Family,
        based_on: &str,
        edits: &[Edit],
    ) -> Result<TargetPreview, Failure> {
        let preview = self.call::<PreviewChange>(&(), &based(&[(id, family, based_on)], edits))?;
        let [target] = <[TargetPreview; 1]>::try_from(preview.targets).expect("one target");
        Ok(target)
    }

    /// Carries the edits out on one daemon.
    ///
    /// # Errors
    /// When Perch or Kea refuses them.
    ///
    /// # Panics
    /// When the answer is not about that daemon alone.
    pub fn apply(
        &self,
        id: &ServerId,
        family: Family,
        based_on: &str,
        edits: &[Edit],
    ) -> Result<TargetReport, Failure> {
        let report = self.call::<ApplyChange>(&(), &based(&[(id, family, based_on)], edits))?;
        Ok(only(report))
    }

    /// Carries the edits out on several daemons of one family, whatever they run now.
    ///
    /// # Errors
    /// When Perch or a Kea refuses them.
    pub fn apply_to(
        &self,
        ids: &[ServerId],
        family: Family,
        absent: Absent,
        edits: &[Edit],
    ) -> Result<ApplyReport, Failure> {
        let request = for_all(ids, family, absent, edits);
        self.call::<ApplyChange>(&(), &request)
    }
}

impl Failure {
    /// How far a change of one daemon came.
    ///
    /// # Panics
    /// When it was not about one daemon.
    pub fn report(&self) -> TargetReport {
        only(self.body.apply.clone().unwrap_or_else(|| panic!("no report in {self:#?}")))
    }
}

/// What became of the only target.
fn only(report: ApplyReport) -> TargetReport {
    let [target] = <[TargetReport; 1]>::try_from(report.targets).expect("one target");
    target
}

/// A draft with addresses and nothing else.
pub fn draft(addresses: &[&str]) -> ServerDraft {
    ServerDraft {
        addresses: addresses.iter().map(|&address| address.to_owned()).collect(),
        ..ServerDraft::default()
    }
}

/// Reads an answer that must be a failure, and holds it to the contract: the status is the code's, and nothing in it
/// is a secret.
///
/// # Panics
/// When it is not.
pub fn failure(reply: &Reply) -> Failure {
    let text = reply.text();
    let body: Box<ErrorBody> = serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("status {}, but no error body: {error}: {text}", reply.status));
    assert_eq!(body.code.status(), reply.status, "the status belongs to another code: {text}");
    assert!(!body.message.is_empty(), "a failure says what happened: {text}");
    assert!(!text.contains(Lab::PASSWORD), "a password is in an answer: {text}");
    Failure { status: reply.status, body }
}

/// The binary: `PERCH_BIN`, or the one that was built last.
///
/// # Panics
/// When there is none.
pub fn binary() -> PathBuf {
    if let Some(path) = std::env::var_os("PERCH_BIN") {
        return PathBuf::from(path);
    }
    let target = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../target"));
    let built = ["release/perch", "debug/perch"].map(|name| target.join(name));
    let time = |path: &PathBuf| fs::metadata(path).and_then(|file| file.modified()).ok();
    let newest = built.into_iter().filter(|path| path.exists()).max_by_key(time);
    newest.expect("the binary is not built: cargo build -p perch")
}
