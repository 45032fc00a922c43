//! HA relationships: all of them, or one.

mod choice;
mod delays;
mod drift;
mod list;
mod member;
mod object;
mod one;
mod parting;
mod setup;
mod terms;

use crate::routes::{Address, Route};
use leptos::prelude::*;
use perch_shared::api::PairState;

lazy_page!(pairs_page, show);

/// The page.
fn show() -> AnyView {
    let route = expect_context::<Address>().route();
    let shown = Memo::new(move |before: Option<&Shown>| {
        route.with(|route| match route {
            Some(Route::Pair(id)) => Shown::One(id.clone()),
            Some(Route::SetUpPair) => Shown::SetUp,
            Some(Route::Pairs) => Shown::List,
            // The next page is on its way.
            _ => before.cloned().unwrap_or_default(),
        })
    });
    view! {
        {move || match shown.get() {
            Shown::One(id) => view! { <one::One id/> }.into_any(),
            Shown::SetUp => view! { <setup::SetUp/> }.into_any(),
            Shown::List => view! { <list::List/> }.into_any(),
        }}
    }
    .into_any()
}

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    List,
    SetUp,
    One(String),
}

/// How a pair is, as a mark and a word.
fn badge(state: PairState) -> AnyView {
    let (class, word) = match state {
        PairState::Ok => ("ok", "Healthy"),
        PairState::Starting => ("starting", "Getting ready"),
        PairState::Incomplete => ("impaired", "Incomplete"),
        PairState::OutOfStep => ("impaired", "Out of step"),
        PairState::Impaired => ("impaired", "Impaired"),
        PairState::Unreachable => ("unreachable", "Unreachable"),
    };
    view! { <span class=format!("state {class}") data-testid="pair-state"><span class="dot" aria-hidden="true"></span>{word}</span> }.into_any()
}
