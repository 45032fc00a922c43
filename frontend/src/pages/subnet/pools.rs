//! The pools of a subnet.

use super::{bar::AddressBar, pd_pools::PdPools, pool::PoolRow};
use crate::{
    browser,
    forms::desk::{AddButton, Desk, field_id},
    state::Fleet,
};
use leptos::prelude::*;
use perch_shared::{Family, api::Role, draft::join};

/// The picture and the pools, each edited where it stands.
#[component]
pub fn Pools(
    /// The desk.
    desk: Desk,
    /// The subnet's path.
    path: String,
) -> impl IntoView {
    let list = join(&path, "pools");
    let open = RwSignal::new(None::<usize>);
    let marked = RwSignal::new(None::<usize>);
    let length = Memo::new(move |_| desk.draft.with(|draft| draft.items(&list).len()));
    let (subnet, of_rows) = (path.clone(), path.clone());
    let add = Callback::new(move |()| {
        let mut added = String::new();
        desk.update(|draft| added = draft.add_pool(&subnet));
        open.set(None);
        marked.set(length.get_untracked().checked_sub(1));
        let field = field_id(&join(&added, "pool"));
        leptos::leptos_dom::helpers::request_animation_frame(move || browser::focus(&field));
    });
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    let rows = move || {
        (0..length.get())
            .map(|index| view! { <PoolRow desk subnet=of_rows.clone() index open marked/> })
            .collect_view()
    };
    let empty = move || {
        (length.get() == 0).then(|| view! {
            <p class="items-empty" data-testid="no-pools">"No pools: only clients with a reservation get an address here. Add a pool of addresses that Kea may give to anybody."</p>
        })
    };
    let prefixes = (desk.draft.with_untracked(|draft| draft.family()) == Family::V6)
        .then(|| view! { <PdPools desk path=path.clone()/> });
    view! {
        <div class="overview" data-testid="pools">
            <AddressBar desk path=path.clone() marked/>
            <section class="items" aria-label="Pools">
                <header class="items-head">
                    <h2>"Pools"</h2>
                    {move || match refused.get() {
                        Some(why) => view! { <p class="hint">{why}</p> }.into_any(),
                        None => view! { <AddButton label="Add pool" testid="add-pool" on_add=add/> }.into_any(),
                    }}
                </header>
                {rows}
                {empty}
            </section>
            {prefixes}
        </div>
    }
}
