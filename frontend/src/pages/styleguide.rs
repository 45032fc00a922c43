//! What the page is made of.

use crate::browser;
use leptos::prelude::*;

lazy_page!(styleguide_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Style guide");
    view! { <header class="page-head"><div class="page-title"><h1>"Style guide"</h1></div></header> }
        .into_any()
}
