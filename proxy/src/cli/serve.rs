//! `perch serve`.

use super::{listen_address, run, said};
use crate::{
    app::App,
    auth::Auth,
    controller::{self, Controller, Faults},
    fleet::{Fleet, SYNC_INTERVAL},
    kea::{Address, KeaClient},
    memory,
    settings::{self, DEFAULT_LISTEN, PerchToml, ServerSettings},
    store::{StateDir, Store},
    web::{Assets, Exposure, Guard, ServerTls},
};
use clap::Args;
use perch_shared::api::{About, Credentials, Origin, TlsFiles};
use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tokio_util::task::TaskTracker;

/// Flags go before `perch.toml`.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR:PORT", value_parser = listen_address)]
    listen: Option<SocketAddr>,
    /// Settings file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Directory of Perch's own files [default: $STATE_DIRECTORY, $XDG_STATE_HOME/perch or ~/.local/state/perch]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// A Kea server: its Control Agent (http://host:8000), or its daemons' own sockets, separated by commas
    // Read later: of a wrong value clap repeats everything, a password too.
    #[arg(long, value_name = "URL")]
    kea: Vec<String>,
    /// User name for the servers given with --kea
    #[arg(long, value_name = "NAME", requires = "kea_password_file", requires = "kea")]
    kea_user: Option<String>,
    /// File with the password for the servers given with --kea
    #[arg(long, value_name = "FILE", requires = "kea_user", value_parser = password)]
    kea_password_file: Option<Password>,
    /// PEM file of the authority that signed the certificates of the servers given with --kea
    #[arg(long, value_name = "FILE", requires = "kea", value_parser = readable)]
    trust_anchor: Option<String>,
    /// PEM file of Perch's own certificate for the servers given with --kea
    #[arg(long, value_name = "FILE", requires = "key_file", requires = "kea", value_parser = readable)]
    cert_file: Option<String>,
    /// PEM file of that certificate's key
    #[arg(long, value_name = "FILE", requires = "cert_file", value_parser = readable)]
    key_file: Option<String>,
}

/// A password that does not print.
#[derive(Clone)]
struct Password(String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

fn addresses(text: &str) -> anyhow::Result<Vec<Address>> {
    settings::addresses(text).map_err(|wrong| anyhow::anyhow!("`--kea`: {}", said(wrong)))
}

fn password(path: &str) -> Result<Password, String> {
    settings::password(path).map(Password).map_err(said)
}

fn readable(path: &str) -> Result<String, String> {
    settings::readable(path).map_err(said)
}

impl Serve {
    pub(super) fn run(self) -> anyhow::Result<()> {
        let kea = self.kea.iter().map(|text| addresses(text)).collect::<anyhow::Result<Vec<_>>>()?;
        let settings = match &self.config {
            Some(path) => settings::read(path)?,
            None => PerchToml::default(),
        };
        run::block_on(self.serve(settings, kea))
    }

    async fn serve(self, settings: PerchToml, kea: Vec<Vec<Address>>) -> anyhow::Result<()> {
        let faults = Faults::from_environment().map_err(|wrong| anyhow::anyhow!("PERCH_FAULT: {wrong}"))?;
        let state = super::state(self.state.clone(), &settings)?;
        let auth = Auth::new(&state, settings.auth.clone());
        let tls = settings.tls.clone().map(|(cert, key)| ServerTls::new(cert, key)).transpose()?;
        let exposure = Exposure {
            signs_in: auth.is_closed()?,
            tls: tls.is_some(),
            proxy: !auth.proxy().networks.is_empty(),
            names: !settings.allowed_hosts.is_empty(),
        };
        let address = self.listen.or(settings.listen).unwrap_or(DEFAULT_LISTEN);
        let listener = run::listen(address, exposure).await?.with_tls(tls);
        let dir = Arc::new(StateDir::open(&state)?);
        let store = Arc::new(Store::open(dir.clone())?);
        let archive = Arc::new(run::archive(dir)?);
        for server in self.servers(kea).into_iter().chain(settings.servers.clone()) {
            store.include(server.into_new_server(), Origin::Settings);
        }
        let kea = KeaClient::new(settings.kea);
        let fleet = Fleet::new(&kea, store.clone(), settings.sync_interval.unwrap_or(SYNC_INTERVAL));
        let app = Arc::new(App {
            about: About {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                demo: false,
                try_address: None,
                session: None,
            },
            controller: Controller::new(kea.clone(), archive.clone()).with_faults(faults),
            archive,
            fleet: fleet.clone(),
            store,
            kea,
            assets: Assets::embedded(),
            guard: Guard::new(listener.address, &settings.allowed_hosts)
                .plain_from(!exposure.tls, &auth.proxy().networks),
            auth,
            limits: settings.limits,
            tasks: TaskTracker::new(),
            looked: Mutex::default(),
        });
        app.fleet.external().remember(app.archive.clone());
        tokio::spawn(controller::recover(app.clone()));
        fleet.start();
        tokio::spawn(memory::give_back());
        tokio::spawn(app.archive.clone().keep_tidy(settings.history));
        run::serve(listener, app).await
    }

    fn servers(&self, kea: Vec<Vec<Address>>) -> Vec<ServerSettings> {
        let credentials = self.kea_user.clone().zip(self.kea_password_file.clone());
        let credentials = credentials.map(|(user, Password(password))| Credentials { user, password });
        let tls = TlsFiles {
            trust_anchor: self.trust_anchor.clone(),
            cert_file: self.cert_file.clone(),
            key_file: self.key_file.clone(),
        };
        let server = |addresses| ServerSettings {
            name: None,
            addresses,
            credentials: credentials.clone(),
            tls: tls.clone(),
        };
        kea.into_iter().map(server).collect()
    }
}
