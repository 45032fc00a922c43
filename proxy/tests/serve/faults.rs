//! A Kea that misbehaves: garbage, silence, a cut line. Each is named, and nothing is changed.

use crate::{
    fake_kea::Trick,
    world::{World, add_domain, channel, config, record},
};
use perch_shared::{
    Family,
    api::{ChannelKind, ErrorCode},
};
use serde_json::{Value, json};

const GARBAGE: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<html>hello";
const CUT: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[{\"result\": 0,";
const NOT_HTTP: &[u8] = b"220 mail.example.org ESMTP\r\n";
const EMPTY: &[u8] = b"";

fn tricks() -> [(Trick, u16, ErrorCode); 6] {
    [
        (Trick::Bytes(GARBAGE), 502, ErrorCode::Malformed),
        (Trick::Bytes(NOT_HTTP), 502, ErrorCode::Malformed),
        (Trick::Bytes(CUT), 502, ErrorCode::Unreachable),
        (Trick::Bytes(EMPTY), 502, ErrorCode::Unreachable),
        (Trick::Silence, 504, ErrorCode::TimedOut),
        (Trick::Answer(json!("no answer of Kea's")), 502, ErrorCode::Malformed),
    ]
}

#[tokio::test]
async fn reading_options() {
    for (trick, status, code) in tricks() {
        let (world, kea) = World::with_kea(config()).await;
        // A command that only reads is sent again, once, when its connection breaks.
        kea.trick("config-get", trick.clone());
        kea.trick("config-get", trick.clone());
        let error = world.get("/api/v1/servers/lab/daemons/dhcp4/options").await.error(status);
        assert_eq!(error.code, code, "{trick:?}: {}", error.message);
        assert!(error.help.is_some(), "{trick:?}");
    }
}

#[tokio::test]
async fn forwarding_a_command() {
    for (trick, status, code) in tricks() {
        let (world, kea) = World::with_kea(config()).await;
        kea.trick("config-write", trick.clone());
        let body = json!({"command": "config-write", "service": ["dhcp4"]});
        let error = world.post("/api/v1/servers/lab/command", body).await.error(status);
        assert_eq!(error.code, code, "{trick:?}: {}", error.message);
        assert_eq!(kea.names(), ["config-write"], "{trick:?}: sent once");
    }
}

#[tokio::test]
async fn previewing_and_applying_change_nothing_before_config_set() {
    for (trick, status, code) in tricks() {
        for (action, command) in [
            ("preview", "config-get"),
            ("preview", "config-test"),
            ("apply", "config-get"),
            ("apply", "config-test"),
        ] {
            let (world, kea) = World::with_kea(config()).await;
            kea.trick(command, trick.clone());
            kea.trick(command, trick.clone());
            let targets = json!([{"server": "lab", "family": "dhcp4", "based-on": kea.hash()}]);
            let request = json!({"targets": targets, "edits": [add_domain()]});
            let path = if action == "preview" { "/api/v1/changes/preview" } else { "/api/v1/changes" };
            let error = world.post(path, request).await.error(status);
            assert_eq!(error.code, code, "{action} {command} {trick:?}: {}", error.message);
            assert_eq!(kea.config(), config(), "{action} {command} {trick:?}");
            assert!(kea.changing().is_empty(), "{action} {command} {trick:?}: {:?}", kea.names());
        }
    }
}

#[tokio::test]
async fn nobody_listens() {
    let world = World::new(Default::default());
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{port}");
    world
        .app
        .store
        .include_records(vec![record("lab", vec![channel(&url, ChannelKind::Direct, &[Family::V4])])]);
    let change =
        json!({"targets": [{"server": "lab", "family": "dhcp4", "based-on": "AB"}], "edits": [add_domain()]});
    let replies = [
        world.get("/api/v1/servers/lab/daemons/dhcp4/options").await,
        world.post("/api/v1/changes/preview", change.clone()).await,
        world.post("/api/v1/changes", change).await,
        world.post("/api/v1/servers/lab/daemons/dhcp4/reload", Value::Null).await,
        world.post("/api/v1/servers/lab/command", json!({"command": "config-get"})).await,
    ];
    for reply in replies {
        let error = reply.error(502);
        assert_eq!(error.code, ErrorCode::Unreachable);
        assert!(error.message.contains(&url) && error.help.is_some(), "{error:?}");
    }
    assert_eq!(world.get("/api/v1/servers/lab").await.json()["state"], "unreachable");
}

#[tokio::test]
async fn a_refused_reload_shows_keas_words() {
    let (world, kea) = World::with_kea(config()).await;
    kea.trick("config-reload", Trick::Answer(json!({"result": 1, "text": "Config reload failed: <line 3>"})));
    let error = world.post("/api/v1/servers/lab/daemons/dhcp4/reload", Value::Null).await.error(422);
    assert_eq!(error.kea.unwrap().text, "Config reload failed: <line 3>");
}
