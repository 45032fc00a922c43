//! A small menu behind a button.

use super::{Glyph, icon};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;

/// One thing that a menu offers.
#[derive(Clone)]
pub struct MenuItem {
    /// What it does.
    pub label: &'static str,
    /// Why it cannot be done; `None`: it can.
    pub refused: Option<&'static str>,
    /// Does it.
    pub act: Callback<()>,
}

/// A button that opens a list of things to do. Arrow keys move, Escape closes.
#[component]
pub fn Menu(
    /// What it is for, such as `Actions for branch-office`.
    label: String,
    /// What it offers.
    items: Vec<MenuItem>,
    /// Its name for tests.
    testid: &'static str,
    /// A word on the button, in place of the sign for more.
    #[prop(optional)]
    text: &'static str,
    /// Whether it is open from the start.
    #[prop(optional)]
    begin_open: bool,
) -> impl IntoView {
    let about = label.clone();
    let open = RwSignal::new(begin_open);
    let (button, list) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    Effect::new(move |_| {
        if open.get()
            && let Some(list) = list.get()
        {
            step(&list, 0);
        }
    });
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(list) = list.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => step(&list, 1),
            "ArrowUp" => step(&list, -1),
            "Escape" => close(),
            "Tab" => return open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let items = StoredValue::new(items);
    let show = move || {
        items.with_value(|items| {
            items
                .iter()
                .map(|item| {
                    let act = item.act;
                    let run = move |_| {
                        close();
                        act.run(());
                    };
                    view! {
                        <button type="button" role="menuitem" tabindex="-1" disabled=item.refused.is_some() on:click=run>
                            {item.label}
                            {item.refused.map(|why| view! { <small>{why}</small> })}
                        </button>
                    }
                })
                .collect_view()
        })
    };
    view! {
        <div class="menu" on:keydown=on_key on:focusout=move |event| {
            let inside = event
                .related_target()
                .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
                .and_then(|target| target.closest(".menu").ok().flatten())
                .is_some();
            if !inside {
                open.set(false);
            }
        }>
            <button
                node_ref=button
                type="button"
                class=if text.is_empty() { "btn ghost square" } else { "btn" }
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                aria-label=if text.is_empty() { Some(label) } else { None }
                title=if text.is_empty() { None } else { Some(about) }
                data-testid=testid
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {if text.is_empty() { icon(Glyph::More).into_any() } else { view! { {text}{icon(Glyph::Chevron)} }.into_any() }}
            </button>
            {move || open.get().then(|| view! { <div class="menu-list" role="menu" tabindex="-1" node_ref=list>{show()}</div> })}
        </div>
    }
}

/// Moves the focus by `step` items, around the ends; 0 goes to the first.
fn step(list: &web_sys::HtmlElement, step: i32) {
    let Ok(found) = list.query_selector_all("[role=menuitem]:not(:disabled)") else { return };
    let items: Vec<web_sys::HtmlElement> =
        (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let now = items.iter().position(|item| focused.as_ref() == Some(item.as_ref()));
    let next = match (now, step) {
        (Some(now), 1) => (now + 1) % items.len().max(1),
        (Some(now), -1) => now.checked_sub(1).unwrap_or(items.len().saturating_sub(1)),
        _ => 0,
    };
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}
