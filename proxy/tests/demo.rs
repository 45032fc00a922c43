//! The demo fleet, driven through its real channels with the real client.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a panic is how a test fails, in its helpers too"
)]

use perch::{
    demo::{self, Fleet},
    kea::{Address, KeaClient, Limits, Target},
    store::Store,
};
use perch_shared::{
    Family,
    api::{ChannelKind, Credentials, Origin, TlsFiles},
    change::{Edit, Place, apply, diff},
    command::{Answer, Command, Outcome},
    config::{Config, thaw},
    option::OptionData,
    rules,
};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{interval, timeout},
};

/// The daemon of a registered server.
struct Daemon {
    client: KeaClient,
    target: Target,
    family: Family,
}

impl Daemon {
    fn of(fleet: &Fleet, server: &str, family: Family) -> Self {
        let record = fleet.records.iter().find(|record| record.server.id.as_str() == server).unwrap();
        let target = Target::of_daemon(record, family).unwrap().unwrap();
        Self { client: KeaClient::new(Limits::default()), target, family }
    }

    fn all(fleet: &Fleet) -> Vec<Self> {
        let servers = fleet.records.iter().map(|record| &record.server);
        servers
            .flat_map(|server| {
                server
                    .channels
                    .iter()
                    .flat_map(|channel| channel.daemons.iter().map(|family| (server.id.as_str(), *family)))
            })
            .map(|(server, family)| Self::of(fleet, server, family))
            .collect()
    }

    async fn send(&self, command: &str, arguments: Option<Value>) -> Answer {
        let command = Command { arguments, ..Command::new(command).to(self.family) };
        self.client.send(&self.target, &command).await.unwrap()
    }

    async fn config(&self) -> Config {
        Config::from_answer(self.family, self.send("config-get", None).await.arguments).unwrap().0
    }

    async fn ha_state(&self) -> String {
        let status = self.send("status-get", None).await.arguments;
        status.pointer("/high-availability/0/ha-servers/local/state").unwrap().as_str().unwrap().to_owned()
    }
}

fn set(code: u16, data: &str) -> Edit {
    let option = OptionData { code: Some(code), data: data.to_owned(), ..OptionData::default() };
    Edit::option(&Place::root(), None, Some(&option))
}

/// What one connection answers to the bytes of some requests, read until nothing comes.
async fn raw(address: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address.strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(request).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn post(headers: &str, body: &str) -> Vec<u8> {
    format!("POST / HTTP/1.1\r\nHost: kea\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len())
        .into_bytes()
}

const JSON: &str = "Content-Type: application/json\r\n";
const VERSION: &str = r#"{"command":"version-get"}"#;

#[tokio::test]
async fn every_daemon_answers_what_it_lists() {
    let fleet = demo::start().await.unwrap();
    assert_eq!(fleet.records.len(), 4);
    assert!(fleet.records.iter().all(|record| record.server.origin == Origin::Demo));
    for daemon in Daemon::all(&fleet) {
        let commands = daemon.send("list-commands", None).await.arguments;
        let commands: Vec<String> = serde_json::from_value(commands).unwrap();
        assert!(commands.contains(&"config-set".to_owned()), "{commands:?}");
        for command in commands {
            let answer = daemon.send(&command, None).await;
            assert_ne!(answer.outcome, Outcome::Unsupported, "{command} at {:?}", daemon.target.address);
        }
        assert_eq!(daemon.send("lease4-eat", None).await.outcome, Outcome::Unsupported);
    }
}

/// Only a daemon that has lost a hook library lacks its commands.
#[tokio::test]
async fn every_daemon_is_as_healthy_as_its_site() {
    let fleet = demo::start().await.unwrap();
    let client = KeaClient::new(Limits::default());
    let store = Arc::new(Store::in_memory());
    store.include_records(fleet.records.clone());
    let known = perch::fleet::Fleet::new(&client, store, perch::fleet::SYNC_INTERVAL);
    for record in &fleet.records {
        for daemon in known.look(record).await.daemons {
            let reason = daemon.reasons.first().map(|reason| reason.text.clone()).unwrap_or_default();
            assert!(!reason.contains("lacks"), "{}: {reason}", daemon.address);
        }
    }
}

/// One mistake is there for the overview to tell of.
#[tokio::test]
async fn its_configurations_have_one_mistake_and_no_more() {
    let fleet = demo::start().await.unwrap();
    let mut all = Vec::new();
    for daemon in Daemon::all(&fleet) {
        let version = daemon.send("version-get", None).await.text.parse().unwrap();
        let found = rules::review(&daemon.config().await, version).into_iter();
        all.extend(found.map(|found| format!("{}: {}", found.code, found.message)));
    }
    assert_eq!(all, ["pool/gateway: the pool holds the router's address `10.128.2.1`"]);
}

#[tokio::test]
async fn a_change_stays_and_is_lost_only_when_it_was_not_written() {
    let fleet = demo::start().await.unwrap();
    for daemon in Daemon::all(&fleet) {
        let before = daemon.config().await;
        let hash = daemon.send("config-hash-get", None).await.arguments;
        let (code, data) = if daemon.family == Family::V4 { (4, "192.0.2.37") } else { (27, "2001:db8::37") };
        let mut wanted = apply(&before, &[set(code, data)]).unwrap();
        thaw(&mut wanted);

        assert_eq!(daemon.send("config-test", Some(wanted.to_arguments())).await.outcome, Outcome::Ok);
        assert_eq!(daemon.config().await, before, "config-test changes nothing");
        assert_eq!(daemon.send("config-set", Some(wanted.to_arguments())).await.outcome, Outcome::Ok);
        let running = daemon.config().await;
        let differences = diff(&before.root, &running.root);
        assert_eq!(differences.len(), 1, "{differences:?}");
        assert!(differences[0].path.starts_with("option-data["), "{differences:?}");
        assert_ne!(daemon.send("config-hash-get", None).await.arguments, hash);

        daemon.send("config-reload", None).await;
        assert_eq!(daemon.config().await, before, "what was not written is gone");
        assert_eq!(daemon.send("config-hash-get", None).await.arguments, hash);

        daemon.send("config-set", Some(wanted.to_arguments())).await;
        assert_eq!(daemon.send("config-write", None).await.outcome, Outcome::Ok);
        daemon.send("config-reload", None).await;
        assert_eq!(daemon.config().await, running, "what was written stays");
    }
}

#[tokio::test]
async fn a_wrong_configuration_is_refused_with_its_reason() {
    let fleet = demo::start().await.unwrap();
    let daemon = Daemon::of(&fleet, "kea-branch", Family::V4);
    let before = daemon.config().await;
    let broken = |path: &str, value: Value| {
        let mut config = before.clone();
        *config.root.pointer_mut(path).unwrap() = value;
        config.to_arguments()
    };
    let mut with_hash = before.to_arguments();
    with_hash["hash"] = json!("AB");
    let mut unknown = before.to_arguments();
    unknown["Dhcp4"]["no-such-key"] = json!(1);
    for (arguments, reason) in [
        (broken("/subnet4/1/id", json!(1)), "the id `1`"),
        (broken("/option-data/0/data", json!("not an address")), "Dhcp4.option-data[0]"),
        (broken("/subnet4/0/min-valid-lifetime", json!(99_999)), "`min-valid-lifetime` 99999"),
        (with_hash, "Unsupported 'hash' parameter."),
        (unknown, "no-such-key"),
        (json!({}), "Missing mandatory 'Dhcp4' parameter."),
    ] {
        for command in ["config-test", "config-set"] {
            let answer = daemon.send(command, Some(arguments.clone())).await;
            assert_eq!(answer.outcome, Outcome::Error, "{reason}");
            assert!(answer.text.contains(reason), "{}", answer.text);
        }
    }
    assert_eq!(daemon.config().await, before);
}

#[tokio::test]
async fn a_change_restarts_high_availability_as_in_kea() {
    let fleet = demo::start().await.unwrap();
    let [primary, standby] = ["kea-hq-1", "kea-hq-2"].map(|server| Daemon::of(&fleet, server, Family::V4));
    for daemon in [&primary, &standby] {
        assert_eq!(daemon.ha_state().await, "hot-standby");
    }
    let config = primary.config().await;
    primary.send("config-set", Some(config.to_arguments())).await;
    assert_eq!(primary.ha_state().await, "waiting");
    assert_eq!(standby.ha_state().await, "hot-standby");
    let seen = standby.send("status-get", None).await.arguments;
    assert_eq!(seen.pointer("/high-availability/0/ha-servers/remote/last-state"), Some(&json!("waiting")));
    let normal = async {
        let mut heartbeat = interval(Duration::from_millis(50));
        while primary.ha_state().await != "hot-standby" {
            heartbeat.tick().await;
        }
    };
    timeout(Duration::from_secs(10), normal).await.unwrap();
}

#[tokio::test]
async fn an_agent_asks_the_services_and_a_direct_socket_ignores_them() {
    let fleet = demo::start().await.unwrap();
    let client = KeaClient::new(Limits::default());
    let branch = Daemon::of(&fleet, "kea-branch", Family::V4);
    let ask = |body: &'static str, target: Target| {
        let client = client.clone();
        async move {
            serde_json::from_slice::<Value>(&client.forward(&target, body.into()).await.unwrap()).unwrap()
        }
    };
    let answers =
        ask(r#"{"command":"version-get","service":["dhcp6","dhcp4","d2"]}"#, branch.target.clone()).await;
    let codes: Vec<_> =
        answers.as_array().unwrap().iter().map(|answer| answer["result"].as_u64().unwrap()).collect();
    assert_eq!(codes, [0, 0, 1]);
    let own = ask(r#"{"command":"config-get"}"#, branch.target.clone()).await;
    assert!(own.pointer("/0/arguments/Control-agent").is_some(), "{own}");
    let lost = ask(r#"{"command":"lease4-get-all"}"#, branch.target).await;
    assert_eq!(lost[0]["result"], 2);
    let lab = Daemon::of(&fleet, "kea-lab", Family::V4);
    let direct = ask(r#"{"command":"config-get","service":["dhcp6"]}"#, lab.target).await;
    assert!(direct.pointer("/0/arguments/Dhcp4").is_some());
}

#[tokio::test]
async fn http_is_as_narrow_as_keas() {
    let fleet = demo::start().await.unwrap();
    let address = fleet.try_address.as_str();
    let get = format!("GET / HTTP/1.1\r\nHost: kea\r\n{JSON}\r\n").into_bytes();
    let charset = post("Content-Type: application/json; charset=utf-8\r\n", VERSION);
    let chunked = format!(
        "POST / HTTP/1.1\r\nHost: kea\r\n{JSON}Transfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n"
    );
    let wide = post(JSON, r#"{"command":"\u4e2d"}"#);
    for request in [get, charset, post("", VERSION), chunked.into_bytes(), post(JSON, "{bad"), wide] {
        let answer = raw(address, &request).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
        assert!(answer.ends_with(r#"{ "result": 400, "text": "Bad Request" }"#), "{answer}");
    }
    assert!(raw(address, &post(JSON, "")).await.contains("NULL command parameter"));
    let kept: Vec<u8> =
        [post(JSON, VERSION), post("Connection: close\r\ncontent-type: Application/JSON\r\n", VERSION)]
            .concat();
    assert_eq!(raw(address, &kept).await.matches("HTTP/1.1 200 OK").count(), 2, "the connection is kept");
}

#[tokio::test]
async fn the_laboratory_asks_for_a_password() {
    let fleet = demo::start().await.unwrap();
    let lab = Daemon::of(&fleet, "kea-lab", Family::V6);
    assert_eq!(lab.send("version-get", None).await.text, "3.0.4");
    let wrong = Credentials { user: "perch".to_owned(), password: "wrong".to_owned() };
    for credentials in [None, Some(wrong)] {
        let target = Target { credentials, ..lab.target.clone() };
        let error = lab.client.send(&target, &Command::new("version-get")).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("wrong"), "{error:?}");
    }
    let address = lab.target.address.to_string();
    let answer = raw(&address, &post(JSON, VERSION)).await;
    assert!(
        answer.starts_with("HTTP/1.1 401 ") && answer.to_lowercase().contains("www-authenticate: basic"),
        "{answer}"
    );
}

#[tokio::test]
async fn the_unix_socket_is_another_door_to_the_same_daemon() {
    let fleet = demo::start().await.unwrap();
    let http = Daemon::of(&fleet, "kea-lab", Family::V6);
    let address: Address = fleet.unix_address.parse().unwrap();
    let target = Target { address, kind: ChannelKind::Unix, credentials: None, tls: TlsFiles::default() };
    let unix = Daemon { client: http.client.clone(), target, family: Family::V6 };
    let config = unix.config().await;
    assert_eq!(config, http.config().await);
    let edit = set(27, "2001:db8::37");
    let changed = apply(&config, &[edit]).unwrap();
    assert_eq!(unix.send("config-set", Some(changed.to_arguments())).await.outcome, Outcome::Ok);
    assert_eq!(http.config().await, unix.config().await);
    let body = unix.client.forward(&unix.target, VERSION.into()).await.unwrap();
    assert!(body.starts_with(b"{"), "a bare object");
}

#[tokio::test]
async fn text_beyond_ascii_survives() {
    let fleet = demo::start().await.unwrap();
    let daemon = Daemon::of(&fleet, "kea-hq-1", Family::V4);
    let mut config = daemon.config().await;
    let text = config.root.pointer("/client-classes/3/user-context/comment").unwrap().as_str().unwrap();
    assert!(text.starts_with("Für Gäste"), "{text}");
    config.root["subnet4"][0]["user-context"]["comment"] = json!("zoë 中");
    daemon.send("config-set", Some(config.to_arguments())).await;
    assert_eq!(daemon.config().await.root["subnet4"][0]["user-context"]["comment"], "zoë 中");
}

#[tokio::test]
async fn leases_come_in_pages_and_agree_with_the_counters() {
    let fleet = demo::start().await.unwrap();
    let daemon = Daemon::of(&fleet, "kea-branch", Family::V6);
    let all = daemon.send("lease6-get-all", None).await.arguments;
    let all = all["leases"].as_array().unwrap();
    let (mut paged, mut from) = (Vec::new(), "start".to_owned());
    loop {
        let page = daemon.send("lease6-get-page", Some(json!({"from": from, "limit": 4}))).await;
        if page.outcome == Outcome::Empty {
            break;
        }
        paged.extend(page.arguments["leases"].as_array().unwrap().clone());
        from = paged.last().unwrap()["ip-address"].as_str().unwrap().to_owned();
    }
    assert_eq!(&paged, all);
    let table = daemon.send("stat-lease6-get", None).await.arguments;
    let columns = table["result-set"]["columns"].as_array().unwrap();
    let column = columns.iter().position(|name| name == "assigned-nas").unwrap();
    let assigned: u64 =
        table["result-set"]["rows"].as_array().unwrap().iter().map(|row| row[column].as_u64().unwrap()).sum();
    assert_eq!(assigned, all.len() as u64);
}

#[tokio::test]
async fn the_unregistered_server_asks_for_nothing() {
    let fleet = demo::start().await.unwrap();
    let registered = fleet.records.iter().flat_map(|record| &record.server.channels);
    assert!(registered.into_iter().all(|channel| channel.address != fleet.try_address));
    assert!(raw(&fleet.try_address, &post(JSON, VERSION)).await.contains("2.6.3"));
}

#[tokio::test]
async fn the_fleet_stops_when_it_is_dropped() {
    let fleet = demo::start().await.unwrap();
    let (address, socket) = (fleet.try_address.clone(), fleet.unix_address.clone());
    let mut open = TcpStream::connect(address.strip_prefix("http://").unwrap()).await.unwrap();
    open.write_all(&post(JSON, VERSION)).await.unwrap();
    open.read_u8().await.unwrap();
    drop(fleet);
    let mut rest = Vec::new();
    timeout(Duration::from_secs(10), open.read_to_end(&mut rest)).await.unwrap().unwrap();
    assert!(!std::path::Path::new(socket.strip_prefix("unix:").unwrap()).exists());
}
