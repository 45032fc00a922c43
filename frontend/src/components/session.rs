//! Who is signed in, in the side bar.

use crate::{api::Api, browser, routes::Route, state::Fleet};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{SessionView, SignOut};

/// The name and the role, and signing out; or that there are no users.
#[component]
pub fn Signed() -> impl IntoView {
    let about = expect_context::<Fleet>().about().answer();
    // About comes again and again; the place is drawn anew only when somebody else is signed in.
    let session = Memo::new(move |_| {
        about.with(|about| about.as_ref().filter(|about| !about.demo).and_then(|about| about.session.clone()))
    });
    move || session.get().map(show)
}

fn show(session: SessionView) -> AnyView {
    let who = match session.who {
        Some(who) if !session.open => who,
        _ => {
            return view! {
                <small class="side-who muted" data-testid="open" title="Whoever reaches this Perch may do everything.">
                    <a href=Route::Users.path()>"Open: no users"</a>
                </small>
            }
            .into_any();
        }
    };
    let api = expect_context::<Api>();
    let sign_out = move |_| {
        spawn_local(async move {
            let _ = api.send::<SignOut>(&(), &()).await;
            browser::reload();
        });
    };
    let button = who.can_sign_out.then(|| {
        view! { <button type="button" class="btn small" data-testid="sign-out" on:click=sign_out>"Sign out"</button> }
    });
    view! {
        <div class="side-who" data-testid="who">
            <a href=Route::Account.path() title="Your account">{who.name} <small class="muted">{who.role.word()}</small></a>
            {button}
        </div>
    }
    .into_any()
}
