//! Forwarding one command: to the right daemon, and Kea's own bytes back.

use crate::{
    fake_kea::{FakeKea, Trick},
    world::{Options, World, channel, config, record},
};
use perch_shared::{Family, api::ChannelKind};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixListener,
};

const PATH: &str = "/api/v1/servers/lab/command";

/// Two daemons with sockets of their own.
async fn direct() -> (World, FakeKea, FakeKea) {
    let (v4, v6) = (FakeKea::start(config()).await, FakeKea::start(json!({})).await);
    let world = World::new(Options::default());
    let channels = vec![
        channel(&v4.url(), ChannelKind::Direct, &[Family::V4]),
        channel(&v6.url(), ChannelKind::Direct, &[Family::V6]),
    ];
    world.app.store.include_records(vec![record("lab", channels)]);
    (world, v4, v6)
}

#[tokio::test]
async fn keas_bytes_come_back_as_they_are() {
    let (world, kea) = World::with_kea(config()).await;
    const ODD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 78\r\n\r\n\
        [ {\"result\":0,  \"arguments\": {\"n\": 340282366920938463463374607431768211456}} ]";
    kea.trick("statistic-get-all", Trick::Bytes(ODD));
    let reply = world.post(PATH, json!({"command": "statistic-get-all", "service": ["dhcp4"]})).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    let expected = &ODD[ODD.len() - 78..];
    assert_eq!(reply.body.as_ref(), expected);
}

#[tokio::test]
async fn a_refusal_by_kea_is_an_answer() {
    let (world, _kea) = World::with_kea(config()).await;
    let reply = world.post(PATH, json!({"command": "no-such", "service": ["dhcp4"]})).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()[0]["result"], 2);
}

#[tokio::test]
async fn an_agent_gets_the_service_list_as_it_is() {
    let (world, kea) = World::with_kea(config()).await;
    for body in [
        json!({"command": "list-commands"}),
        json!({"command": "list-commands", "service": ["dhcp4", "d2"]}),
        json!({"command": "config-test", "service": ["dhcp4"], "arguments": {"Dhcp4": {"comment": "zoë 中"}}}),
    ] {
        assert_eq!(world.post(PATH, body.clone()).await.status, 200);
        assert_eq!(kea.received().last(), Some(&body));
    }
}

#[tokio::test]
async fn escapes_are_spelled_out_for_kea() {
    let (world, kea) = World::with_kea(config()).await;
    let text = r#"{"command": "list-commands", "service": ["dhcp4"], "arguments": {"comment": "\u4e2d"}}"#;
    let headers = [("content-type", "application/json")];
    let request = crate::world::request(axum::http::Method::POST, PATH, &headers);
    world.send(request.body(axum::body::Body::from(text)).unwrap()).await;
    assert_eq!(kea.received()[0]["arguments"]["comment"], "中");
}

#[tokio::test]
async fn a_daemons_own_socket_never_gets_another_daemons_command() {
    let (world, v4, v6) = direct().await;
    let body = json!({"command": "config-write", "service": ["dhcp6"]});
    assert_eq!(world.post(PATH, body.clone()).await.status, 200);
    assert_eq!((v4.received(), v6.received()), (vec![], vec![body]));
}

#[tokio::test]
async fn both_daemons_answer_in_the_order_asked() {
    let (world, v4, v6) = direct().await;
    v4.trick("version-get", Trick::Answer(json!({"result": 0, "text": "four"})));
    v6.trick("version-get", Trick::Answer(json!({"result": 0, "text": "six"})));
    let reply =
        world.post(PATH, json!({"command": "version-get", "service": ["dhcp6", "dhcp4"]})).await.json();
    assert_eq!(
        (reply.as_array().unwrap().len(), &reply[0]["text"], &reply[1]["text"]),
        (2, &json!("six"), &json!("four"))
    );
}

#[tokio::test]
async fn a_command_for_nobody_is_not_sent() {
    let (world, v4, v6) = direct().await;
    for body in [
        json!({"command": "config-write"}),
        json!({"command": "config-write", "service": []}),
        json!({"command": "config-write", "service": ["d2"]}),
        json!({"command": "config-write", "service": ["dhcp4", "d2"]}),
    ] {
        let error = world.post(PATH, body).await.error(422);
        assert!(error.help.unwrap().contains("`dhcp4` or `dhcp6`"));
    }
    assert!(v4.received().is_empty() && v6.received().is_empty());
}

#[tokio::test]
async fn an_agent_beside_a_socket_gets_only_what_is_its() {
    let (agent, v6) = (FakeKea::start(config()).await, FakeKea::start(json!({})).await);
    let world = World::new(Options::default());
    let channels = vec![
        channel(&agent.url(), ChannelKind::ControlAgent, &[Family::V4]),
        channel(&v6.url(), ChannelKind::Direct, &[Family::V6]),
    ];
    world.app.store.include_records(vec![record("lab", channels)]);
    for (service, status) in
        [(json!(["dhcp6"]), 200), (json!(["dhcp4"]), 200), (json!(["dhcp4", "dhcp6"]), 422)]
    {
        let reply = world.post(PATH, json!({"command": "version-get", "service": service})).await;
        assert_eq!(reply.status.as_u16(), status, "{service}");
    }
    assert_eq!(agent.received(), [json!({"command": "version-get", "service": ["dhcp4"]})]);
    assert_eq!(v6.received(), [json!({"command": "version-get", "service": ["dhcp6"]})]);
}

#[tokio::test]
async fn other_keys_are_refused() {
    let (world, kea) = World::with_kea(config()).await;
    for body in [
        json!({"command": "config-get", "url": "http://192.0.2.1"}),
        json!({"command": "config-get", "service": "dhcp4"}),
        json!({"service": ["dhcp4"]}),
    ] {
        world.post(PATH, body).await.error(422);
    }
    assert!(kea.received().is_empty());
}

#[tokio::test]
async fn a_bare_object_becomes_a_list() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("kea4.sock");
    let listener = UnixListener::bind(&path).unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut command = vec![0; 1000];
        let length = stream.read(&mut command).await.unwrap();
        stream.write_all(br#"{ "result": 0,  "text": "3.0.4" }"#).await.unwrap();
        serde_json::from_slice::<Value>(&command[..length]).unwrap()
    });
    let world = World::new(Options::default());
    let address = format!("unix:{}", path.display());
    world
        .app
        .store
        .include_records(vec![record("lab", vec![channel(&address, ChannelKind::Unix, &[Family::V4])])]);
    let reply = world.post(PATH, json!({"command": "version-get"})).await;
    assert_eq!(reply.body.as_ref(), br#"[{ "result": 0,  "text": "3.0.4" }]"#);
    assert_eq!(served.await.unwrap()["command"], "version-get");
}

/// A daemon's own socket carries out whatever it is sent, so nothing goes where nobody has answered yet.
#[tokio::test]
async fn a_server_that_has_never_answered_gets_no_command() {
    let world = World::new(Options::default());
    let own = FakeKea::start(config()).await;
    // The probe finds a daemon that Perch cannot manage.
    for _ in 0..3 {
        own.trick("list-commands", Trick::Answer(json!({"result": 0, "arguments": []})));
    }
    world
        .app
        .store
        .include_records(vec![record("lab", vec![channel(&own.url(), ChannelKind::ControlAgent, &[])])]);
    let body = json!({"command": "shutdown", "service": ["dhcp6"]});
    let error = world.post(PATH, body).await.error(502);
    assert!(error.message.contains("has not answered yet"), "{}", error.message);
    assert_eq!(own.changing(), [""; 0]);
}

#[tokio::test]
async fn an_address_where_nobody_has_answered_is_nobodys() {
    let (known, unseen) = (FakeKea::start(config()).await, FakeKea::start(config()).await);
    let world = World::new(Options::default());
    let channels = vec![
        channel(&known.url(), ChannelKind::Direct, &[Family::V4]),
        channel(&unseen.url(), ChannelKind::ControlAgent, &[]),
    ];
    world.app.store.include_records(vec![record("lab", channels)]);
    world.post(PATH, json!({"command": "shutdown", "service": ["d2"]})).await.error(422);
    assert_eq!(
        world.post(PATH, json!({"command": "config-write"})).await.status,
        200,
        "the one that is known"
    );
    assert_eq!((known.changing(), unseen.changing()), (vec!["config-write".to_owned()], vec![]));
}

#[tokio::test]
async fn a_failure_says_that_others_have_answered() {
    let (world, v4, v6) = direct().await;
    v6.trick("config-write", Trick::DoAndClose);
    let body = json!({"command": "config-write", "service": ["dhcp4", "dhcp6"]});
    let error = world.post(PATH, body).await.error(502);
    assert!(error.help.unwrap().contains("answered already"));
    assert_eq!(v4.names(), ["config-write"]);
}

#[tokio::test]
async fn a_command_that_changes_waits_for_a_change_and_is_carried_to_its_end() {
    let (world, kea) = World::with_kea(config()).await;
    let change = world.app.controller.lock(&kea.url()).await;
    for command in ["subnet4-add", "lease4-get"] {
        let body = json!({"command": command, "service": ["dhcp4"]});
        let gone = tokio::time::timeout(Duration::from_millis(100), world.post(PATH, body)).await;
        assert_eq!(gone.is_ok(), command == "lease4-get", "{command}");
    }
    assert_eq!(kea.names(), ["lease4-get"]);
    drop(change);
    world.app.tasks.close();
    world.app.tasks.wait().await;
    assert_eq!(kea.names(), ["lease4-get", "subnet4-add"]);
}
