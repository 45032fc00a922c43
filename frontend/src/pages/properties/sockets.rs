//! The sockets that commands come in by.

use crate::{
    forms::desk::{AddButton, Desk, KeyField},
    ui::{Glyph, icon},
};
use leptos::prelude::*;

/// The list of sockets, which Kea has since 2.7.2.
const LIST: &str = "control-sockets";
/// The only socket of older versions.
const ONE: &str = "control-socket";

/// What a socket has, in the order of the page. Which keys there are says the version.
const KEYS: [&str; 8] = [
    "socket-type",
    "socket-name",
    "socket-address",
    "socket-port",
    "cert-file",
    "key-file",
    "trust-anchor",
    "cert-required",
];

#[component]
pub fn Sockets(desk: Desk) -> impl IntoView {
    let listed = desk.draft.with_untracked(|draft| draft.knows(LIST) && draft.get(ONE).is_none());
    let count = Memo::new(move |_| desk.draft.with(|draft| draft.items(LIST).len()));
    let one = move |path: String, title: String, remove: Option<AnyView>| {
        let place = path.clone();
        // What is not set and belongs to another type of socket is not shown.
        let keys = Memo::new(move |_| {
            desk.draft.with(|draft| {
                let kind = draft.text_at(&format!("{place}.socket-type"));
                KEYS.into_iter()
                    .filter(|key| belongs(&kind, key) || draft.get(&format!("{place}.{key}")).is_some())
                    .collect::<Vec<_>>()
            })
        });
        let fields = move || {
            keys.get()
                .into_iter()
                .map(|key| view! { <KeyField desk path=format!("{path}.{key}")/> })
                .collect_view()
        };
        view! {
            <div class="props-item" data-testid="control-socket">
                <header class="props-sub"><h3>{title}</h3>{remove}</header>
                {fields}
            </div>
        }
    };
    let items = move || {
        if !listed {
            return one(ONE.to_owned(), "Control socket".to_owned(), None).into_any();
        }
        let count = count.get();
        let items = (0..count).map(|index| {
            let path = format!("{LIST}[{index}]");
            let gone = path.clone();
            let why = (count < 2)
                .then_some("Without any, no console reaches the daemon until somebody edits its file");
            let remove = view! {
                <button
                    type="button"
                    class="btn small ghost"
                    data-testid="remove-socket"
                    disabled=why.is_some()
                    title=why
                    on:click=move |_| desk.update(|draft| draft.remove(&gone))
                >
                    {icon(Glyph::Trash)}"Remove"
                </button>
            };
            one(path, format!("Socket {}", index + 1), Some(remove.into_any()))
        });
        items.collect_view().into_any()
    };
    let add = Callback::new(move |()| {
        desk.update(|draft| {
            draft.push_map(
                LIST,
                &[("socket-type", "http"), ("socket-address", "127.0.0.1"), ("socket-port", "8004")],
            );
        });
    });
    view! {
        <section class="props" id="control-sockets" aria-label="Control sockets">
            <header class="props-head">
                <h2>"Control sockets"</h2>
                <p>"Commands come in by these, Perch's own as well: a change that closes Perch's way in is a change that Perch cannot take back."</p>
            </header>
            {items}
            {listed.then(|| view! { <p class="props-foot"><AddButton label="Add socket" testid="add-socket" on_add=add/></p> })}
        </section>
    }
}

/// Whether a type of socket has a key.
fn belongs(kind: &str, key: &str) -> bool {
    match key {
        "socket-type" => true,
        "socket-name" => kind != "http" && kind != "https",
        "socket-address" | "socket-port" => kind == "http" || kind == "https",
        _ => kind == "https",
    }
}
