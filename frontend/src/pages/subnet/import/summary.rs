//! What all lines of a table do together, and the way around those that are wrong.

use super::reading::Reading;
use crate::ui::{Glyph, counted, icon};
use leptos::prelude::*;
use perch_shared::import::Deed;

/// What all lines together do, and what is wrong with some.
#[component]
pub fn Summary(
    /// What is read.
    reading: Reading,
) -> impl IntoView {
    let words = move || {
        let wrong = reading.wrong();
        let import = reading.import.get();
        let out = reading.left_out.get();
        let count = |deed| {
            let all = import.lines.iter().filter(|line| line.deed == deed);
            all.filter(|line| !wrong.contains_key(&line.line) && !out.contains(&line.line)).count()
        };
        let of = |deed, verb: &str| {
            let count = count(deed);
            (count > 0).then(|| format!("{verb} {count}"))
        };
        let parts = [
            of(Deed::Add, "adds"),
            of(Deed::Update, "updates"),
            of(Deed::Delete, "deletes"),
            of(Deed::Nothing, "leaves"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!import.lines.is_empty()).then(|| {
            let lines = counted(import.lines.len() as u128, "line", "lines");
            if parts.is_empty() { lines } else { format!("{lines}: {}", parts.join(", ")) }
        })
    };
    let unknown = move || {
        let unknown = reading.import.with(|import| import.unknown.join(", "));
        (!unknown.is_empty()).then(|| view! { <p class="hint" data-testid="import-unknown">{format!("Columns that a reservation does not have, and that are not read: {unknown}.")}</p> })
    };
    let leave = move || {
        let wrong = reading.wrong();
        let out = reading.left_out.get();
        if !out.is_empty() {
            let words = format!("{} left out.", counted(out.len() as u128, "line is", "lines are"));
            return Some(view! {
                <p class="import-wrong"><span>{words}</span> <button type="button" class="link" data-testid="take-in" on:click=move |_| { reading.left_out.set(Vec::new()); reading.carry_out(); }>"Take them in again"</button></p>
            }.into_any());
        }
        (!wrong.is_empty()).then(|| {
            let words = format!("{} wrong.", counted(wrong.len() as u128, "line is", "lines are"));
            let lines: Vec<usize> = wrong.keys().copied().collect();
            view! {
                <p class="import-wrong refused" data-testid="import-wrong">
                    {icon(Glyph::Cross)} <span>{words}" Correct the text, or "</span>
                    <button type="button" class="link" data-testid="leave-out" on:click=move |_| { reading.left_out.set(lines.clone()); reading.carry_out(); }>"leave them out"</button>
                </p>
            }.into_any()
        })
    };
    view! {
        <div class="import-summary" role="status">
            {move || words().map(|words| view! { <p data-testid="import-summary"><strong>{words}</strong></p> })}
            {unknown}
            {leave}
        </div>
    }
}
