//! The Playground: a configuration or an expression, judged in the browser with no server behind it.

mod bench;
mod configuration;
mod examples;
mod keep;
mod rules;

use crate::{
    browser,
    routes::{Address, Route},
    ui::Select,
};
use bench::ExpressionBench;
use configuration::Configuration;
use leptos::prelude::*;
use perch_shared::KeaVersion;
use rules::Rules;

lazy_page!(playground_page, playground);

/// The pages that need no Perch behind them. They are one part of the module, because each part that others share
/// pieces with makes the first load longer.
fn playground() -> AnyView {
    let route = expect_context::<Address>().route();
    let rules = Memo::new(move |_| matches!(route.get(), Some(Route::Rules | Route::Rule(_))));
    view! {
        {move || if rules.get() {
            view! { <Rules route/> }.into_any()
        } else {
            view! { <Mode route/> }.into_any()
        }}
    }
    .into_any()
}

/// One of the Playground's modes.
#[component]
fn Mode(route: Memo<Option<Route>>) -> impl IntoView {
    move || match route.get() {
        Some(Route::Bench) => view! { <ExpressionBench/> }.into_any(),
        Some(Route::Playground) => view! { <Configuration/> }.into_any(),
        // The next page is on its way.
        _ => ().into_any(),
    }
}

/// What both modes have above them.
#[component]
fn Head(
    /// Which of them it is.
    here: Route,
    /// What can be done.
    children: Children,
) -> impl IntoView {
    browser::set_title("Playground");
    let tab = |route: Route, word: &'static str| {
        let current = (route == here).then_some("page");
        view! { <a class="tab" href=route.path() aria-current=current>{word}</a> }
    };
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1>"Playground"</h1>
                <p class="muted">"Everything here is checked in this browser; nothing leaves it."</p>
            </div>
        </header>
        <div class="tabs-line">
            <nav class="tabs" aria-label="Modes of the Playground">
                {tab(Route::Playground, "Configuration")}
                {tab(Route::Bench, "Expression")}
            </nav>
            <div class="actions">{children()}</div>
        </div>
    }
}

/// The Kea for which is judged: kept for the tab, and what the address says where it says one.
fn kea() -> RwSignal<KeaVersion> {
    let named = [browser::fragment("kea"), keep::read(keep::KEA)];
    let series =
        named.iter().find_map(|named| KeaVersion::SUPPORTED.into_iter().find(|one| one.series() == *named));
    RwSignal::new(series.unwrap_or(KeaVersion::new(3, 0, 4)))
}

/// The list of Keas.
#[component]
fn KeaSelect(
    /// The one that is chosen.
    kea: RwSignal<KeaVersion>,
) -> impl IntoView {
    let choices =
        KeaVersion::SUPPORTED.into_iter().rev().map(|one| (one.series(), format!("Kea {}", one.series())));
    let choose = move |series: String| {
        if let Some(one) = KeaVersion::SUPPORTED.into_iter().find(|one| one.series() == series) {
            keep::write(keep::KEA, &series);
            kea.set(one);
        }
    };
    view! { <Select id="kea" label="Judge for" choices=choices.collect() chosen=Signal::derive(move || kea.get().series()) on_choose=choose/> }
}
