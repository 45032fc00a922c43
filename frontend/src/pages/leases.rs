//! Leases, searched for.

use crate::browser;
use leptos::prelude::*;

lazy_page!(leases_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Leases");
    view! { <header class="page-head"><div class="page-title"><h1>"Leases"</h1></div></header> }.into_any()
}
