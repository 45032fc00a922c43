//! The switch between light and dark.

use crate::{
    state::{Theme, ThemeChoice},
    ui::{Glyph, icon},
};
use leptos::prelude::*;

/// Three buttons: as the system says, light, dark.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let choice = expect_context::<ThemeChoice>();
    let button = move |theme: Theme| {
        let (glyph, label) = match theme {
            Theme::System => (Glyph::System, "Theme of the system"),
            Theme::Light => (Glyph::Sun, "Light theme"),
            Theme::Dark => (Glyph::Moon, "Dark theme"),
        };
        view! {
            <button
                type="button"
                aria-label=label
                title=label
                data-testid=format!("theme-{}", theme.as_str())
                aria-pressed=move || (choice.get() == theme).to_string()
                on:click=move |_| choice.set(theme)
            >
                {icon(glyph)}
            </button>
        }
    };
    view! { <div class="theme" role="group" aria-label="Theme">{Theme::ALL.map(button).into_iter().collect_view()}</div> }
}
