//! How a change went on each target.

use super::Saving;
use crate::{
    components::ApplySteps,
    routes::Route,
    ui::{Notice, Tone},
};
use leptos::prelude::*;
use perch_shared::api::{ApplyReport, Outcome, TargetReport};

/// What became of it.
#[component]
pub fn Applied(
    /// What was saved.
    saving: Saving,
    /// How it went.
    report: ApplyReport,
) -> impl IntoView {
    let written = report.targets.iter().all(|target| target.written.is_some()).to_string();
    let history = report.id.clone().map(|id| {
        view! { <a class="btn" href=Route::Change(id).path() data-testid="see-history">"See it in the history"</a> }
    });
    let many = report.targets.len() > 1;
    let sections = report.targets.into_iter().map(|target| {
        let name = many.then(|| saving.name(&target.server));
        view! {
            {name.map(|name| view! { <h3>{name}</h3> })}
            {notice(&target)}
            <ApplySteps report=target/>
        }
    });
    view! {
        <div class="dialog-body" tabindex="0" data-testid="result" data-written=written>{sections.collect_view()}</div>
        <footer class="dialog-foot">
            {history}
            <button type="button" class="btn primary" data-testid="close-result" on:click=move |_| saving.open.set(false)>"Close"</button>
        </footer>
    }
}

fn notice(target: &TargetReport) -> AnyView {
    match (target.outcome, target.written.clone()) {
        (Outcome::Pending, _) => view! {
            <Notice tone=Tone::Warning title="It does not answer, so it has missed this.">
                <p>"Perch remembers it. Once it is back, the overview offers to catch up."</p>
            </Notice>
        }
        .into_any(),
        (_, Some(file)) => {
            view! { <Notice tone=Tone::Good title=format!("Kea runs it, and wrote it to `{file}`.")/> }.into_any()
        }
        (_, None) => view! {
            <Notice tone=Tone::Warning title="Kea runs it, but did not write it to its file.">
                <p>"When Kea restarts or reloads its configuration, this change is lost. The step below says why."</p>
            </Notice>
        }
        .into_any(),
    }
}
