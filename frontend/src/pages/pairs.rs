//! HA relationships.

use crate::browser;
use leptos::prelude::*;

lazy_page!(pairs_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("High availability");
    view! { <header class="page-head"><div class="page-title"><h1>"High availability"</h1></div></header> }
        .into_any()
}
