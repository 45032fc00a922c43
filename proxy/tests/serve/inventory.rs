//! Servers through the API: added after a probe, never with their credentials shown.

use crate::{
    fake_kea::{FakeKea, Trick},
    world::{Options, World, channel, config, record},
};
use axum::http::Method;
use perch::store::{NewServer, StateDir, Store};
use perch_shared::api::{Channel, ChannelKind, ErrorCode, Origin, TlsFiles};
use serde_json::{Value, json};
use std::{fs, path::Path, sync::Arc};

fn kept_in(path: &Path) -> World {
    let store = Store::open(Arc::new(StateDir::open(path).unwrap())).unwrap();
    World::new(Options { store, ..Options::default() })
}

#[tokio::test]
async fn a_server_is_added_edited_and_removed() {
    let dir = tempfile::tempdir().unwrap();
    let world = kept_in(dir.path());
    let kea = FakeKea::start(config()).await;
    let credentials = json!({"set": {"user": "perch", "password": "s3cret"}});
    let draft = json!({"name": "Branch", "addresses": [kea.url()], "credentials": credentials});

    let report = world.post("/api/v1/probe", draft.clone()).await;
    assert_eq!(
        report.json()["daemons"],
        json!([{"family": "dhcp4", "version": "2.6.3"}]),
        "{:?}",
        report.body
    );
    assert!(world.app.store.list().is_empty(), "a probe keeps nothing");

    let added = world.post("/api/v1/servers", draft).await;
    assert_eq!(added.status, 200, "{:?}", added.body);
    let channel = json!({"address": kea.url(), "kind": "control-agent", "daemons": ["dhcp4"]});
    let expected = json!({"id": "branch", "name": "Branch", "origin": "inventory", "channels": [channel],
        "has-credentials": true, "tls": {}});
    assert_eq!(added.json(), expected);
    assert_eq!(world.get("/api/v1/servers").await.json(), json!([expected]));
    let file = fs::read_to_string(dir.path().join("servers.json")).unwrap();
    assert!(file.contains("s3cret"), "kept here and nowhere else");

    let again = json!({"addresses": [kea.url()]});
    world.post("/api/v1/servers", again).await.error(409);
    let edit =
        json!({"name": "Renamed", "addresses": [kea.url()], "credentials": "keep", "based-on": "branch"});
    let edited = world.json(Method::PUT, "/api/v1/servers/branch", edit).await.json();
    assert_eq!((&edited["name"], &edited["has-credentials"]), (&json!("Renamed"), &json!(true)));

    for reply in [world.get("/api/v1/servers").await, world.get("/api/v1/servers/branch").await] {
        assert!(!String::from_utf8_lossy(&reply.body).contains("s3cret"));
    }
    let removed = world.json(Method::DELETE, "/api/v1/servers/branch", Value::Null).await;
    assert_eq!((removed.status.as_u16(), removed.json()), (200, Value::Null));
    world.get("/api/v1/servers/branch").await.error(404);
    assert_eq!(world.get("/api/v1/servers").await.json(), json!([]));
}

#[tokio::test]
async fn what_does_not_answer_is_not_added() {
    let dir = tempfile::tempdir().unwrap();
    let world = kept_in(dir.path());
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for addresses in [json!([format!("127.0.0.1:{port}")]), json!(["ftp://kea"]), json!([])] {
        let error = world.post("/api/v1/servers", json!({"addresses": addresses})).await.error(422);
        assert_eq!(error.code, ErrorCode::Invalid);
        assert!(error.probe.is_some(), "{addresses}: {error:?}");
    }
    assert!(!dir.path().join("servers.json").exists());
}

#[tokio::test]
async fn a_password_in_an_address_is_not_repeated() {
    let world = World::new(Options::default());
    let draft = json!({"addresses": ["http://perch:s3cret@127.0.0.1:1"]});
    for path in ["/api/v1/servers", "/api/v1/probe"] {
        let reply = world.post(path, draft.clone()).await;
        assert!(!String::from_utf8_lossy(&reply.body).contains("s3cret"), "{:?}", reply.body);
    }
}

#[tokio::test]
async fn a_kept_password_goes_nowhere_else() {
    let (world, kea) = World::with_kea(config()).await;
    let elsewhere = FakeKea::start(config()).await;
    let set = json!({"set": {"user": "perch", "password": "s3cret"}});
    // The demo record of this world has the address already.
    world.app.store.include_records(Vec::new());
    let other = FakeKea::start(config()).await;
    let added = world
        .post("/api/v1/servers", json!({"name": "b", "addresses": [other.url()], "credentials": set}))
        .await;
    assert_eq!(added.status, 200, "{:?}", added.body);
    let draft = json!({"addresses": [elsewhere.url()], "credentials": "keep", "based-on": "b"});
    world.post("/api/v1/probe", draft.clone()).await.error(422);
    world.json(Method::PUT, "/api/v1/servers/b", draft).await.error(422);
    world.post("/api/v1/probe", json!({"addresses": [kea.url()], "credentials": "keep"})).await.error(422);
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn servers_from_the_settings_are_not_the_pages_to_change() {
    let world = World::new(Options::default());
    let kea = FakeKea::start(config()).await;
    let channel = Channel { address: kea.url(), kind: ChannelKind::ControlAgent, daemons: Vec::new() };
    let server = NewServer {
        name: "fixed".into(),
        channels: vec![channel],
        credentials: None,
        tls: TlsFiles::default(),
    };
    world.app.store.include(server, Origin::Settings).unwrap();
    let draft = json!({"addresses": [kea.url()]});
    let edit = world.json(Method::PUT, "/api/v1/servers/fixed", draft).await.error(409);
    assert!(edit.message.contains("perch.toml") && edit.help.is_some());
    world.json(Method::DELETE, "/api/v1/servers/fixed", Value::Null).await.error(409);
    assert!(kea.received().is_empty());
}

#[tokio::test]
async fn a_server_from_the_settings_is_found_when_it_first_answers() {
    let world = World::new(Options::default());
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let kea = FakeKea::start(config()).await;
    for (name, address) in [("down", format!("http://{port}")), ("up", kea.url())] {
        let channel = Channel { address, kind: ChannelKind::ControlAgent, daemons: Vec::new() };
        let server = NewServer {
            name: name.into(),
            channels: vec![channel],
            credentials: None,
            tls: TlsFiles::default(),
        };
        world.app.store.include(server, Origin::Settings).unwrap();
    }
    let down = world.get("/api/v1/servers/down").await.json();
    assert_eq!(
        (&down["state"], &down["daemons"][0]["state"]),
        (&json!("unreachable"), &json!("unreachable"))
    );
    assert!(down["daemons"][0]["reasons"][0]["text"].as_str().unwrap().contains("refused"), "{down}");
    world.get("/api/v1/servers/down/daemons/dhcp4/options").await.error(502);

    assert_eq!(world.get("/api/v1/servers/up/daemons/dhcp4/options").await.status, 200);
    assert_eq!(world.get("/api/v1/servers").await.json()[1]["channels"][0]["daemons"], json!(["dhcp4"]));
}

#[tokio::test]
async fn a_full_disk_is_named_and_nothing_is_changed() {
    let dir = tempfile::tempdir().unwrap();
    let world = kept_in(dir.path());
    let kea = FakeKea::start(config()).await;
    fs::create_dir(dir.path().join("servers.json.new")).unwrap();
    let error = world.post("/api/v1/servers", json!({"addresses": [kea.url()]})).await.error(507);
    assert_eq!(error.code, ErrorCode::Storage);
    assert!(world.app.store.list().is_empty());
}

/// A registered server with both daemons behind a Control Agent.
async fn both_daemons(world: &World) -> FakeKea {
    let kea = FakeKea::with_both(config()).await;
    let added = world.post("/api/v1/servers", json!({"name": "b", "addresses": [kea.url()]})).await;
    assert_eq!(added.json()["channels"][0]["daemons"], json!(["dhcp4", "dhcp6"]), "{:?}", added.body);
    kea
}

#[tokio::test]
async fn a_daemon_that_is_down_stays_when_its_server_is_edited() {
    let world = World::new(Options::default());
    let kea = both_daemons(&world).await;
    let down = json!({"result": 1, "text": "unable to forward command to the dhcp6 service: Connection refused. The server is likely to be offline"});
    kea.later("version-get", 2, Trick::Answer(down));
    let edit = json!({"name": "Renamed", "addresses": [kea.url()]});
    let edited = world.json(Method::PUT, "/api/v1/servers/b", edit).await;
    assert_eq!(edited.json()["channels"][0]["daemons"], json!(["dhcp4", "dhcp6"]), "{:?}", edited.body);
    assert_eq!(edited.json()["name"], "Renamed");
}

#[tokio::test]
async fn a_server_that_is_down_can_be_renamed_and_nothing_else() {
    let world = World::new(Options::default());
    let kea = both_daemons(&world).await;
    for _ in 0..12 {
        kea.trick("version-get", Trick::Silence);
    }
    let set = json!({"set": {"user": "perch", "password": "other"}});
    let draft = json!({"name": "c", "addresses": [kea.url()], "credentials": set});
    world.json(Method::PUT, "/api/v1/servers/b", draft).await.error(422);
    let rename = json!({"name": "Renamed", "addresses": [kea.url()]});
    let edited = world.json(Method::PUT, "/api/v1/servers/b", rename).await;
    assert_eq!(edited.json()["channels"][0]["daemons"], json!(["dhcp4", "dhcp6"]), "{:?}", edited.body);
}

#[tokio::test]
async fn a_silent_server_from_the_settings_is_asked_once() {
    let world = World::new(Options::default());
    let kea = FakeKea::start(config()).await;
    kea.trick("version-get", Trick::Silence);
    kea.trick("version-get", Trick::Silence);
    world
        .app
        .store
        .include_records(vec![record("lab", vec![channel(&kea.url(), ChannelKind::ControlAgent, &[])])]);
    assert_eq!(world.get("/api/v1/servers/lab").await.json()["state"], "unreachable");
    assert_eq!(kea.names(), ["version-get"]);
}
