//! A UNIX control socket: one command in, one bare object out, then the end.

use super::{daemon::Daemon, reply::Reply, wire};
use serde_json::{Deserializer, Value, error::Category};
use std::{io, sync::Arc};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
};
use tokio_util::sync::CancellationToken;

/// Serves until the token is cancelled.
pub(super) async fn serve(daemon: Arc<Daemon>, listener: UnixListener, stop: CancellationToken) {
    while let Some(accepted) = stop.run_until_cancelled(listener.accept()).await {
        if let Ok((stream, _)) = accepted {
            let (daemon, stop) = (Arc::clone(&daemon), stop.clone());
            tokio::spawn(async move { stop.run_until_cancelled(converse(&daemon, stream)).await });
        }
    }
}

async fn converse(daemon: &Daemon, mut stream: UnixStream) -> io::Result<()> {
    let mut body = Vec::new();
    let reply = loop {
        match first_value(&body) {
            Some(Ok(value)) => break daemon.answer(value),
            Some(Err(text)) => break Reply::refused(text),
            None if stream.read_buf(&mut body).await? == 0 => return Ok(()),
            None => {}
        }
    };
    stream.write_all(wire::print(&reply.into_json()).as_bytes()).await?;
    stream.shutdown().await
}

/// The first JSON value; `None` while it is incomplete.
fn first_value(body: &[u8]) -> Option<Result<Value, String>> {
    match Deserializer::from_slice(body).into_iter::<Value>().next()? {
        Ok(value) => Some(Ok(value)),
        Err(error) if error.classify() == Category::Eof => None,
        Err(error) => Some(Err(error.to_string())),
    }
}
