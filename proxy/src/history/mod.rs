//! The history: what was done, found again, shown, and taken back.

mod back;
mod change;
mod command;
mod filter;
mod list;
mod snapshots;

pub use back::{restore, undo};
pub use change::{change, under_way};
pub use command::{forwarded, reloaded};
pub use list::list;
pub use snapshots::{compare, snapshot, snapshots};

use crate::error::ApiError;
use perch_shared::api::ErrorCode;

/// Reads files where it holds nobody up.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        Err(ApiError::new(ErrorCode::Internal, "Perch could not read its history.").because(error))
    })
}
