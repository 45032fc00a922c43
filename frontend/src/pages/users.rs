//! Who may do what.

use crate::browser;
use leptos::prelude::*;

lazy_page!(users_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Users");
    view! { <header class="page-head"><div class="page-title"><h1>"Users"</h1></div></header> }.into_any()
}
