//! Asking all daemons for leases at once. Each answer is shown as it comes.

use crate::{
    api::{Api, Failure},
    components::{LeaseRow, has_lease_cmds},
    state::Fleet,
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{Endpoint, LeasePage, ListLeases, ListSubnets, ServerId, SubnetList},
    find::Sought,
};
use std::collections::BTreeMap;

type Daemon = (ServerId, Family);

/// A search over all daemons.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    api: Api,
    fleet: Fleet,
    said: RwSignal<BTreeMap<Daemon, Option<Result<LeasePage, Failure>>>>,
    prefixes: RwSignal<BTreeMap<Daemon, BTreeMap<u64, String>>>,
    turn: RwSignal<u32>,
    sought: RwSignal<Option<Sought>>,
}

impl Search {
    /// Nothing is searched for yet.
    pub fn new() -> Self {
        let search = Self {
            api: expect_context::<Api>(),
            fleet: expect_context::<Fleet>(),
            said: RwSignal::new(BTreeMap::new()),
            prefixes: RwSignal::new(BTreeMap::new()),
            turn: RwSignal::new(0),
            sought: RwSignal::new(None),
        };
        // The address may be read before the fleet is known.
        let known = Memo::new(move |_| search.fleet.view().answer().with(Option::is_some));
        Effect::new(move |_| {
            if known.get() {
                search.ask();
            }
        });
        search
    }

    /// Searches for something else.
    pub fn find(self, sought: Option<Sought>) {
        self.sought.set(sought);
        self.ask();
    }

    fn ask(self) {
        self.turn.update_untracked(|turn| *turn = turn.wrapping_add(1));
        self.said.set(BTreeMap::new());
        let Some(sought) = self.sought.get_untracked() else { return };
        for daemon in untrack(|| self.daemons(true)) {
            if let Some(query) = sought.lease_query(daemon.1) {
                self.said.update(|said| drop(said.insert(daemon.clone(), None)));
                self.one(daemon, query);
            }
        }
    }

    fn one(self, daemon: Daemon, query: perch_shared::api::LeaseQuery) {
        let turn = self.turn.get_untracked();
        spawn_local(async move {
            let path = ListLeases::path(&daemon);
            let answer = self.api.read::<ListLeases>(path, &query).await;
            if self.turn.try_get_untracked() != Some(turn) {
                return;
            }
            let found = answer.as_ref().is_ok_and(|page| !page.leases.is_empty());
            let _ = self.said.try_update(|said| drop(said.insert(daemon.clone(), Some(answer))));
            if found {
                self.name_subnets(daemon).await;
            }
        });
    }

    /// A lease says its subnet's id only.
    async fn name_subnets(self, daemon: Daemon) {
        if self.prefixes.try_with_untracked(|known| known.contains_key(&daemon)) != Some(false) {
            return;
        }
        let answer = self.api.read::<ListSubnets>(ListSubnets::path(&daemon), &()).await;
        if let Ok(SubnetList { subnets, .. }) = answer {
            let names = subnets.into_iter().map(|row| (row.id, row.subnet)).collect();
            let _ = self.prefixes.try_update(|known| drop(known.insert(daemon, names)));
        }
    }

    /// The daemons that have lease_cmds, or those that lack it. Who is not known to lack it is asked. Tracks.
    fn daemons(self, loaded: bool) -> Vec<Daemon> {
        let all = self.fleet.view().answer().with(|view| {
            let servers = view.iter().flat_map(|view| &view.servers);
            let all = servers.flat_map(|status| {
                status.daemons.iter().map(|daemon| (status.server.id.clone(), daemon.family))
            });
            all.collect::<Vec<_>>()
        });
        let has = |(server, family): &Daemon| has_lease_cmds(self.fleet, server, *family).unwrap_or(true);
        all.into_iter().filter(|daemon| has(daemon) == loaded).collect()
    }

    /// What was found. The same lease of two partners stands once for each. Tracks.
    pub fn rows(self) -> Vec<LeaseRow> {
        self.prefixes.with(|prefixes| {
            let name = |daemon: &Daemon, id: u64| {
                prefixes.get(daemon).and_then(|known| known.get(&id)).cloned().unwrap_or_default()
            };
            self.said.with(|said| {
                let pages = said
                    .iter()
                    .filter_map(|(daemon, answer)| Some((daemon, answer.as_ref()?.as_ref().ok()?)));
                let rows = pages.flat_map(|(daemon, page)| {
                    page.leases.iter().map(|lease| LeaseRow {
                        server: daemon.0.clone(),
                        family: daemon.1,
                        prefix: name(daemon, lease.subnet),
                        lease: lease.clone(),
                    })
                });
                rows.collect()
            })
        })
    }

    /// How many have not answered yet. Tracks.
    pub fn waiting(self) -> usize {
        self.said.with(|said| said.values().filter(|answer| answer.is_none()).count())
    }

    /// Who could not answer, and why. Tracks.
    pub fn failures(self) -> Vec<(String, Failure)> {
        self.said.with(|said| {
            let failed = said.iter().filter_map(|((server, family), answer)| {
                let failure = answer.as_ref()?.as_ref().err()?.clone();
                Some((format!("{} {}", self.fleet.name(server), family.protocol()), failure))
            });
            failed.collect()
        })
    }

    /// The servers whose daemon of a family lacks lease_cmds. Tracks.
    pub fn without_hook(self, family: Family) -> Vec<ServerId> {
        let lacking = self.daemons(false).into_iter().filter(|(_, of)| *of == family);
        lacking.map(|(server, _)| server).collect()
    }
}
