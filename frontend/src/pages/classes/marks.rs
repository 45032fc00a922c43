//! What a class keeps for people in its own `user-context`: its description, and whether all servers shall have it.

use crate::forms::desk::Desk;
use leptos::prelude::*;

/// What people wrote about the class.
#[component]
pub fn Remark(
    /// The desk.
    desk: Desk,
    /// The class's path.
    path: String,
) -> impl IntoView {
    let (shown, typed) = (path.clone(), path);
    view! {
        <div class="prop">
            <div class="prop-name"><label for="class-remark">"Description"</label></div>
            <div class="prop-value">
                <input
                    id="class-remark"
                    data-testid="class-remark"
                    class="input"
                    type="text"
                    autocomplete="off"
                    prop:value=move || desk.draft.with(|draft| draft.comment_at(&shown))
                    on:input=move |event| desk.update(|draft| draft.set_comment(&typed, &event_target_value(&event)))
                />
            </div>
            <div class="prop-note"><p class="hint">"Kept in Kea, in the class's own comment."</p></div>
        </div>
    }
}

/// Whether the class is one that all servers shall have: a mark in the class itself.
#[component]
pub fn Global(
    /// The desk.
    desk: Desk,
    /// The class's path.
    path: String,
) -> impl IntoView {
    let (shown, set) = (path.clone(), path);
    view! {
        <div class="prop">
            <div class="prop-name"><span class="prop-title">"Global"</span></div>
            <div class="prop-value">
                <label class="check inline">
                    <input
                        type="checkbox"
                        data-testid="class-global"
                        prop:checked=move || desk.draft.with(|draft| draft.is_global(&shown))
                        on:change=move |event| desk.update(|draft| draft.set_global(&set, event_target_checked(&event)))
                    />
                    <span>"All servers shall have this class"</span>
                </label>
            </div>
            <div class="prop-note"><p class="hint">"A mark, kept in Kea in the class's own context. While it is set, saving the class changes it on every server; so does setting it, taking it away, and removing the class."</p></div>
        </div>
    }
}
