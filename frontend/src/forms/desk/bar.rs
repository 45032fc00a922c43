//! The bar at the foot of a form: how many changes there are, what is wrong with them, and what to do with them.

use super::Desk;
use crate::{
    browser,
    components::look,
    ui::{Glyph, icon, prose},
};
use leptos::prelude::*;
use perch_engine::Finding;
use perch_shared::change::Edit;

/// The bar.
#[component]
pub fn DeskBar(
    /// The desk.
    desk: Desk,
) -> impl IntoView {
    let (edits, news, refused) = (desk.edits, desk.news(), desk.refused());
    let open = RwSignal::new(false);
    let shown = move || !edits.with(Vec::is_empty) || desk.discarded.with(Option::is_some);
    let bar = move || {
        match (edits.with(Vec::len), desk.discarded.with(Option::is_some)) {
        (0, false) => None,
        (0, true) => Some(
            view! {
                <p data-testid="discarded">"Changes discarded."</p>
                <button type="button" class="btn" data-testid="undo-discard" on:click=move |_| desk.undo_discard()>{icon(Glyph::Undo)} "Take that back"</button>
            }
            .into_any(),
        ),
        (count, _) => Some(
            view! {
                <button
                    type="button"
                    class="link bar-count"
                    data-testid="pending-count"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <strong>{changes(count)}</strong>
                </button>
                <p class="bar-words">{move || words(refused.get(), news.with(Vec::len))}</p>
                <button type="button" class="btn" data-testid="discard" on:click=move |_| desk.discard()>"Discard"</button>
                <button
                    type="button"
                    class="btn primary"
                    data-testid="save"
                    disabled=move || { refused.get() > 0 }
                    on:click=move |_| desk.save()
                >
                    "Save…" <kbd>"Ctrl S"</kbd>
                </button>
            }
            .into_any(),
        ),
    }
    };
    let details = move || {
        let wanted = (open.get() || refused.get() > 0) && edits.with(|edits| !edits.is_empty());
        wanted.then(|| view! { <Details edits news with_edits=open/> })
    };
    view! {
        <div class="pending" data-testid="pending" class:shown=shown>
            {details}
            <div class="bar-line" aria-live="polite">{bar}</div>
        </div>
    }
}

/// The changes in words, and what is wrong with them.
#[component]
fn Details(edits: Memo<Vec<Edit>>, news: Memo<Vec<Finding>>, with_edits: RwSignal<bool>) -> impl IntoView {
    let sentences = move || {
        with_edits.get().then(|| {
            let one = |edit: &Edit| view! { <li>{prose(&edit.describe())}</li> };
            edits.with(|edits| view! { <ul class="bar-edits" data-testid="edits">{edits.iter().map(one).collect_view()}</ul> })
        })
    };
    let problems = move || {
        news.with(|news| each_once(news).into_iter().map(|(one, count)| problem(one, count)).collect_view())
    };
    view! { <div class="bar-details">{sentences}<ul class="findings" data-testid="news">{problems}</ul></div> }
}

/// Each message once, with how many places it is about.
fn each_once(news: &[Finding]) -> Vec<(&Finding, usize)> {
    let mut all: Vec<(&Finding, usize)> = Vec::new();
    for one in news {
        match all.iter_mut().find(|(known, _)| known.code == one.code && known.message == one.message) {
            Some((_, count)) => *count += 1,
            None => all.push((one, 1)),
        }
    }
    all
}

/// A finding that leads to its field: the first of so many.
fn problem(finding: &Finding, count: usize) -> AnyView {
    let (class, word, glyph) = look(finding.severity);
    let field = finding.path.split_once('.').map(|(_, path)| super::fields::id(path)).unwrap_or_default();
    let help = finding.help.clone().map(|help| view! { <span class="finding-help">{prose(&help)}</span> });
    view! {
        <li class=format!("finding {class}") data-testid="finding" data-code=finding.code.clone()>
            {icon(glyph)}
            <div>
                <span class="sr">{word}": "</span>
                <button type="button" class="link plain" on:click=move |_| browser::focus(&field)>{prose(&finding.message)}</button>
                {help}
                <code class="finding-path">{finding.path.clone()}</code>
                {(count > 1).then(|| view! { <span class="finding-path">{format!(" and {} more", count - 1)}</span> })}
            </div>
        </li>
    }
    .into_any()
}

fn words(refused: usize, news: usize) -> Option<AnyView> {
    let text = match (refused, news) {
        (0, 0) => return None,
        (0, 1) => "1 warning".to_owned(),
        (0, news) => format!("{news} warnings"),
        (1, _) => "Kea would refuse it: 1 problem".to_owned(),
        (refused, _) => format!("Kea would refuse it: {refused} problems"),
    };
    let (class, glyph) = if refused > 0 { ("refused", Glyph::Cross) } else { ("warned", Glyph::Warning) };
    Some(view! { <span class=class data-testid="refused">{icon(glyph)} {text}</span> }.into_any())
}

fn changes(count: usize) -> String {
    if count == 1 { "1 change".into() } else { format!("{count} changes") }
}
