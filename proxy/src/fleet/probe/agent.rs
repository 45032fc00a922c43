//! The daemons behind a Control Agent.

use super::{Prober, report::Report, sentence};
use crate::kea::{Address, KeaError, Target};
use perch_shared::{
    Family, KeaVersion,
    api::{Channel, ChannelKind},
    command::{Answer, Command},
};

/// What an agent's daemon did.
enum Daemon {
    Up(KeaVersion),
    Down(KeaError),
    Odd(Answer),
    NotConfigured,
}

impl Prober<'_> {
    /// Asks for each daemon that the agent has a socket for. One daemon that is down does not keep the other from
    /// being added.
    pub(super) async fn agent(&self, address: &Address, families: &[Family], report: &mut Report) {
        if families.is_empty() {
            report.failed(
                "kea-dhcp4",
                "The Control Agent knows no DHCP daemon.",
                "Add `dhcp4` or `dhcp6` to `control-sockets` in the agent's configuration and restart the agent.",
            );
            return;
        }
        let kind = ChannelKind::ControlAgent;
        report.channel(Channel { address: address.to_string(), kind, daemons: Vec::new() });
        let target = self.target(address.clone(), kind);
        let mut found = Vec::new();
        for family in Family::ALL {
            let known = families.contains(&family);
            found
                .push((family, if known { self.look(&target, family).await } else { Daemon::NotConfigured }));
        }
        let one_is_up = found.iter().any(|(_, daemon)| matches!(daemon, Daemon::Up(_)));
        for (family, daemon) in found {
            match daemon {
                Daemon::Up(version) => {
                    if self.fits(&target, family, version, report).await {
                        report.daemon(family, version);
                    }
                }
                Daemon::Down(error) => down(family, &error, one_is_up, report),
                Daemon::Odd(answer) => {
                    let detail = format!("`version-get` answered {}: {}", answer.code, answer.text);
                    report.failed(family.daemon(), sentence(&detail), "Look into the daemon's log.");
                }
                Daemon::NotConfigured => {
                    report.skipped(family.daemon(), "The agent has no socket for it (`control-sockets`).");
                }
            }
        }
    }

    async fn look(&self, target: &Target, family: Family) -> Daemon {
        match self.client.send(target, &Command::new("version-get").to(family)).await {
            Ok(answer) => match answer.text.parse() {
                Ok(version) => Daemon::Up(version),
                Err(_) => Daemon::Odd(answer),
            },
            Err(error) => Daemon::Down(error),
        }
    }
}

fn down(family: Family, error: &KeaError, one_is_up: bool, report: &mut Report) {
    let remedy = error.fault.remedy(&error.address);
    let detail = sentence(&error.fault.to_string());
    if one_is_up {
        let remedy = format!(
            "If this machine has no {0}, nothing is to be done. {remedy} To take {0} in later, edit the server and \
             save it again.",
            family.daemon()
        );
        report.warning(family.daemon(), detail, remedy);
    } else {
        report.failed(family.daemon(), detail, remedy);
    }
}
