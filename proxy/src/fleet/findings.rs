//! What the rules find in what the daemons run: looked for once for each configuration, when somebody asks.

use super::Fleet;
use crate::work::work;
use futures_util::future::join_all;
use perch_shared::{
    Family, KeaVersion,
    api::{DaemonFindings, ServerId},
    status::findings,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The longest configurations that are looked through, in bytes of their JSON: some ten thousand subnets. It takes a tree,
/// ten times as much memory, while it lasts.
const LONGEST: usize = 8 << 20;

/// What was found, by daemon, with the hash of the configuration that it was found in.
#[derive(Debug, Default)]
pub(super) struct Found(Mutex<BTreeMap<(ServerId, Family), (String, DaemonFindings)>>);

impl Found {
    fn all(&self) -> MutexGuard<'_, BTreeMap<(ServerId, Family), (String, DaemonFindings)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, server: &ServerId, family: Family, hash: &str) -> Option<DaemonFindings> {
        let all = self.all();
        let (of, found) = all.get(&(server.clone(), family))?;
        (of == hash).then(|| found.clone())
    }

    pub(super) fn forget(&self, server: &ServerId) {
        self.all().retain(|(id, _), _| id != server);
    }
}

impl Fleet {
    /// What the rules find in what the daemons of some servers run. Daemons whose configuration is too long, or
    /// that Perch had no room to keep, are left out.
    pub async fn findings(self: &Arc<Self>, sees: impl Fn(&ServerId) -> bool) -> Vec<DaemonFindings> {
        let daemons = Family::ALL.into_iter().flat_map(|family| {
            let seen = self.store.list().into_iter().map(|server| server.id).filter(&sees);
            seen.filter_map(move |id| {
                let (version, hash, _) = self.last(&id, family)?;
                Some((id, family, version, hash))
            })
        });
        let looked = daemons.map(|(id, family, version, hash)| self.look_for(id, family, version, hash));
        let found = join_all(looked).await;
        found.into_iter().flatten().filter(|found| found.count > 0).collect()
    }

    async fn look_for(
        self: &Arc<Self>,
        server: ServerId,
        family: Family,
        version: KeaVersion,
        hash: String,
    ) -> Option<DaemonFindings> {
        if let Some(known) = self.found.get(&server, family, &hash) {
            return Some(known);
        }
        let fleet = self.clone();
        work(move || {
            if fleet.bodies.length(&server, family, &hash)? > LONGEST {
                return None;
            }
            let config = fleet.bodies.get(&server, family, &hash)?;
            let (count, first) = findings(config, version);
            let found = DaemonFindings { server: server.clone(), family, count, first };
            fleet.found.all().insert((server, family), (hash, found.clone()));
            Some(found)
        })
        .await
    }
}
