//! Perch's page: a Leptos console, client-side rendered. It knows no DHCP: every check, table and request lives in
//! `perch_shared`. Layers, each using only those after it: pages, forms, components, ui.

pub mod api;
mod app;
pub mod browser;
pub mod components;
pub mod forms;
pub mod pages;
pub mod routes;
pub mod state;
pub mod ui;

pub use app::App;

/// Puts the page into the document's body, in place of the words that stood there while it was loading.
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        browser::show("crash");
    }));
    browser::remove("boot");
    leptos::mount::mount_to_body(App);
}
