//! Who may sign in, and what they may do.

mod remove;
mod rows;

use crate::{
    api::Api,
    browser,
    components::ErrorNotice,
    forms::users::{Editing, TokenDialog, UserDialog},
    state::{Fleet, Loader},
    ui::{Glyph, Notice, Tone, icon, remedy},
};
use leptos::prelude::*;
use perch_shared::api::{ListUsers, Role, UserList};
use remove::{RemoveDialog, Removing};
use rows::{tokens, users};

lazy_page!(users_page, show);

const COMMANDS: [(&str, &str); 3] = [
    ("A lost password, or nobody left who can sign in", "`perch user password NAME`"),
    ("The first user, without a browser", "`perch user add NAME --role administrator`"),
    ("A key for a script", "`perch token add NAME --role viewer`"),
];

const ROLES: [(Role, &str); 3] = [
    (Role::Viewer, "Sees everything but secrets, and previews changes."),
    (Role::Operator, "Also changes what Kea does."),
    (
        Role::Administrator,
        "Also decides which servers and users there are, and sees the secrets in Kea's configuration.",
    ),
];

/// What somebody is about to do.
#[derive(Clone, Copy)]
struct Deeds {
    editing: RwSignal<Option<Editing>>,
    removing: RwSignal<Option<Removing>>,
    making: RwSignal<bool>,
}

/// The page.
fn show() -> AnyView {
    browser::set_title("Users");
    view! { <Users/> }.into_any()
}

#[component]
fn Users() -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let lacks = fleet.lacks(Role::Administrator);
    let loader = Loader::<UserList>::default();
    let read = Callback::new(move |()| loader.run(async move { api.send::<ListUsers>(&(), &()).await }));
    let deeds =
        Deeds { editing: RwSignal::new(None), removing: RwSignal::new(None), making: RwSignal::new(false) };
    let take = Callback::new(move |list: UserList| loader.run(async move { Ok(list) }));
    Effect::new(move |_| {
        if lacks.with(Option::is_none) {
            read.run(());
        }
    });
    let list = move || {
        if let Some(why) = lacks.get() {
            return view! { <Notice tone=Tone::Info title=why><p>"An administrator sees here who may sign in."</p></Notice> }.into_any();
        }
        match loader.answer().get() {
            Some(list) => lists(list, deeds, fleet),
            None if loader.failure().with(Option::is_some) => ().into_any(),
            None => view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the users…"</span></div> }.into_any(),
        }
    };
    view! {
        <header class="page-head"><div class="page-title"><h1>"Users"</h1> <Actions loader deeds/></div></header>
        {move || loader.failure().get().filter(|_| lacks.with(Option::is_none)).map(|failure| view! { <ErrorNotice failure retry=read/> })}
        {list}
        <About/>
        <UserDialog editing=deeds.editing on_done=take/>
        <TokenDialog open=deeds.making on_made=read/>
        <RemoveDialog removing=deeds.removing on_done=take/>
    }
}

/// What can be added, once it is known that somebody may.
#[component]
fn Actions(loader: Loader<UserList>, deeds: Deeds) -> impl IntoView {
    let is_demo = is_demo(expect_context::<Fleet>());
    let has_users =
        move || loader.answer().with(|list| list.as_ref().is_some_and(|list| !list.open)) && !is_demo.get();
    move || {
        has_users().then(|| {
            view! {
                <div class="actions">
                    <button type="button" class="btn" data-testid="make-token" on:click=move |_| deeds.making.set(true)>{icon(Glyph::Add)} "Make a token"</button>
                    <button type="button" class="btn primary" data-testid="add-user" on:click=move |_| deeds.editing.set(Some(Editing::New))>{icon(Glyph::Add)} "Add user"</button>
                </div>
            }
        })
    }
}

fn is_demo(fleet: Fleet) -> Memo<bool> {
    let about = fleet.about().answer();
    Memo::new(move |_| about.with(|about| about.as_ref().is_some_and(|about| about.demo)))
}

fn lists(list: UserList, deeds: Deeds, fleet: Fleet) -> AnyView {
    let is_demo = is_demo(fleet);
    let begin = (list.open && list.users.is_empty()).then(|| view! { <NoUsers is_demo deeds/> });
    let (has_users, has_tokens, open) = (!list.users.is_empty(), !list.tokens.is_empty(), list.open);
    let people = if has_users { Some(users(list.users, deeds)) } else { (!open).then(nobody) };
    let tokens = if has_tokens {
        Some(tokens(list.tokens, deeds))
    } else {
        (!open).then(|| {
            view! { <p class="muted list-none" data-testid="no-tokens">"No script has a token yet."</p> }
                .into_any()
        })
    };
    let tokens = tokens.map(|table| {
        view! { <section aria-label="Tokens"><h2 class="list-title">"Tokens for scripts"</h2>{table}</section> }
    });
    view! { {begin} {people} {tokens} }.into_any()
}

/// Everybody signs in elsewhere.
fn nobody() -> AnyView {
    view! {
        <p class="muted list-none" data-testid="no-users">"Nobody is listed: people sign in through the proxy or with OpenID Connect."</p>
    }
    .into_any()
}

/// Nobody has to sign in: what that means, and how it ends.
#[component]
fn NoUsers(is_demo: Memo<bool>, deeds: Deeds) -> impl IntoView {
    let act = move || {
        if is_demo.get() {
            return view! { <p>"The demo stays open: nothing in it is real."</p> }.into_any();
        }
        let make = move |_| deeds.editing.set(Some(Editing::First));
        view! {
            <p>"The first user closes it: everybody has to sign in from then on, at once and without a restart."</p>
            <button type="button" class="btn primary" data-testid="first-user" on:click=make>"Make the first user"</button>
        }
        .into_any()
    };
    view! {
        <section class="empty" data-testid="empty">
            <h2>"There are no users"</h2>
            <p>"Whoever reaches this Perch may do everything. It therefore listens on this machine only."</p>
            {act}
        </section>
    }
}

/// What the roles are, and what only Perch's own machine can do.
#[component]
fn About() -> impl IntoView {
    let commands =
        COMMANDS.map(|(what, command)| view! { <div><dt>{what}</dt><dd>{remedy(command)}</dd></div> });
    let roles = ROLES.map(|(role, what)| view! { <div><dt>{role.word()}</dt><dd>{what}</dd></div> });
    view! {
        <section class="plain" aria-label="Roles"><h2>"Roles"</h2><dl class="settings-list">{roles.into_iter().collect_view()}</dl></section>
        <section class="plain" aria-label="On Perch's machine">
            <h2>"On Perch's own machine"</h2>
            <p class="muted">"As the user that Perch runs as, while Perch runs: the next request sees it."</p>
            <dl class="settings-list">{commands.into_iter().collect_view()}</dl>
        </section>
    }
}
