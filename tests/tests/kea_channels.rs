//! The Kea client, the probe and the status against real daemons, over every channel and every version.

use perch::{
    fleet,
    kea::{Fault, KeaClient, Limits, Target, TlsFault},
    store::{ServerRecord, Store},
};
use perch_shared::{
    Family,
    api::{
        ChannelKind, Credentials, DaemonState, DaemonStatus, Origin, ProbeReport, Server, ServerId,
        ServerStatus, TlsFiles, Verdict,
    },
    command::{Command, Outcome},
};
use perch_tests::{
    lab::{Access, Daemon, HaPair, Lab, VERSIONS},
    wait,
};
use serde_json::{Value, json};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

const ACCESSES: [Access; 4] = [Access::Open, Access::Password, Access::Tls, Access::TlsWithClientCertificate];

fn client() -> KeaClient {
    KeaClient::new(Limits::default())
}

fn password() -> Option<Credentials> {
    Some(Credentials { user: Lab::USER.into(), password: Lab::PASSWORD.into() })
}

/// What a way of access asks for.
fn keys(lab: &Lab, access: Access) -> (Option<Credentials>, TlsFiles) {
    let certificates = lab.certificates();
    let (tls, client) = match access {
        Access::Open => return (None, TlsFiles::default()),
        Access::Password => return (password(), TlsFiles::default()),
        Access::Tls => (true, false),
        Access::TlsWithClientCertificate => (true, true),
    };
    let files = TlsFiles {
        trust_anchor: tls.then(|| certificates.ca()),
        cert_file: client.then(|| certificates.client_cert()),
        key_file: client.then(|| certificates.client_key()),
    };
    (password(), files)
}

async fn probe(addresses: &[String], (credentials, tls): &(Option<Credentials>, TlsFiles)) -> ProbeReport {
    fleet::probe(&client(), addresses, credentials.as_ref(), tls).await
}

/// The server that a probe found.
fn record(report: ProbeReport, (credentials, tls): (Option<Credentials>, TlsFiles)) -> ServerRecord {
    assert!(report.is_usable(), "{report:#?}");
    let server = Server {
        id: ServerId::new("lab").unwrap(),
        name: "lab".into(),
        origin: Origin::Inventory,
        channels: report.channels,
        has_credentials: credentials.is_some(),
        tls,
    };
    ServerRecord { server, credentials }
}

/// What the daemons of a server say, for somebody who has never asked them.
async fn look(client: &KeaClient, record: &ServerRecord) -> ServerStatus {
    let store = Arc::new(Store::in_memory());
    fleet::Fleet::new(client, store, fleet::SYNC_INTERVAL).look(record).await
}

async fn status(addresses: &[String], keys: (Option<Credentials>, TlsFiles)) -> ServerStatus {
    let report = probe(addresses, &keys).await;
    look(&client(), &record(report, keys)).await
}

/// The failed step's title and detail; there is exactly one.
fn failed(report: &ProbeReport) -> (&str, &str) {
    let mut steps = report.steps.iter().filter(|step| step.verdict == Verdict::Failed);
    let step = steps.next().unwrap_or_else(|| panic!("nothing failed: {report:#?}"));
    assert!(steps.next().is_none() && step.remedy.is_some(), "{report:#?}");
    (&step.title, &step.detail)
}

fn verdict(report: &ProbeReport, title: &str) -> Option<Verdict> {
    report.steps.iter().find(|step| step.title == title).map(|step| step.verdict)
}

fn assert_well(daemon: &DaemonStatus, lab: &Lab, kind: ChannelKind) {
    assert_eq!(daemon.state, DaemonState::Ok, "{daemon:#?}");
    assert_eq!((daemon.version, daemon.channel), (Some(lab.version()), kind));
    assert!(daemon.uptime.is_some() && daemon.reload.is_some());
    assert_eq!(daemon.hash.as_ref().unwrap().len(), 64);
    let hooks: Vec<_> = daemon.hooks.iter().map(|hook| hook.name.as_str()).collect();
    assert_eq!(hooks, ["lease_cmds", "stat_cmds"]);
    for ability in &daemon.abilities {
        assert_eq!(ability.loaded, hooks.contains(&ability.hook.as_str()), "{ability:?}");
        // Whether a version ships the library is a fact about the unpacked package.
        let snippet: Value = serde_json::from_str(&ability.snippet).unwrap();
        let file =
            lab.folder().parent().unwrap().join(snippet["library"].as_str().unwrap().trim_start_matches('/'));
        assert_eq!(file.exists(), ability.available, "{ability:?}: {}", file.display());
    }
}

#[tokio::test]
async fn every_agent_with_every_access() {
    for version in VERSIONS {
        for access in ACCESSES {
            let Some(mut lab) = Lab::open(version) else { continue };
            let address = lab.start_behind_agent(access);
            let keys = keys(&lab, access);
            // Without a scheme Perch finds out by itself whether TLS is spoken.
            let bare = address.split_once("://").unwrap().1.to_owned();
            let report = probe(&[bare], &keys).await;
            assert_eq!(report.channels[0].address, address, "{report:#?}");
            let status = look(&client(), &record(report, keys)).await;
            assert_eq!(status.daemons.len(), 2);
            for daemon in &status.daemons {
                assert_well(daemon, &lab, ChannelKind::ControlAgent);
                let own = lab.ask(daemon.family, &json!({"command": "config-hash-get"}));
                if let Some(own) = own["arguments"]["hash"].as_str() {
                    assert_eq!(daemon.hash.as_deref(), Some(own));
                }
            }
        }
    }
}

#[tokio::test]
async fn every_direct_socket_with_every_access() {
    for access in ACCESSES {
        let Some(mut lab) = Lab::open("3.0.4") else { return };
        let addresses = Family::ALL.map(|family| lab.start_direct(family, access));
        let status = status(&addresses, keys(&lab, access)).await;
        assert_eq!(status.daemons.len(), 2);
        status.daemons.iter().for_each(|daemon| assert_well(daemon, &lab, ChannelKind::Direct));
    }
}

#[tokio::test]
async fn every_unix_socket() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        Family::ALL.into_iter().for_each(|family| lab.start(family));
        let addresses = Family::ALL.map(|family| lab.unix_address(family));
        let status = status(&addresses, (None, TlsFiles::default())).await;
        status.daemons.iter().for_each(|daemon| assert_well(daemon, &lab, ChannelKind::Unix));

        let report = probe(&[addresses[0].clone(), addresses[0].clone()], &(None, TlsFiles::default())).await;
        assert_eq!(failed(&report).0, "Address");
        lab.kill(Family::V4);
        let report = probe(&addresses[..1], &(None, TlsFiles::default())).await;
        assert_eq!(failed(&report), ("Connect", "There is no such socket."));
    }
}

#[tokio::test]
async fn what_stands_in_the_way_is_named() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        let open = lab.start_behind_agent(Access::Password);
        let nobody = (None, TlsFiles::default());
        assert_eq!(failed(&probe(std::slice::from_ref(&open), &nobody).await).0, "Password");
        let wrong = Some(Credentials { user: Lab::USER.into(), password: "wrong".into() });
        let report = probe(std::slice::from_ref(&open), &(wrong, TlsFiles::default())).await;
        assert_eq!(failed(&report), ("Password", "Kea does not accept this user name and password."));
        let https = [open.replace("http:", "https:")];
        assert_eq!(
            failed(&probe(&https, &(password(), TlsFiles::default())).await),
            ("TLS", "What answers there does not speak TLS.")
        );

        lab.kill(Daemon::Agent);
        let closed = lab.start_agent(Access::TlsWithClientCertificate);
        let (credentials, full) = keys(&lab, Access::TlsWithClientCertificate);
        let certificates = lab.certificates();
        let http = [closed.replace("https:", "http:")];
        let report = probe(&http, &(credentials.clone(), full.clone())).await;
        assert_eq!(failed(&report), ("TLS", "TLS is spoken there."));
        let other = TlsFiles { trust_anchor: Some(certificates.other_ca()), ..full.clone() };
        let report = probe(std::slice::from_ref(&closed), &(credentials.clone(), other)).await;
        assert_eq!(failed(&report), ("TLS", "No authority that Perch trusts has signed Kea's certificate."));
        let without = TlsFiles { cert_file: None, key_file: None, ..full };
        let report = probe(std::slice::from_ref(&closed), &(credentials, without)).await;
        let (title, detail) = failed(&report);
        assert!(title == "TLS" && detail.contains("wants a certificate"), "{detail}");
    }
}

#[tokio::test]
async fn a_daemon_that_is_down_behind_its_agent() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        let agent = [lab.start_behind_agent(Access::Open)];
        let keys = (None, TlsFiles::default());
        let both = record(probe(&agent, &keys).await, keys.clone());
        lab.kill(Family::V6);

        let status = look(&client(), &both).await;
        assert_eq!(status.state, DaemonState::Unreachable);
        let states: Vec<_> = status.daemons.iter().map(|daemon| daemon.state).collect();
        assert_eq!(states, [DaemonState::Ok, DaemonState::Unreachable]);
        let down = &status.daemons[1];
        assert!(down.reasons[0].text.contains("likely to be offline"), "{down:?}");
        assert!(down.reasons[0].help.contains("kea-dhcp6-server"), "{down:?}");

        let report = probe(&agent, &keys).await;
        assert!(report.is_usable(), "one daemon is enough: {report:#?}");
        assert_eq!(verdict(&report, "kea-dhcp6"), Some(Verdict::Warning));
        assert_eq!(report.channels[0].daemons, [Family::V4]);

        lab.kill(Family::V4);
        let report = probe(&agent, &keys).await;
        assert!(!report.is_usable());
        assert_eq!(verdict(&report, "kea-dhcp4"), Some(Verdict::Failed));
        lab.kill(Daemon::Agent);
        assert_eq!(failed(&probe(&agent, &keys).await).0, "Connect");
    }
}

#[tokio::test]
async fn a_daemon_that_hangs_delays_no_other() {
    let Some(mut lab) = Lab::open("3.0.4") else { return };
    let addresses = Family::ALL.map(|family| lab.start_direct(family, Access::Password));
    let keys = keys(&lab, Access::Password);
    let record = record(probe(&addresses, &keys).await, keys);
    let pid = lab.ask(Family::V4, &json!({"command": "status-get"}))["arguments"]["pid"].to_string();
    let signal = |name: &str| {
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
    };
    signal("-STOP");
    let start = Instant::now();
    let status = look(&client(), &record).await;
    signal("-CONT");
    assert!(start.elapsed() < Duration::from_secs(8), "{:?}", start.elapsed());
    let states: Vec<_> = status.daemons.iter().map(|daemon| daemon.state).collect();
    assert_eq!(states, [DaemonState::Unreachable, DaemonState::Ok], "{status:#?}");
}

#[tokio::test]
async fn pairs_are_healthy_and_then_alone() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(mut pair) = HaPair::open(version) else { continue };
        let keys = (None, TlsFiles::default());
        let mut seen = Vec::new();
        for address in &pair.addresses {
            let report = probe(std::slice::from_ref(address), &keys).await;
            let record = record(report, keys.clone());
            let mut status = look(&client(), &record).await;
            let [daemon] = &mut status.daemons[..] else { panic!("{status:#?}") };
            assert_eq!(daemon.state, DaemonState::Ok, "{daemon:#?}");
            let relationship = daemon.ha.pop().unwrap();
            assert!(relationship.healthy && relationship.advice.is_none());
            assert_eq!(relationship.mode, "hot-standby");
            let remote = relationship.remote.unwrap();
            seen.push((relationship.local.name, relationship.local.role, remote.name, remote.role));

            // The URL in `peers` is not a control channel, although it answers.
            let listener = relationship.local.url.unwrap();
            let report = probe(&[listener], &keys).await;
            assert_eq!(failed(&report).0, "Kea", "{report:#?}");
        }
        let name = |text: &str| text.to_owned();
        assert_eq!(seen[0], (name("server1"), name("primary"), name("server2"), name("standby")));
        assert_eq!(seen[1], (name("server2"), name("standby"), name("server1"), name("primary")));

        pair.members[1].kill(Family::V4);
        wait::until("partner-down", || match pair.states(0) {
            [local, _] if local == "partner-down" => Ok(()),
            states => Err(format!("{states:?}")),
        });
        let status = status(&pair.addresses[..1], keys).await;
        assert_eq!(status.state, DaemonState::Impaired);
        let relationship = &status.daemons[0].ha[0];
        assert!(!relationship.healthy && relationship.communication_interrupted, "{relationship:?}");
        assert!(relationship.advice.as_ref().unwrap().contains("Start server2"));
    }
}

#[tokio::test]
async fn a_failed_change_that_leaves_a_daemon_deaf_is_noticed() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        lab.start(Family::V4);
        let address = [lab.unix_address(Family::V4)];
        let keys = (None, TlsFiles::default());
        let record = record(probe(&address, &keys).await, keys);
        let mut broken = lab.running(Family::V4);
        let library =
            broken["hooks-libraries"][0]["library"].as_str().unwrap().replace("lease_cmds", "flex_option");
        broken["hooks-libraries"].as_array_mut().unwrap().push(json!({"library": library}));
        let answer = lab.ask(Family::V4, &json!({"command": "config-set", "arguments": {"Dhcp4": broken}}));
        assert_ne!(answer["result"], 0, "{answer}");
        let status = look(&client(), &record).await;
        assert_eq!(status.state, DaemonState::Impaired, "{status:#?}");
        assert!(status.daemons[0].reasons[0].text.contains("lease_cmds"), "{status:#?}");
    }
}

#[tokio::test]
async fn a_disabled_service_is_noticed() {
    for version in ["2.6.3", "3.0.4"] {
        let Some(mut lab) = Lab::open(version) else { continue };
        lab.start(Family::V4);
        let address = [lab.unix_address(Family::V4)];
        let keys = (None, TlsFiles::default());
        lab.ask(Family::V4, &json!({"command": "dhcp-disable"}));
        let status = status(&address, keys).await;
        assert_eq!(status.state, DaemonState::Impaired);
        assert!(status.daemons[0].reasons[0].help.contains("dhcp-enable"), "{status:#?}");
    }
}

/// A target for a server's first channel.
fn target(record: &ServerRecord) -> Target {
    Target::of_channel(record, &record.server.channels[0]).unwrap()
}

#[tokio::test]
async fn commands_and_bytes_pass_unchanged() {
    for version in VERSIONS {
        let Some(mut lab) = Lab::open(version) else { continue };
        let agent = [lab.start_behind_agent(Access::Open)];
        let unix = [lab.unix_address(Family::V4)];
        let keys = (None, TlsFiles::default());
        for (addresses, first) in [(&agent, b'['), (&unix, b'{')] {
            let record = record(probe(addresses, &keys).await, keys.clone());
            let target = target(&record);
            let unknown =
                client().send(&target, &Command::new("no-such-command").to(Family::V4)).await.unwrap();
            assert_eq!(unknown.outcome, Outcome::Unsupported);
            let text = json!({"Dhcp4": {"comment": "zoë 中", "no-such-key": 1}});
            let refused =
                client().send(&target, &Command::new("config-test").to(Family::V4).with(text)).await.unwrap();
            assert_eq!(refused.outcome, Outcome::Error, "{refused:?}");

            let command = r#"{"command": "config-get", "service": ["dhcp4"]}"#;
            let bytes = client().forward(&target, command.into()).await.unwrap();
            assert_eq!(bytes[0], first);
            let value: Value = serde_json::from_slice(&bytes).unwrap();
            let answer = if value.is_array() { &value[0] } else { &value };
            assert_eq!(answer["arguments"]["Dhcp4"], lab.running(Family::V4));
        }
    }
}

#[tokio::test]
async fn connections_outlive_a_restart_of_the_agent() {
    let Some(mut lab) = Lab::open("2.6.3") else { return };
    let agent = [lab.start_behind_agent(Access::Open)];
    let keys = (None, TlsFiles::default());
    let record = record(probe(&agent, &keys).await, keys);
    let (client, target) = (client(), target(&record));
    let get = Command::new("version-get").to(Family::V4);
    assert!(client.send(&target, &get).await.is_ok());
    lab.restart(Daemon::Agent);
    // The kept connection is dead now; reading and changing both take a new one.
    let connected =
        || std::net::TcpStream::connect(agent[0].trim_start_matches("http://")).map_err(|e| e.to_string());
    wait::until("the agent", connected);
    assert!(client.send(&target, &get).await.is_ok());
    assert!(client.send(&target, &Command::new("dhcp-enable").to(Family::V4)).await.is_ok());
}

#[tokio::test]
async fn plain_http_at_a_tls_port_is_an_error_of_its_own() {
    let Some(mut lab) = Lab::open("3.0.4") else { return };
    let address = lab.start_direct(Family::V4, Access::Tls).replace("https:", "http:");
    let target = Target {
        address: address.parse().unwrap(),
        kind: ChannelKind::Direct,
        credentials: None,
        tls: TlsFiles::default(),
    };
    let error = client().send(&target, &Command::new("version-get")).await.unwrap_err();
    assert_eq!(error.fault, Fault::Closed);
    assert!(error.fault.remedy(&error.address).contains("https://"));
    let target = Target { address: address.replace("http:", "https:").parse().unwrap(), ..target };
    let error = client().send(&target, &Command::new("version-get")).await.unwrap_err();
    assert!(
        matches!(error.fault, Fault::Tls(TlsFault::UnknownIssuer { anchored: false } | TlsFault::NoRoots)),
        "{error:?}"
    );
}
