//! A daemon's global parameters.

mod group;
mod groups;
mod loggers;
mod sockets;

use super::daemon_param;
use crate::{
    browser,
    components::{NotFound, ServerFrame, Tab},
    forms::desk::{Desk, OpenDesk},
    ui::{Glyph, icon},
};
use group::{GroupView, fits};
use groups::GROUPS;
use leptos::prelude::*;
use loggers::Loggers;
use perch_shared::{
    Family,
    api::{ConfigurationQuery, ServerId},
    draft::Draft,
};
use sockets::Sockets;

lazy_page!(properties_page, show);

/// The page.
fn show() -> AnyView {
    let at = daemon_param();
    view! {
        {move || match at.get() {
            Some((id, family)) => view! { <Properties id family/> }.into_any(),
            None => view! { <NotFound/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Properties(id: ServerId, family: Family) -> impl IntoView {
    let form = Callback::new(move |desk: Desk| view! { <Form desk/> }.into_any());
    view! {
        <ServerFrame id=id.clone() tab=Tab::Properties family>
            <OpenDesk server=id family query=ConfigurationQuery::frame() name="properties" form/>
        </ServerFrame>
    }
}

/// Sections that are not made of single keys: their place in the index, and what they are found by.
const LISTS: [(&str, &str, &str); 2] = [
    (
        "control-sockets",
        "Control sockets",
        "control-socket control-sockets socket-name socket-port certificate",
    ),
    ("loggers", "Loggers", "loggers severity debuglevel output log"),
];

#[component]
fn Form(desk: Desk) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    browser::on_key(|event| {
        if browser::is_shortcut(&event, "/") {
            event.prevent_default();
            browser::focus("find-property");
        }
    });
    let groups: Vec<_> = GROUPS
        .iter()
        .filter_map(|group| Some((group, desk.draft.with_untracked(|draft| known(draft, group.keys))?)))
        .collect();
    let keys: Vec<_> = groups.iter().map(|(group, keys)| (*group, StoredValue::new(keys.clone()))).collect();
    let marks = keys.clone();
    let list_shown = move |index: usize| {
        let words = LISTS.get(index).map(|(_, title, words)| format!("{title} {words}")).unwrap_or_default();
        Memo::new(move |_| fits(&wanted.get(), &[&words]))
    };
    let (sockets, loggers) = (list_shown(0), list_shown(1));
    let none = {
        let keys = keys.clone();
        move || {
            let any = keys.iter().any(|(group, keys)| {
                keys.with_value(|keys| group.shown(&wanted.get(), keys).next().is_some())
            });
            (!any && !sockets.get() && !loggers.get())
                .then(|| view! { <p class="empty small">"No property's name or key contains that."</p> })
        }
    };
    let index = move || {
        let of_keys = marks.iter().map(|(group, keys)| (group.id, group.title, Some(*keys)));
        let of_lists = LISTS.iter().map(|(id, title, _)| (*id, *title, None));
        of_keys.chain(of_lists).map(|(id, title, keys)| view! { <Entry desk id title keys/> }).collect_view()
    };
    view! {
        <div class="properties" data-testid="properties">
            <nav class="props-index" aria-label="Properties">
                <label class="filter">
                    {icon(Glyph::Search)}
                    <span class="sr">"Find a property"</span>
                    <input
                        id="find-property"
                        class="input"
                        type="search"
                        data-testid="find-property"
                        placeholder="Find"
                        prop:value=wanted
                        on:input=move |event| wanted.set(event_target_value(&event))
                    />
                    <kbd>"/"</kbd>
                </label>
                <ul>{index}</ul>
            </nav>
            <div class="overview">
                {keys.into_iter().map(|(group, keys)| view! { <GroupView desk group keys wanted/> }).collect_view()}
                <div hidden=move || !sockets.get()><Sockets desk/></div>
                <div hidden=move || !loggers.get()><Loggers desk/></div>
                {none}
            </div>
        </div>
    }
}

/// The keys that this daemon's version has, or that it has anyway; `None`: none of them.
fn known(draft: &Draft, keys: &'static [&'static str]) -> Option<Vec<&'static str>> {
    // What took a key's place stands for it.
    let replaced =
        |key: &str| key == "ddns-use-conflict-resolution" && draft.knows("ddns-conflict-resolution-mode");
    let has = |key: &&&str| (draft.knows(key) && !replaced(key)) || draft.get(key).is_some();
    let known: Vec<_> = keys.iter().filter(has).copied().collect();
    (!known.is_empty()).then_some(known)
}

/// A section in the index, marked when something in it is changed or wrong.
#[component]
fn Entry(
    desk: Desk,
    id: &'static str,
    title: &'static str,
    keys: Option<StoredValue<Vec<&'static str>>>,
) -> impl IntoView {
    let keys = move || {
        keys.map_or_else(
            || vec![if id == "loggers" { "loggers" } else { "control-sockets" }],
            |keys| keys.get_value(),
        )
    };
    let mark = Memo::new(move |_| {
        let edits = desk.edits.get();
        let touched = |key: &&str| desk.draft.with(|draft| draft.touches(&edits, key));
        !edits.is_empty() && keys().iter().any(touched)
    });
    view! {
        <li class:changed=mark>
            <a href=format!("#{id}")>{title}{move || mark.get().then(|| view! { <span class="sr">" (changed)"</span> })}</a>
        </li>
    }
}
