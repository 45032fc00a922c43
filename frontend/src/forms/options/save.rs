//! Saving: first what it would do, then doing it, then how it went. Nothing typed is lost on any way out.

use super::{Desk, OptionsDraft, conflicts::Conflicts};
use crate::{
    api::{Api, Failure},
    components::{ApplySteps, Differences, ErrorNotice, Findings, KeaWords},
    ui::{Dialog, Glyph, Notice, Tone, icon, prose},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{ApplyChange, ApplyReport, ChangeRequest, Preview, PreviewChange, ServerId},
    change::Difference,
    command::Outcome,
    diagnostic::Diagnostic,
};

/// How far saving has come.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Perch and Kea are asked what the change would do.
    Asking,
    /// They have said it.
    Shown(Box<Preview>),
    /// The change is being carried out.
    Applying,
    /// It was carried out.
    Applied(ApplyReport),
    /// It was not.
    Failed(Failure),
}

#[derive(Clone, Copy)]
struct Saving {
    desk: Desk,
    stage: RwSignal<Stage>,
    api: Api,
    params: StoredValue<(ServerId, Family)>,
}

impl Saving {
    fn ask(self) {
        self.stage.set(Stage::Asking);
        let (params, change) = (self.params.get_value(), self.desk.draft.with_untracked(OptionsDraft::request));
        spawn_local(async move {
            let stage = match self.api.send::<PreviewChange>(&params, &change).await {
                Ok(preview) => Stage::Shown(Box::new(preview)),
                Err(failure) => Stage::Failed(failure),
            };
            self.stage.try_set(stage);
        });
    }

    fn apply(self) {
        let Stage::Shown(preview) = self.stage.get_untracked() else { return };
        self.stage.set(Stage::Applying);
        let (params, edits) = (self.params.get_value(), self.desk.draft.with_untracked(OptionsDraft::request).edits);
        let change = ChangeRequest { based_on: preview.hash, edits };
        spawn_local(async move {
            let stage = match self.api.send::<ApplyChange>(&params, &change).await {
                Ok(report) => Stage::Applied(report),
                Err(failure) => Stage::Failed(failure),
            };
            if matches!(stage, Stage::Applied(_)) {
                self.desk.open.try_set(None);
                self.desk.draft.try_set(OptionsDraft::default());
            }
            self.stage.try_set(stage);
        });
    }
}

/// The dialog that opens on Save.
#[component]
pub fn SaveDialog(
    /// The draft.
    desk: Desk,
    /// Which daemon.
    place: (ServerId, Family),
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Reads what Kea has again.
    reload: Callback<()>,
) -> impl IntoView {
    let saving = Saving {
        desk,
        stage: RwSignal::new(Stage::Asking),
        api: expect_context::<Api>(),
        params: StoredValue::new(place),
    };
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        match (was, is) {
            (Some(false) | None, true) => saving.ask(),
            (Some(true), false) if matters(&saving.stage.get_untracked()) => reload.run(()),
            _ => {}
        }
        is
    });
    let title = Signal::derive(move || {
        let words = saving.stage.with(|stage| match stage {
            Stage::Asking | Stage::Shown(_) => "Review the change of",
            Stage::Applying => "Applying to",
            Stage::Applied(_) => "Applied to",
            Stage::Failed(_) => "Not applied to",
        });
        saving.params.with_value(|(id, family)| format!("{words} {} on {id}", family.daemon()))
    });
    view! {
        <Dialog open title testid="save-dialog" wide=true>
            {move || body(saving, open)}
        </Dialog>
    }
}

/// Whether Kea may have something else after this stage than what the list shows.
fn matters(stage: &Stage) -> bool {
    match stage {
        Stage::Applied(_) => true,
        Stage::Failed(failure) => failure.body.apply.is_some() || !failure.body.conflicts.is_empty(),
        _ => false,
    }
}

fn body(saving: Saving, open: RwSignal<bool>) -> AnyView {
    match saving.stage.get() {
        Stage::Asking => waiting("Asking Kea whether it would take this…"),
        Stage::Applying => waiting("Kea checks it, runs it, gives it back for comparison, and writes its file…"),
        Stage::Shown(preview) => view! { <Review saving preview=*preview open/> }.into_any(),
        Stage::Applied(report) => view! { <Applied report open/> }.into_any(),
        Stage::Failed(failure) => view! { <Failed saving failure open/> }.into_any(),
    }
}

fn waiting(words: &'static str) -> AnyView {
    view! { <div class="dialog-body"><p class="waiting" data-testid="waiting">{icon(Glyph::Reload)} {words}</p></div> }.into_any()
}

#[component]
fn Review(saving: Saving, preview: Preview, open: RwSignal<bool>) -> impl IntoView {
    let taken = Outcome::from_code(preview.kea.result).is_done();
    let fine = taken && !preview.diagnostics.iter().any(Diagnostic::is_error);
    let nothing = preview.differences.is_empty();
    let external = preview.changed_meanwhile.then(|| meanwhile(preview.external));
    let notes = preview.notes.iter().map(|note| view! { <li>{prose(note)}</li> }).collect_view();
    let has_notes = !preview.notes.is_empty();
    view! {
        <div class="dialog-body" data-testid="preview">
            {external}
            <h3>"What changes"</h3>
            {nothing.then(|| view! { <p class="muted">"Nothing: Kea has it like this already."</p> })}
            <Differences differences=preview.differences/>
            <div class="verdicts">
                <section aria-label="Perch's check">
                    <h3>"Perch says"</h3>
                    {verdict(preview.diagnostics)}
                </section>
                <section aria-label="Kea's check">
                    <h3>"Kea says"</h3>
                    <KeaWords said=preview.kea/>
                </section>
            </div>
            {has_notes.then(|| view! {
                <div data-testid="notes"><Notice tone=Tone::Warning title="Before you go on"><ul class="notes">{notes}</ul></Notice></div>
            })}
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
            <button type="button" class="btn primary" data-testid="apply" disabled=!fine on:click=move |_| saving.apply()>
                "Apply"
            </button>
        </footer>
    }
}

fn verdict(found: Vec<Diagnostic>) -> AnyView {
    if found.is_empty() {
        return view! { <p class="finding good">{icon(Glyph::Check)} "Nothing to complain about."</p> }.into_any();
    }
    view! { <Findings found/> }.into_any()
}

fn meanwhile(external: Vec<Difference>) -> AnyView {
    view! {
        <div data-testid="external">
            <Notice tone=Tone::Warning title="Somebody else changed this daemon's configuration meanwhile.">
                <p>"That does not stand against your change, and it stays."</p>
                <Differences differences=external/>
            </Notice>
        </div>
    }
    .into_any()
}

#[component]
fn Applied(report: ApplyReport, open: RwSignal<bool>) -> impl IntoView {
    let notice = match report.written.clone() {
        Some(file) => view! { <Notice tone=Tone::Good title=format!("Kea runs it, and wrote it to `{file}`.")/> }.into_any(),
        None => view! {
            <Notice tone=Tone::Warning title="Kea runs it, but did not write it to its file.">
                <p>"When Kea restarts or reloads its configuration, this change is lost. The step below says why."</p>
            </Notice>
        }
        .into_any(),
    };
    let written = report.written.is_some().to_string();
    view! {
        <div class="dialog-body" data-testid="result" data-written=written>
            {notice}
            <ApplySteps report/>
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn primary" data-testid="close-result" on:click=move |_| open.set(false)>"Close"</button>
        </footer>
    }
}

#[component]
fn Failed(saving: Saving, failure: Failure, open: RwSignal<bool>) -> impl IntoView {
    let mut failure = failure;
    let conflicts = std::mem::take(&mut failure.body.conflicts);
    let apply = failure.body.apply.take();
    let again = Callback::new(move |()| saving.ask());
    let desk = saving.desk;
    let panel = (!conflicts.is_empty()).then(|| view! { <Conflicts desk conflicts settled=again/> });
    view! {
        <div class="dialog-body" data-testid="failed">
            <ErrorNotice failure/>
            {panel}
            {apply.map(|report| view! { <ApplySteps report/> })}
            <p class="muted">"Your changes are kept in this tab."</p>
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| open.set(false)>"Back to the options"</button>
            <button type="button" class="btn primary" data-testid="ask-again" on:click=move |_| saving.ask()>"Look again"</button>
        </footer>
    }
}
