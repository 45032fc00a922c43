//! One line of the history.

use crate::{
    components::{outcome_badge, who},
    routes::Route,
    state::Fleet,
    ui::{clock, exact, prose},
};
use leptos::prelude::*;
use perch_shared::api::{Kind, Record};

/// How many sentences a line shows.
const SENTENCES: usize = 3;

/// The line. `is_undone`: a later change took it back.
pub(super) fn entry(record: &Record, with_server: bool, is_undone: bool) -> AnyView {
    let fleet = expect_context::<Fleet>();
    let more = record.more + record.sentences.len().saturating_sub(SENTENCES);
    let link = Route::Change(record.id.clone()).path();
    let first = record.sentences.first().map_or_else(|| record.id.to_string(), Clone::clone);
    let others =
        record.sentences.iter().take(SENTENCES).skip(1).map(|sentence| view! { <li>{prose(sentence)}</li> });
    let others = others.collect_view();
    let mut servers: Vec<String> = Vec::new();
    for place in &record.places {
        let name = untrack(|| fleet.name(&place.server));
        let name =
            place.family.map_or_else(|| name.clone(), |family| format!("{name} {}", family.protocol()));
        if !servers.contains(&name) {
            servers.push(name);
        }
    }
    let places = (with_server && !servers.is_empty()).then(|| view! { <span>{servers.join(", ")}</span> });
    let comment = (!record.comment.is_empty())
        .then(|| view! { <p class="history-comment" data-testid="comment">{record.comment.clone()}</p> });
    let kind = kind_word(record.kind).map(|word| view! { <strong>{word}</strong> });
    let undone = is_undone.then(|| view! { <strong data-testid="undone">"Undone since"</strong> });
    view! {
        <li class="history-entry" data-testid="history-entry" data-id=record.id.to_string()>
            <time datetime=record.time.clone() title=exact(&record.time)>{clock(&record.time)}</time>
            <div class="history-what">
                <ul class="history-sentences"><li><a class="row-link" href=link>{prose(&first)}</a></li>{others}{(more > 0).then(|| view! { <li class="muted">{format!("and {more} more")}</li> })}</ul>
                {comment}
                <p class="history-facts muted">{undone} {kind} <span>{who(&record.who)}</span> {places}</p>
            </div>
            {outcome_badge(record.outcome)}
        </li>
    }
    .into_any()
}

/// What kind of thing it is, where it is not an ordinary change.
fn kind_word(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Change => None,
        Kind::Undo => Some("Undid an earlier change"),
        Kind::Restore => Some("Brought a snapshot back"),
        Kind::CatchUp => Some("Caught up"),
        Kind::Recovery => Some("Recovery"),
        Kind::Command => Some("Command"),
        Kind::Reload => Some("Reload"),
        Kind::External => Some("By somebody else"),
        Kind::Inventory => Some("Servers"),
        Kind::SignIn => Some("Sign-in"),
        Kind::Users => Some("Users"),
        Kind::Files => Some("Files"),
    }
}
