//! Listening, serving, and stopping without cutting anything off.

use crate::{app::App, router::router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::{TcpListener, TcpStream};

/// How long a request may still run after Perch was told to stop; a change is waited for without limit.
const GRACE: Duration = Duration::from_secs(30);

/// Why Perch cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// The address can be reached from other machines.
    #[error(
        "{0} can be reached from other machines, and Perch has no authentication yet: whoever reaches it controls \
         Kea.\n  help: listen on 127.0.0.1 and use an ssh tunnel (`ssh -L 8080:127.0.0.1:8080 HOST`), or put a \
         reverse proxy with authentication in front and name its host in `allowed-hosts` in perch.toml"
    )]
    NotLoopback(SocketAddr),
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

/// A socket that is listened on, but not served yet.
#[derive(Debug)]
pub struct Listener {
    socket: TcpListener,
    /// Where it is, with the port that the operating system chose for port 0.
    pub address: SocketAddr,
}

/// Listens on a loopback address.
///
/// # Errors
/// When the address is not a loopback one, is taken, or is refused by the operating system.
pub async fn bind(address: SocketAddr) -> Result<Listener, BindError> {
    if !address.ip().to_canonical().is_loopback() {
        return Err(BindError::NotLoopback(address));
    }
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => BindError::Busy(address),
        _ => BindError::Io(address, error),
    };
    let socket = TcpListener::bind(address).await.map_err(failed)?;
    let address = socket.local_addr().map_err(failed)?;
    Ok(Listener { socket, address })
}

impl Listener {
    /// Serves until `stop` is ready; then takes no new connection and lets what runs finish.
    pub async fn serve(self, app: Arc<App>, stop: impl Future<Output = ()>) {
        let service = TowerToHyperService::new(router(app.clone()));
        let mut builder = http1::Builder::new();
        builder.timer(TokioTimer::new()).header_read_timeout(app.limits.header_time);
        let graceful = GracefulShutdown::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let stream = tokio::select! {
                accepted = self.socket.accept() => accepted,
                () = &mut stop => break,
            };
            let Some(stream) = ready(stream).await else { continue };
            let connection = builder.serve_connection(TokioIo::new(stream), service.clone());
            let connection = graceful.watch(connection);
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "connection ended");
                }
            });
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
}

async fn ready(accepted: io::Result<(TcpStream, SocketAddr)>) -> Option<TcpStream> {
    match accepted {
        Ok((stream, _)) => {
            // Answers are small and somebody waits for them.
            let _ = stream.set_nodelay(true);
            Some(stream)
        }
        Err(error) => {
            tracing::warn!(%error, "cannot accept a connection");
            // Out of file descriptors, most likely: without a pause this would spin.
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}
