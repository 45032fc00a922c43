//! Reads PEM files, with an error for each thing that can be wrong with them.

use super::TlsFault;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, pem, pem::PemObject};
use std::path::Path;

/// The longest PEM file in bytes; the authorities of a whole system take a quarter of it.
const LONGEST: u64 = 1 << 20;

/// All certificates in a file; at least one.
pub(super) async fn certificates(
    key: &'static str,
    path: &str,
) -> Result<Vec<CertificateDer<'static>>, TlsFault> {
    let bytes = read(key, path).await?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => Err(no_pem(key, path, "certificate")),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(fault(key, path, "certificate", &error)),
    }
}

/// The first private key in a file.
pub(super) async fn private_key(key: &'static str, path: &str) -> Result<PrivateKeyDer<'static>, TlsFault> {
    let bytes = read(key, path).await?;
    PrivateKeyDer::from_pem_slice(&bytes).map_err(|error| fault(key, path, "private key", &error))
}

async fn read(key: &'static str, path: &str) -> Result<Vec<u8>, TlsFault> {
    let unreadable = |cause: String| TlsFault::Unreadable { key, path: Path::new(path).to_owned(), cause };
    // Whoever adds a server names the path: a device or a pipe would be read for ever.
    let meta = tokio::fs::metadata(path).await.map_err(|error| unreadable(error.to_string()))?;
    if !meta.is_file() || meta.len() > LONGEST {
        return Err(unreadable(format!("it is not a file of at most {LONGEST} bytes")));
    }
    tokio::fs::read(path).await.map_err(|error| unreadable(error.to_string()))
}

fn fault(key: &'static str, path: &str, wanted: &'static str, error: &pem::Error) -> TlsFault {
    match error {
        pem::Error::NoItemsFound => no_pem(key, path, wanted),
        other => TlsFault::Invalid { key, path: Path::new(path).to_owned(), cause: other.to_string() },
    }
}

fn no_pem(key: &'static str, path: &str, wanted: &'static str) -> TlsFault {
    TlsFault::NoPem { key, path: Path::new(path).to_owned(), wanted }
}
