//! One's own password.

use super::{Outcome, Refusal, problem, refuse, secret::NewSecret};
use crate::{api::Api, state::StatusLine, ui::prose};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{ChangePassword, PasswordChange};

/// Asks for the current password and a new one.
#[component]
pub fn OwnPassword(
    /// The name of whoever is signed in, for the browser's list of passwords.
    name: String,
) -> impl IntoView {
    let (api, status) = (expect_context::<Api>(), expect_context::<StatusLine>());
    let (current, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, failure): (_, Outcome) = (RwSignal::new(false), RwSignal::new(None));
    let wrong = problem(failure, "current-password");
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let given =
            PasswordChange { current_password: current.get_untracked(), password: password.get_untracked() };
        spawn_local(async move {
            let result = api.send::<ChangePassword>(&(), &given).await;
            busy.try_set(false);
            match result {
                Ok(_) => {
                    current.try_set(String::new());
                    password.try_set(String::new());
                    failure.try_set(None);
                    status.say("Your password was changed; your other sessions are over.");
                }
                Err(wrong) => {
                    let ids = [("current-password", "own-current"), ("password", "own-password")];
                    refuse(failure, wrong, &ids);
                }
            }
        });
    };
    view! {
        <form class="form" novalidate on:submit=submit data-testid="own-form">
            <input type="text" name="username" autocomplete="username" value=name class="sr" tabindex="-1" aria-hidden="true" readonly/>
            <div class="field">
                <label for="own-current">"Current password"</label>
                <input id="own-current" data-testid="own-current" class="input" type="password" autocomplete="current-password"
                    aria-describedby="own-current-note"
                    aria-invalid=move || (!wrong.with(String::is_empty)).to_string()
                    prop:value=current
                    on:input=move |event| current.set(event_target_value(&event))/>
                <div id="own-current-note" class="note"><p class="field-error" role="alert">{move || prose(&wrong.get())}</p></div>
            </div>
            <NewSecret id="own-password" label="New password" hint="At least 12 characters; a few words do well. It ends your other sessions." value=password error=problem(failure, "password")/>
            <Refusal outcome=failure/>
            <footer class="form-foot">
                <button type="submit" class="btn primary" data-testid="own-save" disabled=busy>
                    {move || if busy.get() { "Changing…" } else { "Change password" }}
                </button>
            </footer>
        </form>
    }
}
