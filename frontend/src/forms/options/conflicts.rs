//! Somebody else changed the same option: both sides, and a choice.

use super::Desk;
use crate::ui::prose;
use leptos::prelude::*;
use perch_shared::{api::Conflict, option::OptionData};

/// The conflicts, one after the other. `settled` is called when none is left.
#[component]
pub fn Conflicts(
    /// The draft.
    desk: Desk,
    /// The conflicts.
    conflicts: Vec<Conflict>,
    /// Called when all are settled.
    settled: Callback<()>,
) -> impl IntoView {
    let left = RwSignal::new(conflicts.len());
    let settle = Callback::new(move |()| {
        left.update(|left| *left = left.saturating_sub(1));
        if left.get_untracked() == 0 {
            settled.run(());
        }
    });
    view! {
        <div class="conflicts" data-testid="conflicts">
            {conflicts.into_iter().map(|conflict| view! { <One desk conflict settle/> }).collect_view()}
        </div>
    }
}

#[component]
fn One(desk: Desk, conflict: Conflict, settle: Callback<()>) -> impl IntoView {
    let choice = RwSignal::new(None::<&'static str>);
    let title = conflict.edit.clone();
    let [was, theirs, mine] = conflict.options();
    let sides = [("Was", was, "was"), ("Theirs: Kea has now", theirs, "theirs"), ("Mine", mine, "mine")];
    let conflict = StoredValue::new(conflict);
    let choose = move |mine: bool| {
        conflict.with_value(|conflict| {
            desk.draft
                .update(|draft| if mine { draft.keep_mine(conflict) } else { draft.use_theirs(conflict) });
        });
        choice.set(Some(if mine { "Mine is kept; it is saved next." } else { "Theirs is used." }));
        settle.run(());
    };
    view! {
        <section class="conflict" data-testid="conflict">
            <p class="conflict-title">{prose(&title)}</p>
            <div class="conflict-sides">{sides.map(side).into_iter().collect_view()}</div>
            {move || match choice.get() {
                Some(words) => view! { <p class="muted">{words}</p> }.into_any(),
                None => view! {
                    <div class="actions">
                        <button type="button" class="btn" data-testid="use-theirs" on:click=move |_| choose(false)>"Use theirs"</button>
                        <button type="button" class="btn" data-testid="keep-mine" on:click=move |_| choose(true)>"Keep mine"</button>
                    </div>
                }.into_any(),
            }}
        </section>
    }
}

fn side((title, option, class): (&'static str, Option<OptionData>, &'static str)) -> impl IntoView {
    let value = match option {
        Some(option) if option.data.is_empty() => view! { <p class="muted">"no value"</p> }.into_any(),
        Some(option) => view! { <code>{option.data}</code> }.into_any(),
        None => view! { <p class="muted">"not set"</p> }.into_any(),
    };
    view! { <div class=format!("conflict-side {class}")><h4>{title}</h4>{value}</div> }
}
