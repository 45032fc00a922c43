//! The sites of the demo: which servers there are, and how each is reached.

use super::{
    Fleet,
    agent::Agent,
    daemon::{Daemon, Profile},
    ha::HaMember,
    http::HttpChannel,
    speaker::Speaker,
    unix,
};
use crate::store::ServerRecord;
use anyhow::Context;
use perch_shared::{
    Family, KeaVersion,
    api::{Channel, ChannelKind, Credentials, Origin, Server, ServerId, TlsFiles},
};
use serde_json::Value;
use std::{fs, net::Ipv4Addr, os::unix::fs::DirBuilderExt, path::PathBuf, sync::Arc};
use tokio::net::{TcpListener, UnixListener};
use tokio_util::sync::{CancellationToken, DropGuard};

const KEA_2_6: KeaVersion = KeaVersion::new(2, 6, 3);
const KEA_3_0: KeaVersion = KeaVersion::new(3, 0, 4);

/// Where the server that is not registered listens, when the port is free.
const TRY_PORT: u16 = 18000;

const DAY: u64 = 86_400;

/// A directory of the demo's own, removed with everything in it when this is dropped.
#[derive(Debug)]
pub(super) struct SocketDirectory(PathBuf);

impl SocketDirectory {
    fn create() -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("perch-demo-{}", std::process::id()));
        let mut builder = fs::DirBuilder::new();
        builder.mode(0o700);
        // Several fleets of one process (tests) have directories of their own.
        for number in 0.. {
            let path = path.with_extension(number.to_string());
            match builder.create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error).with_context(|| format!("cannot create {}", path.display())),
            }
        }
        anyhow::bail!("cannot create a directory for the UNIX socket")
    }
}

impl Drop for SocketDirectory {
    fn drop(&mut self) {
        // It lies in the temporary directory: what cannot be removed now is removed by the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Starts every site; `guard` stops them all.
pub(super) async fn start(guard: DropGuard, stop: CancellationToken) -> anyhow::Result<Fleet> {
    let [primary, standby] = HaMember::pair();
    let host = Host { stop };
    let hq = include_str!("data/hq-dhcp4.json");
    let hq_2 = hq.replace("\"this-server-name\": \"kea-hq-1\"", "\"this-server-name\": \"kea-hq-2\"");
    let branch = vec![
        v4(KEA_2_6, 93 * DAY, include_str!("data/branch-dhcp4.json"))?,
        v6(KEA_2_6, 93 * DAY, include_str!("data/branch-dhcp6.json"))?,
    ];
    let records = vec![
        host.agent("kea-hq-1", vec![with_ha(primary, 41 * DAY, hq)?]).await?,
        host.agent("kea-hq-2", vec![with_ha(standby, 12 * DAY, &hq_2)?]).await?,
        host.agent("kea-branch", branch).await?,
    ];
    let lab = [
        v4(KEA_3_0, 5 * DAY, include_str!("data/lab-dhcp4.json"))?,
        v6(KEA_3_0, 5 * DAY, include_str!("data/lab-dhcp6.json"))?,
    ];
    let directory = SocketDirectory::create()?;
    let unix_address = host.unix(&directory, &lab)?;
    let records = records.into_iter().chain([host.direct("kea-lab", lab).await?]).collect();
    let warehouse = v4(KEA_2_6, 3 * DAY, include_str!("data/warehouse-dhcp4.json"))?;
    let try_address = host.listen(TRY_PORT, agent_of(KEA_2_6, vec![warehouse]), None).await?;
    Ok(Fleet { records, try_address, unix_address, _directory: directory, _stop: guard })
}

fn v4(version: KeaVersion, age: u64, file: &str) -> anyhow::Result<Arc<Daemon>> {
    daemon(Profile { family: Family::V4, version, ha: None, age }, file)
}

fn v6(version: KeaVersion, age: u64, file: &str) -> anyhow::Result<Arc<Daemon>> {
    daemon(Profile { family: Family::V6, version, ha: None, age }, file)
}

fn with_ha(member: HaMember, age: u64, file: &str) -> anyhow::Result<Arc<Daemon>> {
    daemon(Profile { family: Family::V4, version: KEA_2_6, ha: Some(member), age }, file)
}

fn daemon(profile: Profile, file: &str) -> anyhow::Result<Arc<Daemon>> {
    let mut file: Value = serde_json::from_str(file).context("a configuration of the demo is not JSON")?;
    let root = file.get_mut(profile.family.root_key()).map(Value::take);
    let root = root.context("a configuration of the demo is another family's")?;
    Ok(Arc::new(Daemon::new(profile, root)))
}

fn agent_of(version: KeaVersion, daemons: Vec<Arc<Daemon>>) -> Speaker {
    Speaker::Agent(Agent { version, daemons })
}

/// Where the sites run.
struct Host {
    stop: CancellationToken,
}

impl Host {
    /// A server behind a Control Agent.
    async fn agent(&self, name: &str, daemons: Vec<Arc<Daemon>>) -> anyhow::Result<ServerRecord> {
        let families = daemons.iter().map(|daemon| daemon.profile.family).collect();
        let address = self.listen(0, agent_of(KEA_2_6, daemons), None).await?;
        record(name, vec![Channel { address, kind: ChannelKind::ControlAgent, daemons: families }], None)
    }

    /// A server whose daemons have sockets of their own and ask for a password.
    async fn direct(&self, name: &str, daemons: [Arc<Daemon>; 2]) -> anyhow::Result<ServerRecord> {
        let credentials = Credentials { user: "perch".to_owned(), password: "demo".to_owned() };
        let mut channels = Vec::new();
        for daemon in daemons {
            let families = vec![daemon.profile.family];
            let address = self.listen(0, Speaker::Direct(daemon), Some(credentials.clone())).await?;
            channels.push(Channel { address, kind: ChannelKind::Direct, daemons: families });
        }
        record(name, channels, Some(credentials))
    }

    /// Serves on the port, or on a free one when it is taken. Gives back the address.
    async fn listen(
        &self,
        port: u16,
        speaker: Speaker,
        credentials: Option<Credentials>,
    ) -> anyhow::Result<String> {
        let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => listener,
            Err(_) => {
                TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no free port on 127.0.0.1")?
            }
        };
        let address = format!("http://{}", listener.local_addr().context("a listener without an address")?);
        tokio::spawn(HttpChannel { speaker, credentials }.serve(listener, self.stop.clone()));
        Ok(address)
    }

    /// A UNIX socket for the DHCPv6 daemon. Gives back the address.
    fn unix(&self, directory: &SocketDirectory, daemons: &[Arc<Daemon>; 2]) -> anyhow::Result<String> {
        let [_, daemon] = daemons;
        let path = directory.0.join("kea6-ctrl-socket");
        let listener =
            UnixListener::bind(&path).with_context(|| format!("cannot listen on {}", path.display()))?;
        tokio::spawn(unix::serve(Arc::clone(daemon), listener, self.stop.clone()));
        Ok(format!("unix:{}", path.display()))
    }
}

fn record(
    name: &str,
    channels: Vec<Channel>,
    credentials: Option<Credentials>,
) -> anyhow::Result<ServerRecord> {
    let server = Server {
        id: ServerId::new(name)?,
        name: name.to_owned(),
        origin: Origin::Demo,
        channels,
        has_credentials: credentials.is_some(),
        tls: TlsFiles::default(),
    };
    Ok(ServerRecord { server, credentials })
}
