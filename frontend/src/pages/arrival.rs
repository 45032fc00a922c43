//! The page that the address names, from when somebody goes there until it has come: each is a part of the module by itself.

use super::{MakePage, Part};
use crate::{
    browser,
    routes::Address,
    ui::{Glyph, Notice, Tone, icon},
};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long the page before stays while the next one is on its way. Most come sooner.
const PATIENCE: Duration = Duration::from_millis(300);

/// What stands in the place of the page.
#[derive(Clone, Copy)]
enum Shown {
    /// Nothing yet: Perch itself has just started.
    Nothing,
    /// The page.
    Page(MakePage),
    /// It is on its way, and takes long.
    Waiting,
    /// It did not come.
    Failed,
}

/// The page that the address names. The one before stays for a moment while it is on its way.
#[component]
pub fn Pages() -> impl IntoView {
    let route = expect_context::<Address>().route();
    let part = Memo::new(move |_| route.with(|route| Part::of(route.as_ref())));
    let (shown, again) = (RwSignal::new(Shown::Nothing), RwSignal::new(()));
    // Whoever comes back with an older number is no longer waited for.
    let turn = StoredValue::new(0_u32);
    let next = move || {
        turn.try_update_value(|turn| {
            *turn = turn.wrapping_add(1);
            *turn
        })
    };
    Effect::new(move |_| {
        again.track();
        let wanted = part.get();
        let mine = next();
        let is_waited_for = move || turn.try_get_value() == mine;
        spawn_local(async move {
            let made = wanted.load().await;
            if is_waited_for() {
                next();
                shown.try_set(made.map_or(Shown::Failed, Shown::Page));
            }
        });
        spawn_local(async move {
            browser::pause(PATIENCE).await;
            if is_waited_for() {
                shown.try_set(Shown::Waiting);
            }
        });
    });
    move || match shown.get() {
        Shown::Nothing => ().into_any(),
        Shown::Page(make) => make(),
        Shown::Waiting => view! { <Waiting/> }.into_any(),
        Shown::Failed => view! { <NotLoaded again/> }.into_any(),
    }
}

/// Holds the place of a page that is on its way: a heading, and what is below it.
#[component]
fn Waiting() -> impl IntoView {
    view! {
        <div class="page-waiting" data-testid="page-waiting" aria-busy="true">
            <header class="page-head">
                <div class="page-title"><div class="skeleton heading"></div></div>
            </header>
            <div class="skeleton tall"></div>
            <span class="sr">"Loading the page…"</span>
        </div>
    }
}

/// A part that did not come: the connection broke, or another Perch runs by now.
#[component]
fn NotLoaded(
    /// Asks for it again.
    again: RwSignal<()>,
) -> impl IntoView {
    view! {
        <Notice tone=Tone::Bad title="This page could not be loaded.">
            <p>"Perch does not answer, or was replaced by another version meanwhile: then only a reload helps."</p>
            <p class="notice-foot">
                <button type="button" class="btn" data-testid="load-again" on:click=move |_| again.set(())>{icon(Glyph::Reload)} "Try again"</button>
                <button type="button" class="btn ghost" on:click=|_| browser::reload()>"Reload"</button>
            </p>
        </Notice>
    }
}
