//! Adding and changing users, tokens and one's own password.

mod access;
mod own;
mod secret;
mod token;
mod user;

pub use own::OwnPassword;
pub use token::TokenDialog;
pub use user::{Editing, UserDialog};

use crate::{api::Failure, browser, components::ErrorNotice};
use leptos::prelude::*;

/// What became of the last attempt.
type Outcome = RwSignal<Option<Failure>>;

/// What is said about one field.
fn problem(failure: Outcome, field: &'static str) -> Signal<String> {
    Signal::derive(move || {
        failure.with(|failure| {
            let fields = failure.iter().flat_map(|failure| &failure.body.fields);
            let said: Vec<&str> =
                fields.filter(|one| one.field == field).map(|one| one.message.as_str()).collect();
            said.join("; ")
        })
    })
}

/// Keeps a failure, and goes to the first of these fields that it is about: their names, and their ids.
fn refuse(outcome: Outcome, failure: Failure, ids: &[(&str, &str)]) {
    let first = ids.iter().find(|(name, _)| failure.body.fields.iter().any(|one| one.field == *name));
    if let Some((_, id)) = first {
        browser::focus(id);
    }
    outcome.try_set(Some(failure));
}

/// What does not belong to a field.
#[component]
fn Refusal(outcome: Outcome) -> impl IntoView {
    move || {
        let failure = outcome.get().filter(|failure| failure.body.fields.is_empty());
        failure.map(|failure| view! { <ErrorNotice failure/> })
    }
}
