//! High availability in the demo: two daemons that know each other's state.

use super::{clock, daemon::Daemon, reply::Reply, request::Request};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The commands of this file; the others are not played.
pub(super) const COMMANDS: &[&str] = &[
    "ha-continue",
    "ha-heartbeat",
    "ha-maintenance-cancel",
    "ha-maintenance-notify",
    "ha-maintenance-start",
    "ha-reset",
    "ha-scopes",
    "ha-sync",
    "ha-sync-complete-notify",
];

/// One side of a hot-standby pair. A change of its configuration restarts its state machine, as in Kea.
#[derive(Debug, Clone)]
pub(super) struct HaMember {
    /// Both sides, the primary first.
    sides: Arc<Mutex<[Side; 2]>>,
    primary: bool,
}

/// What happened to one side.
#[derive(Debug, Clone, Default)]
struct Side {
    /// When it was last reconfigured.
    restart: Option<Instant>,
    /// What `ha-scopes` told it to serve, until its state changes.
    scopes: Option<Vec<String>>,
}

impl HaMember {
    /// Both sides of a pair, the primary first.
    pub(super) fn pair() -> [Self; 2] {
        let sides = Arc::default();
        [Self { sides: Arc::clone(&sides), primary: true }, Self { sides, primary: false }]
    }

    /// Restarts this side's state machine.
    pub(super) fn restart(&self) {
        self.change(|side| *side = Side { restart: Some(Instant::now()), scopes: None });
    }

    /// The partner's side.
    fn partner(&self) -> Self {
        Self { sides: Arc::clone(&self.sides), primary: !self.primary }
    }

    /// `waiting` until the next heartbeat after a restart.
    fn state(&self, heartbeat: Duration) -> &'static str {
        let restart = self.change(|side| side.restart);
        if restart.is_some_and(|restart| restart.elapsed() < heartbeat) { "waiting" } else { "hot-standby" }
    }

    /// What it serves in this state, when it is called `name`.
    fn scopes(&self, state: &str, name: &str) -> Vec<String> {
        let rightful = if self.primary { vec![name.to_owned()] } else { Vec::new() };
        let told = self.change(|side| side.scopes.clone());
        if state == "waiting" { Vec::new() } else { told.unwrap_or(rightful) }
    }

    fn change<T>(&self, change: impl FnOnce(&mut Side) -> T) -> T {
        let [primary, standby] = &mut *self.sides.lock().unwrap_or_else(PoisonError::into_inner);
        change(if self.primary { primary } else { standby })
    }
}

/// Answers the commands of this file that the demo plays.
pub(super) fn answer(daemon: &Daemon, request: &Request) -> Option<Reply> {
    match request.command.as_str() {
        "ha-heartbeat" => Some(heartbeat(daemon)),
        "ha-scopes" => Some(serve(daemon, request.arguments.as_ref())),
        _ => None,
    }
}

/// Serves what it is told to.
fn serve(daemon: &Daemon, arguments: Option<&Value>) -> Reply {
    let Some(member) = &daemon.profile.ha else {
        return Reply::refused("high availability is not configured");
    };
    let Some(scopes) = arguments.and_then(|map| map.get("scopes")?.as_array()) else {
        return Reply::refused("'scopes' is mandatory for the 'ha-scopes' command");
    };
    let scopes = scopes.iter().filter_map(|scope| Some(scope.as_str()?.to_owned())).collect();
    member.change(|side| side.scopes = Some(scopes));
    Reply::done().text("New HA scopes configured.")
}

/// The HA part of a daemon's status.
#[derive(Debug)]
pub(super) struct HaStatus {
    /// Whether the daemon answers no client because it waits for its partner.
    pub(super) waiting: bool,
    /// The relationship as `status-get` prints it.
    pub(super) section: Value,
    scopes: Vec<String>,
    state: &'static str,
}

/// The HA part of the daemon's status; `None` when its configuration has no relationship.
pub(super) fn status(daemon: &Daemon) -> Option<HaStatus> {
    let member = daemon.profile.ha.as_ref()?;
    let relationship = relationship(daemon)?;
    let heartbeat =
        Duration::from_millis(relationship.get("heartbeat-delay").and_then(Value::as_u64).unwrap_or(10_000));
    let name = |member: &HaMember| {
        let role = if member.primary { "primary" } else { "standby" };
        let mut peers = relationship.get("peers").and_then(Value::as_array).into_iter().flatten();
        let peer = peers.find(|peer| peer.get("role").and_then(Value::as_str) == Some(role));
        (peer.and_then(|peer| peer.get("name")?.as_str()).unwrap_or_default().to_owned(), role)
    };
    let partner = member.partner();
    let ((local_name, local_role), (remote_name, remote_role)) = (name(member), name(&partner));
    let (state, remote_state) = (member.state(heartbeat), partner.state(heartbeat));
    let local_scopes = member.scopes(state, &local_name);
    let section = json!({
        "ha-mode": "hot-standby",
        "ha-servers": {
            "local": {"role": local_role, "scopes": local_scopes, "server-name": local_name, "state": state},
            "remote": {
                "age": 0, "analyzed-packets": 0, "communication-interrupted": false, "connecting-clients": 0,
                "in-touch": true, "last-scopes": partner.scopes(remote_state, &remote_name),
                "last-state": remote_state, "role": remote_role, "server-name": remote_name,
                "unacked-clients": 0, "unacked-clients-left": 0,
            },
        },
    });
    Some(HaStatus { waiting: state == "waiting", section, scopes: local_scopes, state })
}

/// What a partner asks for.
fn heartbeat(daemon: &Daemon) -> Reply {
    match status(daemon) {
        Some(status) => Reply::done().text("HA peer status returned.").arguments(json!({
            "date-time": clock::http_date(), "scopes": status.scopes, "state": status.state, "unsent-update-count": 0,
        })),
        None => Reply::refused("high availability is not configured"),
    }
}

fn relationship(daemon: &Daemon) -> Option<Value> {
    let state = daemon.state();
    let hooks = state.running.root.get("hooks-libraries")?.as_array()?;
    hooks.iter().find_map(|hook| hook.pointer("/parameters/high-availability/0")).cloned()
}
