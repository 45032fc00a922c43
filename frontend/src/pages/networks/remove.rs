//! Asking before a subnet is removed.

use super::{
    menu::Target,
    part::{Opened, SubnetDialog},
};
use crate::{
    forms::save::{Proposal, Saving},
    state::Fleet,
};
use leptos::prelude::*;
use perch_shared::draft::{Draft, join};

/// Opens while `target` holds a subnet.
#[component]
pub fn RemoveSubnet(
    /// The subnet.
    target: RwSignal<Option<Target>>,
    /// Takes what is to be saved.
    saving: Saving,
) -> impl IntoView {
    let form = Callback::new(move |opened: Opened| view! { <Ask target opened saving/> }.into_any());
    view! { <SubnetDialog target title="Remove" testid="remove-subnet" form/> }
}

#[component]
fn Ask(target: RwSignal<Option<Target>>, opened: Opened, saving: Saving) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let Opened { target: of, draft, path } = opened;
    let lost = lost(&draft, &path);
    let list = lost.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    let what = if lost.is_empty() {
        view! { <p>"It has no pools, reservations or options."</p> }.into_any()
    } else {
        view! { <p>"With it go:"</p><ul class="lost" data-testid="lost">{list}</ul> }.into_any()
    };
    let remove = move |_| {
        let mut draft = draft.clone();
        draft.remove(&path);
        target.set(None);
        let based_on = Some(draft.based_on.clone());
        saving.begin(Proposal::new(fleet, &of.server, of.family, based_on, draft.edits()));
    };
    view! {
        <div class="dialog-body">
            {what}
            <p>"Clients keep the addresses that they have until their leases end; Kea renews none of them."</p>
            <p class="hint">"Nothing is removed yet: the next step shows the change. Once it is made, it can be undone from the history."</p>
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| target.set(None)>"Cancel"</button>
            <button type="button" class="btn danger" data-testid="remove-review" on:click=remove>"Review removal…"</button>
        </footer>
    }
}

/// What a subnet has, in words.
fn lost(draft: &Draft, path: &str) -> Vec<String> {
    let named = |key: &str| draft.items(&join(path, key)).len();
    let of_pools: usize = ["pools", "pd-pools"]
        .iter()
        .flat_map(|list| (0..named(list)).map(move |index| format!("{list}[{index}].option-data")))
        .map(|options| named(&options))
        .sum();
    let parts = [
        (named("pools"), "pool", "pools"),
        (named("pd-pools"), "pool of prefixes", "pools of prefixes"),
        (named("reservations"), "reservation", "reservations"),
        (named("option-data") + of_pools, "option", "options"),
    ];
    let words = parts.into_iter().filter(|(count, ..)| *count > 0);
    words.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect()
}
