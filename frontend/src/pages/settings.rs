//! How this Perch is set up, and how the page behaves for whoever uses it.

use crate::browser;
use leptos::prelude::*;

lazy_page!(settings_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Settings");
    view! { <header class="page-head"><div class="page-title"><h1>"Settings"</h1></div></header> }.into_any()
}
