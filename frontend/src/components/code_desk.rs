//! A text under the engine's eyes: the editor, what Kea would say, and the problems beside it.

use super::{problems::Problems, verdict::VerdictLine};
use crate::{
    state::Engine,
    ui::{CodeEditor, EditorCalls, EditorHandle, HoverText, Later, Notice, Offer, OfferItem, Tone},
};
use leptos::prelude::*;
use perch_engine::{Answer, Ask};
use std::rc::Rc;

/// The editor with everything around it.
#[component]
pub fn CodeDesk(
    /// The engine that judges the text.
    engine: Engine,
    /// What the rest of the page does with the editor.
    editor: EditorHandle,
    /// `configuration` or `expression`.
    language: &'static str,
    /// What the editor is called.
    label: &'static str,
    /// Shown in it while it is empty.
    #[prop(optional)]
    placeholder: &'static str,
    /// Whether it is a small one.
    #[prop(optional)]
    compact: bool,
    /// The text that it opens with.
    text: js_sys::JsString,
    /// Called after every change.
    #[prop(into)]
    on_change: Callback<()>,
    /// Called with what was dropped.
    #[prop(into)]
    on_files: Callback<web_sys::FileList>,
    /// What stands in the place of the problems while there is nothing to judge.
    #[prop(into)]
    empty: ViewFn,
) -> impl IntoView {
    let cursor = RwSignal::new((1, 1));
    engine.open(&text);
    let calls = EditorCalls {
        changed: Callback::new(move |changes: js_sys::Array| {
            engine.edit(&changes);
            on_change.run(());
        }),
        moved: Callback::new(move |place| cursor.set(place)),
        complete: Rc::new(move |place, asked| complete(engine, place, asked)),
        hover: Rc::new(move |place| hover(engine, place)),
        files: on_files,
    };
    let restart = move |_| {
        if let Some(text) = editor.plain() {
            engine.open(&text);
        }
    };
    let time = move || {
        let millis = engine.millis().get();
        (millis > 0.0)
            .then(|| if millis < 10.0 { format!("{millis:.1} ms") } else { format!("{millis:.0} ms") })
    };
    view! {
        <div class="desk" class:compact=compact>
            <div class="desk-text">
                <VerdictLine engine/>
                <CodeEditor handle=editor language label placeholder compact text calls marks=engine.findings()/>
                <p class="desk-foot">
                    <span>{move || { let (line, column) = cursor.get(); format!("Line {line}, column {column}") }}</span>
                    <span title="The time that the last check took">{time}</span>
                </p>
            </div>
            {move || engine.has_failed().get().then(|| view! {
                <Notice tone=Tone::Bad title="The check stopped because of a mistake in Perch.">
                    <p class="notice-foot"><button type="button" class="btn" on:click=restart>"Start it again"</button></p>
                </Notice>
            })}
            <Problems engine editor empty/>
        </div>
    }
}

/// What the engine proposes. While somebody only types, a proposal needs something to go on, which the engine decides.
fn complete(engine: Engine, place: usize, _asked: bool) -> Later<Offer> {
    Box::pin(async move {
        let Some(Answer::Offer(Some(offer))) = engine.ask(Ask::Complete(place)).await else { return None };
        let items = offer.items.into_iter().map(|item| OfferItem {
            label: item.label,
            detail: item.detail,
            insert: item.insert,
        });
        Some(Offer { from: offer.place.from, to: offer.place.to, items: items.collect() })
    })
}

fn hover(engine: Engine, place: usize) -> Later<HoverText> {
    Box::pin(async move {
        let Some(Answer::Hover(Some(hover))) = engine.ask(Ask::Hover(place)).await else { return None };
        Some(HoverText { from: hover.place.from, to: hover.place.to, text: hover.text })
    })
}
