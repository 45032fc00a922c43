//! The menu of a row: a button, and the menu itself once somebody opens it. Most rows are only looked at.

use crate::ui::{Glyph, Menu, MenuItem, icon};
use leptos::prelude::*;

/// The name of every row's menu for tests.
const TESTID: &str = "row-menu";

/// The button, or the menu.
#[component]
pub(super) fn RowMenu(
    /// What it is for.
    label: String,
    /// What it offers.
    items: Callback<(), Vec<MenuItem>>,
) -> impl IntoView {
    let asked = RwSignal::new(false);
    move || {
        let label = label.clone();
        if asked.get() {
            return view! { <Menu label items=items.run(()) testid=TESTID begin_open=true/> }.into_any();
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
                    on:click=move |_| asked.set(true)
                >
                    {icon(Glyph::More)}
                </button>
            </div>
        }
        .into_any()
    }
}
