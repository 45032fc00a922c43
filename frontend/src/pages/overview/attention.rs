//! The list of what needs attention.

use super::{
    News,
    digest::items,
    item::{Gravity, Item, Remedy},
    missed::{CatchUpButtons, WriteButton},
};
use crate::{
    state::Fleet,
    ui::{Glyph, icon, moment, remedy},
};
use leptos::prelude::*;

/// How many lines are shown at first.
const FIRST: usize = 12;

/// The list, or one calm line.
#[component]
pub fn Attention(news: News) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let all = Memo::new(move |_| items(fleet, news));
    let shown = RwSignal::new(FIRST);
    let is_fine = move || all.with(|all| all.iter().all(|item| item.gravity == Gravity::Info));
    let lines = move || {
        let all = all.get();
        let lines = all.into_iter().take(shown.get()).map(|item| view! { <Line item/> });
        lines.collect_view()
    };
    let more = move || {
        let hidden = all.with(Vec::len).saturating_sub(shown.get());
        (hidden > 0).then(|| {
            view! {
                <button type="button" class="btn" data-testid="more-attention" on:click=move |_| shown.set(usize::MAX)>
                    {format!("Show {hidden} more")}
                </button>
            }
        })
    };
    view! {
        <section class="attention" aria-label="Needs attention">
            <h2>"Needs attention"</h2>
            {move || is_fine().then(|| view! {
                <p class="calm" data-testid="all-fine">{icon(Glyph::Check)}"Every daemon answers, and nothing waits for you."</p>
            })}
            <ul class="attention-list" data-testid="attention">{lines}</ul>
            {more}
        </section>
    }
}

#[component]
fn Line(item: Item) -> impl IntoView {
    let (class, glyph, word) = match item.gravity {
        Gravity::Bad => ("bad", Glyph::Cross, "Urgent: "),
        Gravity::Warning => ("warning", Glyph::Warning, "Warning: "),
        Gravity::Info => ("info", Glyph::Info, "Note: "),
    };
    let buttons = match item.remedy {
        Remedy::None => None,
        Remedy::CatchUp(id, family) => Some(view! { <CatchUpButtons id family/> }.into_any()),
        Remedy::Write(id, family) => Some(view! { <WriteButton id family/> }.into_any()),
    };
    view! {
        <li class=format!("attention-line {class}") data-testid="attention-line" data-kind=item.kind>
            {icon(glyph)}
            <div class="attention-words">
                <p><span class="sr">{word}</span><a class="attention-title" href=item.to.path()>{item.title}</a>" "{item.since.map(|time| view! { <span class="ago">{moment(&time)}</span> })}</p>
                <p>{remedy(&item.text)}</p>
                {(!item.help.is_empty()).then(|| view! { <p class="attention-help">{remedy(&item.help)}</p> })}
            </div>
            {buttons}
        </li>
    }
}
