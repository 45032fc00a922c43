//! The servers, and what each last said.

use super::Loader;
use crate::api::Api;
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{
        About, DaemonStatus, FleetView, GetAbout, GetFleet, GetServer, ListServers, Pair, PairMember, Role,
        Server, ServerId, ServerStatus,
    },
};
use std::collections::BTreeMap;

/// The servers, and what each last said. Each is asked by itself, so that one that hangs delays nobody else.
#[derive(Debug, Clone, Copy)]
pub struct Fleet {
    api: Api,
    about: Loader<About>,
    servers: Loader<Vec<Server>>,
    view: Loader<FleetView>,
    statuses: StoredValue<BTreeMap<ServerId, Loader<ServerStatus>>>,
    owner: StoredValue<Option<Owner>>,
}

impl Fleet {
    /// An empty fleet that lives as long as the component that makes it.
    pub fn new(api: Api) -> Self {
        Self {
            api,
            about: Loader::default(),
            servers: Loader::default(),
            view: Loader::default(),
            statuses: StoredValue::default(),
            owner: StoredValue::new(Owner::current()),
        }
    }

    /// What this Perch is.
    pub fn about(self) -> Loader<About> {
        self.about
    }

    /// Why whoever is signed in may not do what takes a role; `None`: they may, as far as is known.
    pub fn lacks(self, role: Role) -> Memo<Option<&'static str>> {
        let about = self.about.answer();
        Memo::new(move |_| {
            about.with(|about| {
                let who = about.as_ref()?.session.as_ref()?.who.as_ref()?;
                (who.role < role).then_some(role.wanted())
            })
        })
    }

    /// The inventory.
    pub fn servers(self) -> Loader<Vec<Server>> {
        self.servers
    }

    /// Every server as Perch saw it last, and the HA pairs. Asks no Kea anything; events keep it fresh.
    pub fn view(self) -> Loader<FleetView> {
        self.view
    }

    /// One server's inventory entry, once the inventory is there.
    pub fn server(self, id: ServerId) -> Memo<Option<Server>> {
        let list = self.servers.answer();
        Memo::new(move |_| {
            list.with(|list| {
                list.as_ref().and_then(|list| list.iter().find(|server| server.id == id).cloned())
            })
        })
    }

    /// A server's name for people; its id where that is not known. Tracks the inventory.
    pub fn name(self, id: &ServerId) -> String {
        let find = |list: &Option<Vec<Server>>| {
            list.iter().flatten().find(|server| server.id == *id).map(|server| server.name.clone())
        };
        self.servers.answer().with(find).unwrap_or_else(|| id.to_string())
    }

    /// A pair's name for people: its members, by the names of their servers where they are known. Tracks the inventory.
    pub fn pair_name(self, pair: &Pair) -> String {
        let name = |member: &PairMember| match &member.server {
            Some(id) => self.name(id),
            None => member.name.clone(),
        };
        pair.members.iter().map(name).collect::<Vec<_>>().join(" and ")
    }

    /// What was last seen of a daemon. Tracks the view.
    pub fn daemon(self, id: &ServerId, family: Family) -> Option<DaemonStatus> {
        self.view.answer().with(|view| {
            let status = view.as_ref()?.servers.iter().find(|status| status.server.id == *id)?;
            status.daemons.iter().find(|daemon| daemon.family == family).cloned()
        })
    }

    /// The hash of what a daemon runs, as far as Perch knows: a form that shows something older reads it again.
    pub fn hash(self, id: ServerId, family: Family) -> Memo<Option<String>> {
        Memo::new(move |_| self.daemon(&id, family).and_then(|daemon| daemon.hash))
    }

    /// The HA pairs that a daemon belongs to. Tracks the view.
    pub fn pairs_of(self, id: &ServerId, family: Family) -> Vec<Pair> {
        let mine = |pair: &&Pair| {
            pair.family == family && pair.members.iter().any(|member| member.server.as_ref() == Some(id))
        };
        self.view.answer().with(|view| {
            let pairs = view.iter().flat_map(|view| &view.pairs);
            pairs.filter(mine).cloned().collect()
        })
    }

    /// The registered HA partners of a daemon. Does not track.
    pub fn partners(self, id: &ServerId, family: Family) -> Vec<ServerId> {
        let pairs = untrack(|| self.pairs_of(id, family));
        let members = pairs.into_iter().flat_map(|pair| pair.members);
        let mut partners: Vec<ServerId> =
            members.filter_map(|member| member.server).filter(|server| server != id).collect();
        partners.sort();
        partners.dedup();
        partners
    }

    /// What one server last said.
    pub fn status(self, id: &ServerId) -> Loader<ServerStatus> {
        if let Some(known) = self.statuses.with_value(|statuses| statuses.get(id).copied()) {
            return known;
        }
        let make = Loader::default;
        let loader = match self.owner.get_value() {
            Some(owner) => owner.with(make),
            None => make(),
        };
        self.statuses.update_value(|statuses| {
            statuses.insert(id.clone(), loader);
        });
        loader
    }

    /// Asks what this Perch is, which servers it knows and how they are.
    pub fn reload(self) {
        let api = self.api;
        self.about.run(async move { api.send::<GetAbout>(&(), &()).await });
        self.servers.run(async move { api.send::<ListServers>(&(), &()).await });
        self.look();
    }

    /// Asks how the servers are, as Perch saw them last.
    pub fn look(self) {
        let api = self.api;
        self.view.run(async move { api.send::<GetFleet>(&(), &()).await });
    }

    /// Asks one server how it is, unless it still owes an answer.
    pub fn refresh(self, id: &ServerId) {
        let loader = self.status(id);
        if !loader.busy().get_untracked() {
            let (api, params) = (self.api, (id.clone(),));
            loader.run(async move { api.send::<GetServer>(&params, &()).await });
        }
    }
}
