//! Who may sign in, and what they may do.

use crate::{
    api::Api,
    browser,
    components::ErrorNotice,
    state::{Fleet, Loader},
    ui::{Notice, Tone, moment, remedy},
};
use leptos::prelude::*;
use perch_shared::api::{ListUsers, Role, ServerId, TokenRow, UserList, UserRow};
use std::collections::BTreeSet;

lazy_page!(users_page, show);

const COMMANDS: [(&str, &str); 6] = [
    ("Add a user", "`perch user add NAME --role operator`"),
    ("Set a new password; it ends the user's sessions", "`perch user password NAME`"),
    ("Set what a user may do", "`perch user role NAME viewer`"),
    ("Limit a user to servers", "`perch user servers NAME SERVER-ID`"),
    ("Remove a user", "`perch user remove NAME`"),
    ("Make a key for a script", "`perch token add NAME --role viewer`"),
];

const ROLES: [(Role, &str); 3] = [
    (Role::Viewer, "Sees everything but secrets, and previews changes."),
    (Role::Operator, "Also changes what Kea does."),
    (
        Role::Administrator,
        "Also decides which servers there are, and sees the secrets in Kea's configuration.",
    ),
];

/// The page.
fn show() -> AnyView {
    browser::set_title("Users");
    view! {
        <header class="page-head"><div class="page-title"><h1>"Users"</h1></div></header>
        <Users/>
    }
    .into_any()
}

#[component]
fn Users() -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let lacks = fleet.lacks(Role::Administrator);
    let loader = Loader::<UserList>::default();
    let read = Callback::new(move |()| loader.run(async move { api.send::<ListUsers>(&(), &()).await }));
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
            Some(list) => lists(list),
            None if loader.failure().with(Option::is_some) => ().into_any(),
            None => view! { <div class="skeleton tall" aria-busy="true"><span class="sr">"Reading the users…"</span></div> }.into_any(),
        }
    };
    let commands =
        COMMANDS.map(|(what, command)| view! { <div><dt>{what}</dt><dd>{remedy(command)}</dd></div> });
    let roles = ROLES.map(|(role, what)| view! { <div><dt>{role.word()}</dt><dd>{what}</dd></div> });
    view! {
        {move || loader.failure().get().filter(|_| lacks.with(Option::is_none)).map(|failure| view! { <ErrorNotice failure retry=read/> })}
        {list}
        <section class="plain" aria-label="Roles"><h2>"Roles"</h2><dl class="settings-list">{roles.into_iter().collect_view()}</dl></section>
        <section class="plain" aria-label="Changing users">
            <h2>"Changing users"</h2>
            <p class="muted">"On Perch's own machine, as the user that Perch runs as. Perch need not be restarted: the next request sees it."</p>
            <dl class="settings-list">{commands.into_iter().collect_view()}</dl>
        </section>
    }
}

fn lists(list: UserList) -> AnyView {
    let open = list.open.then(|| {
        view! {
            <Notice tone=Tone::Warning title="There are no users: whoever reaches this Perch may do everything.">
                <p>"Perch therefore listens on this machine only. The first user closes it: everybody has to sign in from then on."</p>
            </Notice>
        }
    });
    let users = (!list.users.is_empty()).then(|| {
        let rows = list.users.into_iter().map(user).collect_view();
        view! {
            <table class="plain-table" data-testid="users">
                <thead><tr><th>"Name"</th><th>"Role"</th><th>"Servers"</th><th>"Signs in"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let tokens = (!list.tokens.is_empty()).then(|| {
        let rows = list.tokens.into_iter().map(token).collect_view();
        view! {
            <section class="plain" aria-label="Tokens">
                <h2>"Tokens for scripts"</h2>
                <table class="plain-table" data-testid="tokens">
                    <thead><tr><th>"Name"</th><th>"Role"</th><th>"Servers"</th><th>"Made"</th><th>"Ends"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    });
    view! { {open} {users} {tokens} }.into_any()
}

fn user(user: UserRow) -> AnyView {
    let how = if user.has_password { "with a password" } else { "through the proxy only" };
    view! { <tr data-testid="user"><td>{user.name}</td><td>{user.role.word()}</td><td>{servers(user.servers)}</td><td>{how}</td></tr> }
        .into_any()
}

fn token(token: TokenRow) -> AnyView {
    let ends = token.expires.map_or_else(|| "never".into_any(), |time| moment(&time));
    view! { <tr data-testid="token"><td>{token.name}</td><td>{token.role.word()}</td><td>{servers(token.servers)}</td><td>{moment(&token.created)}</td><td>{ends}</td></tr> }
        .into_any()
}

fn servers(servers: Option<BTreeSet<ServerId>>) -> String {
    let fleet = expect_context::<Fleet>();
    match servers {
        None => "all".to_owned(),
        Some(servers) => untrack(|| servers.iter().map(|id| fleet.name(id)).collect::<Vec<_>>().join(", ")),
    }
}
