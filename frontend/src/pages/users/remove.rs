//! Asking before a user is removed or a token revoked.

use crate::{
    api::{Api, Failure},
    components::ErrorNotice,
    state::StatusLine,
    ui::Dialog,
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{RemoveToken, RemoveUser, UserList};

/// What is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removing {
    /// A user, by name.
    User(String),
    /// A token, by name.
    Token(String),
}

impl Removing {
    fn name(&self) -> &str {
        match self {
            Self::User(name) | Self::Token(name) => name,
        }
    }

    /// What the button does, what is lost by it, and what is said afterwards.
    fn words(&self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::User(_) => (
                "Remove",
                "They are signed out everywhere and cannot sign in any more. What they did stays in the history.",
                "was removed",
            ),
            Self::Token(_) => (
                "Revoke",
                "Scripts that use it are refused from their next request on. It cannot be brought back.",
                "was revoked",
            ),
        }
    }
}

/// Opens when `removing` holds something.
#[component]
pub fn RemoveDialog(
    /// What somebody wants to remove.
    removing: RwSignal<Option<Removing>>,
    /// Takes the list as it is afterwards.
    on_done: Callback<UserList>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(removing.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && removing.with_untracked(Option::is_some) {
            removing.set(None);
        }
    });
    let title = Signal::derive(move || {
        removing.with(|removing| {
            let one = removing.as_ref();
            one.map(|one| format!("{} {}?", one.words().0, one.name())).unwrap_or_default()
        })
    });
    view! {
        <Dialog open title testid="remove-dialog">
            {move || removing.get_untracked().map(|subject| view! { <Ask subject removing on_done/> })}
        </Dialog>
    }
}

#[component]
fn Ask(
    subject: Removing,
    removing: RwSignal<Option<Removing>>,
    on_done: Callback<UserList>,
) -> impl IntoView {
    let (api, status) = (expect_context::<Api>(), expect_context::<StatusLine>());
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let (word, lost, done) = subject.words();
    let subject = StoredValue::new(subject);
    let remove = move |_| {
        busy.set(true);
        let subject = subject.get_value();
        spawn_local(async move {
            let result = match &subject {
                Removing::User(name) => api.send::<RemoveUser>(&(name.clone(),), &()).await,
                Removing::Token(name) => api.send::<RemoveToken>(&(name.clone(),), &()).await,
            };
            busy.try_set(false);
            match result {
                Ok(list) => {
                    status.say(format!("{} {done}.", subject.name()));
                    let _ = removing.try_set(None);
                    let _ = on_done.try_run(list);
                }
                Err(wrong) => drop(failure.try_set(Some(wrong))),
            }
        });
    };
    view! {
        <div class="dialog-body">
            <p>{lost}</p>
            {move || failure.get().map(|failure| view! { <ErrorNotice failure/> })}
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| removing.set(None)>"Cancel"</button>
            <button type="button" class="btn danger" data-testid="remove-confirm" disabled=busy on:click=remove>{word}</button>
        </footer>
    }
}
