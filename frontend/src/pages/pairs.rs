//! HA relationships: all of them, or one.

mod choice;
mod drift;
mod list;
mod member;
mod object;
mod one;

use crate::routes::{Address, Route};
use leptos::prelude::*;
use perch_shared::api::PairState;

lazy_page!(pairs_page, show);

/// The page.
fn show() -> AnyView {
    let route = expect_context::<Address>().route();
    let id = Memo::new(move |before: Option<&Option<String>>| {
        route.with(|route| match route {
            Some(Route::Pair(id)) => Some(id.clone()),
            Some(Route::Pairs) => None,
            // The next page is on its way.
            _ => before.cloned().flatten(),
        })
    });
    view! {
        {move || match id.get() {
            Some(id) => view! { <one::One id/> }.into_any(),
            None => view! { <list::List/> }.into_any(),
        }}
    }
    .into_any()
}

/// How a pair is, as a mark and a word.
fn badge(state: PairState) -> AnyView {
    let (class, word) = match state {
        PairState::Ok => ("ok", "Healthy"),
        PairState::Incomplete => ("impaired", "Incomplete"),
        PairState::OutOfStep => ("impaired", "Out of step"),
        PairState::Impaired => ("impaired", "Impaired"),
        PairState::Unreachable => ("unreachable", "Unreachable"),
    };
    view! { <span class=format!("state {class}") data-testid="pair-state"><span class="dot" aria-hidden="true"></span>{word}</span> }.into_any()
}
