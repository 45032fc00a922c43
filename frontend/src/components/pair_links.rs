//! On which servers something stands: one, and its partners.

use crate::{routes::Route, state::Fleet};
use leptos::prelude::*;
use perch_shared::{Family, api::ServerId};

/// `on` a server `and` its partners, each a link.
#[component]
pub fn PairLinks(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    move || {
        let mut all = fleet.partners(&server, family);
        all.insert(0, server.clone());
        let link = |(index, server): (usize, ServerId)| {
            let and = if index == 0 { "on " } else { " and " };
            let name = fleet.name(&server);
            view! { {and} <a href=Route::Server(server).path()>{name}</a> }
        };
        view! { <span>{all.into_iter().enumerate().map(link).collect_view()}</span> }
    }
}
