//! The reservations in all configurations.

use crate::browser;
use leptos::prelude::*;

lazy_page!(reservations_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Reservations");
    view! { <header class="page-head"><div class="page-title"><h1>"Reservations"</h1></div></header> }
        .into_any()
}
