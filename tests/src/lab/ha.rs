//! Two labs whose DHCPv4 daemons are a pair.

use super::{Access, Lab, configuration::hook};
use crate::{dhcp_client::Clients, wait};
use perch_shared::{Family, KeaVersion};
use serde_json::{Value, json};
use std::{net::UdpSocket, time::Duration};

/// How the two work together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The primary serves, the standby waits for its end.
    HotStandby,
    /// Each serves half of the clients.
    LoadBalancing,
}

impl Mode {
    /// Kea's word, which is also the name of the state in which both do their work.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HotStandby => "hot-standby",
            Self::LoadBalancing => "load-balancing",
        }
    }

    const fn second(self) -> &'static str {
        match self {
            Self::HotStandby => "standby",
            Self::LoadBalancing => "secondary",
        }
    }
}

/// A pair with dedicated listeners (Kea ≥ 2.4): member 0 is the primary `server1`, member 1 is `server2`.
#[derive(Debug)]
pub struct HaPair {
    /// The two servers.
    pub members: [Lab; 2],
    /// Where Perch reaches each of them: an agent's address before Kea 3, the daemon's own one since.
    pub addresses: [String; 2],
    /// How its clients reach it, in a pair that serves clients.
    line: Option<Line>,
    mode: Mode,
    /// How long its members may take to notice each other.
    patience: Duration,
}

/// What a member says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local {
    /// Its HA state.
    pub state: String,
    /// The scopes that it serves.
    pub scopes: Vec<String>,
}

/// The relay that the clients of a pair are behind.
#[derive(Debug)]
struct Line {
    relay: UdpSocket,
    /// The UDP ports of 127.0.0.1 on which the members listen for DHCP.
    dhcp: [u16; 2],
}

impl HaPair {
    /// Starts a hot-standby pair with fast heartbeats and waits until both are in the state `hot-standby`. `None`, and
    /// said so, where that Kea is not here.
    ///
    /// # Panics
    /// When the pair does not settle.
    pub fn open(version: &str) -> Option<Self> {
        Self::open_as(version, Mode::HotStandby)
    }

    /// Starts a pair with fast heartbeats in this mode, which is also its normal state, and waits for it. `None`, and
    /// said so, where that Kea is not here.
    ///
    /// # Panics
    /// When the pair does not settle.
    pub fn open_as(version: &str, mode: Mode) -> Option<Self> {
        Self::start(version, mode, 500, None)
    }

    /// Starts a pair that serves DHCPv4 clients; its subnet is 127.0.0.0/24. `heartbeat` is in milliseconds.
    ///
    /// # Panics
    /// When the pair does not settle.
    pub fn open_serving(version: &str, mode: Mode, heartbeat: u64) -> Option<Self> {
        Self::start(version, mode, heartbeat, Some(Clients::relay()))
    }

    fn start(version: &str, mode: Mode, heartbeat: u64, relay: Option<UdpSocket>) -> Option<Self> {
        let mut members = [Lab::open(version)?, Lab::open(version)?];
        let [first, second] = &mut members;
        let ports = [first.port(), second.port()];
        let line = relay.map(|relay| {
            let port = relay.local_addr().expect("the relay's address").port();
            Line { dhcp: [first.listens(port), second.listens(port)], relay }
        });
        let setting = Setting { mode, heartbeat, ports, serves: line.is_some() };
        let addresses = [setting.start(first, 1), setting.start(second, 2)];
        let patience = wait::SOON + Duration::from_millis(heartbeat) * 12;
        let pair = Self { members, addresses, line, mode, patience };
        pair.wait_until_normal();
        Some(pair)
    }

    /// Has clients ask for addresses from now on, and waits until each of them has one.
    ///
    /// # Panics
    /// When they do not get one, or the pair serves nobody.
    pub fn clients(&self) -> Clients {
        let line = self.line.as_ref().expect("a pair that serves clients");
        Clients::ask(&line.relay, line.dhcp)
    }

    /// Kills the second member's DHCPv4 daemon and waits until the first serves alone.
    ///
    /// # Panics
    /// When it does not.
    pub fn lose_the_second(&mut self) {
        self.members[1].kill(Family::V4);
        self.wait_until_alone();
    }

    /// Waits until the first member serves alone.
    ///
    /// # Panics
    /// When it does not get there.
    pub fn wait_until_alone(&self) {
        wait::within(self.patience, "the survivor to serve alone", || match self.states(0) {
            [state, _] if state == "partner-down" => Ok(()),
            states => Err(format!("{states:?}")),
        });
    }

    /// The HA states of a member and of its partner, as that member sees them. It hears of its partner with every
    /// heartbeat only.
    pub fn states(&self, member: usize) -> [String; 2] {
        let status = self.members[member].ask(Family::V4, &json!({"command": "status-get"}));
        let servers = &status["arguments"]["high-availability"][0]["ha-servers"];
        [&servers["local"]["state"], &servers["remote"]["last-state"]]
            .map(|state| state.as_str().unwrap_or_default().to_owned())
    }

    /// The scopes that each member serves.
    pub fn scopes(&self) -> [Vec<String>; 2] {
        [0, 1].map(|member| self.local(member).scopes)
    }

    /// What a member says about itself.
    pub fn local(&self, member: usize) -> Local {
        let status = self.members[member].ask(Family::V4, &json!({"command": "status-get"}));
        let local = &status["arguments"]["high-availability"][0]["ha-servers"]["local"];
        let scopes = local["scopes"].as_array().into_iter().flatten();
        Local {
            state: local["state"].as_str().unwrap_or_default().to_owned(),
            scopes: scopes.filter_map(|scope| scope.as_str().map(str::to_owned)).collect(),
        }
    }

    /// Waits until both members are in their normal state and know it of each other.
    ///
    /// # Panics
    /// When they do not get there.
    pub fn wait_until_normal(&self) {
        wait::within(self.patience, "the pair to be in its normal state", || {
            let states = [self.states(0), self.states(1)];
            let normal = states.iter().flatten().all(|state| state == self.mode.name());
            if normal { Ok(()) } else { Err(format!("{states:?}")) }
        });
    }
}

/// How both members are set up.
struct Setting {
    mode: Mode,
    heartbeat: u64,
    ports: [u16; 2],
    serves: bool,
}

impl Setting {
    fn start(&self, lab: &mut Lab, number: usize) -> String {
        let change = |root: &mut Value| {
            let hooks = root["hooks-libraries"].as_array_mut().expect("a list");
            let mut ha = hook("ha");
            ha["parameters"] = json!({"high-availability": [self.relationship(number)]});
            hooks.push(ha);
            if self.serves {
                root["interfaces-config"] = json!({"interfaces": ["lo"], "dhcp-socket-type": "udp"});
                root["shared-networks"] = json!([]);
                root["subnet4"] = json!([{"id": 1, "subnet": "127.0.0.0/24", "pools": self.pools()}]);
            }
        };
        if lab.version() < KeaVersion::new(2, 7, 2) {
            lab.start_with(Family::V4, change);
            lab.start_agent(Access::Open)
        } else {
            lab.start_direct_with(Family::V4, Access::Open, change)
        }
    }

    /// In load-balancing each server gives addresses of its own, so that no two give one address.
    fn pools(&self) -> Value {
        match self.mode {
            Mode::HotStandby => json!([{"pool": "127.0.0.10-127.0.0.250"}]),
            Mode::LoadBalancing => json!([
                {"pool": "127.0.0.10-127.0.0.120", "client-class": "HA_server1"},
                {"pool": "127.0.0.130-127.0.0.250", "client-class": "HA_server2"}
            ]),
        }
    }

    fn relationship(&self, number: usize) -> Value {
        let peer = |number: usize, role: &str| json!({"name": format!("server{number}"), "url": format!("http://127.0.0.1:{}/", self.ports[number - 1]), "role": role});
        json!({
            "this-server-name": format!("server{number}"),
            "mode": self.mode.name(),
            "heartbeat-delay": self.heartbeat,
            "max-response-delay": self.heartbeat * 6,
            "max-ack-delay": 500,
            "max-unacked-clients": 0,
            "multi-threading": {"enable-multi-threading": true, "http-dedicated-listener": true},
            "peers": [peer(1, "primary"), peer(2, self.mode.second())]
        })
    }
}
