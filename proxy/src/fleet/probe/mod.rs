//! Finds out what is at the addresses of a server that somebody wants to add.

mod agent;
mod channel;
mod daemon;
mod report;

use self::report::Report;
use super::sentence;
use crate::kea::{Address, KeaClient, Limits, Target};
use perch_shared::api::{ChannelKind, Credentials, ProbeReport, TlsFiles};
use std::time::Duration;

/// How long a probe waits for each answer.
const ANSWER: Duration = Duration::from_secs(10);

/// What a probe works with.
struct Prober<'a> {
    client: KeaClient,
    credentials: Option<&'a Credentials>,
    tls: &'a TlsFiles,
}

/// Tries every address, step by step. Nothing is changed anywhere. The report's [`ProbeReport::is_usable`] says
/// whether the addresses make a server.
pub async fn probe(
    client: &KeaClient,
    addresses: &[String],
    credentials: Option<&Credentials>,
    tls: &TlsFiles,
) -> ProbeReport {
    let limits = client.limits();
    let client = client.with_limits(Limits { answer: limits.answer.min(ANSWER), ..limits });
    let prober = Prober { client, credentials, tls };
    let mut report = Report::default();
    let addresses: Vec<&str> =
        addresses.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    if addresses.is_empty() {
        report.at("").failed(
            "Address",
            "No address was given.",
            "Enter the address of the Control Agent or of the daemon.",
        );
    }
    for text in addresses {
        prober.address(text, &mut report).await;
    }
    report.finish()
}

impl Prober<'_> {
    async fn address(&self, text: &str, report: &mut Report) {
        match Address::candidates(text) {
            Ok(candidates) => self.channel(candidates, report).await,
            Err(error) => {
                // What stands before an `@` may be a password.
                let shown = text.rsplit('@').next().unwrap_or_default();
                report.at(shown).failed("Address", sentence(&error.to_string()), error.remedy());
            }
        }
    }

    fn target(&self, address: Address, kind: ChannelKind) -> Target {
        Target { address, kind, credentials: self.credentials.cloned(), tls: self.tls.clone() }
    }
}
