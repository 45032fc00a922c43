//! A user who is added, or whose rights are changed.

use super::{
    Outcome, Refusal,
    access::{Access, AccessFields},
    problem, refuse,
    secret::NewSecret,
};
use crate::{
    api::{Api, Failure},
    browser,
    state::{Fleet, StatusLine},
    ui::{Dialog, TextField},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{AddUser, EditUser, NewUser, Role, UserEdit, UserList, UserRow};

/// Whom the dialog is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Editing {
    /// The very first user: Perch closes.
    First,
    /// Somebody new.
    New,
    /// Somebody who is there.
    Old(UserRow),
}

/// Opens when `editing` holds something.
#[component]
pub fn UserDialog(
    /// Whom somebody wants to add or change.
    editing: RwSignal<Option<Editing>>,
    /// Takes the list as it is afterwards.
    on_done: Callback<UserList>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(editing.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && editing.with_untracked(Option::is_some) {
            editing.set(None);
        }
    });
    let title = Signal::derive(move || match editing.get() {
        Some(Editing::First) => "Make the first user".to_owned(),
        Some(Editing::Old(user)) => format!("Edit {}", user.name),
        _ => "Add a user".to_owned(),
    });
    view! {
        <Dialog open title testid="user-dialog">
            {move || editing.get_untracked().map(|subject| view! { <Form subject editing on_done/> })}
        </Dialog>
    }
}

#[component]
fn Form(subject: Editing, editing: RwSignal<Option<Editing>>, on_done: Callback<UserList>) -> impl IntoView {
    let (api, status) = (expect_context::<Api>(), expect_context::<StatusLine>());
    let (role, servers, known) = match &subject {
        Editing::First => (Role::Administrator, None, None),
        Editing::New => (Role::Viewer, None, None),
        Editing::Old(user) => (user.role, user.servers.clone(), Some(user.name.clone())),
    };
    let (name, password) = (RwSignal::new(known.clone().unwrap_or_default()), RwSignal::new(String::new()));
    let access = Access::new(role, servers);
    let (busy, failure): (_, Outcome) = (RwSignal::new(false), RwSignal::new(None));
    let is_first = subject == Editing::First;
    let changes = known.is_some();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let who = name.get_untracked().trim().to_owned();
            let result = send(api, changes, &who, access, password.get_untracked()).await;
            busy.try_set(false);
            match result {
                // Perch is closed by now, and the answer has signed the maker in: everything is read anew.
                Ok(_) if is_first => browser::reload(),
                Ok(list) => {
                    status.say(format!("{who} {}.", if changes { "was changed" } else { "was added" }));
                    let _ = editing.try_set(None);
                    let _ = on_done.try_run(list);
                }
                Err(wrong) => refuse(failure, wrong, &[("name", "user-name"), ("password", "user-password")]),
            }
        });
    };
    if !changes {
        leptos::leptos_dom::helpers::request_animation_frame(|| browser::focus("user-name"));
    }
    view! {
        <form class="dialog-form" novalidate on:submit=submit>
            <div class="dialog-body">
                {is_first.then(|| view! { <p>"From then on everybody has to sign in, and Perch may be opened to other machines. You are signed in as this user at once."</p> })}
                {(!changes).then(|| view! {
                    <TextField id="user-name" label="Name" value=name on_input=Callback::new(move |text| name.set(text)) error=problem(failure, "name") hint="What is typed to sign in, and what the history says."/>
                })}
                {(!is_first).then(|| view! {
                    <AccessFields access role_error=problem(failure, "role") servers_error=problem(failure, "servers")/>
                })}
                {is_first.then(|| view! { <p class="hint">"The first user is an administrator of all servers."</p> })}
                <Secret subject=subject.clone() password error=problem(failure, "password")/>
                <Refusal outcome=failure/>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| editing.set(None)>"Cancel"</button>
                <button type="submit" class="btn primary" data-testid="user-save" disabled=busy>
                    {move || match (busy.get(), changes) {
                        (true, _) => "Saving…",
                        (false, true) => "Save",
                        (false, false) => "Add user",
                    }}
                </button>
            </footer>
        </form>
    }
}

/// The password field, with what it does for this subject.
#[component]
fn Secret(subject: Editing, password: RwSignal<String>, error: Signal<String>) -> impl IntoView {
    let about = expect_context::<Fleet>().about().answer();
    let me = about.with_untracked(|about| Some(about.as_ref()?.session.as_ref()?.who.as_ref()?.name.clone()));
    let (label, hint) = match subject {
        Editing::First => ("Password", "At least 12 characters; a few words do well."),
        Editing::New => (
            "Password",
            "At least 12 characters; a few words do well. Tell it them in private: they can change it. Empty: they sign in through the proxy or with OpenID Connect only.",
        ),
        Editing::Old(user) if Some(&user.name) == me.as_ref() => (
            "New password",
            "Empty: it stays. A new one signs you out everywhere; under Your account it changes without that.",
        ),
        Editing::Old(_) => ("New password", "Empty: it stays. A new one signs them out everywhere."),
    };
    view! { <NewSecret id="user-password" label hint value=password error/> }
}

async fn send(
    api: Api,
    changes: bool,
    name: &str,
    access: Access,
    password: String,
) -> Result<UserList, Failure> {
    let (role, servers) = (access.role(), access.servers());
    let password = Some(password).filter(|password| !password.is_empty());
    if changes {
        let edit = UserEdit { role, servers, password };
        return api.send::<EditUser>(&(name.to_owned(),), &edit).await;
    }
    api.send::<AddUser>(&(), &NewUser { name: name.to_owned(), role, servers, password }).await
}
