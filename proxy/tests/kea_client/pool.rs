//! Which connection a command travels on, and what is sent twice.

use crate::fake::{Fake, Reply, client};
use perch::kea::Fault;
use perch_shared::command::Command;

const OK: &str = r#"[{"result":0}]"#;

fn connections(fake: &Fake) -> Vec<usize> {
    fake.requests().iter().map(|request| request.connection).collect()
}

#[tokio::test]
async fn reading_shares_a_connection_and_changing_does_not() {
    let fake = Fake::http([Reply::json(OK)]).await;
    let client = client();
    for command in ["version-get", "config-get", "config-set", "status-get", "config-write"] {
        client.send(&fake.target(), &Command::new(command)).await.unwrap();
    }
    assert_eq!(connections(&fake), [0, 0, 1, 1, 2]);
}

#[tokio::test]
async fn a_clone_shares_the_connections() {
    let fake = Fake::http([Reply::json(OK)]).await;
    let client = client();
    client.send(&fake.target(), &Command::new("version-get")).await.unwrap();
    client.with_limits(client.limits()).send(&fake.target(), &Command::new("version-get")).await.unwrap();
    assert_eq!(connections(&fake), [0, 0]);
}

#[tokio::test]
async fn reading_is_repeated_when_a_kept_connection_turns_out_closed() {
    let fake = Fake::http([Reply::json(OK), Reply::close(), Reply::json(OK)]).await;
    let client = client();
    client.send(&fake.target(), &Command::new("version-get")).await.unwrap();
    client.send(&fake.target(), &Command::new("config-get")).await.unwrap();
    assert_eq!(connections(&fake), [0, 0, 1]);
}

#[tokio::test]
async fn reading_is_not_repeated_when_an_answer_had_begun() {
    let fake =
        Fake::http([Reply::json(OK), Reply::last("HTTP/1.1 200 OK\r\nContent-"), Reply::json(OK)]).await;
    let client = client();
    client.send(&fake.target(), &Command::new("version-get")).await.unwrap();
    let error = client.send(&fake.target(), &Command::new("config-get")).await.unwrap_err();
    assert!(matches!(error.fault, Fault::Cut { .. }), "{error:?}");
    assert_eq!(connections(&fake), [0, 0]);
}

#[tokio::test]
async fn reading_is_not_repeated_on_a_new_connection() {
    let fake = Fake::http([Reply::close(), Reply::json(OK)]).await;
    let error = client().send(&fake.target(), &Command::new("config-get")).await.unwrap_err();
    assert_eq!(error.fault, Fault::Closed, "a daemon that died over the command must not be hidden");
    assert_eq!(fake.requests().len(), 1);
}

#[tokio::test]
async fn changing_is_never_sent_twice() {
    let fake = Fake::http([Reply::json(OK), Reply::close(), Reply::json(OK)]).await;
    let client = client();
    client.send(&fake.target(), &Command::new("version-get")).await.unwrap();
    let error = client.send(&fake.target(), &Command::new("config-set")).await.unwrap_err();
    assert_eq!(error.fault, Fault::Closed);
    assert!(error.fault.may_have_run());
    assert_eq!(fake.requests().len(), 2);

    let fake = Fake::http([Reply::json(OK), Reply::close(), Reply::json(OK)]).await;
    client.forward(&fake.target(), r#"{"command":"version-get"}"#.into()).await.unwrap();
    client.forward(&fake.target(), r#"{"command":"lease4-add"}"#.into()).await.unwrap_err();
    assert_eq!(fake.requests().len(), 2);
}

#[tokio::test]
async fn a_connection_that_the_server_has_closed_is_not_used() {
    let goodbye = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{OK}", OK.len());
    let fake = Fake::http([Reply::last(&goodbye), Reply::json(OK)]).await;
    let client = client();
    client.send(&fake.target(), &Command::new("version-get")).await.unwrap();
    client.send(&fake.target(), &Command::new("version-get")).await.unwrap();
    assert_eq!(connections(&fake), [0, 1]);
}
