//! Whether a daemon is one that Perch can manage.

use super::{Prober, report::Report, sentence};
use crate::kea::{Address, Target};
use perch_shared::{
    Family, KeaVersion,
    api::{Channel, ChannelKind},
    command::Command,
    status::command_names,
};

/// Without these commands Perch can do nothing for a daemon. All are part of every Kea since 1.2.
const MANDATORY: [&str; 3] = ["config-get", "config-test", "config-set"];

impl Prober<'_> {
    /// A daemon that answers on its own socket.
    pub(super) async fn own_socket(
        &self,
        address: Address,
        family: Family,
        version: KeaVersion,
        report: &mut Report,
    ) {
        let kind = if matches!(address, Address::Unix(_)) { ChannelKind::Unix } else { ChannelKind::Direct };
        let channel = Channel { address: address.to_string(), kind, daemons: Vec::new() };
        if self.fits(&self.target(address, kind), family, version, report).await {
            report.channel(channel);
            report.daemon(family, version);
        }
    }

    /// Whether the daemon can be added; writes its step.
    pub(super) async fn fits(
        &self,
        target: &Target,
        family: Family,
        version: KeaVersion,
        report: &mut Report,
    ) -> bool {
        let daemon = family.daemon();
        if let Some(other) = report.found_at(family) {
            let detail =
                format!("{daemon} was found at {other} already: these are two servers, or one server twice.");
            report.failed(daemon, detail, "Leave one address out, and add it as a server of its own.");
            return false;
        }
        if version < KeaVersion::OLDEST {
            let detail =
                format!("Kea {version} is older than {}, the oldest that Perch knows.", KeaVersion::OLDEST);
            report.failed(daemon, detail, "Update Kea; 3.0 is the long-term version.");
            return false;
        }
        let commands = match self.client.send(target, &Command::new("list-commands").to(family)).await {
            Ok(answer) => answer.arguments,
            Err(error) => {
                report.fault(daemon, &error);
                return false;
            }
        };
        let commands = command_names(&commands);
        let known = |name: &str| commands.iter().any(|command| command == name);
        let missing: Vec<&str> = MANDATORY.into_iter().filter(|name| !known(name)).collect();
        if !missing.is_empty() {
            let detail = format!("it does not offer {}", missing.join(", "));
            report.failed(
                daemon,
                sentence(&detail),
                "Allow Perch's user these commands, or use another address.",
            );
            return false;
        }
        let way = match target.kind {
            ChannelKind::ControlAgent => " behind the agent",
            ChannelKind::Direct | ChannelKind::Unix => "",
        };
        report.passed(daemon, format!("Kea {version}, up{way}; it knows {} commands.", commands.len()));
        true
    }
}
