//! The head of the page: which subnets, and whose.

use crate::{
    browser,
    components::PairLinks,
    forms::desk::Desk,
    routes::Route,
    ui::{Glyph, counted, icon},
};
use leptos::prelude::*;
use perch_shared::{Family, api::ServerId, draft::join};

/// How many subnets are named before the others are only counted.
const NAMED: usize = 8;

/// The head.
#[component]
pub fn Head(
    /// The server.
    server: ServerId,
    /// The daemon.
    family: Family,
    /// How many subnets the address names.
    wanted: u64,
    /// The form, once it is open.
    desk: RwSignal<Option<Desk>>,
) -> impl IntoView {
    let title = counted(u128::from(wanted), "subnet", "subnets");
    browser::set_title(&title);
    let of_chips = server.clone();
    let subnets = move || {
        let desk = desk.get()?;
        let all: Vec<(u64, String)> = desk.draft.with(|draft| {
            let all = draft.subnets().into_iter();
            all.map(|path| (draft.id_at(&path), draft.text_at(&join(&path, "subnet")))).collect()
        });
        let more = all.len().saturating_sub(NAMED);
        let link = |(id, prefix): (u64, String)| {
            let href = Route::Subnet(of_chips.clone(), family, id).path();
            view! { <a class="chip" href=href>{prefix}</a> }
        };
        let links = all.into_iter().take(NAMED).map(link).collect_view();
        let more = (more > 0).then(|| view! { <span class="muted">{format!("and {more} more")}</span> });
        Some(view! { <p class="head-subnets" data-testid="head-subnets">{links} {more}</p> })
    };
    view! {
        <header class="page-head">
            <div class="crumbs"><a href=Route::Networks.path()>{icon(Glyph::Back)} "Networks"</a></div>
            <div class="page-title">
                <h1>{title}</h1>
                <span class="chip">{family.protocol()}</span>
            </div>
            <p class="head-facts"><PairLinks server family/> <span>"What you enter here is for all of them."</span></p>
            {subnets}
        </header>
    }
}
