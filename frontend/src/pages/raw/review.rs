//! What a text would change: in words, and line by line.

use super::sheet::Sheet;
use crate::ui::{Glyph, LineDiff, icon, prose};
use leptos::prelude::*;
use perch_shared::draft::Draft;

/// How many sentences are shown.
const SENTENCES: usize = 12;

/// The difference, and the way on to saving.
#[component]
pub fn Review(sheet: Sheet, draft: Draft) -> impl IntoView {
    let edits = draft.edits();
    let count = if edits.len() == 1 { "1 change".to_owned() } else { format!("{} changes", edits.len()) };
    let more = edits.len().saturating_sub(SENTENCES);
    let sentences = edits.iter().take(SENTENCES).map(|edit| view! { <li>{prose(&edit.describe())}</li> });
    view! {
        <section class="raw-review" aria-label="Review" data-testid="raw-diff">
            <div class="section-head">
                <h2>{count}</h2>
                <div class="actions">
                    <button type="button" class="btn" data-testid="raw-back" on:click=move |_| sheet.review.set(None)>{icon(Glyph::Back)}"Back to the text"</button>
                    <button type="button" class="btn primary" data-testid="save" on:click=move |_| sheet.save()>"Save…" <kbd>"Ctrl S"</kbd></button>
                </div>
            </div>
            <ul class="bar-edits" data-testid="edits">
                {sentences.collect_view()}
                {(more > 0).then(|| view! { <li class="muted">{format!("and {more} more")}</li> })}
            </ul>
            <LineDiff before=draft.pretty_before() after=draft.pretty() old="What Kea has" new="What Kea would have"/>
        </section>
    }
}
