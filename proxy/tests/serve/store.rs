//! `servers.json`: strict reading, atomic replacement, permissions.

use crate::world::channel;
use perch::store::{NewServer, OpenError, StateDir, Store, StoreError};
use perch_shared::{
    Family,
    api::{ChannelKind, Credentials, Origin, ProbeReport, ServerId, TlsFiles},
};
use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc};

fn open(path: &Path) -> Result<Arc<Store>, OpenError> {
    Ok(Arc::new(Store::open(Arc::new(StateDir::open(path)?))?))
}

fn server(name: &str, address: &str) -> NewServer {
    NewServer {
        name: name.to_owned(),
        channels: vec![channel(address, ChannelKind::Direct, &[Family::V4])],
        credentials: Some(Credentials { user: "perch".to_owned(), password: "s3cret".to_owned() }),
        tls: TlsFiles::default(),
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn what_is_added_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("deep/state");
    let store = open(&path).unwrap();
    let first = store.add(server("Branch Office", "http://127.0.0.1:1")).await.unwrap();
    let second = store.add(server("Branch: Office", "http://127.0.0.1:2")).await.unwrap();
    assert_eq!((first.id.as_str(), second.id.as_str()), ("branch-office", "branch-office-2"));
    assert!(first.has_credentials);
    let before = store.records();
    drop(store);
    let store = open(&path).unwrap();
    assert_eq!(store.records(), before);
    assert_eq!((mode(&path), mode(&path.join("servers.json"))), (0o700, 0o600));

    let renamed = store.replace(first.id.clone(), server("Head Office", "http://127.0.0.1:1")).await.unwrap();
    assert_eq!((renamed.id.as_str(), renamed.name.as_str()), ("branch-office", "Head Office"));
    store.remove(second.id).await.unwrap();
    drop(store);
    assert_eq!(open(&path).unwrap().list(), vec![renamed]);
}

#[tokio::test]
async fn one_daemon_belongs_to_one_server() {
    let store = Arc::new(Store::in_memory());
    let first = store.add(server("a", "http://127.0.0.1:1")).await.unwrap();
    let error = store.add(server("b", "http://127.0.0.1:1")).await.unwrap_err();
    assert!(matches!(error, StoreError::Taken { .. }), "{error}");
    store.replace(first.id, server("b", "http://127.0.0.1:1")).await.expect("its own address is not taken");
}

#[tokio::test]
async fn no_two_servers_have_one_name() {
    let store = Arc::new(Store::in_memory());
    let first = store.add(server("Branch", "http://127.0.0.1:1")).await.unwrap();
    let second = store.add(server("Office", "http://127.0.0.1:2")).await.unwrap();
    let error = store.add(server("branch", "http://127.0.0.1:3")).await.unwrap_err();
    assert!(matches!(error, StoreError::SameName(_)), "{error}");
    let error = store.replace(second.id, server("Branch", "http://127.0.0.1:2")).await.unwrap_err();
    assert!(matches!(error, StoreError::SameName(_)), "{error}");
    store.replace(first.id, server("BRANCH", "http://127.0.0.1:1")).await.expect("its own name is not taken");
}

#[tokio::test]
async fn changes_at_once_are_all_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let tasks: Vec<_> = (1..=20)
        .map(|port| {
            let store = store.clone();
            tokio::spawn(async move {
                store.add(server(&format!("kea {port}"), &format!("http://127.0.0.1:{port}"))).await
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let records = store.records();
    drop(store);
    let again = open(dir.path()).unwrap().records();
    assert_eq!((again.len(), &again), (20, &records));
}

#[tokio::test]
async fn a_file_that_cannot_be_written_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    store.add(server("kept", "http://127.0.0.1:1")).await.unwrap();
    let before = fs::read(dir.path().join("servers.json")).unwrap();
    // A directory in the way of the temporary file stops even the superuser, whom permissions do not.
    fs::create_dir(dir.path().join("servers.json.new")).unwrap();
    let error = store.add(server("lost", "http://127.0.0.1:2")).await.unwrap_err();
    assert!(matches!(error, StoreError::Write(_)), "{error}");
    let id = ServerId::new("kept").unwrap();
    assert!(store.replace(id.clone(), server("other", "http://127.0.0.1:3")).await.is_err());
    assert!(store.remove(id).await.is_err());
    assert_eq!(store.list().iter().map(|server| server.name.as_str()).collect::<Vec<_>>(), ["kept"]);
    assert_eq!(fs::read(dir.path().join("servers.json")).unwrap(), before);
}

#[test]
fn what_a_crash_left_behind_is_no_harm() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("servers.json.new"), "half a fi").unwrap();
    assert!(open(dir.path()).unwrap().list().is_empty());
}

#[test]
fn a_damaged_file_stops_the_start_and_is_left_alone() {
    for (text, place) in [
        ("", "servers.json:1:0"),
        ("{\"version\": 1,\n \"servers\": [", "servers.json:2:13"),
        ("{\"version\": 1, \"servers\": [{}]}", "servers.json:1:"),
        ("{\"version\": 1, \"servers\": [], \"more\": 1}", "servers.json:1:"),
        ("{\"version\": 2, \"servers\": []}", "servers.json:1:1"),
        ("[]", "servers.json:1:"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("servers.json");
        fs::write(&path, text).unwrap();
        let error = open(dir.path()).unwrap_err().to_string();
        assert!(error.contains(place) && error.contains("help: "), "{text}: {error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
}

#[test]
fn a_damaged_files_message_holds_no_password() {
    let dir = tempfile::tempdir().unwrap();
    let text = r#"{"version": 1, "servers": [{"id": "a", "name": "a", "origin": "inventory", "channels": [],
        "has-credentials": true, "credentials": "s3cret"}]}"#;
    fs::write(dir.path().join("servers.json"), text).unwrap();
    let error = open(dir.path()).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error}");
}

#[test]
fn a_second_process_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let _first = open(dir.path()).unwrap();
    let error = open(dir.path()).unwrap_err();
    assert!(matches!(error, OpenError::InUse(_)), "{error}");
}

#[test]
fn a_daemon_that_was_found_once_stays() {
    let store = Store::in_memory();
    let id = store.include(server("a", "http://127.0.0.1:1"), Origin::Settings).unwrap();
    let found = |family| ProbeReport {
        channels: vec![channel("http://127.0.0.1:1", ChannelKind::ControlAgent, &[family])],
        ..ProbeReport::default()
    };
    store.discovered(&id, found(Family::V6)).unwrap();
    let record = store.discovered(&id, found(Family::V6)).unwrap();
    let expected = channel("http://127.0.0.1:1", ChannelKind::ControlAgent, &[Family::V4, Family::V6]);
    assert_eq!(record.server.channels, [expected]);
}
