//! What needs attention now.

use crate::browser;
use leptos::prelude::*;

lazy_page!(overview_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Overview");
    view! { <header class="page-head"><div class="page-title"><h1>"Overview"</h1></div></header> }.into_any()
}
