//! The built page on a server of plain files: no Perch, no fallback for addresses that are no files.

use std::{
    fs,
    io::{self, BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

/// The server. Dropping it ends it.
#[derive(Debug)]
pub struct PlainFiles {
    address: SocketAddr,
    ended: Arc<AtomicBool>,
    /// How the names of the files begin that are not there.
    missing: Arc<Mutex<Vec<&'static str>>>,
}

impl PlainFiles {
    /// Serves the built page, but for the files whose names begin so.
    ///
    /// # Panics
    /// When the page is not built.
    pub fn serve(missing: &[&'static str]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/page");
        assert!(folder.join("index.html").exists(), "the page is not built: cargo xtask page");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let ended = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&ended);
        let missing = Arc::new(Mutex::new(missing.to_vec()));
        let gone = Arc::clone(&missing);
        thread::spawn(move || {
            for connection in listener.incoming() {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let (folder, gone) = (folder.clone(), Arc::clone(&gone));
                // A browser that went elsewhere is no reason to fail.
                thread::spawn(move || connection.and_then(|connection| answer(connection, &folder, &gone)));
            }
        });
        Self { address, ended, missing }
    }

    /// From now on the files whose names begin so are not there, either.
    ///
    /// # Panics
    /// When the server has.
    pub fn lose(&self, beginning: &'static str) {
        self.missing.lock().expect("nobody panics with it").push(beginning);
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}

impl Drop for PlainFiles {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the thread, so that it sees it.
        let _ = TcpStream::connect(self.address);
    }
}

/// Answers one request and closes.
fn answer(mut connection: TcpStream, folder: &Path, missing: &Mutex<Vec<&'static str>>) -> io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = line.split(' ').nth(1).unwrap_or("/").split(['?', '#']).next().unwrap_or("/");
    let name = path.rsplit('/').next().unwrap_or_default();
    let missing = missing.lock().expect("nobody panics with it").clone();
    let found = file(folder, path).filter(|_| !missing.iter().any(|beginning| name.starts_with(beginning)));
    let (status, kind, body) = match found.as_deref().map(|file| (file, fs::read(file))) {
        Some((file, Ok(body))) => ("200 OK", kind(file), body),
        _ => ("404 Not Found", "text/plain", b"no such file".to_vec()),
    };
    write!(
        connection,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    connection.write_all(&body)
}

/// The file that a path names, or the index of the folder.
fn file(folder: &Path, path: &str) -> Option<PathBuf> {
    let inside: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let plain = inside.iter().all(|part| *part != "..");
    let file = folder.join(inside.join("/"));
    plain.then_some(if file.is_dir() { file.join("index.html") } else { file })
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
