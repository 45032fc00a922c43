//! A token that is made, and shown once.

use super::{
    Outcome, Refusal,
    access::{Access, AccessFields},
    problem, refuse,
};
use crate::{
    api::Api,
    browser,
    ui::{CopyButton, Dialog, Notice, Select, TextField, Tone},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{AddToken, MadeToken, NewToken, Role};

/// For how long a token may be good: days, and in words. Without a number: until it is revoked.
const LIFETIMES: [(&str, &str); 5] = [
    ("30", "30 days"),
    ("90", "90 days"),
    ("365", "a year"),
    ("730", "two years"),
    ("", "until it is revoked"),
];

/// Asks what the token is for, then shows it.
#[component]
pub fn TokenDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Called when a token was made.
    on_made: Callback<()>,
) -> impl IntoView {
    let made = RwSignal::new(None::<MadeToken>);
    Effect::new(move |_| {
        if !open.get() {
            // The secret is gone from the page with the dialog.
            made.set(None);
        }
    });
    let title = Signal::derive(move || {
        made.with(|made| match made {
            Some(made) => format!("Token {}", made.token.name),
            None => "Make a token".to_owned(),
        })
    });
    view! {
        <Dialog open title testid="token-dialog">
            {move || match made.get() {
                Some(made) => view! { <Shown made open/> }.into_any(),
                None => view! { <Form open made on_made/> }.into_any(),
            }}
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>, made: RwSignal<Option<MadeToken>>, on_made: Callback<()>) -> impl IntoView {
    let api = expect_context::<Api>();
    let (name, days) = (RwSignal::new(String::new()), RwSignal::new("90".to_owned()));
    let access = Access::new(Role::Viewer, None);
    let (busy, failure): (_, Outcome) = (RwSignal::new(false), RwSignal::new(None));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let new = NewToken {
            name: name.get_untracked().trim().to_owned(),
            role: access.role(),
            servers: access.servers(),
            days: days.with_untracked(|days| days.parse().ok()),
        };
        spawn_local(async move {
            let result = api.send::<AddToken>(&(), &new).await;
            busy.try_set(false);
            match result {
                Ok(token) => {
                    made.try_set(Some(token));
                    let _ = on_made.try_run(());
                }
                Err(wrong) => refuse(failure, wrong, &[("name", "token-name"), ("days", "token-days")]),
            }
        });
    };
    leptos::leptos_dom::helpers::request_animation_frame(|| browser::focus("token-name"));
    let lifetimes = LIFETIMES.map(|(days, words)| (days.to_owned(), words.to_owned())).to_vec();
    view! {
        <form class="dialog-form" novalidate on:submit=submit>
            <div class="dialog-body">
                <TextField id="token-name" label="Name" value=name on_input=Callback::new(move |text| name.set(text)) error=problem(failure, "name") hint="What it is for; the history calls it so."/>
                <AccessFields access role_error=problem(failure, "role") servers_error=problem(failure, "servers")/>
                <Select id="token-days" label="Good for" choices=lifetimes chosen=days on_choose=Callback::new(move |choice| days.set(choice))/>
                <Refusal outcome=failure/>
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                <button type="submit" class="btn primary" data-testid="token-save" disabled=busy>
                    {move || if busy.get() { "Making…" } else { "Make token" }}
                </button>
            </footer>
        </form>
    }
}

#[component]
fn Shown(made: MadeToken, open: RwSignal<bool>) -> impl IntoView {
    let secret = made.secret;
    leptos::leptos_dom::helpers::request_animation_frame(|| browser::focus("token-close"));
    view! {
        <div class="dialog-body">
            <Notice tone=Tone::Warning title="Copy it now: it is shown this once, and kept nowhere."/>
            <span class="snippet">
                <code data-testid="token-secret">{secret.clone()}</code>
                <CopyButton text=secret label="Copy the token"/>
            </span>
            <p class="hint">"A script sends it with each request: " <code>"Authorization: Bearer TOKEN"</code></p>
        </div>
        <footer class="dialog-foot">
            <button type="button" id="token-close" class="btn primary" data-testid="token-close" on:click=move |_| open.set(false)>"I have copied it"</button>
        </footer>
    }
}
