//! The reservations of all daemons, put together: what partners both have is one line.

use crate::{
    api::{Api, Failure},
    browser,
    state::Fleet,
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{Endpoint, ListReservations, ReservationList, ReservationRow, ServerId},
};
use std::collections::BTreeMap;

/// A reservation, and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The daemon.
    pub family: Family,
    /// The reservation.
    pub row: ReservationRow,
    /// The servers that have it.
    pub servers: Vec<ServerId>,
}

impl Default for Found {
    fn default() -> Self {
        Self { family: Family::V4, row: ReservationRow::default(), servers: Vec::new() }
    }
}

impl Found {
    /// What tells it from all others.
    pub fn key(&self) -> String {
        let servers: Vec<&str> = self.servers.iter().map(ServerId::as_str).collect();
        let Self { family, row, .. } = self;
        format!("{}/{family}/{}/{}={}", servers.join("+"), row.prefix, row.identifier, row.value)
    }
}

type Daemon = (ServerId, Family);

/// What each daemon said.
#[derive(Debug, Clone, Copy)]
pub struct Lists {
    api: Api,
    fleet: Fleet,
    said: RwSignal<BTreeMap<Daemon, Result<ReservationList, Failure>>>,
    daemons: Memo<Vec<(Daemon, Option<String>)>>,
    all: Memo<Vec<Found>>,
}

impl Lists {
    /// Asks every daemon, and asks again whenever its configuration changes.
    pub fn load() -> Self {
        let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
        let said = RwSignal::new(BTreeMap::new());
        let daemons = Memo::new(move |_| daemons(fleet));
        let all = Memo::new(move |_| said.with(|said| put_together(fleet, said)));
        let lists = Self { api, fleet, said, daemons, all };
        Effect::new(move |before: Option<Vec<(Daemon, Option<String>)>>| {
            let now = lists.daemons.get();
            let before = before.unwrap_or_default();
            for one in &now {
                if !before.contains(one) {
                    lists.read(one.0.clone());
                }
            }
            lists.said.update(|said| said.retain(|daemon, _| now.iter().any(|(known, _)| known == daemon)));
            now
        });
        browser::on_visible(move || fleet.look());
        lists
    }

    /// Asks all daemons again.
    pub fn ask(self) {
        for (daemon, _) in self.daemons.get_untracked() {
            self.read(daemon);
        }
    }

    fn read(self, daemon: Daemon) {
        let api = self.api;
        spawn_local(async move {
            let answer = api.read::<ListReservations>(ListReservations::path(&daemon), &()).await;
            let _ = self.said.try_update(|said| said.insert(daemon, answer));
        });
    }

    /// All reservations.
    pub fn all(self) -> Vec<Found> {
        self.all.get()
    }

    /// Why some are missing, each reason once.
    pub fn failures(self) -> Vec<Failure> {
        self.said.with(|said| {
            let mut failures: Vec<Failure> = Vec::new();
            for failure in said.values().filter_map(|answer| answer.as_ref().err()) {
                if !failures.iter().any(|known| known.body.message == failure.body.message) {
                    failures.push(failure.clone());
                }
            }
            failures
        })
    }

    /// Whether nobody could answer.
    pub fn are_missing(self) -> bool {
        self.said.with(|said| !said.is_empty() && said.values().all(Result::is_err))
    }

    /// Whether nobody has answered yet.
    pub fn are_waited_for(self) -> bool {
        let known = self.fleet.view().answer().with(Option::is_some);
        !known || self.said.with(BTreeMap::is_empty) && !self.daemons.with(Vec::is_empty)
    }
}

/// The daemons of all servers, each with the hash of what it runs.
fn daemons(fleet: Fleet) -> Vec<(Daemon, Option<String>)> {
    fleet.view().answer().with(|view| {
        let servers = view.iter().flat_map(|view| &view.servers);
        let all = servers.flat_map(|status| {
            status
                .daemons
                .iter()
                .map(|daemon| ((status.server.id.clone(), daemon.family), daemon.hash.clone()))
        });
        all.collect()
    })
}

fn put_together(fleet: Fleet, said: &BTreeMap<Daemon, Result<ReservationList, Failure>>) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for ((server, family), answer) in said {
        let Ok(list) = answer else { continue };
        let mut pair = fleet.partners(server, *family);
        pair.push(server.clone());
        pair.sort();
        for row in &list.reservations {
            let found = Found { family: *family, row: row.clone(), servers: pair.clone() };
            let key = found.key();
            let known = places.get(&key).copied().and_then(|index| all.get_mut(index));
            match known.filter(|known| is_same(&known.row, row)) {
                Some(known) => known.servers.push(server.clone()),
                None => {
                    places.insert(key, all.len());
                    all.push(Found { servers: vec![server.clone()], ..found });
                }
            }
        }
    }
    all
}

/// Partners may number their subnets differently.
fn is_same(one: &ReservationRow, other: &ReservationRow) -> bool {
    *one == ReservationRow { subnet: one.subnet, ..other.clone() }
}
