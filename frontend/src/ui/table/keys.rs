//! Moving through a table with the keyboard: arrows, Page Up and Down, Home and End; Enter opens, the space bar selects.

use super::{ROW, Selection};
use crate::browser;
use leptos::{ev::KeyboardEvent, html, leptos_dom::helpers::request_animation_frame, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The row that has the focus, and what is needed to move it.
#[derive(Clone, Copy)]
pub(super) struct Cursor {
    pub(super) at: RwSignal<usize>,
    pub(super) body: NodeRef<html::Div>,
    pub(super) length: Signal<usize>,
    pub(super) name: &'static str,
}

impl Cursor {
    pub(super) fn row_id(self, index: usize) -> String {
        format!("{}-{index}", self.name)
    }

    pub(super) fn key(
        self,
        event: &KeyboardEvent,
        selection: Option<Selection>,
        key_at: Callback<usize, String>,
    ) {
        let on_row = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlElement>().ok())
            .filter(|element| element.class_list().contains("table-row"));
        let Some(row) = on_row else { return };
        let (at, last) = (self.at.get_untracked(), self.length.get_untracked().saturating_sub(1));
        let page =
            self.body.get_untracked().map_or(10, |body| (f64::from(body.client_height()) / ROW) as usize);
        let next = match event.key().as_str() {
            "ArrowDown" => (at + 1).min(last),
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => (at + page).min(last),
            "PageUp" => at.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            "Enter" => {
                if let Ok(Some(link)) = row.query_selector(".row-link") {
                    link.unchecked_into::<HtmlElement>().click();
                }
                return;
            }
            " " => {
                event.prevent_default();
                if let Some(selection) = selection {
                    selection.pick(at, event.shift_key(), key_at);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.go(next);
    }

    /// Brings a row into view and moves the focus there once it is drawn.
    fn go(self, index: usize) {
        self.at.set(index);
        if let Some(body) = self.body.get_untracked() {
            let (top, height) = (index as f64 * ROW, f64::from(body.client_height()) - ROW);
            let seen = f64::from(body.scroll_top());
            if top < seen {
                body.set_scroll_top(top as i32);
            } else if top + ROW > seen + height {
                body.set_scroll_top((top + ROW - height) as i32);
            }
        }
        request_animation_frame(move || {
            request_animation_frame(move || browser::focus(&self.row_id(index)));
        });
    }
}
