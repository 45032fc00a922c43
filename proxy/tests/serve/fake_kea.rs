//! A Control Agent with a DHCPv4 daemon that can be told to misbehave: real ones do not do it on demand.

use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What the fake does instead of answering as Kea would.
#[derive(Debug, Clone)]
pub enum Trick {
    /// Answers this.
    Answer(Value),
    /// Carries the command out, but answers this.
    DoAndAnswer(Value),
    /// Sends these bytes and closes.
    Bytes(&'static [u8]),
    /// Carries the command out, then closes without an answer.
    DoAndClose,
    /// Never answers.
    Silence,
    /// Carries the command out, waits, then answers.
    Slow(Duration),
    /// Somebody else changes the configuration just before.
    ChangedBefore(Value),
}

#[derive(Debug, Default)]
struct State {
    config: Value,
    commands: Vec<String>,
    tricks: HashMap<String, VecDeque<Option<Trick>>>,
    received: Vec<Value>,
}

/// A fake Kea on a free port. It stops with the test's runtime.
#[derive(Debug, Clone)]
pub struct FakeKea {
    pub address: SocketAddr,
    /// The services that the agent has a socket for.
    sockets: &'static [&'static str],
    state: Arc<Mutex<State>>,
}

impl FakeKea {
    pub async fn start(config: Value) -> Self {
        Self::with_sockets(config, &["dhcp4"]).await
    }

    /// One that has a DHCPv6 daemon as well.
    pub async fn with_both(config: Value) -> Self {
        Self::with_sockets(config, &["dhcp4", "dhcp6"]).await
    }

    async fn with_sockets(config: Value, sockets: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let commands = ["config-get", "config-hash-get", "config-set", "config-test", "lease4-get"]
            .map(str::to_owned)
            .to_vec();
        let state = Arc::new(Mutex::new(State { config, commands, ..State::default() }));
        let fake = Self { address, sockets, state };
        let serving = fake.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let fake = serving.clone();
                tokio::spawn(async move { while fake.exchange(&mut stream).await.is_some() {} });
            }
        });
        fake
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Plays a trick the next time that `command` comes.
    pub fn trick(&self, command: &str, trick: Trick) {
        self.later(command, 0, trick);
    }

    /// Plays a trick after `command` was answered `times` times as Kea would.
    pub fn later(&self, command: &str, times: usize, trick: Trick) {
        let mut state = self.state.lock().unwrap();
        let queue = state.tricks.entry(command.to_owned()).or_default();
        queue.extend(std::iter::repeat_n(None, times));
        queue.push_back(Some(trick));
    }

    pub fn config(&self) -> Value {
        self.state.lock().unwrap().config.clone()
    }

    pub fn change(&self, config: Value) {
        self.state.lock().unwrap().config = config;
    }

    /// The commands that came, without those that only read.
    pub fn changing(&self) -> Vec<String> {
        let reads =
            ["version-get", "list-commands", "config-get", "config-hash-get", "status-get", "config-test"];
        self.names().into_iter().filter(|name| !reads.contains(&name.as_str())).collect()
    }

    pub fn names(&self) -> Vec<String> {
        self.received().iter().map(|body| body["command"].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub fn received(&self) -> Vec<Value> {
        self.state.lock().unwrap().received.clone()
    }

    pub fn hash(&self) -> String {
        hash(&printed(&self.config()))
    }

    /// One request and its answer; `None` when the connection is to be closed.
    async fn exchange(&self, stream: &mut TcpStream) -> Option<()> {
        let command: Value = serde_json::from_slice(&read_body(stream).await?).unwrap();
        let name = command["command"].as_str().unwrap().to_owned();
        let trick = {
            let mut state = self.state.lock().unwrap();
            state.received.push(command.clone());
            state.tricks.get_mut(&name).and_then(VecDeque::pop_front).flatten()
        };
        match trick {
            None => self.respond(stream, &command).await,
            Some(Trick::Answer(answer)) => send(stream, &answer).await,
            Some(Trick::DoAndAnswer(answer)) => {
                self.carry_out(&command);
                send(stream, &answer).await
            }
            Some(Trick::Bytes(bytes)) => {
                stream.write_all(bytes).await.ok()?;
                None
            }
            Some(Trick::DoAndClose) => {
                self.carry_out(&command);
                None
            }
            Some(Trick::Silence) => std::future::pending().await,
            Some(Trick::Slow(time)) => {
                let answer = self.carry_out(&command);
                tokio::time::sleep(time).await;
                send(stream, &answer).await
            }
            Some(Trick::ChangedBefore(config)) => {
                self.change(config);
                self.respond(stream, &command).await
            }
        }
    }

    async fn respond(&self, stream: &mut TcpStream, command: &Value) -> Option<()> {
        let answer = self.carry_out(command);
        send(stream, &answer).await
    }

    fn carry_out(&self, command: &Value) -> Value {
        if command["command"] == "config-get" && command["service"].as_array().is_none_or(Vec::is_empty) {
            let socket = json!({"socket-type": "unix", "socket-name": "/run/kea/kea.sock"});
            let sockets: HashMap<_, _> = self.sockets.iter().map(|name| (name, &socket)).collect();
            return json!({"result": 0, "arguments": {"Control-agent": {"control-sockets": sockets}}});
        }
        let mut state = self.state.lock().unwrap();
        match command["command"].as_str().unwrap() {
            "version-get" => json!({"result": 0, "text": "2.6.3"}),
            "list-commands" => json!({"result": 0, "arguments": state.commands}),
            "config-get" => {
                let config = printed(&state.config);
                let hash = hash(&config);
                json!({"result": 0, "arguments": {"Dhcp4": config, "hash": hash}})
            }
            "config-hash-get" => json!({"result": 0, "arguments": {"hash": hash(&printed(&state.config))}}),
            "config-test" => json!({"result": 0, "text": "Configuration seems sane."}),
            "config-set" => {
                state.config = command["arguments"]["Dhcp4"].clone();
                json!({"result": 0, "text": "Configuration successful."})
            }
            "config-write" => {
                json!({"result": 0, "text": "Configuration written", "arguments": {"filename": "/etc/kea/kea-dhcp4.conf"}})
            }
            "config-reload" => json!({"result": 0, "text": "Configuration successful."}),
            name => json!({"result": 2, "text": format!("'{name}' command not supported.")}),
        }
    }
}

/// As Kea prints it: what subnets inherit stands in each of them.
fn printed(config: &Value) -> Value {
    let mut config = config.clone();
    let lifetime = config["valid-lifetime"].clone();
    for subnet in config["subnet4"].as_array_mut().into_iter().flatten() {
        subnet.as_object_mut().unwrap().entry("valid-lifetime").or_insert(lifetime.clone());
    }
    config
}

fn hash(config: &Value) -> String {
    let mut hasher = DefaultHasher::new();
    config.to_string().hash(&mut hasher);
    format!("{:016X}", hasher.finish())
}

async fn read_body(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")).unwrap();
    let mut body = vec![0; length.trim().parse().unwrap()];
    stream.read_exact(&mut body).await.ok()?;
    Some(body)
}

async fn send(stream: &mut TcpStream, answer: &Value) -> Option<()> {
    let body = json!([answer]).to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await.ok()
}
