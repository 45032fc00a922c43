//! One change.

use crate::browser;
use leptos::prelude::*;

lazy_page!(change_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Change");
    view! { <header class="page-head"><div class="page-title"><h1>"Change"</h1></div></header> }.into_any()
}
