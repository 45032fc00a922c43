//! What an address, an identifier or a word belongs to.

use crate::browser;
use leptos::prelude::*;

lazy_page!(find_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Find");
    view! { <header class="page-head"><div class="page-title"><h1>"Find"</h1></div></header> }.into_any()
}
