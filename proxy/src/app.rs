//! What every request needs: the inventory, Kea, the limits. One per process.

use crate::{
    controller::Controller,
    error::ApiError,
    fleet,
    kea::KeaClient,
    store::{ServerRecord, Store},
    web::{Assets, Guard, Limits},
};
use perch_shared::{
    Family,
    api::{About, ErrorCode, Origin, ServerId},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
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
    /// When the servers of the settings were looked at last.
    pub looked: Mutex<HashMap<ServerId, Instant>>,
}

/// How long a server of the settings is left alone before it is looked at for another daemon.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

impl App {
    /// Finds a server in the inventory. One that was only named on the command line or in the settings is looked
    /// at first, until it has answered once, and now and then after that while it may have another daemon.
    ///
    /// # Errors
    /// 404 when there is none.
    pub async fn server(self: &Arc<Self>, id: &ServerId) -> Result<ServerRecord, ApiError> {
        let record = self.store.get(id).ok_or_else(|| unknown(id))?;
        if !record.is_known() {
            return Ok(self.discover(record).await);
        }
        if record.server.origin == Origin::Settings && record.daemons() < Family::ALL.len() && self.is_due(id)
        {
            let (app, record) = (self.clone(), record.clone());
            tokio::spawn(async move { app.discover(record).await });
        }
        Ok(record)
    }

    /// Whether a server was not looked at lately.
    fn is_due(&self, id: &ServerId) -> bool {
        let looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.get(id).is_none_or(|last| last.elapsed() > LOOK_AGAIN)
    }

    /// Finds out what is at the addresses of a server; the record stays as it is when nothing answers.
    pub async fn discover(&self, record: ServerRecord) -> ServerRecord {
        let id = record.server.id.clone();
        self.looked.lock().unwrap_or_else(PoisonError::into_inner).insert(id, Instant::now());
        let addresses: Vec<String> =
            record.server.channels.iter().map(|channel| channel.address.clone()).collect();
        let report =
            fleet::probe(&self.kea, &addresses, record.credentials.as_ref(), &record.server.tls).await;
        if report.daemons.is_empty() {
            return record;
        }
        self.store.discovered(&record.server.id, report.channels).unwrap_or(record)
    }
}

fn unknown(id: &ServerId) -> ApiError {
    ApiError::new(ErrorCode::NotFound, format!("There is no server `{id}`."))
        .help("It may have been removed. The list of servers shows which there are.")
}
