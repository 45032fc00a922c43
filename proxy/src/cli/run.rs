//! Running until somebody says stop.

use crate::{
    app::App,
    store::{Archive, StateDir},
    web::{Exposure, Listener, bind},
};
use std::{io::Write, net::SocketAddr, sync::Arc};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Runs a future on a runtime of its own.
pub(super) fn block_on(future: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(future)
}

/// Opens the files of what Perch does.
pub(super) fn archive(dir: Arc<StateDir>) -> anyhow::Result<Archive> {
    Archive::open(dir).map_err(|error| anyhow::anyhow!("{error}\n  help: {}", error.help()))
}

/// Listens, so that the address is known before the application is made.
pub(super) async fn listen(address: SocketAddr, exposure: Exposure) -> anyhow::Result<Listener> {
    Ok(bind(address, exposure).await?)
}

/// Says where Perch is, and serves until SIGTERM or SIGINT. A second signal stops at once.
pub(super) async fn serve(listener: Listener, app: Arc<App>) -> anyhow::Result<()> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    // Nobody may be reading standard output.
    let _ = writeln!(std::io::stdout(), "Perch is listening on {}", listener.url());
    let (told, stop) = tokio::sync::oneshot::channel::<()>();
    let served = listener.serve(app, async {
        let _ = stop.await;
    });
    let mut served = std::pin::pin!(served);
    tokio::select! {
        () = &mut served => return Ok(()),
        () = signalled(&mut terminate, &mut interrupt) => {}
    }
    let _ = told.send(());
    tokio::select! {
        () = &mut served => Ok(()),
        () = signalled(&mut terminate, &mut interrupt) => anyhow::bail!("stopped before everything was finished"),
    }
}

async fn signalled(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
