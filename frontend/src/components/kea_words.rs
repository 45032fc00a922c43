//! What Kea itself said, unchanged.

use crate::ui::{Glyph, icon};
use leptos::prelude::*;
use perch_shared::{api::KeaSaid, command::Outcome};

/// Kea's answer to one command, in its own words.
#[component]
pub fn KeaWords(
    /// The answer.
    said: KeaSaid,
) -> impl IntoView {
    let done = Outcome::from_code(said.result).is_done();
    let (class, glyph) = if done { ("good", Glyph::Check) } else { ("bad", Glyph::Cross) };
    let text = if said.text.is_empty() { "(no words)".to_owned() } else { said.text };
    view! {
        <figure class=format!("kea-words {class}") data-testid="kea-words">
            <figcaption>
                {icon(glyph)}
                <span>"Kea on " <code>{said.command}</code></span>
                <span class="chip">{format!("result {}", said.result)}</span>
            </figcaption>
            <blockquote>{text}</blockquote>
        </figure>
    }
}
