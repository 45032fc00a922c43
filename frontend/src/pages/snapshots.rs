//! The configurations that Perch kept of a daemon.

use crate::browser;
use leptos::prelude::*;

lazy_page!(snapshots_page, show);

/// The page.
fn show() -> AnyView {
    browser::set_title("Snapshots");
    view! { <header class="page-head"><div class="page-title"><h1>"Snapshots"</h1></div></header> }.into_any()
}
