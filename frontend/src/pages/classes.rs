//! A daemon's client classes.

use crate::browser;
use leptos::prelude::*;

lazy_page!(classes_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Client classes");
    view! { <header class="page-head"><div class="page-title"><h1>"Client classes"</h1></div></header> }
        .into_any()
}
