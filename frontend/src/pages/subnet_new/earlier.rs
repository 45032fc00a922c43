//! The id of a new subnet, where leases of an earlier subnet still have it: their clients would count as this one's.

use crate::{api::Api, forms::desk::Desk, ui::counted};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    api::{Endpoint, LeaseQuery, ListLeases},
    draft::join,
};
use std::collections::BTreeMap;

/// How many ids are passed over at most.
const MOST: usize = 20;

/// What is said of the id. One that Perch proposes is another one where leases have it; one that somebody typed stays.
#[component]
pub fn EarlierLeases(
    /// The desk.
    desk: Desk,
    /// Where the subnet stands.
    path: String,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let at = StoredValue::new(join(&path, "id"));
    let id = Memo::new(move |_| {
        desk.draft.with(|draft| at.with_value(|at| draft.text_at(at))).parse::<u64>().ok()
    });
    // How many leases have each id that was asked for.
    let found = RwSignal::new(BTreeMap::<u64, usize>::new());
    let proposed = RwSignal::new(id.get_untracked());
    Effect::new(move |_| {
        let Some(id) = id.get().filter(|id| !found.with_untracked(|found| found.contains_key(id))) else {
            return;
        };
        let query = LeaseQuery { subnet: Some(id), ..LeaseQuery::default() };
        spawn_local(async move {
            // Without lease_cmds nobody knows.
            let Ok(page) = api.read::<ListLeases>(ListLeases::path(&desk.place()), &query).await else {
                return;
            };
            let count = page.leases.len();
            found.try_update(|found| found.insert(id, count));
            let is_ours = proposed.try_get_untracked() == Some(Some(id));
            if count > 0
                && is_ours
                && found.try_with_untracked(|found| found.len() < MOST).unwrap_or_default()
            {
                let next = id.saturating_add(1);
                proposed.set(Some(next));
                desk.update(|draft| at.with_value(|at| draft.set_text(at, &next.to_string())));
            }
        });
    });
    let passed = move || {
        let of = |count: usize| counted(count as u128, "lease", "leases");
        let now = id.get();
        found.with(|found| {
            if let Some(count) = now.and_then(|id| found.get(&id)).filter(|count| **count > 0) {
                let words = format!(
                    "{} of an earlier subnet still have this ID: their clients count as this subnet's.",
                    of(*count)
                );
                return Some(
                    view! { <p class="finding warning" data-testid="earlier-leases">{words}</p> }.into_any(),
                );
            }
            let passed: Vec<String> = found
                .iter()
                .filter(|(_, count)| **count > 0)
                .map(|(id, count)| format!("{id} ({})", of(*count)))
                .collect();
            (!passed.is_empty()).then(|| {
                let words = format!(
                    "Passed over, because leases of earlier subnets still have it: {}.",
                    passed.join(", ")
                );
                view! { <p class="hint" data-testid="earlier-leases">{words}</p> }.into_any()
            })
        })
    };
    view! { <div class="prop-more" aria-live="polite">{passed}</div> }
}
