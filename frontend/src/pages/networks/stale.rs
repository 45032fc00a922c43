//! Which servers do not answer: their subnets are shown as Perch saw them last.

use super::filter::Filter;
use crate::{
    state::Fleet,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::api::{DaemonState, ServerStatus};

/// The names of those servers, above the rows; nothing where all answer.
#[component]
pub fn Stale(
    /// The rows.
    filter: Filter,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let silent = Memo::new(move |_| {
        let sources = filter.sources.all();
        let is_silent = |status: &&ServerStatus| {
            status.state == DaemonState::Unreachable
                && sources.keys().any(|(server, _)| *server == status.server.id)
        };
        fleet.view().answer().with(|view| {
            let servers = view.iter().flat_map(|view| &view.servers).filter(is_silent);
            servers.map(|status| status.server.name.clone()).collect::<Vec<_>>()
        })
    });
    move || {
        let names = silent.get();
        let verb = if names.len() == 1 { "does" } else { "do" };
        (!names.is_empty()).then(|| {
            view! {
                <p class="stale-note" role="status" data-testid="stale">
                    {icon(Glyph::Warning)}
                    <span>{format!("{} {verb} not answer: you see what Perch saw there last.", names.join(", "))}</span>
                </p>
            }
        })
    }
}
