//! The UNIX socket channel: one command in, one answer out, then Kea closes.

use super::{Fault, stream};
use bytes::{Bytes, BytesMut};
use std::{path::Path, time::Duration};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// Sends a command and reads until the daemon closes.
pub(super) async fn exchange(
    path: &Path,
    body: &[u8],
    connect: Duration,
    limit: u64,
) -> Result<Bytes, Fault> {
    let mut stream = stream::connect_unix(path, connect).await?;
    // A daemon that closes early may still have said why; its answer counts, not the failed write.
    let _ = stream.write_all(body).await;
    let mut answer = BytesMut::with_capacity(16 * 1024);
    loop {
        let received = u64::try_from(answer.len()).unwrap_or(u64::MAX);
        if received > limit {
            return Err(Fault::TooLarge { limit });
        }
        match stream.read_buf(&mut answer).await {
            Ok(0) | Err(_) if received == 0 => return Err(Fault::Closed),
            Ok(0) => return Ok(answer.freeze()),
            Ok(_) => {}
            Err(_) => return Err(Fault::Cut { received }),
        }
    }
}
