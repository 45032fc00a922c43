//! The page for an address that means nothing.

use crate::{browser, routes::Route};
use leptos::prelude::*;

/// Says that there is no such page, and where to go.
#[component]
pub fn NotFound() -> impl IntoView {
    browser::set_title("Not found");
    view! {
        <div class="empty" data-testid="not-found">
            <h1>"There is no such page"</h1>
            <p>"The address may be mistyped, or the server may have been removed from Perch."</p>
            <p><a class="btn primary" href=Route::Servers.path()>"All servers"</a></p>
        </div>
    }
}
