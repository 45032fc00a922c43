//! The servers, and what each last said.

use super::Loader;
use crate::api::Api;
use leptos::prelude::*;
use perch_shared::api::{About, GetAbout, GetServer, ListServers, Role, Server, ServerId, ServerStatus};
use std::collections::BTreeMap;

/// The servers, and what each last said. Each is asked by itself, so that one that hangs delays nobody else.
#[derive(Debug, Clone, Copy)]
pub struct Fleet {
    api: Api,
    about: Loader<About>,
    servers: Loader<Vec<Server>>,
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

    /// One server's inventory entry, once the inventory is there.
    pub fn server(self, id: ServerId) -> Memo<Option<Server>> {
        let list = self.servers.answer();
        Memo::new(move |_| {
            list.with(|list| {
                list.as_ref().and_then(|list| list.iter().find(|server| server.id == id).cloned())
            })
        })
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

    /// Asks what this Perch is and which servers it knows.
    pub fn reload(self) {
        let api = self.api;
        self.about.run(async move { api.send::<GetAbout>(&(), &()).await });
        self.servers.run(async move { api.send::<ListServers>(&(), &()).await });
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
