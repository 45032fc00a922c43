//! TLS settings, made once for each set of files and again when a file changes.

use super::{TlsFault, pem};
use perch_shared::api::TlsFiles;
use rustls::{ClientConfig, RootCertStore, client::Resumption, crypto::ring};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use std::{
    collections::HashMap,
    os::unix::fs::MetadataExt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// Made TLS settings.
#[derive(Default)]
pub(crate) struct TlsCache {
    made: Mutex<HashMap<TlsFiles, Made>>,
}

#[derive(Clone)]
struct Made {
    stamps: Stamps,
    config: Arc<ClientConfig>,
}

/// What tells that a file was changed or replaced: modification time, size and inode.
type Stamps = [Option<(i64, i64, u64, u64)>; 3];

impl TlsCache {
    /// The settings for these files, as the files are now.
    pub(super) async fn config(&self, files: &TlsFiles) -> Result<Arc<ClientConfig>, TlsFault> {
        let stamps = stamps(files).await;
        let known = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(files).cloned();
        if let Some(made) = known.filter(|made| made.stamps == stamps) {
            return Ok(made.config);
        }
        let config = Arc::new(make(files).await?);
        let made = Made { stamps, config: Arc::clone(&config) };
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(files.clone(), made);
        Ok(config)
    }
}

async fn stamps(files: &TlsFiles) -> Stamps {
    let mut stamps = Stamps::default();
    for (stamp, path) in stamps.iter_mut().zip([&files.trust_anchor, &files.cert_file, &files.key_file]) {
        let Some(path) = path else { continue };
        if let Ok(meta) = tokio::fs::metadata(path).await {
            *stamp = Some((meta.mtime(), meta.mtime_nsec(), meta.size(), meta.ino()));
        }
    }
    stamps
}

async fn make(files: &TlsFiles) -> Result<ClientConfig, TlsFault> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsFault::Other(error.to_string()))?
        .with_root_certificates(roots(files).await?);
    let mut config = match client_certificate(files).await? {
        None => builder.with_no_client_auth(),
        Some((chain, key, path)) => builder.with_client_auth_cert(chain, key).map_err(|error| {
            TlsFault::Invalid { key: "key-file", path: path.into(), cause: error.to_string() }
        })?,
    };
    // Kea checks client certificates without giving its sessions a context: OpenSSL then ends a resumed session with
    // the alert `internal_error`.
    config.resumption = Resumption::disabled();
    Ok(config)
}

type ClientCertificate = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>, String);

async fn client_certificate(files: &TlsFiles) -> Result<Option<ClientCertificate>, TlsFault> {
    let (cert, key) = match (&files.cert_file, &files.key_file) {
        (None, None) => return Ok(None),
        (Some(_), None) => return Err(TlsFault::HalfPair { given: "cert-file", missing: "key-file" }),
        (None, Some(_)) => return Err(TlsFault::HalfPair { given: "key-file", missing: "cert-file" }),
        (Some(cert), Some(key)) => (cert, key),
    };
    let chain = pem::certificates("cert-file", cert).await?;
    let secret = pem::private_key("key-file", key).await?;
    Ok(Some((chain, secret, key.clone())))
}

async fn roots(files: &TlsFiles) -> Result<RootCertStore, TlsFault> {
    let mut roots = RootCertStore::empty();
    let Some(path) = &files.trust_anchor else {
        roots.add_parsable_certificates(system_roots().await);
        return if roots.is_empty() { Err(TlsFault::NoRoots) } else { Ok(roots) };
    };
    for certificate in pem::certificates("trust-anchor", path).await? {
        roots.add(certificate).map_err(|error| TlsFault::Invalid {
            key: "trust-anchor",
            path: Path::new(path).to_owned(),
            cause: error.to_string(),
        })?;
    }
    Ok(roots)
}

/// The system's authorities; reading them takes some milliseconds of disk and CPU time.
async fn system_roots() -> Vec<CertificateDer<'static>> {
    tokio::task::spawn_blocking(|| rustls_native_certs::load_native_certs().certs).await.unwrap_or_default()
}
