//! Many simulated Kea daemons in this process, for measuring what a big fleet costs Perch, which is another process.
//!
//! They speak Kea's HTTP on sockets of their own and answer what a look needs. What Kea *does* is never taken from
//! here.

use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    runtime::Runtime,
};

/// Simulated DHCPv4 daemons, each on a port of its own. Dropping it ends them.
pub struct Simulated {
    /// Their addresses.
    pub addresses: Vec<String>,
    shared: Arc<Shared>,
    _runtime: Runtime,
}

impl fmt::Debug for Simulated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulated").field("count", &self.addresses.len()).finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Shared {
    daemons: Vec<Daemon>,
    received: AtomicU64,
    sent: AtomicU64,
    commands: Mutex<BTreeMap<String, u64>>,
}

struct Daemon {
    hangs: AtomicBool,
    /// Milliseconds that `config-set` takes.
    pace: AtomicU64,
    runs: Mutex<Runs>,
}

/// What a daemon runs, with its answers made once: the fleet shall cost next to nothing itself.
struct Runs {
    config: Value,
    config_get: Arc<str>,
    hash_get: Arc<str>,
}

impl Runs {
    fn new(config: Value) -> Self {
        let hash = hash(&config);
        let get = json!([{"result": 0, "arguments": {"Dhcp4": config, "hash": hash}}]).to_string();
        let hash_get = json!([{"result": 0, "arguments": {"hash": hash}}]).to_string();
        Self { config, config_get: get.into(), hash_get: hash_get.into() }
    }
}

/// What the daemons were asked since the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Bytes of requests, heads included.
    pub received: u64,
    /// Bytes of answers, heads included.
    pub sent: u64,
    /// How often each command came.
    pub commands: BTreeMap<String, u64>,
}

impl Asked {
    /// How often a command came.
    pub fn times(&self, command: &str) -> u64 {
        self.commands.get(command).copied().unwrap_or_default()
    }

    /// What came since `earlier`.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let left = |(name, count): (&String, &u64)| (name.clone(), count - earlier.times(name));
        Self {
            received: self.received - earlier.received,
            sent: self.sent - earlier.sent,
            commands: self.commands.iter().map(left).filter(|(_, count)| *count > 0).collect(),
        }
    }
}

impl Simulated {
    /// Starts daemons with so many subnets each.
    ///
    /// # Panics
    /// When there are no free ports.
    pub fn start(count: usize, subnets: usize) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let daemon = |number| Daemon {
            hangs: AtomicBool::new(false),
            pace: AtomicU64::new(0),
            runs: Mutex::new(Runs::new(config(number, subnets))),
        };
        let shared = Arc::new(Shared { daemons: (0..count).map(daemon).collect(), ..Shared::default() });
        let mut addresses = Vec::new();
        for number in 0..count {
            let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
            addresses.push(format!("http://{}", listener.local_addr().expect("an address")));
            let shared = Arc::clone(&shared);
            runtime.spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let shared = Arc::clone(&shared);
                    // An error is a connection that Perch closed.
                    tokio::spawn(async move { shared.serve(number, stream).await.unwrap_or_default() });
                }
            });
        }
        Self { addresses, shared, _runtime: runtime }
    }

    /// Has a daemon take requests and never answer, from now on.
    pub fn hang(&self, number: usize) {
        self.shared.daemons[number].hangs.store(true, Ordering::Relaxed);
    }

    /// Has a daemon need so long for each `config-set`, from now on.
    pub fn slow(&self, number: usize, time: Duration) {
        let millis = u64::try_from(time.as_millis()).expect("a short time");
        self.shared.daemons[number].pace.store(millis, Ordering::Relaxed);
    }

    /// Changes a daemon's configuration, as another console would.
    pub fn change(&self, number: usize) {
        self.edit(number, |config| {
            let lifetime = config["valid-lifetime"].as_u64().expect("a number");
            config["valid-lifetime"] = (lifetime + 1).into();
        });
    }

    /// Has a daemon run another configuration: what `edit` makes of the present one.
    pub fn edit(&self, number: usize, edit: impl FnOnce(&mut Value)) {
        let mut runs = self.shared.daemons[number].runs.lock().unwrap();
        let mut config = runs.config.take();
        edit(&mut config);
        *runs = Runs::new(config);
    }

    /// What was asked since the start.
    pub fn asked(&self) -> Asked {
        Asked {
            received: self.shared.received.load(Ordering::Relaxed),
            sent: self.shared.sent.load(Ordering::Relaxed),
            commands: self.shared.commands.lock().unwrap().clone(),
        }
    }

    /// The servers as `[[server]]` tables of `perch.toml`.
    pub fn settings(&self) -> String {
        let table =
            |(number, address)| format!("[[server]]\nname = \"sim-{number}\"\naddresses = [\"{address}\"]\n");
        self.addresses.iter().enumerate().map(table).collect()
    }
}

impl Shared {
    async fn serve(&self, number: usize, mut stream: TcpStream) -> io::Result<()> {
        let mut buffer = Vec::new();
        loop {
            let body = read(&mut stream, &mut buffer).await?;
            self.received.fetch_add(body.1, Ordering::Relaxed);
            let request: Value = serde_json::from_slice(&body.0)?;
            let command = request["command"].as_str().unwrap_or_default().to_owned();
            *self.commands.lock().unwrap().entry(command.clone()).or_default() += 1;
            let daemon = &self.daemons[number];
            if daemon.hangs.load(Ordering::Relaxed) {
                std::future::pending::<()>().await;
            }
            if command == "config-set" {
                tokio::time::sleep(Duration::from_millis(daemon.pace.load(Ordering::Relaxed))).await;
                *daemon.runs.lock().unwrap() = Runs::new(request["arguments"]["Dhcp4"].clone());
            }
            let answer = daemon.answer(&command);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                answer.len()
            );
            let text = head + &answer;
            self.sent.fetch_add(text.len() as u64, Ordering::Relaxed);
            stream.write_all(text.as_bytes()).await?;
        }
    }
}

/// Reads one request: its body, and its size with the head.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<(Vec<u8>, u64)> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or_default();
            let total = end + 4 + length;
            if buffer.len() >= total {
                let body = buffer[end + 4..total].to_vec();
                buffer.drain(..total);
                return Ok((body, total as u64));
            }
        }
        if stream.read_buf(buffer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

impl Daemon {
    fn answer(&self, command: &str) -> Arc<str> {
        let runs = self.runs.lock().unwrap();
        let said = match command {
            "config-hash-get" => return runs.hash_get.clone(),
            "config-get" => return runs.config_get.clone(),
            "version-get" => json!({"result": 0, "text": "3.0.4"}),
            "build-report" => json!({"result": 0, "text": "simulated"}),
            "config-test" | "config-set" | "config-write" => json!({"result": 0, "text": "simulated"}),
            "list-commands" => json!({"result": 0, "arguments": COMMANDS}),
            "status-get" => json!({"result": 0, "arguments": {"pid": 1, "reload": 100, "uptime": 100,
                "dhcp-state": {"globally-disabled": false}, "sockets": {"status": "ready"}}}),
            _ => json!({"result": 2, "text": format!("'{command}' command not supported.")}),
        };
        json!([said]).to_string().into()
    }
}

const COMMANDS: [&str; 9] = [
    "build-report",
    "config-get",
    "config-hash-get",
    "config-set",
    "config-test",
    "config-write",
    "list-commands",
    "status-get",
    "version-get",
];

fn hash(config: &Value) -> String {
    let mut hasher = DefaultHasher::new();
    config.to_string().hash(&mut hasher);
    format!("{:064X}", hasher.finish())
}

/// Some 600 bytes a subnet, as Kea prints them.
fn config(number: usize, subnets: usize) -> Value {
    let subnet = |id: usize| {
        let net = format!("10.{}.{}", id / 256 % 256, id % 256);
        json!({
            "id": id + 1, "subnet": format!("{net}.0/24"), "valid-lifetime": 4000, "min-valid-lifetime": 4000,
            "max-valid-lifetime": 4000, "renew-timer": 1000, "rebind-timer": 2000, "calculate-tee-times": false,
            "t1-percent": 0.5, "t2-percent": 0.875, "store-extended-info": false, "allocator": "iterative",
            "4o6-interface": "", "4o6-interface-id": "", "4o6-subnet": "", "relay": {"ip-addresses": []},
            "option-data": [{"code": 3, "name": "routers", "space": "dhcp4", "csv-format": true,
                "always-send": false, "never-send": false, "data": format!("{net}.1")}],
            "pools": [{"pool": format!("{net}.10-{net}.200"), "option-data": []}], "reservations": [],
        })
    };
    json!({
        "control-sockets": [{"socket-type": "http", "socket-address": "127.0.0.1", "socket-port": 8000}],
        "valid-lifetime": 4000, "hooks-libraries": [], "loggers": [], "server-tag": format!("sim-{number}"),
        "subnet4": (0..subnets).map(subnet).collect::<Vec<_>>(),
    })
}
