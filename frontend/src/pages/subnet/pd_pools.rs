//! The pools of prefixes that DHCPv6 delegates.

use crate::{
    browser,
    forms::{
        desk::{AddButton, Desk, KeyField, TextKey, field_id},
        item::{Item, LineField},
        option_data::OptionsPanel,
        scope::{ClassesInLine, CommentField, MoreClasses},
    },
};
use leptos::prelude::*;
use perch_shared::draft::join;

/// The list.
#[component]
pub fn PdPools(
    /// The desk.
    desk: Desk,
    /// The subnet's path.
    path: String,
) -> impl IntoView {
    let list = join(&path, "pd-pools");
    let open = RwSignal::new(None::<usize>);
    let (counted, rows) = (list.clone(), list.clone());
    let length = Memo::new(move |_| desk.draft.with(|draft| draft.items(&counted).len()));
    let add = Callback::new(move |()| {
        let mut added = String::new();
        desk.update(|draft| {
            added = draft.add(&list);
            draft.set_text(&join(&added, "prefix-len"), "48");
            draft.set_text(&join(&added, "delegated-len"), "56");
        });
        open.set(None);
        let field = field_id(&join(&added, "prefix"));
        leptos::leptos_dom::helpers::request_animation_frame(move || browser::focus(&field));
    });
    let rows = move || {
        (0..length.get()).map(|index| view! { <PdPoolRow desk list=rows.clone() index open/> }).collect_view()
    };
    let empty = move || {
        (length.get() == 0)
            .then(|| view! { <p class="items-empty">"None: Kea delegates no prefixes to routers in this subnet."</p> })
    };
    view! {
        <section class="items" aria-label="Pools of prefixes" data-testid="pd-pools">
            <header class="items-head">
                <h2>"Pools of prefixes"</h2>
                <AddButton label="Add prefix pool" testid="add-pd-pool" on_add=add/>
            </header>
            {rows}
            {empty}
        </section>
    }
}

#[component]
fn PdPoolRow(desk: Desk, list: String, index: usize, open: RwSignal<Option<usize>>) -> impl IntoView {
    let path = format!("{list}[{index}]");
    let field = |key: &str, label: &'static str, placeholder: &'static str| {
        let path = join(&path, key);
        let note = format!("{}-note", field_id(&path));
        let note = (key != "prefix").then(|| view! { <span class="sr" id=note></span> });
        view! { <LineField path=path.clone() label><TextKey desk path placeholder/> {note}</LineField> }
    };
    let classes = desk.draft.with_untracked(|draft| draft.classes_key());
    let line = view! {
        {field("prefix", "Prefix", "2001:db8:8000::")}
        <span class="item-short">{field("prefix-len", "Length", "48")}</span>
        <span class="item-short">{field("delegated-len", "Delegated", "56")}</span>
        <ClassesInLine desk path=path.clone()/>
    }
    .into_any();
    let more = move || {
        let row = |key: &str| view! { <KeyField desk path=join(&path, key)/> };
        view! {
            <div class="item-fields">
                <CommentField desk path=path.clone()/>
                {row("excluded-prefix")}
                {row("excluded-prefix-len")}
                <MoreClasses desk path=path.clone()/>
                {row("pool-id")}
            </div>
            <div class="item-options"><OptionsPanel desk path=path.clone()/></div>
        }
    };
    let name = format!("prefix pool {}", index + 1);
    view! {
        <Item desk list index open testid="pd-pool" name keys=vec!["prefix", "prefix-len", "delegated-len", classes] line more/>
    }
}
