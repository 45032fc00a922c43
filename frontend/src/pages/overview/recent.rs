//! What was done of late.

use super::News;
use crate::{
    components::ErrorNotice,
    routes::Route,
    state::Fleet,
    ui::{moment, prose},
};
use leptos::prelude::*;
use perch_shared::api::{Kind, Outcome, Record};

/// How many are shown.
const SHOWN: usize = 5;

/// The last changes.
#[component]
pub fn Recent(
    /// What the page knows.
    news: News,
    /// Asks again.
    retry: Callback<()>,
) -> impl IntoView {
    let history = news.history;
    let records = Memo::new(move |_| {
        let wanted = |record: &&Record| {
            record.kind.has_edits() || matches!(record.kind, Kind::Command | Kind::Reload | Kind::External)
        };
        history.answer().with(|page| {
            page.as_ref()
                .map(|page| page.records.iter().filter(wanted).take(SHOWN).cloned().collect::<Vec<_>>())
        })
    });
    let lines = move || {
        match records.get() {
        Some(records) if records.is_empty() => {
            view! { <p class="muted">"Nothing was changed yet. Whatever is changed through Perch, or seen to be changed by others, is told here."</p> }.into_any()
        }
        Some(records) => {
            let lines = records.into_iter().map(|record| view! { <Line record/> }).collect_view();
            view! { <ul class="recent" data-testid="recent">{lines}</ul> }.into_any()
        }
        None => match history.failure().get() {
            Some(failure) => view! { <ErrorNotice failure retry/> }.into_any(),
            None => view! { <div class="skeleton" aria-busy="true"><span class="sr">"Reading the history…"</span></div> }.into_any(),
        },
    }
    };
    view! {
        <section aria-label="Recent changes">
            <div class="section-head"><h2>"Recent changes"</h2><a href=Route::History.path()>"All of them"</a></div>
            {lines}
        </section>
    }
}

#[component]
fn Line(record: Record) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let more = record.more + record.sentences.len().saturating_sub(1);
    let sentence = record.sentences.first().cloned().unwrap_or_else(|| "A change".to_owned());
    let mut servers: Vec<String> = record.places.iter().map(|place| fleet.name(&place.server)).collect();
    servers.dedup();
    let outcome = word(record.outcome).map(|word| view! { <span class="chip warning">{word}</span> });
    let who = if record.kind == Kind::External { "somebody else".to_owned() } else { record.who.user };
    view! {
        <li class="recent-line" data-testid="recent-line">
            <span class="ago">{moment(&record.time)}</span>
            <span class="recent-words">
                <a href=Route::Change(record.id).path()>{prose(&sentence)}</a>
                {(more > 0).then(|| view! { <span class="muted">{format!(" and {more} more")}</span> })}
                " "{outcome}
            </span>
            <span class="muted">{servers.join(", ")}</span>
            <span class="muted">{who}</span>
        </li>
    }
}

/// How it ended, where it did not end well.
fn word(outcome: Outcome) -> Option<&'static str> {
    Some(match outcome {
        Outcome::Applied => return None,
        Outcome::AppliedNotWritten => "not written",
        Outcome::PartlyPending => "partly pending",
        Outcome::Pending => "pending",
        Outcome::Refused => "refused",
        Outcome::PutBack => "put back",
        Outcome::Unknown => "unknown",
        Outcome::Damaged => "damaged",
    })
}
