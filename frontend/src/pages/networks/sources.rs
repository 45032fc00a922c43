//! The subnets of every daemon, and how full they are: asked for side by side, and again where a configuration changed.

use crate::{
    api::Api,
    browser,
    state::{Fleet, Loader},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{Endpoint, GetUsage, ListSubnets, ServerId, SubnetList, UsageList},
};
use std::{collections::BTreeMap, time::Duration};

/// How often it is asked how full the subnets are.
const COUNT: Duration = Duration::from_secs(60);

/// A daemon.
pub type Daemon = (ServerId, Family);

/// What is known of one daemon.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Its subnets.
    pub subnets: Loader<SubnetList>,
    /// How full they are.
    pub usage: Loader<UsageList>,
    hash: StoredValue<Option<String>>,
}

/// What is known of all daemons.
#[derive(Debug, Clone, Copy)]
pub struct Sources {
    all: RwSignal<BTreeMap<Daemon, Source>>,
    api: Api,
}

impl Sources {
    /// Asks all daemons of the fleet, or of one server, for as long as the component lives that asks for it.
    pub fn follow(only: Option<ServerId>) -> Self {
        let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
        let sources = Self { all: RwSignal::new(BTreeMap::new()), api };
        let owner = Owner::current();
        let wanted = Memo::new(move |_| {
            fleet.view().answer().with(|view| {
                let servers = view.iter().flat_map(|view| &view.servers);
                let servers =
                    servers.filter(|status| only.as_ref().is_none_or(|only| *only == status.server.id));
                let daemons = servers.flat_map(|status| {
                    let id = &status.server.id;
                    status
                        .daemons
                        .iter()
                        .map(move |daemon| ((id.clone(), daemon.family), daemon.hash.clone()))
                });
                daemons.collect::<BTreeMap<Daemon, Option<String>>>()
            })
        });
        Effect::new(move |_| {
            let wanted = wanted.get();
            let known = sources.all.get_untracked();
            let mut now = BTreeMap::new();
            for (daemon, hash) in wanted {
                let source = known.get(&daemon).copied().unwrap_or_else(|| match &owner {
                    Some(owner) => owner.with(Source::new),
                    None => Source::new(),
                });
                let is_new = !known.contains_key(&daemon);
                let moved = hash.is_some() && source.hash.get_value() != hash;
                if is_new || moved {
                    source.hash.set_value(hash);
                    sources.ask(&daemon, source);
                    sources.count(&daemon, source);
                }
                now.insert(daemon, source);
            }
            if !now.keys().eq(known.keys()) {
                sources.all.set(now);
            }
        });
        browser::every(COUNT, move || {
            if browser::is_visible() {
                sources.all.with_untracked(|all| {
                    all.iter().for_each(|(daemon, source)| sources.count(daemon, *source))
                });
            }
        });
        sources
    }

    /// All of them. Tracks which there are.
    pub fn all(self) -> BTreeMap<Daemon, Source> {
        self.all.get()
    }

    /// Asks all of them again.
    pub fn reload(self) {
        self.all.with_untracked(|all| {
            for (daemon, source) in all {
                self.ask(daemon, *source);
                self.count(daemon, *source);
            }
        });
    }

    fn ask(self, daemon: &Daemon, source: Source) {
        let (api, daemon) = (self.api, daemon.clone());
        source.subnets.run(async move { api.send::<ListSubnets>(&daemon, &()).await });
    }

    fn count(self, daemon: &Daemon, source: Source) {
        let (api, path) = (self.api, GetUsage::path(daemon));
        source.usage.run(async move { api.read::<GetUsage>(path, &()).await });
    }
}

impl Source {
    fn new() -> Self {
        Self { subnets: Loader::default(), usage: Loader::default(), hash: StoredValue::new(None) }
    }
}
