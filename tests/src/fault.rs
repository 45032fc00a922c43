//! A relay between Perch and a real Kea that breaks what a test tells it to break.

use serde_json::Value;
use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// What goes wrong with the answer to a command.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The body is not JSON. The command does not reach Kea.
    Garbage,
    /// A web page, as another program at the same port would send. The command does not reach Kea.
    Html,
    /// No answer at all. The command does not reach Kea.
    Never,
    /// The connection is closed without an answer. The command does not reach Kea.
    Closed,
    /// Kea carries the command out, and the connection is closed without an answer.
    Lost,
    /// Kea carries the command out, and the connection is cut in the middle of its answer.
    Cut,
    /// Kea carries the command out, and no answer comes although the connection stays open.
    Hung,
    /// A body without an end. The command does not reach Kea.
    Endless,
    /// An answer at one byte per 100 ms. The command does not reach Kea.
    Drip,
    /// 401, as with a wrong password. The command does not reach Kea.
    Unauthorized,
    /// This answer instead of Kea's. The command does not reach Kea.
    Answer(Value),
}

/// A relay in front of one HTTP address of a real Kea. Dropping it closes it.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    upstream: Option<SocketAddr>,
    broken: Mutex<Option<Broken>>,
    hooks: Mutex<Vec<Hook>>,
    seen: Mutex<Vec<Value>>,
    closed: AtomicBool,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("upstream", &self.upstream).finish_non_exhaustive()
    }
}

/// What is broken now.
#[derive(Clone)]
struct Broken {
    /// The command; `None`: every one.
    command: Option<String>,
    fault: Fault,
    /// Which time that it comes, counted from 1; `None`: every time.
    nth: Option<u32>,
}

/// When something is done: beside a command's way to Kea, or its answer's way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before the command goes on to Kea.
    Before,
    /// After Kea answered, before the answer goes on.
    After,
}

/// What is done when a command comes by.
struct Hook {
    when: When,
    command: String,
    /// How often the command still comes by before it is done.
    left: u32,
    action: Box<dyn FnOnce() + Send>,
}

impl Relay {
    /// Opens a relay in front of `http://127.0.0.1:PORT`. Nothing is broken yet.
    ///
    /// # Panics
    /// When `address` is not of that form.
    pub fn before(address: &str) -> Self {
        let upstream = address.trim_start_matches("http://").parse().expect("http://IP:PORT");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let own = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared { upstream: Some(upstream), ..Shared::default() });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if accepting.closed.load(Ordering::Relaxed) {
                    return;
                }
                let shared = Arc::clone(&accepting);
                // An error here is a connection that one side closed: what most faults are about.
                thread::spawn(move || shared.serve(stream).unwrap_or_default());
            }
        });
        Self { address: own, shared }
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Breaks every command from now on.
    pub fn break_all(&self, fault: Fault) {
        self.set(Some(Broken { command: None, fault, nth: None }));
    }

    /// Breaks one command from now on, and no other.
    pub fn break_command(&self, command: &str, fault: Fault) {
        self.set(Some(Broken { command: Some(command.to_owned()), fault, nth: None }));
    }

    /// Breaks a command the next time that it comes, and never again.
    pub fn break_once(&self, command: &str, fault: Fault) {
        self.break_nth(command, 1, fault);
    }

    /// Breaks a command when it comes for the given time, counted from 1, and never again.
    pub fn break_nth(&self, command: &str, nth: u32, fault: Fault) {
        self.set(Some(Broken { command: Some(command.to_owned()), fault, nth: Some(nth) }));
    }

    /// Whether something is broken, or will be.
    pub fn is_broken(&self) -> bool {
        self.shared.broken.lock().expect("the lock").is_some()
    }

    /// Breaks nothing from now on.
    pub fn mend(&self) {
        self.set(None);
    }

    /// Does something once, after Kea answered this command the next time and before Perch hears of it.
    pub fn after(&self, command: &str, action: impl FnOnce() + Send + 'static) {
        self.on(When::After, command, 1, action);
    }

    /// Does something once, when this command comes by for the given time, counted from 1.
    pub fn on(&self, when: When, command: &str, nth: u32, action: impl FnOnce() + Send + 'static) {
        let hook = Hook { when, command: command.to_owned(), left: nth, action: Box::new(action) };
        self.shared.hooks.lock().expect("the lock").push(hook);
    }

    /// Forgets what was to be done and has not happened yet.
    pub fn forget(&self) {
        self.shared.hooks.lock().expect("the lock").clear();
    }

    /// The names of the commands that arrived, in order, since this was asked last.
    pub fn seen(&self) -> Vec<String> {
        self.bodies()
            .iter()
            .map(|command| command["command"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The commands that arrived, in order, since this was asked last.
    pub fn bodies(&self) -> Vec<Value> {
        std::mem::take(&mut *self.shared.seen.lock().expect("the lock"))
    }

    fn set(&self, broken: Option<Broken>) {
        *self.shared.broken.lock().expect("the lock") = broken;
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        while let Some(request) = read_message(&mut stream)? {
            let body = request.windows(4).position(|part| part == b"\r\n\r\n").map_or(0, |end| end + 4);
            let command: Value = serde_json::from_slice(&request[body..]).unwrap_or_default();
            let name = command["command"].as_str().unwrap_or_default().to_owned();
            self.seen.lock().expect("the lock").push(command);
            self.pass(When::Before, &name);
            if let Some(fault) = self.fault_of(&name) {
                return self.fail(&fault, &name, &mut stream, &request);
            }
            let answer = self.carry_out(&name, &request)?;
            stream.write_all(&answer)?;
            if String::from_utf8_lossy(&request[..body]).to_ascii_lowercase().contains("connection: close") {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Does what is to be done when this command comes by.
    fn pass(&self, when: When, command: &str) {
        let due: Vec<Hook> = {
            let mut hooks = self.hooks.lock().expect("the lock");
            let here = |hook: &&mut Hook| hook.when == when && hook.command == command;
            hooks.iter_mut().filter(here).for_each(|hook| hook.left -= 1);
            hooks.extract_if(.., |hook| hook.left == 0).collect()
        };
        due.into_iter().for_each(|hook| (hook.action)());
    }

    fn fault_of(&self, command: &str) -> Option<Fault> {
        let mut broken = self.broken.lock().expect("the lock");
        let hit = |broken: &Broken| broken.command.as_deref().is_none_or(|broken| broken == command);
        let found = broken.as_mut().filter(|broken| hit(broken))?;
        if let Some(nth) = &mut found.nth {
            *nth -= 1;
            if *nth > 0 {
                return None;
            }
        }
        let fault = found.fault.clone();
        if found.nth.is_some() {
            *broken = None;
        }
        Some(fault)
    }

    /// Has Kea carry a command out, and does what is to be done after that.
    fn carry_out(&self, name: &str, request: &[u8]) -> io::Result<Vec<u8>> {
        let answer = self.forward(request)?;
        self.pass(When::After, name);
        Ok(answer)
    }

    fn forward(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut kea = TcpStream::connect(self.upstream.expect("it is set"))?;
        kea.write_all(request)?;
        read_message(&mut kea)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn fail(&self, fault: &Fault, name: &str, stream: &mut TcpStream, request: &[u8]) -> io::Result<()> {
        match fault {
            Fault::Garbage => stream.write_all(&answer("200 OK", "application/json", b"\x00\xffnot json{{{")),
            Fault::Html => {
                stream.write_all(&answer("200 OK", "text/html", b"<!doctype html><title>Printer</title>"))
            }
            Fault::Never => self.hold(stream),
            Fault::Closed => Ok(()),
            Fault::Lost => self.carry_out(name, request).map(drop),
            Fault::Hung => {
                self.carry_out(name, request)?;
                self.hold(stream)
            }
            Fault::Cut => {
                let whole = self.carry_out(name, request)?;
                stream.write_all(&whole[..whole.len() - whole.len().min(12)])
            }
            Fault::Endless => {
                stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99999999999\r\n\r\n[")?;
                while !self.closed.load(Ordering::Relaxed) {
                    stream.write_all(&[b' '; 65_536])?;
                }
                Ok(())
            }
            Fault::Drip => {
                for byte in answer("200 OK", "application/json", &[b' '; 4096]) {
                    thread::sleep(Duration::from_millis(100));
                    stream.write_all(&[byte])?;
                }
                Ok(())
            }
            Fault::Unauthorized => stream.write_all(&answer(
                "401 Unauthorized",
                "application/json",
                br#"{ "result": 401, "text": "Unauthorized" }"#,
            )),
            Fault::Answer(value) => {
                stream.write_all(&answer("200 OK", "application/json", value.to_string().as_bytes()))
            }
        }
    }

    /// Keeps the connection open until the other side gives up.
    fn hold(&self, stream: &mut TcpStream) -> io::Result<()> {
        let mut rest = [0; 64];
        while stream.read(&mut rest)? > 0 {}
        Ok(())
    }
}

fn answer(status: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// Reads one request or answer with a `content-length`; `None` when the other side closed instead.
fn read_message(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut message = Vec::new();
    let mut chunk = [0; 16_384];
    loop {
        if let Some(end) = message.windows(4).position(|part| part == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&message[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
            if message.len() >= end + 4 + length {
                return Ok(Some(message));
            }
        }
        match stream.read(&mut chunk)? {
            0 => return Ok(None),
            count => message.extend_from_slice(&chunk[..count]),
        }
    }
}
