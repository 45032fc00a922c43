//! A certificate authority for one lab, with a server's and a client's certificate.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// PEM files of a lab: `ca.crt` signed `server.crt` (localhost, 127.0.0.1) and `client.crt`; `other-ca.crt` signed
/// nothing here.
#[derive(Debug, Clone)]
pub struct Certificates {
    folder: PathBuf,
}

impl Certificates {
    pub(super) fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Makes the files, unless they are there.
    pub(super) fn make(folder: &Path) {
        if folder.exists() {
            return;
        }
        fs::create_dir_all(folder).expect("the certificates' folder");
        let write = |name: &str, text: String| fs::write(folder.join(name), text).expect("a PEM file");
        let authority = authority("Perch lab authority");
        write("ca.crt", authority.pem());
        write("other-ca.crt", self::authority("Somebody else's authority").pem());
        for (name, purpose) in
            [("server", ExtendedKeyUsagePurpose::ServerAuth), ("client", ExtendedKeyUsagePurpose::ClientAuth)]
        {
            let key = KeyPair::generate().expect("a key");
            let mut params =
                CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("names");
            params.distinguished_name.push(DnType::CommonName, format!("Perch lab {name}"));
            params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
            params.extended_key_usages = vec![purpose];
            write(&format!("{name}.crt"), params.signed_by(&key, &authority).expect("a certificate").pem());
            write(&format!("{name}.key"), key.serialize_pem());
        }
    }

    /// The authority that signed Kea's certificate, for `trust-anchor`.
    pub fn ca(&self) -> String {
        self.path("ca.crt")
    }

    /// An authority that did not.
    pub fn other_ca(&self) -> String {
        self.path("other-ca.crt")
    }

    /// A client's certificate, for `cert-file`.
    pub fn client_cert(&self) -> String {
        self.path("client.crt")
    }

    /// The key of the client's certificate, for `key-file`.
    pub fn client_key(&self) -> String {
        self.path("client.key")
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority")
}
