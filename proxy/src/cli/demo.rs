//! `perch demo`.

use super::{listen_address, run};
use crate::{
    app::App,
    auth::Auth,
    controller::Controller,
    demo,
    fleet::{Fleet, SYNC_INTERVAL},
    kea::{KeaClient, Limits},
    settings::DEFAULT_LISTEN,
    store::{StateDir, Store},
    web::{self, Assets, Exposure, Guard},
};
use clap::Args;
use perch_shared::api::About;
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio_util::task::TaskTracker;

#[derive(Debug, Args)]
pub(super) struct Demo {
    /// Loopback address and port to listen on
    #[arg(long, value_name = "ADDR:PORT", default_value_t = DEFAULT_LISTEN, value_parser = listen_address)]
    listen: SocketAddr,
}

impl Demo {
    pub(super) fn run(self) -> anyhow::Result<()> {
        run::block_on(self.serve())
    }

    async fn serve(self) -> anyhow::Result<()> {
        let listener = run::listen(self.listen, Exposure::default()).await?;
        let fleet = demo::start().await?;
        let store = Arc::new(Store::in_memory());
        let archive = Arc::new(run::archive(Arc::new(StateDir::temporary()?))?);
        store.include_records(fleet.records.clone());
        let kea = KeaClient::new(Limits::default());
        let known = Fleet::new(&kea, store.clone(), SYNC_INTERVAL);
        let app = Arc::new(App {
            about: About {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                demo: true,
                try_address: Some(fleet.try_address.clone()),
                session: None,
            },
            controller: Controller::new(kea.clone(), archive.clone()),
            archive,
            fleet: known.clone(),
            store,
            kea,
            assets: Assets::embedded(),
            guard: Guard::new(listener.address, &[]),
            auth: Auth::open(),
            limits: web::Limits::default(),
            tasks: TaskTracker::new(),
            looked: Mutex::default(),
        });
        app.fleet.external().remember(app.archive.clone());
        known.start();
        run::serve(listener, app).await
    }
}
