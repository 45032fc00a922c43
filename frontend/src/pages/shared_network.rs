//! One shared network.

use crate::browser;
use leptos::prelude::*;

lazy_page!(shared_network_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Shared network");
    view! { <header class="page-head"><div class="page-title"><h1>"Shared network"</h1></div></header> }
        .into_any()
}
