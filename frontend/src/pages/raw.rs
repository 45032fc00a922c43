//! A daemon's whole configuration as text.

use crate::browser;
use leptos::prelude::*;

lazy_page!(raw_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Raw configuration");
    view! { <header class="page-head"><div class="page-title"><h1>"Raw configuration"</h1></div></header> }
        .into_any()
}
