//! The menu of a row: a button, and the menu itself once somebody opens it. Most rows are only looked at.

use super::row::Face;
use crate::ui::{Glyph, Menu, icon};
use leptos::prelude::*;

/// The name of every row's menu for tests.
const TESTID: &str = "row-menu";

/// The button, or the menu; nothing for a row with which nothing can be done.
#[component]
pub(super) fn RowMenu(
    /// The row that stands there now.
    face: RwSignal<Face>,
    /// Whether somebody has opened it.
    opened: RwSignal<bool>,
) -> impl IntoView {
    let offers = Memo::new(move |_| face.with(|face| face.menu.is_some()));
    let label = move || face.with(|face| format!("Actions for {}", face.title));
    move || {
        if !offers.get() {
            return ().into_any();
        }
        if opened.get() {
            let items = face.with_untracked(|face| face.menu).map(|items| items.run(())).unwrap_or_default();
            return view! { <Menu label=untrack(label) items testid=TESTID begin_open=true/> }.into_any();
        }
        view! {
            <div class="menu">
                <button
                    type="button"
                    class="btn ghost square"
                    aria-haspopup="menu"
                    aria-expanded="false"
                    aria-label=label
                    data-testid=TESTID
                    on:click=move |_| opened.set(true)
                >
                    {icon(Glyph::More)}
                </button>
            </div>
        }
        .into_any()
    }
}
