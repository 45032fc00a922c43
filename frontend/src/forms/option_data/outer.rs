//! What a scope inherits from those around it.

use super::{Panel, row::names};
use crate::ui::{Glyph, icon};
use leptos::prelude::*;
use perch_shared::draft::{OuterOption, SetOption, is_same_option};

/// The inherited options that the scope does not set itself, each with its way into the scope.
#[component]
pub fn OuterOptions(
    /// The panel.
    panel: Panel,
    /// What the scope sets.
    set: Memo<Vec<SetOption>>,
) -> impl IntoView {
    let shown = RwSignal::new(true);
    let left = Memo::new(move |_| {
        let known = panel.definitions.get();
        set.with(|set| {
            let is_free = |outer: &&OuterOption| {
                !set.iter().any(|set| is_same_option(&known, &set.option, &outer.option))
            };
            panel.outer.with(|outer| outer.iter().filter(is_free).cloned().collect::<Vec<_>>())
        })
    });
    let rows = move || {
        shown.get().then(|| {
            let all = left.get();
            view! { <ul class="option-list outer" data-testid="inherited-options">{all.into_iter().map(|outer| one(panel, outer)).collect_view()}</ul> }
        })
    };
    move || {
        (!left.with(Vec::is_empty)).then(|| {
            view! {
                <label class="check inline">
                    <input
                        type="checkbox"
                        data-testid="show-inherited"
                        prop:checked=shown
                        on:change=move |event| shown.set(event_target_checked(&event))
                    />
                    <span>"Show inherited"</span>
                </label>
                {rows}
            }
        })
    }
}

fn one(panel: Panel, outer: OuterOption) -> AnyView {
    let (code, name) = panel.definitions.with_untracked(|known| names(known, &outer.option));
    let label = format!("Override {name}");
    let option = outer.option.clone();
    let (named, coded) = (name.clone(), code.clone());
    view! {
        <li class="option inherited" data-testid="inherited-option" data-name=named data-code=coded>
            <div class="option-line">
                <span class="option-code">{code}</span>
                <span class="option-name">{name}</span>
                <span class="option-value"><code>{outer.option.data}</code></span>
                <span class="option-from">{outer.from.words()}</span>
                <span class="option-actions">
                    <button type="button" class="btn small" data-testid="override-option" aria-label=label on:click=move |_| panel.pick(&option)>
                        {icon(Glyph::Edit)} "Override"
                    </button>
                </span>
            </div>
        </li>
    }
    .into_any()
}
