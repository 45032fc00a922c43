//! What was done.

use crate::browser;
use leptos::prelude::*;

lazy_page!(history_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("History");
    view! { <header class="page-head"><div class="page-title"><h1>"History"</h1></div></header> }.into_any()
}
