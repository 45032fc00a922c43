//! Perch's own TLS: a certificate and its key, read again when the files change.

use rustls::{ServerConfig, crypto::ring};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};
use std::{
    fmt, fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use tokio_rustls::TlsAcceptor;

/// Why Perch cannot speak TLS.
#[derive(Debug, thiserror::Error)]
#[error("`{key}`: {path}: {what}\n  help: name a PEM file that Perch's user may read; the certificate comes first, then those that signed it", path = .path.display())]
pub struct TlsFilesError {
    key: &'static str,
    path: PathBuf,
    what: String,
}

/// What tells that a file was changed or replaced: modification time, size and inode.
type Stamp = Option<(i64, i64, u64, u64)>;

/// A certificate and its key.
pub struct ServerTls {
    cert: PathBuf,
    key: PathBuf,
    made: Mutex<([Stamp; 2], TlsAcceptor)>,
}

impl fmt::Debug for ServerTls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerTls({})", self.cert.display())
    }
}

impl ServerTls {
    /// Reads the files.
    ///
    /// # Errors
    /// When one cannot be read or holds something else, or when they do not belong together.
    pub fn new(cert: PathBuf, key: PathBuf) -> Result<Self, TlsFilesError> {
        let stamps = [stamp(&cert), stamp(&key)];
        let acceptor = make(&cert, &key)?;
        Ok(Self { cert, key, made: Mutex::new((stamps, acceptor)) })
    }

    /// What greets a connection, with the files as they are now. While they are wrong, the earlier ones stay.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let stamps = [stamp(&self.cert), stamp(&self.key)];
        if made.0 != stamps {
            made.0 = stamps;
            match make(&self.cert, &self.key) {
                Ok(acceptor) => {
                    made.1 = acceptor;
                    tracing::info!("the certificate was read again");
                }
                Err(error) => {
                    tracing::error!(%error, "the certificate was changed, and the earlier one stays")
                }
            }
        }
        made.1.clone()
    }
}

fn stamp(path: &Path) -> Stamp {
    let meta = fs::metadata(path).ok()?;
    Some((meta.mtime(), meta.mtime_nsec(), meta.size(), meta.ino()))
}

fn make(cert: &Path, key: &Path) -> Result<TlsAcceptor, TlsFilesError> {
    let wrong = |key, path: &Path, what: String| TlsFilesError { key, path: path.to_owned(), what };
    let in_cert = |what| wrong("tls-cert", cert, what);
    let in_key = |what| wrong("tls-key", key, what);
    let chain: Vec<_> = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect)
        .map_err(|error| in_cert(error.to_string()))?;
    if chain.is_empty() {
        return Err(in_cert("there is no certificate in it".to_owned()));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| in_key(error.to_string()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| in_cert(error.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| in_key(error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
