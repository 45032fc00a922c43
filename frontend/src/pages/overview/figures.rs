//! The fleet in four numbers.

use super::{News, digest::full_once};
use crate::{routes::Route, state::Fleet};
use leptos::prelude::*;
use perch_shared::api::{DaemonState, FleetView, PairState};

/// How much answers, and how much is well.
#[component]
pub fn Figures(news: News) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let view = fleet.view().answer();
    let count = move |count: fn(&FleetView) -> (usize, usize)| {
        Memo::new(move |_| view.with(|view| view.as_ref().map(count).unwrap_or_default()))
    };
    let (servers, daemons, pairs) = (count(servers), count(daemons), count(pairs));
    let full = Memo::new(move |_| {
        news.fullest.answer().with(|full| full.as_ref().map(|full| full_once(fleet, full).len()))
    });
    let has_pairs = move || pairs.get().1 > 0;
    view! {
        <ul class="figures" data-testid="figures">
            {figure(Route::Servers, "Servers", "reachable", servers)}
            {figure(Route::Servers, "Daemons", "running well", daemons)}
            {move || has_pairs().then(|| figure(Route::Pairs, "HA pairs", "healthy", pairs))}
            {move || full.get().map(|full| {
                let class = if full > 0 { "figure warning" } else { "figure" };
                view! {
                    <li class=class>
                        <a href=Route::Networks.path()><span class="figure-name">"Subnets above 80 %"</span></a>
                        <span class="figure-number">{full.to_string()}</span>
                    </li>
                }
            })}
        </ul>
    }
}

fn figure(to: Route, name: &'static str, what: &'static str, counted: Memo<(usize, usize)>) -> AnyView {
    view! {
        <li class=move || if counted.with(|(well, all)| well < all) { "figure warning" } else { "figure" }>
            <a href=to.path()><span class="figure-name">{name}</span></a>
            <span class="figure-number">{move || counted.get().0.to_string()}<small>" of "{move || counted.get().1.to_string()}" "{what}</small></span>
        </li>
    }
    .into_any()
}

fn servers(view: &FleetView) -> (usize, usize) {
    let well = view.servers.iter().filter(|status| status.state != DaemonState::Unreachable).count();
    (well, view.servers.len())
}

fn daemons(view: &FleetView) -> (usize, usize) {
    let all = || view.servers.iter().flat_map(|status| &status.daemons);
    (all().filter(|daemon| daemon.state == DaemonState::Ok).count(), all().count())
}

fn pairs(view: &FleetView) -> (usize, usize) {
    (view.pairs.iter().filter(|pair| pair.state == PairState::Ok).count(), view.pairs.len())
}
