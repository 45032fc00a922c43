//! The subnets of all servers, for choosing one.

use super::Fleet;
use crate::api::{Api, Failure};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{Endpoint, ListSubnets, ServerId, SubnetRow},
    find::Sought,
};

/// A subnet, and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubnetOf {
    /// The server.
    pub server: ServerId,
    /// The daemon.
    pub family: Family,
    /// The subnet.
    pub row: SubnetRow,
}

/// The subnets of all servers.
#[derive(Debug, Clone, Copy)]
pub struct Subnets {
    all: RwSignal<Vec<SubnetOf>>,
    failure: RwSignal<Option<Failure>>,
}

impl Subnets {
    /// Asks Perch for the subnets of every daemon that answers.
    pub fn load(api: Api, fleet: Fleet) -> Self {
        let subnets = Self { all: RwSignal::new(Vec::new()), failure: RwSignal::new(None) };
        let daemons = fleet.view().answer().with_untracked(|view| {
            let servers = view.iter().flat_map(|view| &view.servers);
            let all = servers.flat_map(|status| {
                status.daemons.iter().map(|daemon| (status.server.id.clone(), daemon.family))
            });
            all.collect::<Vec<_>>()
        });
        for (server, family) in daemons {
            spawn_local(async move {
                let path = ListSubnets::path(&(server.clone(), family));
                match api.read::<ListSubnets>(path, &()).await {
                    Ok(list) => {
                        let _ = subnets.all.try_update(|all| {
                            all.extend(list.subnets.into_iter().map(|row| SubnetOf {
                                server: server.clone(),
                                family,
                                row,
                            }));
                        });
                    }
                    Err(failure) => drop(subnets.failure.try_set(Some(failure))),
                }
            });
        }
        subnets
    }

    /// Why some are missing. Tracks.
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// One of them.
    pub fn get(self, index: usize) -> Option<SubnetOf> {
        self.all.with_untracked(|all| all.get(index).cloned())
    }

    /// The first of them that a text is about, the closest first. Tracks.
    pub fn find(self, text: &str, most: usize) -> Vec<usize> {
        let sought = Sought::read(text);
        self.all.with(|all| {
            let mut found: Vec<(u32, usize)> = all
                .iter()
                .enumerate()
                .filter_map(|(index, subnet)| match &sought {
                    None => Some((0, index)),
                    Some(sought) => Some((sought.distance(subnet.family, &subnet.row)?, index)),
                })
                .collect();
            found.sort_unstable();
            found.into_iter().take(most).map(|(_, index)| index).collect()
        })
    }
}
