//! One client class, or a new one.

use super::{
    elsewhere::Elsewhere,
    expression::Expression,
    marks::{Global, Remark},
    new_name::NewName,
};
use crate::{
    components::{ServerFrame, Tab},
    forms::{
        definitions::Definitions,
        desk::{Desk, KeyField, OpenDesk, finding},
        keys::{BOOTING, LIFETIMES},
        option_data::OptionsPanel,
        rename::{RenameClass, Renaming},
        uses::{Asked, UsesDialog},
    },
    routes::{Address, Route},
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{ApplyReport, ConfigurationQuery, ServerId},
    change::Place,
};

/// Why a global class cannot be renamed.
pub const KEEPS_ITS_NAME: &str =
    "A global class keeps its name: add it under the new one, then remove this one";

/// The page of one class.
#[component]
pub fn ClassPage(
    /// The server.
    id: ServerId,
    /// The daemon.
    family: Family,
    /// The class; `None`: a new one.
    name: Option<String>,
) -> impl IntoView {
    let address = expect_context::<Address>();
    let like = address.query("from").get_untracked();
    let (typed, added) = (StoredValue::new(String::new()), RwSignal::new(None::<String>));
    let is_new = name.is_none();
    let done = Callback::new(move |_: ApplyReport| {
        if is_new {
            added.set(Some(typed.get_value()));
        }
    });
    let of = id.clone();
    let draft = name.as_ref().map_or_else(|| "new-class".to_owned(), |name| format!("class-{name}"));
    let form = Callback::new(move |desk: Desk| {
        let path = found(desk, name.clone(), &like);
        Effect::new(move |_| {
            let name = path.get().map(|path| desk.draft.with(|draft| draft.text_at(&format!("{path}.name"))));
            // When Kea has it, the class is no new one, and its name is still needed.
            name.into_iter().for_each(|name| typed.set_value(name));
        });
        let of = of.clone();
        // Once somebody has read how it went.
        Effect::new(move |_| {
            if let (Some(name), false) = (added.get(), desk.is_saving().get()) {
                address.go(&Route::Class(of.clone(), family, name));
            }
        });
        view! { <Form desk path name=name.clone()/> }.into_any()
    });
    view! {
        <ServerFrame id=id.clone() tab=Tab::Classes family>
            <OpenDesk server=id family query=ConfigurationQuery::frame() name=draft form done/>
        </ServerFrame>
    }
}

/// Where the class stands; `None`: there is none of that name, or the new one has no name yet.
fn found(desk: Desk, name: Option<String>, like: &str) -> Memo<Option<String>> {
    if name.is_none() && !like.is_empty() && desk.edits.with_untracked(Vec::is_empty) {
        desk.update(|draft| {
            let copy = draft.free_class_name(like);
            draft.add_class(&copy, like);
        });
    }
    Memo::new(move |_| {
        desk.draft.with(|draft| match &name {
            Some(name) => draft.class_path(name),
            None => draft.added_class(),
        })
    })
}

#[component]
fn Form(desk: Desk, path: Memo<Option<String>>, name: Option<String>) -> impl IntoView {
    let address = expect_context::<Address>();
    let (server, family) = desk.place();
    let all = Route::Classes(server.clone(), family).path();
    let is_new = name.is_none();
    let title = name.clone().unwrap_or_else(|| "New class".to_owned());
    let history = name.as_ref().map(|name| {
        let href = Route::History.with(&[("q", name.as_str())]);
        let (renaming, called) = (Renaming::new(None), name.clone());
        let asked = RwSignal::new(None::<Asked>);
        let asking = Asked {
            title: format!("client class {name}"),
            path: path.get_untracked().unwrap_or_default(),
            place: Place::root().class(name),
            remove: false,
        };
        let (of, clean) = (server.clone(), desk.is_clean());
        let done = Callback::new(move |name: String| address.go(&Route::Class(of.clone(), family, name)));
        let global = name.clone();
        let global = Memo::new(move |_| {
            desk.draft.with(|draft| draft.class_path(&global).is_some_and(|path| draft.is_global(&path)))
        });
        let why = move || {
            let unsaved = (!clean.get()).then_some("Save or discard your changes first");
            global.get().then_some(KEEPS_ITS_NAME).or(unsaved)
        };
        view! {
            <span class="sub-actions">
                <button type="button" class="btn" data-testid="rename" disabled=move || why().is_some() title=why on:click=move |_| renaming.set(Some(called.clone()))>{icon(Glyph::Edit)} "Rename…"</button>
                <button type="button" class="btn" data-testid="class-uses" on:click=move |_| asked.set(Some(asking.clone()))>{icon(Glyph::Search)} "What uses it"</button>
                <a class="btn" href=href data-testid="class-history">{icon(Glyph::History)} "History"</a>
            </span>
            <RenameClass server=server.clone() family renaming on_done=done/>
            <UsesDialog desk asked/>
        }
    });
    let head = view! {
        <div class="sub-head">
            <nav class="crumbs" aria-label="Above"><a href=all.clone()>{icon(Glyph::Back)} "Client classes"</a></nav>
            <div class="sub-title"><h2 data-testid="class-title">{title}</h2>{history}</div>
        </div>
    };
    let missing = move || {
        (path.with(Option::is_none) && !is_new).then(|| {
            view! {
                <div class="empty small" data-testid="no-class">
                    <p><strong>"There is no such class."</strong></p>
                    <p>"It was removed or is called otherwise by now. " <a href=all.clone()>"All client classes"</a></p>
                </div>
            }
        })
    };
    let elsewhere = name.map(|name| view! { <Elsewhere desk name/> });
    let rest = move || path.get().map(|path| view! { <Parts desk path/> });
    view! {
        <div class="class-page">
            {head}
            {is_new.then(|| view! { <NewName desk path/> })}
            {missing}
            {elsewhere}
            {rest}
        </div>
    }
}

/// Everything about a class but its name.
#[component]
fn Parts(desk: Desk, path: String) -> impl IntoView {
    let family = desk.place().1;
    let findings = desk.findings(path.clone());
    let key = {
        let path = path.clone();
        move |key: &str| format!("{path}.{key}")
    };
    let additional = key(desk.draft.with_untracked(|draft| draft.additional_key()));
    let fields =
        |keys: &[&str]| keys.iter().map(|name| view! { <KeyField desk path=key(name)/> }).collect_view();
    let lifetimes = fields(LIFETIMES);
    let boot = (family == Family::V4).then(|| {
        let fields = fields(BOOTING);
        view! {
            <section class="props" aria-label="Booting">
                <header class="props-head"><h3>"Booting"</h3></header>
                {fields}
            </section>
        }
    });
    // Only DHCPv4 has them: of the codes that sites and vendors give a meaning of their own.
    let definitions = desk.draft.with_untracked(|draft| draft.knows(&key("option-def"))).then(|| {
        let scope = path.clone();
        view! {
            <section class="class-options" aria-label="Options defined for the class" data-testid="class-definitions">
                <h3>"Custom options"</h3>
                <p class="hint">"What option 43 or an option from 224 to 254 means to the clients of this class alone. Elsewhere the same code can mean something else."</p>
                <Definitions desk scope/>
            </section>
        }
    });
    view! {
        <div class="class-findings">{move || findings.with(|all| all.iter().map(finding).collect_view())}</div>
        <Expression desk path=path.clone()/>
        <section class="props" aria-label="Evaluation">
            <header class="props-head"><h3>"Evaluation"</h3></header>
            <KeyField desk path=additional/>
            <Global desk path=path.clone()/>
            <Remark desk path=path.clone()/>
        </section>
        {definitions}
        <section class="class-options" aria-label="Options of the class">
            <h3>"Options"</h3>
            <OptionsPanel desk path=path.clone()/>
        </section>
        <section class="props" aria-label="Lifetimes">
            <header class="props-head"><h3>"Lifetimes"</h3></header>
            {lifetimes}
        </section>
        {boot}
    }
}
