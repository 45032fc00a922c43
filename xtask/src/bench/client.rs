//! A small HTTP client: one connection, kept alive, requests with JSON, answers counted and thrown away.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// One connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: SocketAddr,
    buffer: Vec<u8>,
}

impl Client {
    /// Opens a connection.
    ///
    /// # Errors
    /// When nobody listens.
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| address.to_string())?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::with_capacity(1 << 16, stream), host: address, buffer: Vec::new() })
    }

    /// Sends JSON and returns the length of the answer.
    ///
    /// # Errors
    /// When the connection breaks, the status is not 200, or the answer does not say that Kea did it.
    pub fn post(&mut self, path: &str, body: &str) -> Result<usize> {
        let length = body.len();
        self.send(
            &format!("POST {path}"),
            &format!("Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"),
        )?;
        let length = self.receive()?;
        // `"result": 0` stands at the very end of Kea's answer, or, in a short one, somewhere in it.
        let tail = self.buffer.get(length.saturating_sub(200)..).unwrap_or_default();
        let tail = String::from_utf8_lossy(tail);
        ensure!(tail.contains("\"result\": 0") || tail.contains("\"result\":0"), "Kea did not do it: {tail}");
        Ok(length)
    }

    /// Fetches a text.
    ///
    /// # Errors
    /// When the connection breaks or the status is not 200.
    pub fn get(&mut self, path: &str) -> Result<String> {
        self.send(&format!("GET {path}"), "\r\n")?;
        self.receive()?;
        Ok(String::from_utf8_lossy(&self.buffer).into_owned())
    }

    fn send(&mut self, what: &str, rest: &str) -> Result<()> {
        let request = format!("{what} HTTP/1.1\r\nHost: {}\r\n{rest}", self.host);
        self.stream.get_mut().write_all(request.as_bytes()).context("sending a request")
    }

    /// Reads one answer into the buffer and returns its length.
    fn receive(&mut self) -> Result<usize> {
        let status = self.line()?;
        let (mut length, mut chunked) = (None, false);
        loop {
            let line = self.line()?.to_ascii_lowercase();
            match line.split_once(':') {
                Some(("content-length", value)) => length = Some(value.trim().parse::<usize>()?),
                Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
                Some(_) => {}
                None => break,
            }
        }
        self.buffer.clear();
        match (length, chunked) {
            (Some(length), false) => self.fill(length)?,
            (None, true) => loop {
                let size = usize::from_str_radix(&self.line()?, 16).context("the size of a chunk")?;
                self.fill(size)?;
                self.line()?;
                if size == 0 {
                    break;
                }
            },
            _ => bail!("an answer of unknown length"),
        }
        ensure!(status.contains(" 200 "), "{status}: {}", String::from_utf8_lossy(&self.buffer));
        Ok(self.buffer.len())
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.stream.read_line(&mut line)? > 0, "the connection was closed");
        Ok(line.trim_end().to_owned())
    }

    fn fill(&mut self, length: usize) -> Result<()> {
        let start = self.buffer.len();
        self.buffer.resize(start + length, 0);
        let free = self.buffer.get_mut(start..).unwrap_or_default();
        self.stream.read_exact(free).context("the connection broke in an answer")
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    /// What the client makes of an answer.
    fn posted(answer: &'static str) -> Result<usize> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let server = thread::spawn(move || -> std::io::Result<()> {
            let (mut stream, _) = listener.accept()?;
            let mut request = [0; 4096];
            let _ = stream.read(&mut request)?;
            stream.write_all(answer.as_bytes())
        });
        let result = Client::connect(address)?.post("/", "{}");
        server.join().unwrap()?;
        result
    }

    #[test]
    fn both_ways_to_say_a_length() {
        let plain = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n[{\"result\": 0}]";
        assert_eq!(posted(plain).unwrap(), 15);
        let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"re\r\na\r\nsult\": 0}]\r\n0\r\n\r\n";
        assert_eq!(posted(chunked).unwrap(), 15);
    }

    #[test]
    fn what_is_not_done_is_an_error() {
        let refused = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n[{\"result\": 1}]";
        assert!(posted(refused).unwrap_err().to_string().starts_with("Kea did not do it"));
        let status = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 15\r\n\r\n[{\"result\": 0}]";
        assert!(posted(status).unwrap_err().to_string().contains("502"));
        let short = "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n[{\"result\": 0}]";
        assert!(posted(short).is_err());
    }
}
