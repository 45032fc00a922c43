//! A button that copies text.

use super::{Glyph, icon};
use crate::browser;
use leptos::{leptos_dom::helpers::set_timeout, prelude::*, task::spawn_local};
use std::time::Duration;

const SHOWN: Duration = Duration::from_secs(2);

/// Copies `text`, and says for two seconds that it did.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What the button is for, such as `Copy the hash`.
    label: &'static str,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            if browser::copy(text).await {
                copied.try_set(true);
                set_timeout(
                    move || {
                        let _ = copied.try_set(false);
                    },
                    SHOWN,
                );
            }
        });
    };
    view! {
        <button type="button" class="copy" class:done=copied on:click=copy title=label aria-label=label>
            {move || icon(if copied.get() { Glyph::Check } else { Glyph::Copy })}
            <span class="sr" role="status">{move || if copied.get() { "Copied" } else { "" }}</span>
        </button>
    }
}
