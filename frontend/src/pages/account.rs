//! Whoever is signed in: what they may do, and their password.

use crate::{
    browser,
    forms::users::OwnPassword,
    routes::Route,
    state::Fleet,
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use perch_shared::api::WhoView;

lazy_page!(account_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Your account");
    view! {
        <header class="page-head"><div class="page-title"><h1>"Your account"</h1></div></header>
        <Account/>
    }
    .into_any()
}

#[component]
fn Account() -> impl IntoView {
    let about = expect_context::<Fleet>().about().answer();
    // Only what is shown: about comes again and again, and what is being typed must stay.
    let session =
        Memo::new(move |_| about.with(|about| about.as_ref().and_then(|about| about.session.clone())));
    move || match session.get() {
        None => view! { <div class="skeleton" aria-busy="true"></div> }.into_any(),
        Some(session) => match session.who.filter(|_| !session.open) {
            Some(who) => known(who),
            None => view! {
                <Notice tone=Tone::Info title="There are no users, so nobody is signed in.">
                    <p><a href=Route::Users.path()>"Make the first user"</a></p>
                </Notice>
            }
            .into_any(),
        },
    }
}

fn known(who: WhoView) -> AnyView {
    let fleet = expect_context::<Fleet>();
    let servers = move |who: &WhoView| match &who.servers {
        None => "all".to_owned(),
        Some(servers) => servers.iter().map(|id| fleet.name(id)).collect::<Vec<_>>().join(", "),
    };
    let password = if who.has_password {
        view! { <OwnPassword name=who.name.clone()/> }.into_any()
    } else {
        view! { <p class="muted">"You did not sign in with a password of Perch's: change it where you sign in."</p> }
            .into_any()
    };
    let (name, role) = (who.name.clone(), who.role.word());
    view! {
        <section class="plain" aria-label="You">
            <dl class="settings-list" data-testid="account">
                <div><dt>"Name"</dt><dd>{name}</dd></div>
                <div><dt>"Role"</dt><dd>{role}</dd></div>
                <div><dt>"Servers"</dt><dd>{move || servers(&who)}</dd></div>
            </dl>
        </section>
        <section class="plain" aria-label="Password"><h2>"Password"</h2>{password}</section>
    }
    .into_any()
}
