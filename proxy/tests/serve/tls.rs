//! Perch's own TLS: a real handshake, and a certificate that is replaced while Perch runs.

use crate::world::{Options, World};
use perch::web::{Exposure, ServerTls, bind};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use rustls_pki_types::{CertificateDer, ServerName};
use std::{fs, net::SocketAddr, path::Path, sync::Arc};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

fn make(dir: &Path) -> CertificateDer<'static> {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    for (name, text) in [("cert.pem", cert.pem()), ("key.pem", signing_key.serialize_pem())] {
        fs::write(dir.join("new"), text).unwrap();
        fs::rename(dir.join("new"), dir.join(name)).unwrap();
    }
    cert.der().clone()
}

async fn get(address: SocketAddr, trusted: &CertificateDer<'static>) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let mut stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await?;
    stream.write_all(b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8(answer).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_certificate_is_used_from_the_next_connection_on() {
    let dir = tempfile::tempdir().unwrap();
    let first = make(dir.path());
    let tls = ServerTls::new(dir.path().join("cert.pem"), dir.path().join("key.pem")).unwrap();
    let listener =
        bind("127.0.0.1:0".parse().unwrap(), Exposure::default()).await.unwrap().with_tls(Some(tls));
    assert!(listener.url().starts_with("https://127.0.0.1:"));
    let address = listener.address;
    let world = World::new(Options::default());
    tokio::spawn(listener.serve(world.app.clone(), std::future::pending()));
    assert!(get(address, &first).await.unwrap().starts_with("HTTP/1.1 200"));

    let second = make(dir.path());
    assert!(get(address, &second).await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(get(address, &first).await.is_err(), "the earlier one is gone");
    fs::write(dir.path().join("cert.pem"), "broken").unwrap();
    assert!(get(address, &second).await.is_ok(), "while the file is wrong, the earlier one stays");

    let mut plain = TcpStream::connect(address).await.unwrap();
    plain.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "nothing is said without TLS");
}

#[test]
fn wrong_files_are_named() {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    let (cert, key, none) =
        (dir.path().join("cert.pem"), dir.path().join("key.pem"), dir.path().join("none"));
    let error = |cert: &Path, key: &Path| ServerTls::new(cert.into(), key.into()).unwrap_err().to_string();
    assert!(error(&none, &key).contains("`tls-cert`") && error(&cert, &none).contains("`tls-key`"));
    assert!(error(&key, &key).contains("`tls-cert`"), "a key is no certificate");
    assert!(error(&cert, &cert).contains("help: "));
    let other = tempfile::tempdir().unwrap();
    make(other.path());
    assert!(error(&cert, &other.path().join("key.pem")).contains("`tls-key`"), "another certificate's key");
}
