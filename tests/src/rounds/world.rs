//! A pair of Keas, a relay in front of each, and a Perch that knows both.

use super::slot::{self, Slot};
use crate::{
    fault::Relay,
    http_client,
    lab::{HaPair, Mode},
    perch::Perch,
    wait,
};
use perch_shared::{
    Family,
    api::{Endpoint, ListRecoveries, ListUnderWay, Recovery, ServerId, UnderWay},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, time::Duration};

/// How long a change may take to be settled: Perch waits longer and longer between its attempts.
const SETTLED: Duration = Duration::from_secs(100);

/// What stands in a Kea, at the places that rounds change.
pub type Slots = BTreeMap<Slot, Option<String>>;

/// The kinds of pairs: a version, and how its members work together.
pub const KINDS: [(&str, Mode); 4] = [
    ("2.6.3", Mode::HotStandby),
    ("3.0.4", Mode::HotStandby),
    ("2.6.3", Mode::LoadBalancing),
    ("3.0.4", Mode::LoadBalancing),
];

/// A pair, a relay in front of each member, and a Perch.
pub struct World {
    /// The pair.
    pub pair: HaPair,
    /// In front of each member.
    pub relays: [Relay; 2],
    /// The members' ids.
    pub ids: [ServerId; 2],
    /// How the members work together.
    pub mode: Mode,
    perch: Option<Perch>,
    /// Perch was started with a fault that may not have happened yet.
    armed: bool,
    dead: [bool; 2],
    /// The members' files as they were before the round.
    files: [Vec<u8>; 2],
}

impl World {
    /// Starts it. `None`, and said so, where that Kea is not here.
    pub fn open((version, mode): (&str, Mode)) -> Option<Self> {
        let pair = HaPair::open_as(version, mode)?;
        let relays = pair.addresses.each_ref().map(|address| Relay::before(address));
        let perch = Perch::serve_with_settings("[timeouts]\nanswer = 5\n");
        let ids = relays.each_ref().map(|relay| perch.add(&[&relay.address()]));
        let this = Self {
            pair,
            relays,
            ids,
            mode,
            perch: Some(perch),
            armed: false,
            dead: [false; 2],
            files: Default::default(),
        };
        // The bench's own files lack the defaults that Kea writes.
        [0, 1].into_iter().for_each(|member| this.write(member));
        Some(this)
    }

    /// Perch, dead or alive.
    pub fn perch(&mut self) -> &mut Perch {
        self.perch.as_mut().expect("there always is one")
    }

    /// Has Perch run with a fault, or with none, and waits until it has looked around.
    pub fn prepare(&mut self, fault: Option<&str>) {
        self.files =
            self.pair.members.each_ref().map(|lab| fs::read(lab.config_file(Family::V4)).expect("its file"));
        if self.armed || fault.is_some() {
            let perch = self.perch.take();
            self.perch = perch.map(|perch| match fault {
                Some(fault) => perch.restart_with_fault(fault),
                None => perch.restart(),
            });
            self.armed = fault.is_some();
        }
        self.perch().wait_until_ready();
    }

    /// Starts Perch again where it has died.
    pub fn revive_perch(&mut self, fault: Option<&str>) {
        if self.perch().is_dead() {
            self.perch = self.perch.take().map(|perch| perch.start_again(fault));
            self.armed = fault.is_some();
        }
    }

    /// Ends a Kea as `kill -9` does.
    pub fn kill_kea(&mut self, member: usize) {
        if !std::mem::replace(&mut self.dead[member], true) {
            self.pair.members[member].kill(Family::V4);
        }
    }

    /// Starts the Keas again that were killed. One that died while it wrote its file has none that it can read: it gets
    /// the one from before the round, as its administrator would see to.
    pub fn revive_keas(&mut self) {
        for member in [0, 1] {
            if std::mem::take(&mut self.dead[member]) {
                let file = self.pair.members[member].config_file(Family::V4);
                if serde_json::from_slice::<Value>(&fs::read(&file).expect("its file")).is_err() {
                    fs::write(&file, &self.files[member]).expect("its file");
                }
                self.pair.members[member].restart(Family::V4);
            }
        }
    }

    /// What a Kea runs.
    pub fn running(&self, member: usize) -> Value {
        self.pair.members[member].running(Family::V4)
    }

    /// The hash of what a Kea runs.
    pub fn hash(&self, member: usize) -> String {
        let answer = self.pair.members[member].ask(Family::V4, &json!({"command": "config-hash-get"}));
        answer["arguments"]["hash"].as_str().expect("a hash").to_owned()
    }

    /// What stands in a Kea's file.
    pub fn written(&self, member: usize) -> Slots {
        slots(&self.pair.members[member].written(Family::V4))
    }

    /// Changes a Kea as another console would.
    pub fn change(&self, member: usize, slot: Slot, value: Option<&str>, write: bool) {
        let lab = &self.pair.members[member];
        lab.change(Family::V4, |root| slot.write(root, value));
        if write {
            self.write(member);
        }
    }

    /// Has a Kea write its file.
    pub fn write(&self, member: usize) {
        let answer = self.pair.members[member].ask(Family::V4, &json!({"command": "config-write"}));
        assert_eq!(answer["result"], 0, "{answer}");
    }

    /// Waits until nothing is left half-done. A Perch that dies meanwhile is started again.
    ///
    /// # Errors
    /// When something is left.
    pub fn settle(&mut self) -> Result<Vec<Recovery>, String> {
        wait::try_until(SETTLED, || {
            self.revive_perch(None);
            let recovered: Vec<Recovery> = self.get(&ListRecoveries::path(&()))?;
            let open: Vec<UnderWay> = self.get(&ListUnderWay::path(&()))?;
            if recovered.iter().all(|one| one.settled) && open.is_empty() {
                Ok(recovered)
            } else {
                Err(format!("left half-done: {recovered:#?} {open:#?}"))
            }
        })
    }

    /// What Perch logged, without the requests that it served.
    pub fn log(&mut self) -> String {
        let log = self.perch().log();
        let lines: Vec<&str> = log.lines().filter(|line| !line.contains(" INFO ")).collect();
        lines.join("\n")
    }

    /// Asks Perch, which may be dying.
    fn get<T: serde::de::DeserializeOwned>(&mut self, path: &str) -> Result<T, String> {
        let reply = http_client::send(self.perch().address(), "GET", path, &[], b"");
        let reply = reply.map_err(|error| format!("{path}: {error}"))?;
        serde_json::from_slice(&reply.body).map_err(|error| format!("{path}: {error}: {}", reply.text()))
    }
}

/// What stands at the places that rounds change.
pub fn slots(root: &Value) -> Slots {
    Slot::all().map(|slot| (slot, slot.read(root))).collect()
}

/// Everything else.
pub fn rest(root: &Value) -> Value {
    slot::rest(root)
}
