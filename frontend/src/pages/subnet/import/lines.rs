//! The lines of a table that is imported: what each does, or why it cannot.

use super::reading::Reading;
use crate::ui::{Glyph, icon, prose};
use leptos::prelude::*;
use perch_shared::import::{Deed, ImportLine};

/// How many lines are drawn.
const SHOWN: usize = 300;

/// Whether there is something to do and nothing wrong with it. Tracks.
pub fn ready(reading: Reading) -> bool {
    let out = reading.left_out.get();
    let wrong = reading.wrong();
    let does = |line: &ImportLine| line.deed != Deed::Nothing && !out.contains(&line.line);
    wrong.keys().all(|line| out.contains(line)) && reading.import.with(|import| import.lines.iter().any(does))
}

/// The lines.
#[component]
pub fn Lines(
    /// What is read.
    reading: Reading,
) -> impl IntoView {
    let only_wrong = RwSignal::new(false);
    let content = move || {
        let import = reading.import.get();
        if import.lines.is_empty() {
            return None;
        }
        let (wrong, out) = (reading.wrong(), reading.left_out.get());
        let only = only_wrong.get() && !wrong.is_empty();
        let all: Vec<&ImportLine> =
            import.lines.iter().filter(|line| !only || wrong.contains_key(&line.line)).collect();
        let more = all.len().saturating_sub(SHOWN);
        let row = |line: &&ImportLine| one(line, wrong.get(&line.line).cloned(), out.contains(&line.line));
        let rows = all.iter().take(SHOWN).map(row).collect_view();
        let switch = (!wrong.is_empty() && import.lines.len() > wrong.len()).then(|| {
            view! {
                <label class="check inline">
                    <input type="checkbox" data-testid="only-wrong" prop:checked=only_wrong on:change=move |event| only_wrong.set(event_target_checked(&event))/>
                    <span>"Wrong lines only"</span>
                </label>
            }
        });
        Some(view! {
            {switch}
            <div class="import-lines" tabindex="0" role="region" aria-label="Lines">
                <table>
                    <thead><tr><th scope="col" class="numeric">"Line"</th><th scope="col">"Action"</th><th scope="col">"Client"</th><th scope="col">"Sets"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more lines")}</p> })}
        })
    };
    view! { {content} }
}

fn one(line: &ImportLine, wrong: Option<String>, is_out: bool) -> AnyView {
    let sets = line.keys.iter().map(|(key, text)| {
        let key = if *key == "user-context.comment" { "comment" } else { key };
        if text.is_empty() {
            view! { <span class="import-key"><span class="muted">"no "{key}</span></span> }.into_any()
        } else {
            view! { <span class="import-key"><span class="muted">{key}</span> {text.clone()}</span> }
                .into_any()
        }
    });
    let word = match (is_out, line.deed) {
        _ if wrong.is_some() && !is_out => "Wrong",
        (true, _) => "Left out",
        (_, Deed::Add) => "Add",
        (_, Deed::Update) => "Update",
        (_, Deed::Delete) => "Delete",
        (_, Deed::Nothing) => "As it is",
    };
    let state = match word {
        "Wrong" => "wrong",
        "Left out" | "As it is" => "idle",
        "Delete" => "delete",
        _ => "",
    };
    let why = wrong.map(|why| {
        view! { <p class="finding bad" data-testid="import-why">{icon(Glyph::Cross)} <span>{prose(&why)}</span></p> }
    });
    view! {
        <tr class=state data-testid="import-line" data-line=line.line.to_string() data-state=state>
            <td class="numeric">{line.line}</td>
            <td>{word}</td>
            <td><code>{line.identifier.clone()}</code> <span class="muted">{line.kind}</span></td>
            <td><span class="import-keys">{sets.collect_view()}</span> {why}</td>
        </tr>
    }
    .into_any()
}
