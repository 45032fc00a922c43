//! The rules for the daemons that serve no clients: the DNS updater and the Control Agent.

use super::{
    Findings, Plain, authentication, control_agent, control_socket, ddns_domain, dns_server, hooks_library,
    logger, tsig_key,
};
use crate::Daemon;

/// Runs the rules of such a daemon.
pub(super) fn check(daemon: Daemon, plain: Plain<'_>, out: &mut Findings) {
    match daemon {
        Daemon::Dhcp4 | Daemon::Dhcp6 => {}
        Daemon::Ddns => {
            control_socket::inspect(plain, out);
            authentication::inspect(plain, out);
            hooks_library::path::inspect(plain, out);
            tsig_key::inspect(plain, out);
            ddns_domain::inspect(plain, out);
            dns_server::inspect(plain, out);
            logger::inspect(plain, out);
        }
        Daemon::ControlAgent => {
            control_agent::inspect(plain, out);
            authentication::inspect(plain, out);
            hooks_library::path::inspect(plain, out);
            logger::inspect(plain, out);
        }
        Daemon::Netconf => hooks_library::path::inspect(plain, out),
    }
}

/// The check of a rule for such a daemon: its configuration has no [`super::Review`].
pub(super) fn elsewhere(_: &super::Review<'_>, _: &mut Findings) {}
