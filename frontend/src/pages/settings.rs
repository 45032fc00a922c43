//! How the page behaves for whoever uses it, and how this Perch is set up.

use crate::{
    browser,
    components::{ShortcutList, ThemeSwitch},
    routes::Route,
    state::{Fleet, StatusLine},
    ui::{duration, prose},
};
use leptos::prelude::*;
use perch_shared::api::Origin;

lazy_page!(settings_page, show);

/// What this browser keeps between visits, by the beginnings of its names.
const KEPT: [&str; 2] = ["perch-columns:", "perch-filters"];

/// The page.
fn show() -> AnyView {
    browser::set_title("Settings");
    view! {
        <header class="page-head"><div class="page-title"><h1>"Settings"</h1></div></header>
        <Page/>
        <Perch/>
        <section class="plain" aria-label="Keyboard"><h2>"Keyboard"</h2><ShortcutList/></section>
    }
    .into_any()
}

/// What whoever uses the page may choose.
#[component]
fn Page() -> impl IntoView {
    let status = expect_context::<StatusLine>();
    let forget = move |_| {
        let count = browser::forget(&KEPT);
        status.say(if count == 0 {
            "There was nothing to forget."
        } else {
            "Forgotten: columns and filters are as they come."
        });
    };
    view! {
        <section class="plain" aria-label="This browser">
            <h2>"This browser"</h2>
            <dl class="settings-list">
                <div><dt>"Theme"</dt><dd><ThemeSwitch/></dd></div>
                <div>
                    <dt>"Columns and saved filters"</dt>
                    <dd><button type="button" class="btn small" data-testid="forget" on:click=forget>"Forget them"</button></dd>
                </div>
            </dl>
        </section>
    }
}

/// What the operator of this Perch decided; it is changed where it runs.
#[component]
fn Perch() -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let (about, view, servers) = (fleet.about().answer(), fleet.view().answer(), fleet.servers().answer());
    let version = move || about.with(|about| about.as_ref().map(|about| about.version.clone()));
    let demo = move || {
        about.with(|about| about.as_ref().is_some_and(|about| about.demo)).then(|| {
            view! { <div><dt>"Servers"</dt><dd>"The built-in demo fleet: nothing here is real, and nothing is kept."</dd></div> }
        })
    };
    let interval = move || view.with(|view| view.as_ref().map(|view| duration(view.sync_interval)));
    let counts = move || {
        servers.with(|servers| {
            let servers = servers.as_ref()?;
            let settled = servers.iter().filter(|server| server.origin == Origin::Settings).count();
            Some(format!("{} in all, {settled} of them from `perch.toml` or the command line", servers.len()))
        })
    };
    view! {
        <section class="plain" aria-label="This Perch">
            <h2>"This Perch"</h2>
            <p class="muted">{prose("Set in `perch.toml` or on the command line of `perch serve`, and read when it starts. `perch serve --help` names everything.")}</p>
            <dl class="settings-list">
                <div><dt>"Version"</dt><dd data-testid="perch-version">{version}</dd></div>
                {demo}
                <div><dt>"Looks at each server every"</dt><dd>{interval} " " <code>"sync-interval"</code></dd></div>
                <div><dt>"Servers"</dt><dd>{move || counts().map(|words| prose(&words))} " " <a href=Route::Servers.path()>"All servers"</a></dd></div>
                <div><dt>"Who may do what"</dt><dd><a href=Route::Users.path()>"Users"</a></dd></div>
                <div><dt>"Numbers for Prometheus"</dt><dd><code>"/metrics"</code></dd></div>
            </dl>
        </section>
    }
}
