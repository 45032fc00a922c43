//! What an expression makes of a packet: the result, why, and every part with its value.

use crate::ui::{EditorHandle, Glyph, icon, prose};
use leptos::prelude::*;
use perch_engine::{Step, Trace};

/// The result and the tree.
#[component]
pub fn TraceView(
    /// The trace, or why there is none; `None`: there is no packet.
    #[prop(into)]
    trace: Signal<Option<Result<Trace, String>>>,
    /// The editor with the expression.
    editor: EditorHandle,
) -> impl IntoView {
    let shown = move || match trace.get() {
        None => {
            view! { <p class="muted">"Enter a packet to see what the expression makes of it."</p> }.into_any()
        }
        Some(Err(why)) if why.is_empty() => {
            view! { <p class="muted">"Mend the expression first."</p> }.into_any()
        }
        Some(Err(why)) => view! { <p class="field-error" role="alert">{prose(&why)}</p> }.into_any(),
        Some(Ok(trace)) => view! { <Told trace editor/> }.into_any(),
    };
    view! { <div class="trace">{shown}</div> }
}

#[component]
fn Told(trace: Trace, editor: EditorHandle) -> impl IntoView {
    let (class, glyph) = match trace.matches {
        Some(true) => ("good", Glyph::Check),
        Some(false) => ("no", Glyph::Minus),
        None => ("info", Glyph::Info),
    };
    let matches = trace.matches.map(|matches| matches.to_string());
    view! {
        <div class=format!("trace-result {class}") role="status" data-testid="trace-result" data-matches=matches>
            {icon(glyph)}
            <div>
                <strong>{prose(&trace.outcome)}</strong>
                {(!trace.why.is_empty()).then(|| view! { <p data-testid="trace-why">{prose(&trace.why)}</p> })}
            </div>
        </div>
        <ol class="trace-steps" data-testid="trace" on:mouseleave=move |_| editor.point(0, 0)>
            {trace.steps.into_iter().map(|one| step(one, editor)).collect_view()}
        </ol>
    }
}

fn step(step: Step, editor: EditorHandle) -> impl IntoView {
    let place = step.place;
    let point = move || editor.point(place.from, place.to);
    let class = match (step.skipped, step.holds) {
        (true, _) => "skipped",
        (false, Some(true)) => "good",
        (false, Some(false)) => "no",
        (false, None) => "value",
    };
    // Deep ones need no more room than a telephone has.
    let depth = step.depth.min(8).to_string();
    view! {
        <li class="trace-step" data-depth=depth>
            <button
                type="button" data-testid="step"
                on:mouseenter=move |_| point() on:focus=move |_| point() on:blur=move |_| editor.point(0, 0)
                on:click=move |_| editor.reveal(place.from, place.to)
            >
                <code class="trace-source">{step.source}</code>
                <code class=format!("trace-value {class}")>{step.value}</code>
                {(!step.note.is_empty()).then(|| view! { <span class="trace-note">{prose(&step.note)}</span> })}
            </button>
        </li>
    }
}
