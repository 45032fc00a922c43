//! What can be wrong with TLS, each with its remedy.

use perch_shared::api::TlsFiles;
use rustls::{AlertDescription, CertificateError, Error, InvalidMessage};
use std::{io, path::PathBuf, time::Duration};

/// What can be wrong with TLS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlsFault {
    /// A TLS file cannot be read.
    #[error("`{}`, Perch's `{key}`, cannot be read: {cause}", path.display())]
    Unreadable {
        /// Which of the settings names it.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        cause: String,
    },
    /// A TLS file holds no certificate or key in PEM form.
    #[error("`{}`, Perch's `{key}`, holds no {wanted} in PEM form", path.display())]
    NoPem {
        /// Which of the settings names it.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// `certificate` or `private key`.
        wanted: &'static str,
    },
    /// A TLS file's content is not acceptable.
    #[error("`{}`, Perch's `{key}`, is not acceptable: {cause}", path.display())]
    Invalid {
        /// Which of the settings names it.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        cause: String,
    },
    /// `cert-file` without `key-file`, or the other way round.
    #[error("Perch has a `{given}` for this server, but no `{missing}`")]
    HalfPair {
        /// The setting that is there.
        given: &'static str,
        /// The setting that is not.
        missing: &'static str,
    },
    /// There is no `trust-anchor`, and the system has no authorities.
    #[error("Perch's system knows no certificate authorities")]
    NoRoots,
    /// No known authority signed the server's certificate.
    #[error("no authority that Perch trusts has signed Kea's certificate")]
    UnknownIssuer {
        /// Whether a `trust-anchor` is set.
        anchored: bool,
    },
    /// The server's certificate is no longer valid.
    #[error("Kea's certificate has expired{}", ago(*since))]
    Expired {
        /// How long ago, where that is known.
        since: Option<Duration>,
    },
    /// The server's certificate is not valid yet.
    #[error("Kea's certificate is not valid yet")]
    NotYetValid,
    /// The server's certificate is for another name.
    #[error("Kea's certificate is not for `{host}`{}", names(presented))]
    WrongName {
        /// The host in the address.
        host: String,
        /// The names in the certificate, where they are known.
        presented: Vec<String>,
    },
    /// The server's certificate is not acceptable for another reason.
    #[error("Kea's certificate is not acceptable: {0}")]
    BadCertificate(String),
    /// The server wants a certificate from Perch.
    #[error("Kea wants a certificate from Perch")]
    CertificateRequired,
    /// The server does not accept Perch's certificate.
    #[error("Kea does not accept Perch's certificate: {0}")]
    CertificateRejected(String),
    /// The server does not speak TLS.
    #[error("what answers there does not speak TLS")]
    NotTls,
    /// The server closed the connection while TLS was being agreed on.
    #[error("Kea closed the connection while TLS was being agreed on")]
    HandshakeClosed,
    /// The server closed the connection when TLS was agreed on, before any answer, and Perch had shown no certificate.
    #[error(
        "Kea closed the connection as soon as TLS was agreed on, as it does when it wants a certificate from Perch"
    )]
    ClosedAfterHandshake,
    /// The server speaks TLS, but the address says that it does not.
    #[error("TLS is spoken there")]
    Spoken,
    /// What answers there said nothing to TLS.
    #[error("nothing was said to the offer of TLS within {} s", .0.as_secs_f32())]
    Silent(Duration),
    /// Anything else.
    #[error("TLS failed: {0}")]
    Other(String),
}

fn ago(since: Option<Duration>) -> String {
    match since.map(|since| since.as_secs() / 86_400) {
        None => String::new(),
        Some(0) => " less than a day ago".to_owned(),
        Some(1) => " a day ago".to_owned(),
        Some(days) => format!(" {days} days ago"),
    }
}

fn names(presented: &[String]) -> String {
    if presented.is_empty() { String::new() } else { format!(", but for {}", presented.join(", ")) }
}

impl TlsFault {
    /// What to do about it.
    pub fn remedy(&self) -> String {
        let text = match self {
            Self::Unreadable { path, .. } => {
                return format!(
                    "Check the path and that Perch's user may read the file: `ls -l {}`.",
                    path.display()
                );
            }
            Self::NoPem { wanted: "certificate", .. } => {
                "Give a PEM file: it has a line `-----BEGIN CERTIFICATE-----`. \
                 `openssl x509 -inform der -in FILE` converts a DER file."
            }
            Self::NoPem { .. } => {
                "Give an unencrypted PEM key: it has a line `-----BEGIN PRIVATE KEY-----`. \
                 `openssl pkey -in FILE -out NEW` takes a key's passphrase off."
            }
            Self::Invalid { .. } => {
                "Check that the certificate and the key belong together and are not damaged."
            }
            Self::HalfPair { missing, .. } => return format!("Set `{missing}` as well, or neither."),
            Self::NoRoots => {
                "Set `trust-anchor` to the PEM file of the authority that signed Kea's certificate, \
                 or install the system's authorities (`apt install ca-certificates`)."
            }
            Self::UnknownIssuer { anchored: false } => {
                "Set `trust-anchor` to the PEM file of the authority that signed Kea's certificate: \
                 the file that Kea's own `trust-anchor` names."
            }
            Self::UnknownIssuer { anchored: true } => {
                "Set `trust-anchor` to the authority that signed the certificate in Kea's `cert-file`; \
                 the present one did not."
            }
            Self::Expired { .. } => {
                "Put a new certificate into Kea's `cert-file` and restart what listens there; \
                 if it is still valid, set the clock of Perch's machine right."
            }
            Self::NotYetValid => "Set the clocks of both machines right.",
            Self::WrongName { .. } => {
                "Use one of the certificate's names in the address, or give Kea a certificate with this name \
                 among its subject alternative names."
            }
            Self::BadCertificate(_) => {
                "Make a new version 3 certificate with a subject alternative name, signed by your authority."
            }
            Self::Spoken => "Use `https://` in the address.",
            Self::CertificateRequired | Self::ClosedAfterHandshake => {
                "Set `cert-file` and `key-file` to a certificate that Kea's `trust-anchor` has signed, \
                 or set `cert-required` to false in Kea."
            }
            Self::CertificateRejected(_) => {
                "Set `cert-file` and `key-file` to a valid certificate signed by the authority in Kea's `trust-anchor`."
            }
            Self::NotTls | Self::Silent(_) => "Use `http://` in the address, or the port that speaks TLS.",
            Self::HandshakeClosed => {
                "If Kea has `cert-required` (the default), set `cert-file` and `key-file`; otherwise look into Kea's log."
            }
            Self::Other(_) => "Look into Kea's log; Perch speaks TLS 1.2 and 1.3.",
        };
        text.to_owned()
    }

    /// Reads the error of a handshake.
    pub(super) fn from_handshake(error: &io::Error, host: &str, files: &TlsFiles) -> Self {
        if let Some(fault) = Self::find(error, host, files) {
            return fault;
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
                Self::HandshakeClosed
            }
            _ => Self::Other(error.to_string()),
        }
    }

    /// Finds an error of TLS in an error and its causes. With TLS 1.3 the server's verdict on Perch's certificate
    /// arrives only when the handshake is over, in place of the answer.
    pub(super) fn find(
        error: &(dyn std::error::Error + 'static),
        host: &str,
        files: &TlsFiles,
    ) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(tls) = error.downcast_ref::<Error>() {
                return Some(Self::from_rustls(tls, host, files));
            }
            // An `io::Error` shows the error that it wraps only here, not as its source.
            if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref)
                && let Some(tls) = inner.downcast_ref::<Error>()
            {
                return Some(Self::from_rustls(tls, host, files));
            }
            next = error.source();
        }
        None
    }

    fn from_rustls(error: &Error, host: &str, files: &TlsFiles) -> Self {
        match error {
            Error::InvalidCertificate(problem) => Self::from_certificate(problem, host, files),
            Error::AlertReceived(alert) => Self::from_alert(*alert, files),
            Error::InvalidMessage(InvalidMessage::InvalidContentType) => Self::NotTls,
            other => Self::Other(other.to_string()),
        }
    }

    fn from_certificate(problem: &CertificateError, host: &str, files: &TlsFiles) -> Self {
        match problem {
            CertificateError::UnknownIssuer => Self::UnknownIssuer { anchored: files.trust_anchor.is_some() },
            CertificateError::Expired => Self::Expired { since: None },
            CertificateError::ExpiredContext { time, not_after } => Self::Expired {
                since: time.as_secs().checked_sub(not_after.as_secs()).map(Duration::from_secs),
            },
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::NotYetValid,
            CertificateError::NotValidForName => {
                Self::WrongName { host: host.to_owned(), presented: Vec::new() }
            }
            CertificateError::NotValidForNameContext { presented, .. } => {
                Self::WrongName { host: host.to_owned(), presented: presented.clone() }
            }
            other => Self::BadCertificate(other.to_string()),
        }
    }

    fn from_alert(alert: AlertDescription, files: &TlsFiles) -> Self {
        match alert {
            AlertDescription::CertificateRequired => Self::CertificateRequired,
            AlertDescription::HandshakeFailure if files.cert_file.is_none() => Self::CertificateRequired,
            AlertDescription::UnknownCA => Self::CertificateRejected("it does not know who signed it".into()),
            AlertDescription::CertificateExpired => Self::CertificateRejected("it has expired".into()),
            AlertDescription::CertificateRevoked => Self::CertificateRejected("it is revoked".into()),
            AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateUnknown
            | AlertDescription::DecryptError
            | AlertDescription::AccessDenied => Self::CertificateRejected(format!("{alert:?}")),
            other => Self::Other(format!("Kea's side says {other:?}")),
        }
    }
}
