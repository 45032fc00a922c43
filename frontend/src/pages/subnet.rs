//! One subnet.

use crate::browser;
use leptos::prelude::*;

lazy_page!(subnet_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Subnet");
    view! { <header class="page-head"><div class="page-title"><h1>"Subnet"</h1></div></header> }.into_any()
}
