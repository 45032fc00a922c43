//! All subnets of all servers, or of one.

use crate::browser;
use leptos::prelude::*;

lazy_page!(networks_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Networks");
    view! { <header class="page-head"><div class="page-title"><h1>"Networks"</h1></div></header> }.into_any()
}
