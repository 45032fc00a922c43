//! Why a command got no answer, each with its remedy.

use super::{Address, TlsFault};
use perch_shared::api::{ErrorBody, ErrorCode};
use std::time::Duration;

/// A command got no answer of a daemon's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{address}: {fault}")]
pub struct KeaError {
    /// Where the command went.
    pub address: Address,
    /// What happened there.
    pub fault: Fault,
}

/// What happened instead of an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The host's name has no address.
    #[error("the host's name is unknown: {0}")]
    Resolve(String),
    /// Nobody listens there.
    #[error("the connection was refused: nothing listens on this port")]
    Refused,
    /// The connection did not come about in time.
    #[error("no connection within {} s", .0.as_secs_f32())]
    ConnectTimedOut(Duration),
    /// The connection did not come about for another reason.
    #[error("no connection: {0}")]
    Connect(String),
    /// There is no such UNIX socket.
    #[error("there is no such socket")]
    NoSocket,
    /// Perch may not open the UNIX socket.
    #[error("Perch may not open the socket: permission denied")]
    SocketDenied,
    /// The UNIX socket is there, but no daemon listens on it.
    #[error("the socket is there, but no daemon listens on it")]
    SocketStale,
    /// What is there is not a UNIX socket.
    #[error("this is a file or a directory, not a socket")]
    NotASocket,
    /// TLS failed.
    #[error(transparent)]
    Tls(#[from] TlsFault),
    /// HTTP 401.
    #[error("{}", if *sent { "Kea does not accept this user name and password" } else { "Kea wants a user name and a password" })]
    Unauthorized {
        /// Whether credentials were sent.
        sent: bool,
    },
    /// The user name or the password cannot be sent.
    #[error("the user name or the password cannot be sent: {0}")]
    BadCredentials(&'static str),
    /// HTTP 403.
    #[error("Kea does not allow this command here (403)")]
    Forbidden,
    /// Kea's HTTP layer refused the request (400, 408).
    #[error("Kea refused the request: {text} ({status})")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// Kea's words.
        text: String,
    },
    /// The answer did not come in time.
    #[error("no whole answer within {} s", .0.as_secs_f32())]
    TimedOut(Duration),
    /// The connection was closed before any byte of an answer.
    #[error("the connection was closed without an answer")]
    Closed,
    /// The answer ended in the middle.
    #[error("the answer was cut off after {received} bytes")]
    Cut {
        /// How much had come.
        received: u64,
    },
    /// The answer is larger than allowed.
    #[error("the answer is larger than {}", size(*limit))]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Something answered, but it is not Kea.
    #[error("this is not Kea: {0}")]
    NotKea(String),
    /// Kea's answer could not be understood.
    #[error("the answer could not be understood: {0}")]
    Malformed(String),
    /// The Control Agent could not reach the daemon.
    #[error("kea-{daemon} is down behind the Control Agent: \"{}\"", text.trim_end_matches('.'))]
    DaemonDown {
        /// The daemon's `service` name, as the agent says it.
        daemon: String,
        /// The agent's words.
        text: String,
    },
    /// The Control Agent has no socket for the daemon.
    #[error("the Control Agent has no socket for kea-{daemon}")]
    NotConfigured {
        /// The daemon's `service` name.
        daemon: String,
    },
}

impl Fault {
    /// Which kind of failure it is for the page.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Unauthorized { .. } | Self::BadCredentials(_) => ErrorCode::Unauthorized,
            Self::ConnectTimedOut(_) | Self::TimedOut(_) => ErrorCode::TimedOut,
            Self::TooLarge { .. } | Self::NotKea(_) | Self::Malformed(_) | Self::Forbidden => {
                ErrorCode::Malformed
            }
            Self::Rejected { .. } => ErrorCode::Refused,
            Self::Resolve(_)
            | Self::Refused
            | Self::Connect(_)
            | Self::NoSocket
            | Self::SocketDenied
            | Self::SocketStale
            | Self::NotASocket
            | Self::Tls(_)
            | Self::Closed
            | Self::Cut { .. }
            | Self::DaemonDown { .. }
            | Self::NotConfigured { .. } => ErrorCode::Unreachable,
        }
    }

    /// Whether Kea may have carried the command out although no answer came.
    pub fn may_have_run(&self) -> bool {
        match self {
            Self::TimedOut(_)
            | Self::Closed
            | Self::Cut { .. }
            | Self::TooLarge { .. }
            | Self::NotKea(_)
            | Self::Malformed(_) => true,
            // The agent says the same for a daemon that it never reached and for one that died over the command.
            Self::DaemonDown { text, .. } => !["No such file", "Connection refused", "Permission denied"]
                .iter()
                .any(|cause| text.contains(cause)),
            _ => false,
        }
    }

    /// What to do about it.
    pub fn remedy(&self, address: &Address) -> String {
        let text = match self {
            Self::Resolve(_) => "Check the host's name, or use its IP address.",
            Self::Refused => return refused(address),
            Self::ConnectTimedOut(_) => {
                return format!(
                    "Check that the machine is up and that no firewall drops the port: `nc -vz {}`.",
                    nc(address)
                );
            }
            Self::Connect(_) => "Check the route to the machine.",
            Self::NotASocket => "Use the path in `socket-name` of the daemon's `control-socket`.",
            Self::NoSocket => {
                "Start the daemon and compare the path with `socket-name` in its configuration; \
                 Kea's packages use `/run/kea/kea4-ctrl-socket` and `/run/kea/kea6-ctrl-socket`."
            }
            Self::SocketDenied => return socket_denied(address),
            Self::SocketStale => {
                "Start the daemon: `systemctl start kea-dhcp4-server` or `kea-dhcp6-server`."
            }
            Self::Tls(fault) => return fault.remedy(),
            Self::Unauthorized { sent: true } => {
                "Compare user name and password with `clients` under `authentication` in Kea's configuration. \
                 Kea 2.2 counts a line end in `password-file` as part of the password."
            }
            Self::Unauthorized { sent: false } => {
                "Enter the user name and the password from `clients` under `authentication` in Kea's configuration."
            }
            Self::BadCredentials(_) => "Use ASCII characters, and no colon in the user name.",
            Self::Forbidden => {
                "Use the port of the Control Agent or of the daemon's own HTTP control socket. The `url` of an HA \
                 peer is for its partner only (`restrict-commands`)."
            }
            Self::Rejected { status: 408, .. } => {
                "Kea gives a request 10 s to arrive: check the connection, or send less at once."
            }
            Self::Rejected { .. } => {
                "Check that the command is JSON without comments and not nested too deeply."
            }
            Self::TimedOut(_) => {
                "Kea may be busy or hung, and may still carry the command out. Look at the daemon and its log \
                 before trying again; a Control Agent serves one command at a time."
            }
            Self::Closed if matches!(address, Address::Http { .. }) => {
                "If TLS is spoken there, use `https://`. Otherwise the daemon may have died over the command: \
                 look into its log."
            }
            Self::Closed | Self::Cut { .. } => {
                "The daemon may have died over the command: check that it runs, and look into its log."
            }
            Self::TooLarge { .. } => {
                "Ask for less, with a command that gives its answer in pages, or raise `answer-size` below `[limits]` in perch.toml."
            }
            Self::NotKea(_) => {
                "Check host and port: use those of the Control Agent or of the daemon's control socket."
            }
            Self::Malformed(_) => {
                "Check that the address is Kea's, and that nothing between changes its answers."
            }
            Self::DaemonDown { daemon, text } => return daemon_down(daemon, text),
            Self::NotConfigured { daemon } => {
                return format!(
                    "Add `\"{daemon}\"` to `control-sockets` in the Control Agent's configuration and restart the agent."
                );
            }
        };
        text.to_owned()
    }
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{} KiB", bytes >> 10) }
}

fn refused(address: &Address) -> String {
    let (host, port) = address.host_port().unwrap_or_default();
    let here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let (elsewhere, place) = if here { ("", "") } else { (", not only on 127.0.0.1", " on its machine") };
    format!(
        "Check that the Control Agent or the daemon runs and listens on this address{elsewhere}: \
         `ss -ltnp 'sport = :{port}'`{place} shows it."
    )
}

fn nc(address: &Address) -> String {
    address.host_port().map(|(host, port)| format!("{host} {port}")).unwrap_or_default()
}

fn socket_denied(address: &Address) -> String {
    let path = address.to_string();
    let path = path.trim_start_matches("unix:");
    format!(
        "`ls -l {path}` names the socket's group (`_kea` on Debian); add Perch's user to it \
         (`usermod -aG _kea USER`) and restart Perch. Kea up to 2.6 lets only its own user in: use its Control \
         Agent there, or run Perch as that user. The directory must let Perch through as well."
    )
}

fn daemon_down(daemon: &str, text: &str) -> String {
    if text.contains("Permission denied") {
        return format!(
            "Let the Control Agent's user open the socket of kea-{daemon}: both normally run as the same user."
        );
    }
    if text.contains("No such file") || text.contains("Connection refused") {
        return format!(
            "Start it: `systemctl start kea-{daemon}-server`. If it runs, compare its `control-socket` with \
             `control-sockets` in the Control Agent's configuration."
        );
    }
    format!(
        "kea-{daemon} may hang, or may have died over the command: check that it runs, and look into its log."
    )
}

impl From<KeaError> for ErrorBody {
    fn from(error: KeaError) -> Self {
        Self::new(error.fault.code(), error.to_string()).help(error.fault.remedy(&error.address))
    }
}
