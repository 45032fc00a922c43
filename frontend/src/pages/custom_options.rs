//! A daemon's own option definitions.

use crate::browser;
use leptos::prelude::*;

lazy_page!(custom_options_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Custom options");
    view! { <header class="page-head"><div class="page-title"><h1>"Custom options"</h1></div></header> }
        .into_any()
}
