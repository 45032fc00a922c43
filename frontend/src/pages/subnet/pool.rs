//! One pool: its range and its classes in the line, the rest below it.

use crate::{
    forms::{
        desk::{Desk, KeyField, TextKey},
        item::{Item, LineField},
        option_data::OptionsPanel,
        scope::{ClassesInLine, CommentField, MoreClasses},
    },
    ui::counted,
};
use leptos::prelude::*;
use perch_shared::{Family, draft::join};

/// What is seldom set of a pool: shown once the line is opened.
const MORE: [&str; 6] = [
    "pool-id",
    "ddns-send-updates",
    "ddns-qualifying-suffix",
    "ddns-generated-prefix",
    "ddns-replace-client-name",
    "ddns-conflict-resolution-mode",
];

/// A line of the list.
#[component]
pub fn PoolRow(
    /// The desk.
    desk: Desk,
    /// The subnet's path.
    subnet: String,
    /// Its place in the list.
    index: usize,
    /// Which line is open.
    open: RwSignal<Option<usize>>,
    /// Which pool the picture marks.
    marked: RwSignal<Option<usize>>,
) -> impl IntoView {
    let list = join(&subnet, "pools");
    let path = format!("{list}[{index}]");
    let size = move || {
        let pool = desk.draft.with(|draft| draft.pools_of(&subnet).get(index).copied().flatten());
        pool.map(|pool| counted(pool.size(), "address", "addresses"))
    };
    let (family, classes) = desk.draft.with_untracked(|draft| (draft.family(), draft.classes_key()));
    let example = match family {
        Family::V4 => "192.0.2.10 - 192.0.2.99",
        Family::V6 => "2001:db8::1000 - 2001:db8::1fff",
    };
    let range = join(&path, "pool");
    let (of_share, shared) = (path.clone(), path.clone());
    let can_share = Memo::new(move |_| desk.draft.with(|draft| draft.halves_of(&of_share).is_some()));
    let share = Callback::new(move |()| {
        open.set(None);
        desk.update(|draft| draft.share_pool(&shared));
    });
    let line = view! {
        <LineField path=range.clone() label="Addresses">
            <TextKey desk path=range placeholder=example/>
        </LineField>
        <span class="item-size" data-testid="pool-size">{size}</span>
        <ClassesInLine desk path=path.clone()/>
        {move || can_share.get().then(|| view! {
            <button
                type="button"
                class="btn small"
                data-testid="share-pool"
                title="Splits it, so that each server of the load-balancing pair gives addresses of its own"
                on:click=move |_| share.run(())
            >
                "Halve for HA"
            </button>
        })}
    }
    .into_any();
    let more = move || {
        let rows =
            MORE.map(|key| view! { <KeyField desk path=join(&path, key)/> }).into_iter().collect_view();
        view! {
            <div class="item-fields">
                <CommentField desk path=path.clone()/>
                <MoreClasses desk path=path.clone()/>
                {rows}
            </div>
            <div class="item-options"><OptionsPanel desk path=path.clone()/></div>
        }
    };
    let name = format!("pool {}", index + 1);
    view! {
        <div class="item-around" class:marked=move || marked.get() == Some(index) on:focusin=move |_| marked.set(Some(index))>
            <Item desk list index open testid="pool" name keys=vec!["pool", classes] line more/>
        </div>
    }
}
