//! TLS faults, each told from the others, with certificates made for the test.

use crate::fake::{Reply, client, serve, target};
use perch::kea::{Fault, Target, TlsFault};
use perch_shared::{api::TlsFiles, command::Command};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    date_time_ymd,
};
use rustls::{
    RootCertStore, ServerConfig,
    crypto::ring,
    server::{NoClientAuth, WebPkiClientVerifier, danger::ClientCertVerifier},
};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::{
    path::Path,
    sync::{Arc, Mutex},
};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const OK: &str = r#"[{"result":0,"text":"2.6.3"}]"#;

/// A certificate authority.
struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its key.
struct Leaf {
    certificate: CertificateDer<'static>,
    certificate_pem: String,
    key: KeyPair,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    fn leaf(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> Leaf {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        change(&mut params);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Leaf { certificate_pem: certificate.pem(), certificate: certificate.der().clone(), key }
    }
}

/// The files that Perch is given.
struct Files {
    folder: TempDir,
    files: TlsFiles,
}

impl Files {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), files: TlsFiles::default() }
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    fn trust(mut self, authority: &Authority) -> Self {
        self.files.trust_anchor = Some(self.write("ca.crt", &authority.0.pem()));
        self
    }

    fn own(mut self, leaf: &Leaf) -> Self {
        self.files.cert_file = Some(self.write("own.crt", &leaf.certificate_pem));
        self.files.key_file = Some(self.write("own.key", &leaf.key.serialize_pem()));
        self
    }

    fn target(&self, port: u16) -> Target {
        Target { tls: self.files.clone(), ..target(&format!("https://127.0.0.1:{port}")) }
    }
}

/// A TLS server with this certificate, which asks for client certificates when `clients` is given.
async fn server(leaf: &Leaf, clients: Option<&Authority>) -> u16 {
    let verifier: Arc<dyn ClientCertVerifier> = match clients {
        None => Arc::new(NoClientAuth),
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.0.der().clone()).unwrap();
            let provider = Arc::new(ring::default_provider());
            WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build().unwrap()
        }
    };
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf.key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![leaf.certificate.clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                serve(stream, 0, vec![Reply::json(OK)], Arc::new(Mutex::new(Vec::new()))).await;
            });
        }
    });
    port
}

async fn fault(target: &Target) -> Fault {
    client().send(target, &Command::new("version-get")).await.unwrap_err().fault
}

#[tokio::test]
async fn a_trusted_server_answers() {
    let authority = Authority::new("ca");
    let port = server(&authority.leaf("127.0.0.1", |_| ()), None).await;
    let files = Files::new().trust(&authority);
    let client = client();
    for _ in 0..2 {
        assert_eq!(
            client.send(&files.target(port), &Command::new("version-get")).await.unwrap().text,
            "2.6.3"
        );
    }
}

#[tokio::test]
async fn certificates_that_are_not_trusted() {
    let (authority, other) = (Authority::new("ca"), Authority::new("other"));
    let good = server(&authority.leaf("127.0.0.1", |_| ()), None).await;
    let files = Files::new().trust(&other);
    assert_eq!(fault(&files.target(good)).await, TlsFault::UnknownIssuer { anchored: true }.into());

    let expired = server(
        &authority.leaf("127.0.0.1", |params| {
            params.not_before = date_time_ymd(2020, 1, 1);
            params.not_after = date_time_ymd(2021, 1, 1);
        }),
        None,
    )
    .await;
    let files = Files::new().trust(&authority);
    let found = fault(&files.target(expired)).await;
    assert!(matches!(&found, Fault::Tls(TlsFault::Expired { since: Some(_) })), "{found:?}");
    assert!(found.to_string().contains("days ago"), "{found}");

    let early =
        server(&authority.leaf("127.0.0.1", |params| params.not_before = date_time_ymd(2999, 1, 1)), None)
            .await;
    assert_eq!(fault(&files.target(early)).await, TlsFault::NotYetValid.into());

    let elsewhere = server(&authority.leaf("kea.example.org", |_| ()), None).await;
    let found = fault(&files.target(elsewhere)).await;
    assert!(
        matches!(&found, Fault::Tls(TlsFault::WrongName { host, .. }) if host == "127.0.0.1"),
        "{found:?}"
    );
    assert!(found.to_string().contains("kea.example.org"), "{found}");
}

#[tokio::test]
async fn client_certificates() {
    let (authority, other) = (Authority::new("ca"), Authority::new("other"));
    let port = server(&authority.leaf("127.0.0.1", |_| ()), Some(&authority)).await;

    let files = Files::new().trust(&authority).own(&authority.leaf("perch", |_| ()));
    assert!(client().send(&files.target(port), &Command::new("version-get")).await.is_ok());

    let files = Files::new().trust(&authority);
    assert_eq!(fault(&files.target(port)).await, TlsFault::CertificateRequired.into());

    let files = Files::new().trust(&authority).own(&other.leaf("perch", |_| ()));
    let found = fault(&files.target(port)).await;
    assert!(matches!(found, Fault::Tls(TlsFault::CertificateRejected(_))), "{found:?}");
}

#[tokio::test]
async fn one_side_speaks_tls() {
    let authority = Authority::new("ca");
    let files = Files::new().trust(&authority);
    // A Kea that gets the offer of TLS on a plain port answers 400 at once, as this one does.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_buf(&mut Vec::with_capacity(1024)).await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await.unwrap();
    });
    assert_eq!(fault(&files.target(port)).await, TlsFault::NotTls.into());

    let port = server(&authority.leaf("127.0.0.1", |_| ()), None).await;
    let found = fault(&target(&format!("http://127.0.0.1:{port}"))).await;
    assert!(matches!(found, Fault::Closed | Fault::NotKea(_)), "{found:?}");
}

#[tokio::test]
async fn files_that_are_not_what_they_should_be() {
    let authority = Authority::new("ca");
    let leaf = authority.leaf("127.0.0.1", |_| ());
    let port = server(&leaf, None).await;

    let mut files = Files::new();
    files.files.trust_anchor = Some("/nonexistent/ca.crt".into());
    let found = fault(&files.target(port)).await;
    assert!(matches!(&found, Fault::Tls(TlsFault::Unreadable { key: "trust-anchor", .. })), "{found:?}");

    files.files.trust_anchor = Some("/dev/null".into());
    let found = fault(&files.target(port)).await;
    assert!(matches!(&found, Fault::Tls(TlsFault::Unreadable { .. })), "a device may have no end: {found:?}");

    files.files.trust_anchor = Some(files.write("ca.crt", "not PEM"));
    let found = fault(&files.target(port)).await;
    assert!(
        matches!(&found, Fault::Tls(TlsFault::NoPem { key: "trust-anchor", wanted: "certificate", .. })),
        "{found:?}"
    );

    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    files.files.trust_anchor = Some(files.write("ca.crt", broken));
    let found = fault(&files.target(port)).await;
    assert!(matches!(&found, Fault::Tls(TlsFault::Invalid { key: "trust-anchor", .. })), "{found:?}");

    let mut files = Files::new().trust(&authority).own(&leaf);
    files.files.key_file = Some(files.write("own.key", &leaf.certificate_pem));
    let found = fault(&files.target(port)).await;
    assert!(
        matches!(&found, Fault::Tls(TlsFault::NoPem { key: "key-file", wanted: "private key", .. })),
        "{found:?}"
    );

    files.files.key_file = Some(files.write("own.key", &KeyPair::generate().unwrap().serialize_pem()));
    let found = fault(&files.target(port)).await;
    assert!(matches!(&found, Fault::Tls(TlsFault::Invalid { key: "key-file", .. })), "{found:?}");

    files.files.key_file = None;
    let found = fault(&files.target(port)).await;
    assert_eq!(found, TlsFault::HalfPair { given: "cert-file", missing: "key-file" }.into());
}

#[tokio::test]
async fn a_file_that_was_replaced_is_read_again() {
    let (authority, other) = (Authority::new("ca"), Authority::new("other"));
    let port = server(&authority.leaf("127.0.0.1", |_| ()), None).await;
    let files = Files::new().trust(&other);
    let client = client();
    let error = client.send(&files.target(port), &Command::new("version-get")).await.unwrap_err();
    assert_eq!(error.fault, TlsFault::UnknownIssuer { anchored: true }.into());
    let new = files.write("new.crt", &authority.0.pem());
    std::fs::rename(Path::new(&new), files.folder.path().join("ca.crt")).unwrap();
    assert!(client.send(&files.target(port), &Command::new("version-get")).await.is_ok());
}
