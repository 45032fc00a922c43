//! A server's entry as it is being typed.

use perch_shared::api::{Credentials, CredentialsDraft, Server, ServerDraft, ServerId, TlsFiles};

/// What is done about user name and password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Secret {
    /// What is typed is sent; nothing typed, nothing sent.
    #[default]
    Typed,
    /// Those that are kept stay.
    Kept,
}

/// A server's entry as it is being typed.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerForm {
    /// The addresses; at least one, which may be empty.
    pub addresses: Vec<String>,
    /// A name for people.
    pub name: String,
    /// What is done about user name and password.
    pub secret: Secret,
    /// The user name.
    pub user: String,
    /// The password.
    pub password: String,
    /// The file of the authority that signed Kea's certificate.
    pub trust_anchor: String,
    /// The file of Perch's own certificate.
    pub cert_file: String,
    /// The file of that certificate's key.
    pub key_file: String,
    based_on: Option<ServerId>,
}

impl Default for ServerForm {
    fn default() -> Self {
        Self {
            addresses: vec![String::new()],
            name: String::new(),
            secret: Secret::Typed,
            user: String::new(),
            password: String::new(),
            trust_anchor: String::new(),
            cert_file: String::new(),
            key_file: String::new(),
            based_on: None,
        }
    }
}

impl ServerForm {
    /// A new entry with what is known of it already.
    pub fn begun(address: String, name: String) -> Self {
        Self { addresses: vec![address], name, ..Self::default() }
    }

    /// An entry that exists.
    pub fn of(server: &Server) -> Self {
        let tls = server.tls.clone();
        Self {
            addresses: server.channels.iter().map(|channel| channel.address.clone()).collect(),
            name: server.name.clone(),
            secret: if server.has_credentials { Secret::Kept } else { Secret::Typed },
            trust_anchor: tls.trust_anchor.unwrap_or_default(),
            cert_file: tls.cert_file.unwrap_or_default(),
            key_file: tls.key_file.unwrap_or_default(),
            based_on: Some(server.id.clone()),
            ..Self::default()
        }
    }

    /// Whether a new entry begins with something.
    pub fn is_begun(&self) -> bool {
        self.based_on.is_none() && *self != Self::default()
    }

    /// What the tab may keep of it: everything but user name and password.
    pub fn without_secrets(&self) -> ServerDraft {
        let credentials = match self.secret {
            Secret::Kept => CredentialsDraft::Keep,
            Secret::Typed => CredentialsDraft::None,
        };
        ServerDraft { credentials, ..self.draft() }
    }

    /// The entry that the tab has kept.
    pub fn again(kept: ServerDraft) -> Self {
        let ServerDraft { name, mut addresses, credentials, tls, based_on } = kept;
        if addresses.is_empty() {
            addresses.push(String::new());
        }
        Self {
            addresses,
            name,
            secret: if credentials == CredentialsDraft::Keep { Secret::Kept } else { Secret::Typed },
            trust_anchor: tls.trust_anchor.unwrap_or_default(),
            cert_file: tls.cert_file.unwrap_or_default(),
            key_file: tls.key_file.unwrap_or_default(),
            based_on,
            ..Self::default()
        }
    }

    /// Whether there is something to say about TLS.
    pub fn has_tls(&self) -> bool {
        [&self.trust_anchor, &self.cert_file, &self.key_file].iter().any(|file| !file.is_empty())
    }

    /// What is sent. Empty addresses after the first are left out.
    pub fn draft(&self) -> ServerDraft {
        let file = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let mut addresses: Vec<String> = self.addresses.iter().map(|text| text.trim().to_owned()).collect();
        addresses.retain(|address| !address.is_empty());
        ServerDraft {
            name: self.name.trim().to_owned(),
            addresses,
            credentials: self.credentials(),
            tls: TlsFiles {
                trust_anchor: file(&self.trust_anchor),
                cert_file: file(&self.cert_file),
                key_file: file(&self.key_file),
            },
            based_on: self.based_on.clone(),
        }
    }

    /// Which of the typed addresses a probe's step is about; the first when none fits.
    pub fn address_of(&self, probed: &str) -> usize {
        let fits = |typed: &String| {
            let typed = typed.trim().trim_end_matches('/');
            !typed.is_empty() && probed.contains(typed)
        };
        self.addresses.iter().position(fits).unwrap_or(0)
    }

    fn credentials(&self) -> CredentialsDraft {
        match self.secret {
            Secret::Kept => CredentialsDraft::Keep,
            Secret::Typed if self.user.is_empty() && self.password.is_empty() => CredentialsDraft::None,
            Secret::Typed => CredentialsDraft::Set(Credentials {
                user: self.user.clone(),
                password: self.password.clone(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use perch_shared::api::{Channel, ChannelKind, Origin};

    fn kept() -> Server {
        Server {
            id: ServerId::new("branch").unwrap(),
            name: "Branch".into(),
            origin: Origin::Inventory,
            channels: vec![Channel {
                address: "http://192.0.2.1:8000".into(),
                kind: ChannelKind::ControlAgent,
                daemons: Vec::new(),
            }],
            has_credentials: true,
            tls: TlsFiles::default(),
        }
    }

    #[test]
    fn blanks_and_empty_lines_are_left_out() {
        let form = ServerForm {
            addresses: vec![" kea.example ".into(), String::new(), " ".into()],
            cert_file: " ".into(),
            ..ServerForm::default()
        };
        let expected = ServerDraft { addresses: vec!["kea.example".into()], ..ServerDraft::default() };
        assert_eq!(form.draft(), expected);
    }

    #[test]
    fn a_step_belongs_to_the_address_that_was_typed() {
        let form = ServerForm { addresses: vec!["a:8004".into(), "a:8006/".into()], ..ServerForm::default() };
        assert_eq!(form.address_of("http://a:8006"), 1);
        assert_eq!(form.address_of("http://a:8004"), 0);
        assert_eq!(form.address_of(""), 0);
    }

    #[test]
    fn the_tab_keeps_no_password() {
        let form = ServerForm { user: "perch".into(), password: "secret".into(), ..ServerForm::of(&kept()) };
        let text = serde_json::to_string(&form.without_secrets()).unwrap();
        assert!(!text.contains("secret"), "{text}");
        assert!(ServerForm::again(serde_json::from_str(&text).unwrap()) == ServerForm::of(&kept()));
        let new = ServerForm::default();
        assert!(ServerForm::again(new.without_secrets()) == new);
    }

    #[test]
    fn a_password_is_kept_until_somebody_changes_it() {
        let mut form = ServerForm::of(&kept());
        assert_eq!(form.draft().credentials, CredentialsDraft::Keep);
        assert_eq!(form.draft().based_on, Some(kept().id));
        form.secret = Secret::Typed;
        assert_eq!(form.draft().credentials, CredentialsDraft::None);
        form.user = "perch".into();
        let CredentialsDraft::Set(set) = form.draft().credentials else { panic!("not set") };
        assert_eq!(set.user, "perch");
    }
}
