//! What somebody else changed while a form was open: taken over where it does not collide, shown where it does.

use super::Desk;
use crate::{
    forms::save::One,
    ui::{Notice, Tone},
};
use leptos::prelude::*;

/// What is left to choose, and that changes of earlier are back.
#[component]
pub fn Meanwhile(desk: Desk) -> impl IntoView {
    let choose = move |index: usize, mine: bool| {
        let collision =
            desk.collisions.try_update(|all| (index < all.len()).then(|| all.remove(index))).flatten();
        if let (Some(collision), true) = (collision, mine) {
            let mut again = Vec::new();
            desk.draft.update(|draft| again = draft.carry_out(&[collision.insist()]));
            desk.collisions.update(|all| all.extend(again));
        }
    };
    let collisions = move || {
        let all = desk.collisions.get();
        (!all.is_empty()).then(|| {
            let one = |(index, collision)| {
                view! { <One collision made=Signal::derive(|| None) on_choose=Callback::new(move |mine| choose(index, mine))/> }
            };
            let list = all.into_iter().enumerate().map(one).collect_view();
            view! {
                <div data-testid="collisions">
                    <Notice tone=Tone::Warning title="Somebody else changed the same places. Your changes there wait for your choice.">
                        <div class="conflicts">{list}</div>
                    </Notice>
                </div>
            }
        })
    };
    let restored = move || {
        let count = desk.restored.get();
        (count > 0 && !desk.is_clean().get()).then(|| {
            let words = if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
            view! {
                <div data-testid="restored">
                    <Notice tone=Tone::Info title=format!("{words} from earlier in this tab: not saved yet.")/>
                </div>
            }
        })
    };
    view! { {restored} {collisions} }
}
