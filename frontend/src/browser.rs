//! What the page needs of the browser, as plain functions that fail quietly where the browser refuses.

mod kept;
mod modules;

pub use kept::{forget_kept, keep, keep_of, keep_text, kept, kept_of, kept_text};
pub use modules::{load_module, read_bytes, read_file, save_file, start_worker};

use leptos::{
    ev,
    leptos_dom::helpers::{set_interval_with_handle, window_event_listener},
    prelude::{GetUntracked, RwSignal, Set, Signal, document, on_cleanup, window},
};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{
    HtmlElement, HtmlInputElement, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition, Storage,
    VisibilityState,
};

/// Names the browser's tab after the page.
pub fn set_title(page: &str) {
    document().set_title(&format!("{page} · Perch"));
}

/// Moves the keyboard's focus to an element.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Takes an element out of the document.
pub fn remove(id: &str) {
    if let Some(element) = element(id) {
        element.remove();
    }
}

/// Shows an element that was hidden.
pub fn show(id: &str) {
    if let Some(element) = element(id) {
        element.set_hidden(false);
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok())
}

/// Scrolls an element into view, as little as needed.
pub fn reveal(id: &str) {
    if let Some(element) = element(id) {
        element.scroll_into_view_with_bool(false);
    }
}

/// Moves the focus to a field and selects what stands in it.
pub fn select(id: &str) {
    if let Some(field) = element(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        let _ = field.focus();
        field.select();
    }
}

/// Scrolls the first element of a selector into view, as little as needed.
pub fn reveal_first(selector: &str) {
    if let Ok(Some(element)) = document().query_selector(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Sets an attribute of the document's root element, which the styles look at.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(name, value);
    }
}

/// What outlives the tab; `None` where the browser forbids it.
pub fn local_storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// Takes everything out of what outlives the tab whose name begins so, and says how much that was.
pub fn forget(beginnings: &[&str]) -> usize {
    let Some(storage) = local_storage() else { return 0 };
    let count = storage.length().unwrap_or_default();
    let names = (0..count).filter_map(|index| storage.key(index).ok().flatten());
    let names: Vec<String> =
        names.filter(|name| beginnings.iter().any(|beginning| name.starts_with(beginning))).collect();
    for name in &names {
        let _ = storage.remove_item(name);
    }
    names.len()
}

/// What stands after `#` in the address: it never leaves the browser. Empty where it says nothing of this name.
pub fn fragment(name: &str) -> String {
    pair(window().location().hash().unwrap_or_default().trim_start_matches('#'), name)
}

/// Replaces what stands after `#` in the address, without another step in the browser's history, and gives it. What is
/// empty is left out.
pub fn set_fragment(all: &[(&str, &str)]) -> String {
    let text = pairs(all);
    set_fragment_text(&text);
    text
}

/// Puts back what [`set_fragment`] gave.
pub fn set_fragment_text(text: &str) {
    let path = window().location().pathname().unwrap_or_default();
    replace_address(&if text.is_empty() { path } else { format!("{path}#{text}") });
}

/// The path, and what stands behind it from `?` on.
pub fn address() -> (String, String) {
    let location = window().location();
    (location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// Puts another address in the place of this one, without another step in the browser's history.
pub fn replace_address(address: &str) {
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or_default();
        let _ = history.replace_state_with_url(&state, "", Some(address));
    }
}

/// Goes to another address without loading it.
pub fn push_address(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(address));
    }
}

/// Calls `react` when the browser went to another address of the page by itself: Back or Forward.
pub fn on_back(react: impl Fn() + 'static) {
    let handle = window_event_listener(ev::popstate, move |_| react());
    on_cleanup(move || handle.remove());
}

/// Calls `follow` for every plain click on a link to an address of this origin, with the path and what stands behind
/// it. Where that says `false`, the browser follows the link.
pub fn on_link(follow: impl Fn(&str) -> bool + 'static) {
    let handle = window_event_listener(ev::click, move |event| {
        let special = event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key();
        if special || event.button() != 0 || event.default_prevented() {
            return;
        }
        if link(&event).is_some_and(|link| follow(&link)) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// The address that a click leads to, unless it is another origin's, a place on this page, a file to keep, or for another
/// tab.
fn link(event: &web_sys::MouseEvent) -> Option<String> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let link: web_sys::HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let here = window().location();
    let own = here.origin().is_ok_and(|own| own == link.origin());
    let inside = !link.hash().is_empty() && here.pathname().is_ok_and(|path| path == link.pathname());
    let plain = link.target().is_empty() && !link.has_attribute("download");
    (own && plain && !inside).then(|| link.pathname() + &link.search() + &link.hash())
}

/// Loads the page again.
pub fn reload() {
    let _ = window().location().reload();
}

/// Shows the page from its top.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// The value of a name in `name=value&…`; empty where there is none.
pub fn pair(pairs: &str, name: &str) -> String {
    let pairs = web_sys::UrlSearchParams::new_with_str(pairs).ok();
    pairs.and_then(|pairs| pairs.get(name)).unwrap_or_default()
}

/// `name=value&…` of all that have a value.
pub fn pairs(pairs: &[(&str, &str)]) -> String {
    let Ok(all) = web_sys::UrlSearchParams::new() else { return String::new() };
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        all.append(name, value);
    }
    String::from(all.to_string())
}

/// Whether the page is served as plain files, with no Perch behind it: its builder wrote that into the document.
pub fn is_alone() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-alone"))
}

/// Whether somebody can see the page.
pub fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Where the page comes from, such as `https://perch.example.org`.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Puts text on the clipboard; `false` when the browser refuses.
pub async fn copy(text: String) -> bool {
    let clipboard = window().navigator().clipboard();
    if clipboard.is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok()
}

/// The time, in seconds since 1970, UTC.
pub fn now() -> i64 {
    (js_sys::Date::now() / 1000.0) as i64
}

/// A time in seconds since 1970, as the browser's user writes times.
pub fn date_time(seconds: i64) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(seconds as f64 * 1000.0));
    String::from(date.to_locale_string("default", &wasm_bindgen::JsValue::UNDEFINED))
}

/// Waits for a while.
pub async fn pause(time: Duration) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let millis = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// Calls `tick` again and again, until the component that asked for it is gone.
pub fn every(period: Duration, tick: impl Fn() + 'static) {
    if let Ok(handle) = set_interval_with_handle(tick, period) {
        on_cleanup(move || handle.clear());
    }
}

/// Calls `react` when the page becomes visible, until the component that asked for it is gone.
pub fn on_visible(react: impl Fn() + 'static) {
    let handle = window_event_listener(ev::visibilitychange, move |_| {
        if is_visible() {
            react();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Calls `react` when the page is left: for another page of Perch, another site, or a reload.
pub fn on_leave(react: impl Fn() + Clone + Send + Sync + 'static) {
    let again = react.clone();
    let handle = window_event_listener(ev::pagehide, move |_| again());
    on_cleanup(move || handle.remove());
    on_cleanup(react);
}

/// Calls `react` when the window gets another size, until the component that asked for it is gone.
pub fn on_resize(react: impl Fn() + 'static) {
    let handle = window_event_listener(ev::resize, move |_| react());
    on_cleanup(move || handle.remove());
}

/// Whether the screen is narrow, as the styles mean it.
pub fn is_narrow() -> Signal<bool> {
    is_narrower_than(721.0)
}

/// Whether the window is narrower than so many pixels of CSS.
pub fn is_narrower_than(pixels: f64) -> Signal<bool> {
    let narrow = move || {
        window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < pixels)
    };
    let signal = RwSignal::new(narrow());
    on_resize(move || {
        if signal.get_untracked() != narrow() {
            signal.set(narrow());
        }
    });
    signal.into()
}

/// The height of the window in pixels of CSS.
pub fn height() -> f64 {
    window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default()
}

/// Calls `react` for every key pressed anywhere, until the component that asked for it is gone.
pub fn on_key(react: impl Fn(KeyboardEvent) + 'static) {
    let handle = window_event_listener(ev::keydown, react);
    on_cleanup(move || handle.remove());
}

/// Whether the key is a shortcut: pressed alone, and not while typing or in a dialog.
pub fn is_shortcut(event: &KeyboardEvent, key: &str) -> bool {
    let typing = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("input, textarea, select, dialog").ok().flatten())
        .is_some();
    event.key() == key && !typing && !event.ctrl_key() && !event.meta_key() && !event.alt_key()
}
