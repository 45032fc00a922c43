//! Connects, shows credentials, and finds out whose control channel it is.

use super::{Prober, report::Report, sentence};
use crate::kea::{Address, Fault, KeaError, TlsFault};
use perch_shared::{
    Family,
    api::ChannelKind,
    command::{Answer, Command, Outcome},
    status::{Owner, is_ha_listener, owner},
};
use std::net::IpAddr;

const CHECK_PORT: &str = "Use host and port of the Control Agent (`http-host`, `http-port`) or of the daemon's own \
                          HTTP control socket (`control-sockets`).";

/// How far it came with an address.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Connect,
    Tls,
    Password,
    Kea,
}

impl Stage {
    const fn title(self) -> &'static str {
        match self {
            Self::Connect => "Connect",
            Self::Tls => "TLS",
            Self::Password => "Password",
            Self::Kea => "Kea",
        }
    }

    fn of(fault: &Fault) -> Self {
        match fault {
            Fault::Resolve(_)
            | Fault::Refused
            | Fault::ConnectTimedOut(_)
            | Fault::Connect(_)
            | Fault::NoSocket
            | Fault::SocketDenied
            | Fault::SocketStale
            | Fault::NotASocket => Self::Connect,
            Fault::Tls(_) => Self::Tls,
            Fault::Unauthorized { .. } | Fault::BadCredentials(_) => Self::Password,
            _ => Self::Kea,
        }
    }
}

impl Prober<'_> {
    pub(super) async fn channel(&self, candidates: Vec<Address>, report: &mut Report) {
        let Some((address, greeting)) = self.greet_first(candidates).await else { return };
        let shown = address.to_string();
        if report.has_channel(&shown) {
            report.at(shown).failed("Address", "This address is given twice.", "Leave one of them out.");
            return;
        }
        report.at(shown);
        match greeting {
            Ok(answer) => {
                self.stages_before(&address, Stage::Kea, report);
                self.kea(address, &answer, report).await;
            }
            Err(error) => self.broken(&address, &error, report),
        }
    }

    fn broken(&self, address: &Address, error: &KeaError, report: &mut Report) {
        let stage = Stage::of(&error.fault);
        // Without an answer of Kea's nothing is known about the password.
        self.stages_before(address, stage.min(Stage::Password), report);
        report.fault(stage.title(), error);
        for later in stages(address).filter(|later| *later > stage) {
            report.skipped(later.title(), "Not tried.");
        }
    }

    /// Sends `version-get` to the first address that could be meant. Where the answer looks as if TLS were spoken
    /// there, HTTPS is tried: it is taken when no scheme was given, and only named when `http://` was.
    async fn greet_first(&self, candidates: Vec<Address>) -> Option<(Address, Result<Answer, KeaError>)> {
        let mut candidates = candidates.into_iter();
        let first = candidates.next()?;
        // Nobody said that the password may travel unencrypted, so first it is found out whether it would have to.
        let scheme_is_open = candidates.len() > 0 && self.credentials.is_some();
        let mut greeting = match scheme_is_open {
            true => self.without_credentials().greet(&first).await,
            false => self.greet(&first).await,
        };
        if scheme_is_open
            && (greeting.is_ok()
                || matches!(&greeting, Err(error) if error.fault == Fault::Unauthorized { sent: false }))
        {
            greeting = self.greet(&first).await;
        }
        let Address::Http { host, port } = &first else { return Some((first, greeting)) };
        if !matches!(&greeting, Err(error) if matches!(error.fault, Fault::Closed | Fault::NotKea(_))) {
            return Some((first, greeting));
        }
        let https = Address::Https { host: host.clone(), port: *port };
        let other = self.greet(&https).await;
        if !speaks_tls(&other) {
            return Some((first, greeting));
        }
        if candidates.next().is_some() {
            return Some((https, other));
        }
        let error = KeaError { address: first.clone(), fault: TlsFault::Spoken.into() };
        Some((first, Err(error)))
    }

    fn without_credentials(&self) -> Prober<'_> {
        Prober { client: self.client.clone(), credentials: None, tls: self.tls }
    }

    async fn greet(&self, address: &Address) -> Result<Answer, KeaError> {
        let greeting = self.ask(address, "version-get").await;
        // With TLS 1.3 a missing certificate shows only when the first command is cut off.
        if let Err(error) = &greeting
            && error.fault == Fault::Closed
            && address.is_tls()
            && self.tls.cert_file.is_none()
        {
            return Err(KeaError { address: address.clone(), fault: TlsFault::ClosedAfterHandshake.into() });
        }
        greeting
    }

    /// Asks whoever listens, not a daemon behind it.
    async fn ask(&self, address: &Address, command: &str) -> Result<Answer, KeaError> {
        let target = self.target(address.clone(), ChannelKind::Direct);
        self.client.send(&target, &Command::new(command)).await
    }

    fn stages_before(&self, address: &Address, end: Stage, report: &mut Report) {
        for stage in stages(address).take_while(|stage| *stage < end) {
            match stage {
                Stage::Connect => report.passed("Connect", "Something listens there."),
                Stage::Tls if self.tls.cert_file.is_some() => {
                    report.passed("TLS", "Perch trusts Kea's certificate and has shown its own.");
                }
                Stage::Tls => report.passed("TLS", "Perch trusts Kea's certificate."),
                Stage::Password => self.password(address, report),
                Stage::Kea => {}
            }
        }
    }

    fn password(&self, address: &Address, report: &mut Report) {
        match self.credentials {
            Some(_) if address.is_tls() || is_local(address) => report.passed("Password", "Accepted."),
            Some(_) => report.warning(
                "Password",
                "Accepted, but it travels over the network unencrypted.",
                "Set `trust-anchor`, `cert-file` and `key-file` in Kea and use `https://`.",
            ),
            None if is_local(address) || self.tls.cert_file.is_some() => {
                report.passed("Password", "Kea asks for none.");
            }
            None => report.warning(
                "Password",
                "Kea asks for none: whoever reaches this port controls the DHCP service.",
                "Set `authentication` in the configuration of the Control Agent or of the control socket. \
                 Kea 3.1 and later refuse to start without authentication or TLS.",
            ),
        }
    }

    /// Whose control channel is it? Its configuration's root says so, whatever the port.
    async fn kea(&self, address: Address, greeting: &Answer, report: &mut Report) {
        let Ok(version) = greeting.text.parse() else {
            let detail = format!("`version-get` answered {}: {}", greeting.code, greeting.text);
            report.failed("Kea", sentence(&detail), CHECK_PORT);
            return;
        };
        let target = self.target(address.clone(), ChannelKind::Direct);
        let config = match self.client.sketch(&target).await {
            Ok(answer) if answer.outcome == Outcome::Ok => answer.arguments,
            Ok(answer) => {
                let detail = format!("`config-get` answered {}: {}", answer.code, answer.text);
                report.failed("Kea", sentence(&detail), "Allow this user the command `config-get`.");
                return;
            }
            Err(error) => return report.fault("Kea", &error),
        };
        match owner(&config) {
            Some(Owner::Agent(families)) => {
                report.passed("Kea", format!("A Control Agent of Kea {version}."));
                self.agent(&address, &families, report).await;
            }
            Some(Owner::Daemon(family)) => {
                let port = address.host_port().map(|(_, port)| port);
                let listens = |config| port.is_some_and(|port| is_ha_listener(config, port));
                if config.get(family.root_key()).is_some_and(listens) {
                    return ha_listener(family, report);
                }
                report.passed("Kea", format!("The control socket of {}, Kea {version}.", family.daemon()));
                self.own_socket(address, family, version, report).await;
            }
            Some(Owner::Other(root)) => report.failed(
                "Kea",
                format!("This is Kea, but it serves no DHCP client: its configuration is `{root}`."),
                "Use the address of the Control Agent, of kea-dhcp4 or of kea-dhcp6.",
            ),
            None => report.failed("Kea", "`config-get` gives no configuration.", CHECK_PORT),
        }
    }
}

fn ha_listener(family: Family, report: &mut Report) {
    report.failed(
        "Kea",
        format!("This is the port at which {} talks to its HA partner, not a control channel.", family.daemon()),
        "Use the port of the Control Agent, or of an HTTP entry in `control-sockets`. The `url` of an HA peer is for \
         its partner only.",
    );
}

fn stages(address: &Address) -> impl Iterator<Item = Stage> + use<> {
    let (tls, http) = (address.is_tls(), !matches!(address, Address::Unix(_)));
    [Stage::Connect, Stage::Tls, Stage::Password, Stage::Kea].into_iter().filter(move |stage| match stage {
        Stage::Tls => tls,
        Stage::Password => http,
        Stage::Connect | Stage::Kea => true,
    })
}

/// Whether this is how something answers that speaks TLS, be it that it refused Perch.
fn speaks_tls(greeting: &Result<Answer, KeaError>) -> bool {
    match greeting {
        Ok(_) => true,
        Err(error) => !matches!(
            error.fault,
            Fault::Tls(
                TlsFault::NotTls | TlsFault::HandshakeClosed | TlsFault::Silent(_) | TlsFault::Other(_)
            ) | Fault::Refused
                | Fault::Connect(_)
                | Fault::ConnectTimedOut(_)
                | Fault::NotKea(_)
        ),
    }
}

fn is_local(address: &Address) -> bool {
    match address.host_port() {
        None => true,
        Some((host, _)) => host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_which_addresses_stay_on_this_machine() {
        for (text, local) in [
            ("http://127.0.0.1", true),
            ("http://[::1]", true),
            ("unix:/x", true),
            ("http://192.0.2.1", false),
        ] {
            assert_eq!(is_local(&text.parse().unwrap()), local, "{text}");
        }
    }
}
