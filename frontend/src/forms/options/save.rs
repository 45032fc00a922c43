//! Saving: first what it would do, then doing it, then how it went. Nothing typed is lost on any way out.

use super::{Desk, OptionsDraft, conflicts::Conflicts, draft::Change, keep};
use crate::{
    api::{Api, Failure},
    components::{ApplySteps, Differences, ErrorNotice, Findings, KeaWords},
    state::{Fleet, StatusLine},
    ui::{Dialog, Glyph, Notice, Tone, icon, prose},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{
        Absent, ApplyChange, ChangeRequest, ChangeTarget, PreviewChange, Role, Server, ServerId,
        TargetPreview, TargetReport,
    },
    change::{Difference, Edit},
    command::Outcome,
    diagnostic::Diagnostic,
};

/// How far saving has come.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    /// Perch and Kea are asked what the change would do.
    Asking,
    /// They have said it.
    Shown(Box<TargetPreview>),
    /// The change is being carried out.
    Applying,
    /// It was carried out.
    Applied(TargetReport),
    /// It was not.
    Failed(Failure),
}

/// One daemon's way from a draft to Kea.
#[derive(Debug, Clone, Copy)]
pub struct Saving {
    desk: Desk,
    stage: RwSignal<Stage>,
    open: RwSignal<bool>,
    api: Api,
    status: StatusLine,
    place: StoredValue<(ServerId, Family)>,
    server: Memo<Option<Server>>,
    reload: Callback<()>,
}

impl Saving {
    /// Nothing is being saved yet. `reload` reads what Kea has again.
    pub fn new(desk: Desk, place: (ServerId, Family), reload: Callback<()>) -> Self {
        Self {
            desk,
            stage: RwSignal::new(Stage::Asking),
            open: RwSignal::new(false),
            api: expect_context::<Api>(),
            status: expect_context::<StatusLine>(),
            server: expect_context::<Fleet>().server(place.0.clone()),
            place: StoredValue::new(place),
            reload,
        }
    }

    /// Opens the dialog and asks what the change would do, when there is one that Kea may take.
    pub fn begin(self) {
        if self.open.get_untracked() {
            return;
        }
        match (self.desk.draft.with_untracked(OptionsDraft::pending), self.desk.refused()) {
            (0, _) => self.status.say("There is nothing to save."),
            (_, 0) => {
                self.desk.open.set(None);
                self.open.set(true);
                self.ask();
            }
            (_, refused) => {
                self.status.say(format!("Not saved yet: Kea would refuse {refused} of the changes."))
            }
        }
    }

    fn ask(self) {
        self.stage.set(Stage::Asking);
        let Change { based_on, edits } = self.desk.draft.with_untracked(OptionsDraft::request);
        let change = self.request(Some(based_on), edits);
        spawn_local(async move {
            match self.api.send::<PreviewChange>(&(), &change).await {
                Ok(preview) => preview
                    .targets
                    .into_iter()
                    .for_each(|preview| self.reach(Stage::Shown(Box::new(preview)))),
                Err(failure) => self.fail(failure),
            }
        });
    }

    fn apply(self) {
        let Stage::Shown(preview) = self.stage.get_untracked() else { return };
        self.stage.set(Stage::Applying);
        let edits = self.desk.draft.with_untracked(OptionsDraft::request).edits;
        let (place, change) = (self.place.get_value(), self.request(preview.hash, edits));
        spawn_local(async move {
            match self.api.send::<ApplyChange>(&(), &change).await {
                Ok(report) => {
                    let Some(report) = report.targets.into_iter().next() else { return };
                    keep::forget(&place.0, place.1);
                    let _ = self.desk.draft.try_update(|draft| draft.settle(report.hash.clone()));
                    self.open.try_set(true);
                    self.reach(Stage::Applied(report));
                    let _ = self.reload.try_run(());
                }
                Err(failure) => self.fail(failure),
            }
        });
    }

    fn request(self, based_on: Option<String>, edits: Vec<Edit>) -> ChangeRequest {
        let (server, family) = self.place.get_value();
        let targets = vec![ChangeTarget { server, family, based_on }];
        ChangeRequest {
            targets,
            edits,
            comment: String::new(),
            absent: Absent::Wait,
            undoes: None,
            restores: None,
        }
    }

    fn fail(self, failure: Failure) {
        let moved = failure.body.apply.is_some() || !failure.body.conflicts.is_empty();
        self.reach(Stage::Failed(failure));
        if moved {
            let _ = self.reload.try_run(());
        }
    }

    fn reach(self, stage: Stage) {
        let _ = self.stage.try_set(stage);
    }

    fn title(self) -> String {
        let words = self.stage.with(|stage| match stage {
            Stage::Asking | Stage::Shown(_) => "Review the change of",
            Stage::Applying => "Applying to",
            Stage::Applied(_) => "Applied to",
            Stage::Failed(_) => "Not applied to",
        });
        let (id, family) = self.place.get_value();
        let name = self.server.get().map_or_else(|| id.to_string(), |server| server.name);
        format!("{words} {} on {name}", family.daemon())
    }
}

/// The dialog that opens on Save.
#[component]
pub fn SaveDialog(
    /// What is being saved.
    saving: Saving,
) -> impl IntoView {
    let open = saving.open;
    let locked = Signal::derive(move || saving.stage.with(|stage| *stage == Stage::Applying));
    view! {
        <Dialog open title=Signal::derive(move || saving.title()) testid="save-dialog" wide=true locked>
            {move || body(saving, open)}
        </Dialog>
    }
}

fn body(saving: Saving, open: RwSignal<bool>) -> AnyView {
    match saving.stage.get() {
        Stage::Asking => waiting("Asking Kea whether it would take this…"),
        Stage::Applying => {
            waiting("Kea checks it, runs it, gives it back for comparison, and writes its file…")
        }
        Stage::Shown(preview) => view! { <Review saving preview=*preview open/> }.into_any(),
        Stage::Applied(report) => view! { <Applied report open/> }.into_any(),
        Stage::Failed(failure) => view! { <Failed saving failure open/> }.into_any(),
    }
}

fn waiting(words: &'static str) -> AnyView {
    view! { <div class="dialog-body"><p class="waiting" data-testid="waiting">{icon(Glyph::Reload)} {words}</p></div> }.into_any()
}

#[component]
fn Review(saving: Saving, preview: TargetPreview, open: RwSignal<bool>) -> impl IntoView {
    let taken = preview.kea.as_ref().is_some_and(|said| Outcome::from_code(said.result).is_done());
    let nothing = preview.differences.is_empty();
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
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
                    {preview.kea.map(|said| view! { <KeaWords said/> })}
                </section>
            </div>
            {has_notes.then(|| view! {
                <div data-testid="notes"><Notice tone=Tone::Warning title="Before you go on"><ul class="notes">{notes}</ul></Notice></div>
            })}
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
            {move || refused.get().map(|why| view! { <p class="muted" data-testid="apply-refused">{why}</p> })}
            <button type="button" class="btn primary" data-testid="apply" disabled=move || !taken || nothing || refused.get().is_some() on:click=move |_| saving.apply()>
                "Apply"
            </button>
        </footer>
    }
}

fn verdict(found: Vec<Diagnostic>) -> AnyView {
    if found.is_empty() {
        return view! { <p class="finding good">{icon(Glyph::Check)} "Nothing to complain about."</p> }
            .into_any();
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
fn Applied(report: TargetReport, open: RwSignal<bool>) -> impl IntoView {
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
            {apply.map(|report| report.targets.into_iter().map(|report| view! { <ApplySteps report/> }).collect_view())}
            <p class="muted">"Your changes are kept in this tab."</p>
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| open.set(false)>"Back to the options"</button>
            <button type="button" class="btn primary" data-testid="ask-again" on:click=move |_| saving.ask()>"Try again"</button>
        </footer>
    }
}
