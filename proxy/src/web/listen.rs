//! Listening, serving, and stopping without cutting anything off.

use super::ServerTls;
use crate::{app::App, auth::Peer, router::router};
use axum::Router;
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower_service::Service as _;

/// How long a request may still run after Perch was told to stop; a change is waited for without limit.
const GRACE: Duration = Duration::from_secs(30);
/// How many connections may be open at a time; the next one waits.
const CONNECTIONS: usize = 1024;

/// What protects a listener that other machines can reach.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exposure {
    /// Whether somebody can sign in, so that everybody has to.
    pub signs_in: bool,
    /// Whether Perch speaks TLS itself.
    pub tls: bool,
    /// Whether a reverse proxy is declared, which does.
    pub proxy: bool,
    /// Whether the settings say under which names Perch answers.
    pub names: bool,
}

/// Why Perch cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// The address can be reached from other machines, and nobody would have to sign in.
    #[error(
        "{0} can be reached from other machines, and there are no users: without authentication, whoever reaches it \
         controls Kea.\n  help: add a user: `perch user add NAME --role administrator` (with the same `--state`), and \
         set `tls-cert`, `tls-key` and `allowed-hosts` in perch.toml; or listen on 127.0.0.1 and use an ssh tunnel \
         (`ssh -L 8080:127.0.0.1:8080 HOST`)"
    )]
    NoAuthentication(SocketAddr),
    /// Passwords would cross the network in the clear.
    #[error(
        "{0} can be reached from other machines, and passwords would cross the network unencrypted.\n  help: set \
         `tls-cert` and `tls-key` in perch.toml; or let a reverse proxy speak TLS and name its address in perch.toml: \
         `[proxy]` `addresses = [\"192.0.2.1\"]`; or listen on 127.0.0.1"
    )]
    Plain(SocketAddr),
    /// Nobody could reach it under any name.
    #[error(
        "{0} is every address of this machine, and Perch answers only under names that it knows.\n  help: name them in \
         perch.toml: `allowed-hosts = [\"perch.example.org\"]`"
    )]
    NoNames(SocketAddr),
    /// Another program listens there.
    #[error(
        "another program listens on {0} already.\n  help: choose another port with `--listen 127.0.0.1:PORT`; \
         `ss -ltnp 'sport = :{port}'` names the program", port = .0.port()
    )]
    Busy(SocketAddr),
    /// The operating system refuses.
    #[error("cannot listen on {0}: {1}")]
    Io(SocketAddr, io::Error),
}

impl Exposure {
    /// Whether an address may be listened on.
    ///
    /// # Errors
    /// When other machines could reach it and something is missing that protects it.
    pub fn check(self, address: SocketAddr) -> Result<(), BindError> {
        if is_loopback(address.ip()) {
            return Ok(());
        }
        match self {
            Self { signs_in: false, .. } => Err(BindError::NoAuthentication(address)),
            Self { tls: false, proxy: false, .. } => Err(BindError::Plain(address)),
            Self { names: false, .. } if address.ip().is_unspecified() => Err(BindError::NoNames(address)),
            Self { .. } => Ok(()),
        }
    }
}

/// Whether only this machine reaches an address.
pub(super) fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// A socket that is listened on, but not served yet.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    tls: Option<Arc<ServerTls>>,
    /// Where it is, with the port that the operating system chose for port 0.
    pub address: SocketAddr,
}

/// Listens on an address.
///
/// # Errors
/// When other machines could reach it unprotected, it is taken, or the operating system refuses.
pub async fn bind(address: SocketAddr, exposure: Exposure) -> Result<Listener, BindError> {
    exposure.check(address)?;
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => BindError::Busy(address),
        _ => BindError::Io(address, error),
    };
    let socket = TcpListener::bind(address).await.map_err(failed)?;
    let address = socket.local_addr().map_err(failed)?;
    Ok(Listener { socket, tls: None, address })
}

impl Listener {
    /// Speaks TLS.
    #[must_use]
    pub fn with_tls(mut self, tls: Option<ServerTls>) -> Self {
        self.tls = tls.map(Arc::new);
        self
    }

    /// `http://…` or `https://…`.
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Serves until `stop` is ready; then takes no new connection and lets what runs finish.
    pub async fn serve(self, app: Arc<App>, stop: impl Future<Output = ()>) {
        let router = router(app.clone());
        let graceful = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = self.accept(&places) => accepted,
                () = &mut stop => break,
            };
            let Some((stream, peer, place)) = accepted else { continue };
            let connection = Connection {
                router: router.clone(),
                peer: Peer { address: peer.ip(), tls: self.tls.is_some() },
                patience: app.limits.header_time,
                watcher: graceful.watcher(),
                _place: place,
            };
            match &self.tls {
                None => tokio::spawn(connection.serve(stream)),
                Some(tls) => tokio::spawn(connection.serve_tls(stream, tls.acceptor())),
            };
        }
        drop(self.socket);
        app.fleet.stop();
        tracing::info!("stopping");
        if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests did not finish in time");
        }
        app.tasks.close();
        app.tasks.wait().await;
    }

    async fn accept(&self, places: &Arc<Semaphore>) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
        let place = places.clone().acquire_owned().await.ok()?;
        match self.socket.accept().await {
            Ok((stream, peer)) => {
                // Answers are small and somebody waits for them.
                let _ = stream.set_nodelay(true);
                Some((stream, peer, place))
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                // Out of file descriptors, most likely: without a pause this would spin.
                tokio::time::sleep(Duration::from_millis(100)).await;
                None
            }
        }
    }
}

/// One connection, and what serves it.
struct Connection {
    router: Router,
    peer: Peer,
    patience: Duration,
    watcher: Watcher,
    _place: OwnedSemaphorePermit,
}

impl Connection {
    async fn serve_tls(self, stream: TcpStream, acceptor: tokio_rustls::TlsAcceptor) {
        match tokio::time::timeout(self.patience, acceptor.accept(stream)).await {
            Ok(Ok(stream)) => self.serve(stream).await,
            Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
            Err(_) => tracing::debug!("TLS took too long"),
        }
    }

    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin + 'static) {
        let Self { router, peer, patience, watcher, _place } = self;
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            router.clone().call(request)
        });
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(patience);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(%error, "connection ended");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_reach_needs_users_and_tls_and_a_name() {
        let nothing = Exposure::default();
        let users = Exposure { signs_in: true, ..nothing };
        let refused = |exposure: Exposure, address: &str| {
            exposure.check(address.parse().unwrap()).err().map(|error| error.to_string())
        };
        for address in ["127.0.0.1:0", "[::1]:0", "[::ffff:127.0.0.1]:0", "127.9.9.9:1"] {
            assert_eq!(refused(nothing, address), None, "{address}");
        }
        for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
            assert!(
                refused(Exposure { tls: true, names: true, ..nothing }, address)
                    .unwrap()
                    .contains("perch user add")
            );
            assert!(refused(users, address).unwrap().contains("tls-cert"));
            assert_eq!(refused(Exposure { tls: true, names: true, ..users }, address), None);
            assert_eq!(refused(Exposure { proxy: true, names: true, ..users }, address), None);
        }
        let unnamed = Exposure { tls: true, ..users };
        assert!(refused(unnamed, "0.0.0.0:0").unwrap().contains("allowed-hosts"));
        assert_eq!(refused(unnamed, "192.0.2.1:0"), None, "its own address is a name");
    }
}
