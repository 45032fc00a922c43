//! Somebody else changed the same place: both sides, and a choice for each.

use super::Saving;
use crate::ui::prose;
use leptos::prelude::*;
use perch_shared::draft::{Collision, shown};

/// The collisions, one after the other. When all are settled, the change is previewed again.
#[component]
pub fn Collisions(
    /// What is being saved.
    saving: Saving,
    /// What collides.
    collisions: Vec<Collision>,
) -> impl IntoView {
    let chosen = RwSignal::new(vec![None::<bool>; collisions.len()]);
    let all = StoredValue::new(collisions.clone());
    let choose = Callback::new(move |(index, mine): (usize, bool)| {
        chosen.update(|chosen| {
            if let Some(place) = chosen.get_mut(index) {
                *place = Some(mine);
            }
        });
        let settled: Option<Vec<bool>> = chosen.with_untracked(|chosen| chosen.iter().copied().collect());
        if let Some(settled) = settled {
            saving.settle(&all.get_value().into_iter().zip(settled).collect::<Vec<_>>());
        }
    });
    let list = collisions.into_iter().enumerate().map(|(index, collision)| {
        let made = Signal::derive(move || chosen.with(|chosen| chosen.get(index).copied().flatten()));
        let at = collision.conflict.target.as_ref().map(|(server, _)| saving.name(server));
        view! {
            {at.map(|name| view! { <h3>{name}</h3> })}
            <One collision made on_choose=Callback::new(move |mine| choose.run((index, mine)))/>
        }
    });
    view! { <div class="conflicts" data-testid="conflicts">{list.collect_view()}</div> }
}

/// One collision.
#[component]
pub fn One(collision: Collision, made: Signal<Option<bool>>, on_choose: Callback<bool>) -> impl IntoView {
    let conflict = collision.conflict;
    let sides = [
        ("Was", conflict.expected, "was"),
        ("Theirs: Kea has now", conflict.found, "theirs"),
        ("Mine", conflict.wanted, "mine"),
    ];
    let side = |(title, value, class): (&'static str, Option<_>, &'static str)| {
        let value = match value {
            Some(value) => view! { <pre>{shown(&value)}</pre> }.into_any(),
            None => view! { <p class="muted">"not set"</p> }.into_any(),
        };
        view! { <div class=format!("conflict-side {class}")><h4>{title}</h4>{value}</div> }
    };
    view! {
        <section class="conflict" data-testid="conflict">
            <p class="conflict-title">{prose(&conflict.edit)}</p>
            <p class="muted">{prose(&conflict.why)}</p>
            <div class="conflict-sides">{sides.map(side).into_iter().collect_view()}</div>
            {move || match made.get() {
                Some(mine) => view! {
                    <p class="muted">{if mine { "Mine is kept; it is saved next." } else { "Theirs is used." }}</p>
                }.into_any(),
                None => view! {
                    <div class="actions">
                        <button type="button" class="btn" data-testid="use-theirs" on:click=move |_| on_choose.run(false)>"Use theirs"</button>
                        <button type="button" class="btn" data-testid="keep-mine" on:click=move |_| on_choose.run(true)>"Keep mine"</button>
                    </div>
                }.into_any(),
            }}
        </section>
    }
}
