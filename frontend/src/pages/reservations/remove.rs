//! Removing a reservation from the list: its configuration is read, and the change is shown before it is made.

use super::list::Found;
use crate::{
    api::Api,
    forms::save::{Proposal, SaveDialog, Saving},
    state::{Fleet, StatusLine},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    api::{ConfigurationQuery, Endpoint, GetConfiguration, ServerId},
    draft::{Draft, join},
};

/// Removes reservations.
#[derive(Debug, Clone, Copy)]
pub struct Remover {
    api: Api,
    fleet: Fleet,
    status: StatusLine,
    saving: Saving,
}

impl Remover {
    /// `moved` is called when Kea may have something else than before.
    pub fn new(moved: Callback<()>) -> Self {
        Self {
            api: expect_context::<Api>(),
            fleet: expect_context::<Fleet>(),
            status: expect_context::<StatusLine>(),
            saving: Saving::new(Callback::new(move |_| moved.run(())), moved),
        }
    }

    /// Reads what the daemon has and shows what the removal would do.
    pub fn begin(self, found: Found) {
        let Some(server) = found.servers.first().cloned() else { return };
        spawn_local(async move {
            if let Err(words) = self.propose(server, found).await {
                self.status.say(words);
            }
        });
    }

    async fn propose(self, server: ServerId, found: Found) -> Result<(), String> {
        let Found { family, row, .. } = found;
        let query = match row.subnet {
            Some(id) => ConfigurationQuery::with_subnet(id),
            None => ConfigurationQuery { reservations: true, ..ConfigurationQuery::frame() },
        };
        let path = GetConfiguration::path(&(server.clone(), family));
        let view = self.api.read::<GetConfiguration>(path, &query).await;
        let mut draft = Draft::new(view.map_err(|failure| failure.body.message)?);
        let list = match row.subnet {
            Some(id) => draft.subnet_at(id).map(|subnet| join(&subnet, "reservations")),
            None => Some("reservations".to_owned()),
        };
        let item = list.and_then(|list| draft.reservation_at(&list, &row.identifier, &row.value));
        let item = item.ok_or_else(|| "The reservation is not there any more.".to_owned())?;
        draft.remove(&item);
        let based_on = Some(draft.based_on.clone());
        self.saving.begin(Proposal::new(self.fleet, &server, family, based_on, draft.edits()));
        Ok(())
    }

    /// Its dialog.
    pub fn dialogs(self) -> impl IntoView {
        let saving = self.saving;
        view! { <SaveDialog saving/> }
    }
}
