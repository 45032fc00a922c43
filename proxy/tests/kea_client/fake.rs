//! Little servers that behave as badly as a test wants.

use perch::kea::{Address, KeaClient, Limits, Target};
use perch_shared::api::{ChannelKind, TlsFiles};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpListener,
};

/// What a server does when a request has arrived.
#[derive(Clone)]
pub enum Reply {
    /// An HTTP answer with status 200 and this JSON; the connection stays open.
    Json(String),
    /// These bytes as they are; the connection stays open.
    Bytes(Vec<u8>),
    /// These bytes, then the connection is closed.
    Last(Vec<u8>),
    /// These bytes again and again.
    Endless(Vec<u8>),
    /// One byte of these every 50 ms.
    Drip(Vec<u8>),
    /// Nothing, and the connection stays open.
    Never,
}

impl Reply {
    pub fn json(body: &str) -> Self {
        Self::Json(body.to_owned())
    }

    /// An HTTP answer with a status line's end, one more header line, and a body.
    pub fn status(status: &str, header: &str, body: &str) -> Self {
        let text = format!("HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        Self::Bytes(text.into_bytes())
    }

    pub fn close() -> Self {
        Self::Last(Vec::new())
    }

    pub fn last(text: &str) -> Self {
        Self::Last(text.as_bytes().to_vec())
    }
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Request {
    /// Which connection brought it, counted from 0.
    pub connection: usize,
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    /// The values of a header.
    pub fn header(&self, name: &str) -> Vec<String> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
            .collect()
    }
}

/// A server on a free port of 127.0.0.1; its replies come one after the other, the last one again and again.
pub struct Fake {
    pub port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Fake {
    pub async fn http(replies: impl IntoIterator<Item = Reply>) -> Self {
        let replies: Vec<Reply> = replies.into_iter().collect();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::clone(&requests);
        tokio::spawn(async move {
            for connection in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, connection, replies.clone(), Arc::clone(&log)));
            }
        });
        Self { port, requests }
    }

    pub fn target(&self) -> Target {
        target(&format!("http://127.0.0.1:{}", self.port))
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

/// A target without credentials and TLS files.
pub fn target(address: &str) -> Target {
    let address: Address = address.parse().unwrap();
    let kind = if matches!(address, Address::Unix(_)) { ChannelKind::Unix } else { ChannelKind::Direct };
    Target { address, kind, credentials: None, tls: TlsFiles::default() }
}

/// A client with short limits.
pub fn client() -> KeaClient {
    KeaClient::new(Limits {
        connect: Duration::from_secs(2),
        answer: Duration::from_millis(400),
        answer_bytes: 64 * 1024,
    })
}

/// Serves one HTTP connection.
pub async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    connection: usize,
    replies: Vec<Reply>,
    log: Arc<Mutex<Vec<Request>>>,
) {
    while let Some(request) = read_request(&mut stream, connection).await {
        let reply = {
            let mut log = log.lock().unwrap();
            log.push(request);
            replies.get(log.len() - 1).or(replies.last()).unwrap().clone()
        };
        if !answer(&mut stream, reply).await {
            return;
        }
    }
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin), connection: usize) -> Option<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut request = Request { connection, head, body: bytes.split_off(end) };
    let length: usize = request.header("content-length").first().map_or(0, |text| text.parse().unwrap());
    while request.body.len() < length {
        if stream.read_buf(&mut request.body).await.ok()? == 0 {
            return None;
        }
    }
    Some(request)
}

/// Sends a reply; whether the connection stays open.
pub async fn answer(stream: &mut (impl AsyncWrite + Unpin), reply: Reply) -> bool {
    match reply {
        Reply::Json(body) => {
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).await.is_ok() && stream.write_all(body.as_bytes()).await.is_ok()
        }
        Reply::Bytes(bytes) => stream.write_all(&bytes).await.is_ok(),
        Reply::Last(bytes) => {
            stream.write_all(&bytes).await.ok();
            stream.shutdown().await.ok();
            false
        }
        Reply::Endless(bytes) => loop {
            if stream.write_all(&bytes).await.is_err() {
                return false;
            }
        },
        Reply::Drip(bytes) => {
            for byte in bytes {
                if stream.write_all(&[byte]).await.is_err() {
                    return false;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            true
        }
        Reply::Never => std::future::pending().await,
    }
}
