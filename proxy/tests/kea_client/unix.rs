//! The UNIX socket channel.

use crate::fake::{Reply, answer, client, target};
use perch::kea::{Fault, KeaError};
use perch_shared::command::{Answer, Command};
use tempfile::TempDir;
use tokio::{io::AsyncReadExt as _, net::UnixListener};

/// A socket that answers one command.
fn listen(reply: Reply) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kea.sock");
    let listener = UnixListener::bind(&path).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut command = Vec::new();
        // Like Kea, it reads until the JSON is whole.
        let is_whole = |bytes: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok();
        while !command.ends_with(b"}") || !is_whole(&command) {
            stream.read_buf(&mut command).await.unwrap();
        }
        answer(&mut stream, reply).await;
    });
    let address = format!("unix:{}", path.display());
    (folder, address)
}

async fn outcome(reply: Reply) -> Result<Answer, KeaError> {
    let (_folder, address) = listen(reply);
    client().send(&target(&address), &Command::new("version-get")).await
}

#[tokio::test]
async fn one_command_one_answer() {
    assert_eq!(outcome(Reply::last(r#"{ "result": 0, "text": "3.0.4" }"#)).await.unwrap().text, "3.0.4");
}

#[tokio::test]
async fn a_large_command_arrives_whole() {
    let (_folder, address) = listen(Reply::last(r#"{"result":0}"#));
    let command = Command::new("config-set").with(serde_json::json!({"x": "y".repeat(3_000_000)}));
    client().send(&target(&address), &command).await.unwrap();
}

#[tokio::test]
async fn every_fault_has_its_name() {
    let faults = [
        (Reply::close(), "the connection was closed without an answer"),
        (Reply::last(r#"{ "result": 0, "te"#), "the answer was cut off after 18 bytes"),
        (Reply::last("garbage"), "this is not Kea: it answers a command with something that is not JSON"),
        (Reply::Never, "no whole answer within 0.4 s"),
        (Reply::Endless(b"[ ".repeat(1024)), "the answer is larger than 64 KiB"),
    ];
    for (reply, text) in faults {
        assert_eq!(outcome(reply).await.unwrap_err().fault.to_string(), text);
    }
}

#[tokio::test]
async fn a_socket_that_cannot_be_reached() {
    let folder = tempfile::tempdir().unwrap();
    let send = async |path: &std::path::Path| {
        let target = target(&format!("unix:{}", path.display()));
        client().send(&target, &Command::new("version-get")).await.unwrap_err().fault
    };
    assert_eq!(send(&folder.path().join("none")).await, Fault::NoSocket);
    let stale = folder.path().join("stale");
    drop(UnixListener::bind(&stale).unwrap());
    assert_eq!(send(&stale).await, Fault::SocketStale);
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert_eq!(send(&file).await, Fault::NotASocket);
}

#[tokio::test]
async fn forwarding_gives_the_bare_object() {
    let (_folder, address) = listen(Reply::last("{ \"result\": 0 }\n"));
    let got = client().forward(&target(&address), r#"{"command":"version-get"}"#.into()).await.unwrap();
    assert_eq!(got, r#"{ "result": 0 }"#);
}
