//! What every request needs: the inventory, Kea, the limits. One per process.

use crate::{
    auth::Auth,
    controller::Controller,
    error::ApiError,
    fleet::Fleet,
    kea::KeaClient,
    store::{Archive, Event, ServerRecord, Store, StoreError},
    web::{Assets, Guard, Limits},
};
use perch_shared::{
    Family,
    api::{About, ErrorCode, Origin, ProbeReport, ServerId},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio_util::task::TaskTracker;
use tracing::Instrument;

/// What every request needs.
#[derive(Debug)]
pub struct App {
    /// What the page is told about this Perch.
    pub about: About,
    /// The inventory.
    pub store: Arc<Store>,
    /// The one client for all servers.
    pub kea: KeaClient,
    /// What was done, and what is under way.
    pub archive: Arc<Archive>,
    /// What is known about the servers.
    pub fleet: Arc<Fleet>,
    /// Reads and changes configurations.
    pub controller: Controller,
    /// The page's files.
    pub assets: Assets,
    /// Under which names Perch answers.
    pub guard: Guard,
    /// Who may ask.
    pub auth: Auth,
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
        Ok(self.server_or_why(id).await?.unwrap_or_else(|silent| silent.0))
    }

    /// As [`Self::server`]; for one that has never answered with what was found at its addresses just now.
    ///
    /// # Errors
    /// 404 when there is none.
    pub async fn server_or_why(
        self: &Arc<Self>,
        id: &ServerId,
    ) -> Result<Result<ServerRecord, (ServerRecord, ProbeReport)>, ApiError> {
        let record = self.store.get(id).ok_or_else(|| StoreError::Unknown(id.clone()))?;
        if !record.is_known() {
            return Ok(self.fleet.discover(record).await);
        }
        let may_have_more = record.server.origin == Origin::Settings && record.daemons() < Family::ALL.len();
        if may_have_more && self.take_turn(id) {
            let (app, record) = (self.clone(), record.clone());
            tokio::spawn(async move { app.fleet.discover(record).await });
        }
        Ok(Ok(record))
    }

    /// Whether a server was not looked at lately; if so, it is looked at now.
    fn take_turn(&self, id: &ServerId) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let due = looked.get(id).is_none_or(|last| last.elapsed() > LOOK_AGAIN);
        if due {
            looked.insert(id.clone(), Instant::now());
        }
        due
    }

    /// Writes something into the history that has happened already; a failure is logged and nothing else.
    pub async fn note(&self, event: Event) {
        if let Err(error) = self.archive.note(event).await {
            tracing::error!(%error, "cannot write the history");
        }
    }

    /// Runs something that must not stop in the middle: neither when the browser goes away nor when Perch is told
    /// to stop.
    ///
    /// # Errors
    /// Those of `work`.
    pub async fn to_the_end<T, F>(self: &Arc<Self>, work: impl FnOnce(Arc<Self>) -> F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, ApiError>> + Send + 'static,
    {
        let task = self.tasks.spawn(work(self.clone()).in_current_span());
        task.await.unwrap_or_else(|error| {
            Err(ApiError::new(ErrorCode::Internal, "Perch made a mistake while it changed the server.")
                .help("Look at what the server has now before trying again.")
                .because(error))
        })
    }
}
