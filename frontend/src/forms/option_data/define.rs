//! What an option without a definition needs before its value can be written as what it is.

use super::Panel;
use crate::ui::{Menu, MenuItem};
use leptos::prelude::*;
use perch_shared::draft::{SHAPES, Shape};

/// Says that nobody defined the option, and defines it in one step. Nothing where it is defined.
#[component]
pub fn Undefined(
    /// The panel.
    panel: Panel,
    /// Where the option stands.
    at: StoredValue<String>,
) -> impl IntoView {
    let draft = panel.desk.draft;
    let is_undefined = Memo::new(move |_| draft.with(|draft| at.with_value(|path| draft.is_undefined(path))));
    let typed = Memo::new(move |_| draft.with(|draft| at.with_value(|path| draft.typed_shape(path))));
    let define = move |shape: Shape| {
        let path = at.get_value();
        panel.desk.update(|draft| draft.define_option(&path, shape));
        panel.edit(&path);
    };
    move || {
        is_undefined.get().then(|| {
            let item = |shape: Shape| {
                let act = Callback::new(move |()| define(shape));
                MenuItem { label: shape.words, refused: None, act }
            };
            let items: Vec<MenuItem> = SHAPES.into_iter().map(item).collect();
            let known = move || {
                typed.get().map(|shape| {
                    let label = format!("Define it as {}", shape.words);
                    view! {
                        <button type="button" class="btn" data-testid="define-typed" on:click=move |_| define(shape)>
                            {label}
                        </button>
                    }
                })
            };
            view! {
                <div class="undefined" data-testid="undefined-option">
                    <p class="hint">"Neither Kea nor this configuration defines the option, so its value is bytes."</p>
                    {known}
                    <Menu label="Define the option as".to_owned() items testid="define-as" text="Define it as"/>
                </div>
            }
        })
    }
}
