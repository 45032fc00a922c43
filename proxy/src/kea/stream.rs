//! Connections: TCP or UNIX, with or without TLS, and what went wrong while they were made.

use super::{Address, Fault, TlsFault, tls::TlsCache};
use perch_shared::api::TlsFiles;
use rustls_pki_types::ServerName;
use std::{
    io,
    os::unix::fs::FileTypeExt as _,
    path::Path,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpStream, UnixStream},
    time::timeout,
};
use tokio_rustls::TlsConnector;

/// A stream of any kind.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Connects to an HTTP or HTTPS address; TCP and TLS get `limit` each.
pub(crate) async fn connect(
    address: &Address,
    files: &TlsFiles,
    tls: &TlsCache,
    limit: Duration,
) -> Result<Box<dyn Stream>, Fault> {
    let Some((host, port)) = address.host_port() else {
        return Err(Fault::Connect("this address is a UNIX socket".into()));
    };
    let tcp = timeout(limit, tcp(host, port)).await.map_err(|_| Fault::ConnectTimedOut(limit))??;
    if !address.is_tls() {
        return Ok(Box::new(tcp));
    }
    let config = tls.config(files).await?;
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| TlsFault::WrongName { host: host.to_owned(), presented: Vec::new() })?;
    let stream = timeout(limit, TlsConnector::from(config).connect(name, tcp))
        .await
        .map_err(|_| TlsFault::Silent(limit))?
        .map_err(|error| TlsFault::from_handshake(&error, host, files))?;
    Ok(Box::new(stream))
}

async fn tcp(host: &str, port: u16) -> Result<TcpStream, Fault> {
    let addresses =
        tokio::net::lookup_host((host, port)).await.map_err(|error| Fault::Resolve(error.to_string()))?;
    let mut last = Fault::Resolve("it has no address".into());
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                // A command is one small packet that waits for its answer: nothing may delay it.
                stream.set_nodelay(true).map_err(|error| Fault::Connect(error.to_string()))?;
                return Ok(stream);
            }
            Err(error) => last = connect_fault(&error),
        }
    }
    Err(last)
}

fn connect_fault(error: &io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Fault::Refused,
        _ => Fault::Connect(error.to_string()),
    }
}

/// Connects to a UNIX socket.
pub(super) async fn connect_unix(path: &Path, limit: Duration) -> Result<UnixStream, Fault> {
    // A daemon that hangs with a full backlog makes even this wait.
    let connected =
        timeout(limit, UnixStream::connect(path)).await.map_err(|_| Fault::ConnectTimedOut(limit))?;
    match connected {
        Ok(stream) => Ok(stream),
        Err(error) => Err(unix_fault(&error, path).await),
    }
}

async fn unix_fault(error: &io::Error, path: &Path) -> Fault {
    match error.kind() {
        io::ErrorKind::NotFound => Fault::NoSocket,
        io::ErrorKind::PermissionDenied => Fault::SocketDenied,
        io::ErrorKind::ConnectionRefused => match tokio::fs::metadata(path).await {
            Ok(meta) if !meta.file_type().is_socket() => Fault::NotASocket,
            _ => Fault::SocketStale,
        },
        _ => Fault::Connect(error.to_string()),
    }
}

/// A stream that counts what arrives, so that "closed before any byte" can be told from "cut in the middle".
pub(super) struct Counted {
    inner: Box<dyn Stream>,
    read: Arc<AtomicU64>,
}

impl Counted {
    /// Wraps a stream; the counter can be read while the stream is in use.
    pub(super) fn new(inner: Box<dyn Stream>) -> (Self, Arc<AtomicU64>) {
        let read = Arc::new(AtomicU64::new(0));
        (Self { inner, read: Arc::clone(&read) }, read)
    }
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(cx, buf))?;
        let more = buf.filled().len().saturating_sub(before);
        self.read.fetch_add(u64::try_from(more).unwrap_or(u64::MAX), Ordering::Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
