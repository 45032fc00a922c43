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
    after: Mutex<Option<After>>,
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
    once: bool,
}

/// What is done after Kea answered a command, before the answer goes on.
struct After {
    command: String,
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
        self.set(Some(Broken { command: None, fault, once: false }));
    }

    /// Breaks one command from now on, and no other.
    pub fn break_command(&self, command: &str, fault: Fault) {
        self.set(Some(Broken { command: Some(command.to_owned()), fault, once: false }));
    }

    /// Breaks a command the next time that it comes, and never again.
    pub fn break_once(&self, command: &str, fault: Fault) {
        self.set(Some(Broken { command: Some(command.to_owned()), fault, once: true }));
    }

    /// Breaks nothing from now on.
    pub fn mend(&self) {
        self.set(None);
    }

    /// Does something once, after Kea answered this command the next time and before Perch hears of it.
    pub fn after(&self, command: &str, action: impl FnOnce() + Send + 'static) {
        let after = After { command: command.to_owned(), action: Box::new(action) };
        *self.shared.after.lock().expect("the lock") = Some(after);
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
            if let Some(fault) = self.fault_of(&name) {
                return self.fail(&fault, &mut stream, &request);
            }
            let answer = self.forward(&request)?;
            let after = self.after.lock().expect("the lock").take_if(|after| after.command == name);
            if let Some(after) = after {
                (after.action)();
            }
            stream.write_all(&answer)?;
            if String::from_utf8_lossy(&request[..body]).to_ascii_lowercase().contains("connection: close") {
                return Ok(());
            }
        }
        Ok(())
    }

    fn fault_of(&self, command: &str) -> Option<Fault> {
        let mut broken = self.broken.lock().expect("the lock");
        let hit = |broken: &Broken| broken.command.as_deref().is_none_or(|broken| broken == command);
        let found = broken.clone().filter(hit)?;
        if found.once {
            *broken = None;
        }
        Some(found.fault)
    }

    fn forward(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut kea = TcpStream::connect(self.upstream.expect("it is set"))?;
        kea.write_all(request)?;
        read_message(&mut kea)?.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn fail(&self, fault: &Fault, stream: &mut TcpStream, request: &[u8]) -> io::Result<()> {
        match fault {
            Fault::Garbage => stream.write_all(&answer("200 OK", "application/json", b"\x00\xffnot json{{{")),
            Fault::Html => {
                stream.write_all(&answer("200 OK", "text/html", b"<!doctype html><title>Printer</title>"))
            }
            Fault::Never => self.hold(stream),
            Fault::Closed => Ok(()),
            Fault::Lost => self.forward(request).map(drop),
            Fault::Cut => {
                let whole = self.forward(request)?;
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
