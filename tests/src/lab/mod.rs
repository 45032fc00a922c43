//! Real Kea daemons of one version, in a folder of their own inside that version's root.

mod ask;
mod certificates;
mod configuration;
mod daemon;
mod ha;
mod roots;

pub use ask::{ask_socket, data};
pub use certificates::Certificates;
pub use configuration::load_changing_hooks;
pub use daemon::Daemon;
pub use ha::{HaPair, Mode};

use crate::{
    ports::{self, Port},
    process::Process,
    skip, wait,
};
use configuration::Listener;
use perch_shared::{Family, KeaVersion};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// The versions that the bench knows, oldest first.
pub const VERSIONS: [&str; 3] = ["2.2.0", "2.6.3", "3.0.4"];

/// What a Control Agent or a daemon's own HTTP socket asks of its clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Open,
    /// [`Lab::USER`] and [`Lab::PASSWORD`].
    Password,
    /// TLS, and the password.
    Tls,
    /// TLS with a client certificate, and the password.
    TlsWithClientCertificate,
}

impl Access {
    fn is_tls(self) -> bool {
        matches!(self, Self::Tls | Self::TlsWithClientCertificate)
    }

    fn scheme(self) -> &'static str {
        if self.is_tls() { "https" } else { "http" }
    }
}

/// Real Kea daemons of one version. Dropping it ends them and removes their folder.
#[derive(Debug)]
pub struct Lab {
    version: KeaVersion,
    root: PathBuf,
    /// The lab's folder as the daemons see it.
    inside: String,
    /// The same folder, under a short name: a UNIX socket's path may have 107 bytes.
    short: PathBuf,
    ports: Vec<Port>,
    /// Where daemons listen for DHCP; the others are not listed.
    dhcp: BTreeMap<Daemon, u16>,
    /// Where daemons that listen for DHCP send their answers to relays; the others send them to port 67.
    relays: BTreeMap<Daemon, u16>,
    running: BTreeMap<Daemon, Process>,
}

impl Lab {
    /// The user of every lab that asks for one.
    pub const USER: &str = "perch";
    /// The password of every lab that asks for one.
    pub const PASSWORD: &str = "lab-Secret-7731";

    /// A lab for one of [`VERSIONS`], with no daemon running. `None`, and said so, where that Kea is not here.
    ///
    /// # Panics
    /// When that Kea is not here although `CI` is set.
    pub fn open(version: &str) -> Option<Self> {
        match roots::find(version) {
            Ok(root) => Some(Self::new(version, root)),
            Err(reason) => {
                skip(&reason);
                None
            }
        }
    }

    fn new(version: &str, root: PathBuf) -> Self {
        roots::sweep(&root);
        let inside = roots::unique_name();
        let lab = Self {
            version: version.parse().expect("a version"),
            short: roots::short_name(&inside),
            root,
            inside,
            ports: Vec::new(),
            dhcp: BTreeMap::new(),
            relays: BTreeMap::new(),
            running: BTreeMap::new(),
        };
        roots::make_folders(&lab.root, &lab.folder());
        std::os::unix::fs::symlink(lab.folder(), &lab.short).expect("a short name for the lab's folder");
        lab
    }

    /// The Kea version.
    pub fn version(&self) -> KeaVersion {
        self.version
    }

    /// The lab's folder on this machine.
    pub fn folder(&self) -> PathBuf {
        self.root.join(self.inside.trim_start_matches('/'))
    }

    /// Where the example configurations of this Kea's package are; `None`: they are not here.
    pub fn examples(&self) -> Option<PathBuf> {
        Some(self.root.join("usr/share/doc/kea/examples")).filter(|folder| folder.exists())
    }

    /// Starts the family's daemon with the bench's configuration (`tests/corpus/kea`) and a UNIX socket.
    pub fn start(&mut self, family: Family) {
        self.start_with(family, |_| ());
    }

    /// Like [`start`](Self::start), after `edit` changed the map below `Dhcp4` or `Dhcp6`.
    pub fn start_with(&mut self, family: Family, edit: impl FnOnce(&mut Value)) {
        let mut root = configuration::daemon(self, family, None);
        edit(&mut root);
        self.run(family.into(), &json!({family.root_key(): root}));
    }

    /// Like [`start_with`](Self::start_with), with the daemon listening for DHCP on the loopback interface, and with
    /// everything in its log. Gives the UDP port, of 127.0.0.1 or of ::1.
    pub fn start_listening(&mut self, family: Family, edit: impl FnOnce(&mut Value)) -> u16 {
        let port = self.port();
        self.dhcp.insert(family.into(), port);
        self.start_with(family, |root| {
            root["interfaces-config"] = match family {
                Family::V4 => json!({"interfaces": ["lo"], "dhcp-socket-type": "udp"}),
                Family::V6 => json!({"interfaces": ["lo/::1"]}),
            };
            root["loggers"][0]["severity"] = "DEBUG".into();
            root["loggers"][0]["debuglevel"] = 99.into();
            edit(root);
        });
        port
    }

    /// Starts the family's daemon with its own HTTP or HTTPS socket beside the UNIX one (Kea 3), and gives its address.
    pub fn start_direct(&mut self, family: Family, access: Access) -> String {
        self.start_direct_with(family, access, |_| ())
    }

    /// Like [`start_direct`](Self::start_direct), after `edit` changed the map below `Dhcp4` or `Dhcp6`.
    pub fn start_direct_with(
        &mut self,
        family: Family,
        access: Access,
        edit: impl FnOnce(&mut Value),
    ) -> String {
        let listener = self.listener(access);
        let mut root = configuration::daemon(self, family, Some(&listener));
        edit(&mut root);
        self.run(family.into(), &json!({family.root_key(): root}));
        self.wait_for_port(family.into(), &listener)
    }

    /// Starts a Control Agent in front of both families' UNIX sockets, and gives its address.
    pub fn start_agent(&mut self, access: Access) -> String {
        let listener = self.listener(access);
        let configuration = configuration::agent(self, &listener);
        self.run(Daemon::Agent, &configuration);
        self.wait_for_port(Daemon::Agent, &listener)
    }

    /// Both daemons behind a Control Agent. Gives the agent's address.
    pub fn start_behind_agent(&mut self, access: Access) -> String {
        Family::ALL.into_iter().for_each(|family| self.start(family));
        self.start_agent(access)
    }

    /// Ends a daemon at once, as a crash would.
    pub fn kill(&mut self, daemon: impl Into<Daemon>) {
        let daemon = daemon.into();
        drop(self.running.remove(&daemon).unwrap_or_else(|| panic!("{daemon:?} is not running")));
        let _ = std::fs::remove_file(self.folder().join(daemon.socket()));
    }

    /// Starts a daemon again from its file, as it is now.
    pub fn restart(&mut self, daemon: impl Into<Daemon>) {
        let daemon = daemon.into();
        if self.running.contains_key(&daemon) {
            self.kill(daemon);
        }
        self.launch(daemon);
    }

    /// Where the family's UNIX socket is, on this machine.
    pub fn socket(&self, family: Family) -> PathBuf {
        self.short.join(Daemon::from(family).socket())
    }

    /// The family's UNIX socket as an address that Perch takes.
    pub fn unix_address(&self, family: Family) -> String {
        format!("unix:{}", self.socket(family).display())
    }

    /// The file that a daemon was started with and writes to, on this machine.
    pub fn config_file(&self, daemon: impl Into<Daemon>) -> PathBuf {
        self.folder().join(daemon.into().file())
    }

    /// What stands in that file.
    pub fn written(&self, family: Family) -> Value {
        let text = std::fs::read(self.config_file(family)).expect("the daemon's file");
        serde_json::from_slice::<Value>(&text).expect("JSON")[family.root_key()].take()
    }

    /// The certificates of this lab's TLS sockets and clients.
    pub fn certificates(&self) -> Certificates {
        Certificates::in_folder(self.folder().join("tls"))
    }

    /// What a daemon printed.
    pub fn log(&self, daemon: impl Into<Daemon>) -> String {
        self.running.get(&daemon.into()).map(Process::log).unwrap_or_default()
    }

    /// Has the DHCPv4 daemon, when it is started, listen on a port of 127.0.0.1, which this gives, and answer relays at
    /// `relay`.
    fn listens(&mut self, relay: u16) -> u16 {
        let port = self.port();
        self.dhcp.insert(Daemon::Dhcp4, port);
        self.relays.insert(Daemon::Dhcp4, relay);
        port
    }

    fn path_inside(&self, name: &str) -> String {
        format!("{}/{name}", self.inside)
    }

    fn listener(&mut self, access: Access) -> Listener {
        if access.is_tls() {
            Certificates::make(&self.folder().join("tls"));
        }
        Listener { port: self.port(), access }
    }

    /// A port of 127.0.0.1 that nobody else gets while the lab lives.
    pub fn port(&mut self) -> u16 {
        let port = ports::reserve();
        let number = port.number;
        self.ports.push(port);
        number
    }

    fn run(&mut self, daemon: Daemon, configuration: &Value) {
        let text = serde_json::to_string_pretty(configuration).expect("JSON");
        std::fs::write(self.config_file(daemon), text).expect("the configuration");
        self.launch(daemon);
    }

    fn launch(&mut self, daemon: Daemon) {
        let mut command = roots::command(&self.root, &self.inside);
        command.arg(daemon.program()).args(["-c", &self.path_inside(daemon.file())]);
        if daemon != Daemon::Agent {
            // Most daemons do not listen for DHCP; the port only keeps them from asking for a privileged one.
            let port = self.dhcp.get(&daemon).copied().unwrap_or(20_999);
            command.args(["-p", &port.to_string()]);
            if let Some(relay) = self.relays.get(&daemon) {
                command.args(["-P", &relay.to_string()]);
            }
        }
        let log = self.folder().join(format!("{}.log", daemon.name()));
        self.running.insert(daemon, Process::start(command, &log));
        if let Ok(family) = Family::try_from(daemon) {
            self.until_alive(daemon, |lab| {
                match ask_socket(&lab.socket(family), &json!({"command": "version-get"})) {
                    Ok(answer) if answer["result"] == 0 => Ok(()),
                    Ok(answer) => Err(answer.to_string()),
                    Err(error) => Err(error.to_string()),
                }
            });
        }
    }

    fn wait_for_port(&mut self, daemon: Daemon, listener: &Listener) -> String {
        self.until_alive(daemon, |_| {
            std::net::TcpStream::connect(("127.0.0.1", listener.port))
                .map(drop)
                .map_err(|error| error.to_string())
        });
        listener.address()
    }

    /// Waits for `probe`, and fails at once when the daemon ended instead.
    fn until_alive(&mut self, daemon: Daemon, probe: impl Fn(&Self) -> Result<(), String>) {
        wait::until(daemon.name(), || {
            let process = self.running.get_mut(&daemon).expect("it was started");
            if let Some(status) = process.ended() {
                panic!("{} ended at its start: {status}\n{}", daemon.name(), process.log_tail());
            }
            probe(self).map_err(|reason| {
                format!("{reason}\n{}", self.running.get(&daemon).map(Process::log_tail).unwrap_or_default())
            })
        });
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.running.clear();
        let _ = std::fs::remove_file(&self.short);
        if std::env::var_os("PERCH_KEEP_LABS").is_none() {
            let _ = std::fs::remove_dir_all(self.folder());
        }
    }
}

/// Where the bench's own files are.
fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/kea"))
}
