//! The dialog that opens on Save.

use super::{Asked, Proposal, Saving, Stage, applied::Applied, collisions::Collisions, review::Review};
use crate::{
    api::Failure,
    components::{ApplySteps, ErrorNotice, progress},
    ui::{Dialog, Glyph, Notice, Tone, icon},
};
use leptos::prelude::*;

/// The dialog.
#[component]
pub fn SaveDialog(
    /// What is being saved.
    saving: Saving,
) -> impl IntoView {
    let open = saving.open;
    let locked = Signal::derive(move || saving.stage.with(|stage| *stage == Stage::Applying));
    let title = Signal::derive(move || title(saving));
    view! {
        <Dialog open title testid="save-dialog" wide=true locked>
            {move || body(saving)}
        </Dialog>
    }
}

fn title(saving: Saving) -> String {
    let goes = saving.proposal.with(|proposal| (proposal.undoes.is_some(), proposal.restores.is_some()));
    let words = saving.stage.with(|stage| match stage {
        Stage::Asking | Stage::Shown(_) | Stage::Made | Stage::Failed(_, Asked::Preview) => match goes {
            (true, _) => "Review what is undone of",
            (_, true) => "Review what is brought back of",
            _ => "Review the change of",
        },
        Stage::Applying => "Applying to",
        Stage::Applied(_) => "Applied to",
        Stage::Failed(_, Asked::Change) => "Not applied to",
    });
    let left_out = saving.left_out.get();
    let names = saving.proposal.with(|proposal| {
        let targets = proposal.targets.iter().filter(|target| !left_out.contains(&target.server));
        let names: Vec<String> = targets.map(|target| saving.name(&target.server)).collect();
        let daemon = proposal.targets.first().map(|target| target.family.daemon()).unwrap_or_default();
        match names.as_slice() {
            [one] => format!("{daemon} on {one}"),
            [one, other] => format!("{daemon} on {one} and {other}"),
            many => format!("{daemon} on {} servers", many.len()),
        }
    });
    format!("{words} {names}")
}

fn body(saving: Saving) -> AnyView {
    match saving.stage.get() {
        Stage::Asking => waiting("Asking Kea whether it would take this…"),
        Stage::Applying => applying(saving),
        Stage::Shown(preview) => view! { <Review saving preview=*preview/> }.into_any(),
        Stage::Applied(report) => view! { <Applied saving report=*report/> }.into_any(),
        Stage::Failed(failure, _) => view! { <Failed saving failure/> }.into_any(),
        Stage::Made => made(saving),
    }
}

/// Nothing is left to do.
fn made(saving: Saving) -> AnyView {
    let (title, words) = if saving.proposal.with_untracked(|proposal| proposal.undoes.is_some()) {
        ("It is undone already.", "Kea has what it had before the change, so there is nothing left to undo.")
    } else {
        (
            "Kea has this already.",
            "Somebody else made the same change meanwhile, so there is nothing left to save.",
        )
    };
    view! {
        <div class="dialog-body" data-testid="made">
            <Notice tone=Tone::Info title=title><p>{words}</p></Notice>
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn primary" data-testid="close" on:click=move |_| saving.open.set(false)>"Close"</button>
        </footer>
    }
    .into_any()
}

fn waiting(words: &'static str) -> AnyView {
    view! { <div class="dialog-body"><p class="waiting" data-testid="waiting">{icon(Glyph::Reload)} {words}</p></div> }.into_any()
}

/// How far each target is, in the words of its last step.
fn applying(saving: Saving) -> AnyView {
    let steps = move || {
        let mine = saving.proposal.with(|proposal| proposal.targets.first().cloned());
        let all = saving.under_way.get();
        let found = all.into_iter().find(|change| {
            change.targets.iter().any(|target| {
                mine.as_ref().is_some_and(|mine| mine.server == target.server && mine.family == target.family)
            })
        });
        let targets = found.map(|change| change.targets).unwrap_or_default();
        targets
            .into_iter()
            .map(|target| {
                view! { <li data-testid="progress"><strong>{saving.name(&target.server)}</strong>" "{progress(target.phase)}</li> }
            })
            .collect_view()
    };
    view! {
        <div class="dialog-body">
            <p class="waiting" data-testid="waiting">{icon(Glyph::Reload)} "Kea checks it, runs it, gives it back for comparison, and writes its file…"</p>
            <ul class="progress" aria-live="polite">{steps}</ul>
        </div>
    }
    .into_any()
}

#[component]
fn Failed(saving: Saving, failure: Failure) -> impl IntoView {
    let mut failure = failure;
    let conflicts = std::mem::take(&mut failure.body.conflicts);
    let collisions = saving.proposal.with_untracked(|proposal| proposal.collisions(&conflicts));
    let apply = failure.body.apply.take();
    let goes_back = saving.proposal.with_untracked(Proposal::goes_back);
    let panel = (!collisions.is_empty()).then(|| view! { <Collisions saving collisions/> });
    let reports = apply.map(|report| {
        let one = |report: perch_shared::api::TargetReport| {
            let name = saving.name(&report.server);
            view! { <h3>{name}</h3><ApplySteps report/> }
        };
        report.targets.into_iter().map(one).collect_view()
    });
    view! {
        <div class="dialog-body" tabindex="0" data-testid="failed">
            <ErrorNotice failure/>
            {panel}
            {reports}
            {(!goes_back).then(|| view! { <p class="muted">"What you typed is kept in this tab."</p> })}
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" data-testid="back" on:click=move |_| saving.open.set(false)>"Back"</button>
            <button type="button" class="btn primary" data-testid="ask-again" on:click=move |_| saving.ask()>"Try again"</button>
        </footer>
    }
}
