//! What every request needs: the inventory, Kea, the limits. One per process.

use crate::{
    controller::Controller,
    error::ApiError,
    fleet,
    kea::KeaClient,
    store::{ServerRecord, Store},
    web::{Assets, Guard, Limits},
};
use perch_shared::api::{About, ErrorCode, ServerId};
use std::sync::Arc;
use tokio_util::task::TaskTracker;

/// What every request needs.
#[derive(Debug)]
pub struct App {
    /// What the page is told about this Perch.
    pub about: About,
    /// The inventory.
    pub store: Arc<Store>,
    /// The one client for all servers.
    pub kea: KeaClient,
    /// Reads and changes configurations.
    pub controller: Controller,
    /// The page's files.
    pub assets: Assets,
    /// Who may ask.
    pub guard: Guard,
    /// What a request may cost.
    pub limits: Limits,
    /// What must be finished before Perch stops.
    pub tasks: TaskTracker,
}

impl App {
    /// Finds a server in the inventory. One that was only named on the command line or in the settings is looked
    /// at first, until it has answered once.
    ///
    /// # Errors
    /// 404 when there is none.
    pub async fn server(&self, id: &ServerId) -> Result<ServerRecord, ApiError> {
        let record = self.store.get(id).ok_or_else(|| unknown(id))?;
        if record.is_known() { Ok(record) } else { Ok(self.discover(record).await) }
    }

    /// Finds out what is at the addresses of a server; the record stays as it is when nothing answers.
    pub async fn discover(&self, record: ServerRecord) -> ServerRecord {
        let addresses: Vec<String> =
            record.server.channels.iter().map(|channel| channel.address.clone()).collect();
        let report =
            fleet::probe(&self.kea, &addresses, record.credentials.as_ref(), &record.server.tls).await;
        if report.daemons.is_empty() {
            return record;
        }
        tracing::info!(server = %record.server.id, daemons = report.daemons.len(), "found");
        self.store.discovered(&record.server.id, report.channels).unwrap_or(record)
    }
}

fn unknown(id: &ServerId) -> ApiError {
    ApiError::new(ErrorCode::NotFound, format!("There is no server `{id}`."))
        .help("It may have been removed. The list of servers shows which there are.")
}
