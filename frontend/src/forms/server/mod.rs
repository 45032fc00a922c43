//! Adding a server, and changing its entry.

mod draft;
mod fields;

pub use draft::{Secret, ServerForm};

use crate::{
    api::{Api, Failure},
    browser,
    components::{ErrorNotice, ProbeSteps},
    routes::{Address, Route},
    state::{Fleet, StatusLine},
    ui::{Glyph, Notice, Tone, icon},
};
use fields::{AddressFields, PasswordFields, TlsFields};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{AddServer, EditServer, ProbeReport, ProbeServer, Role, Server, ServerId, Verdict};

/// What is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Doing {
    #[default]
    Nothing,
    Checking,
    Saving,
}

/// What came of it.
type Outcome = Option<Result<ProbeReport, Failure>>;

#[derive(Clone, Copy)]
struct Work {
    form: RwSignal<ServerForm>,
    doing: RwSignal<Doing>,
    outcome: RwSignal<Outcome>,
    api: Api,
}

/// The form. With `server` it changes that one's entry, otherwise it adds one.
#[component]
pub fn ServerEditor(
    /// The server whose entry is changed.
    #[prop(optional_no_strip)]
    server: Option<Server>,
    /// What a new one begins with.
    #[prop(optional)]
    begin: ServerForm,
) -> impl IntoView {
    let begin = server.as_ref().map_or(begin, ServerForm::of);
    let based_on = server.map(|server| server.id);
    let key = StoredValue::new(format!("perch-server:{}", based_on.as_ref().map_or("new", ServerId::as_str)));
    let first = begin.without_secrets();
    let kept = key.with_value(|key| browser::kept_of(key, &first));
    let form = kept.map_or(begin, ServerForm::again);
    let back = based_on.clone().map_or(Route::Servers, Route::Server);
    let (word, working) =
        if based_on.is_some() { ("Save", "Saving…") } else { ("Add server", "Adding…") };
    let work = Work {
        form: RwSignal::new(form),
        doing: RwSignal::default(),
        outcome: RwSignal::default(),
        api: expect_context::<Api>(),
    };
    // What is typed outlives a reload of the tab.
    Effect::watch(
        move || work.form.with(ServerForm::without_secrets),
        move |form, _, _| key.with_value(|key| browser::keep_of(key, &first, form)),
        false,
    );
    let forget = Callback::new(move |()| key.with_value(|key| browser::forget_kept(key)));
    let refused = expect_context::<Fleet>().lacks(Role::Administrator);
    let busy = move || work.doing.get() != Doing::Nothing || refused.get().is_some();
    let save = saver(work, based_on, forget);
    let problems = Signal::derive(move || work.problems());
    view! {
        <form class="form" novalidate on:submit=move |event| {
            event.prevent_default();
            save.run(());
        }>
            <AddressFields form=work.form problems/>
            <PasswordFields form=work.form problems/>
            <TlsFields form=work.form problems/>
            <footer class="form-foot">
                <button type="submit" class="btn primary" data-testid="add-server" disabled=busy>
                    {move || if work.doing.get() == Doing::Saving { working } else { word }}
                </button>
                <button type="button" class="btn" data-testid="check-server" disabled=busy on:click=move |_| work.check()>
                    {move || if work.doing.get() == Doing::Checking { "Checking…" } else { "Check" }}
                </button>
                <a class="btn ghost" href=back.path() on:click=move |_| forget.run(())>"Cancel"</a>
                {move || refused.get().map(|why| view! { <p class="muted">{why}</p> })}
            </footer>
            <div class="outcome" aria-live="polite">{move || show(work.doing.get(), work.outcome.get())}</div>
        </form>
    }
}

fn show(doing: Doing, outcome: Outcome) -> Option<AnyView> {
    if doing != Doing::Nothing {
        return Some(view! { <p class="waiting" data-testid="probing">{icon(Glyph::Reload)} "Looking what answers there…"</p> }.into_any());
    }
    Some(match outcome? {
        Ok(report) => view! { <ProbeSteps report/> }.into_any(),
        Err(mut failure) => {
            failure.body.diagnostics.retain(|finding| !fields::has_field(&finding.path));
            match failure.body.probe.take() {
                Some(report) => view! { <NotKept report/> }.into_any(),
                None => view! { <ErrorNotice failure/> }.into_any(),
            }
        }
    })
}

#[component]
fn NotKept(report: ProbeReport) -> impl IntoView {
    view! {
        <div data-testid="error-notice">
            <Notice tone=Tone::Bad title="Nothing was kept: the step marked red says why."/>
        </div>
        <ProbeSteps report/>
    }
}

impl Work {
    fn check(self) {
        self.doing.set(Doing::Checking);
        let draft = self.form.with_untracked(ServerForm::draft);
        spawn_local(async move {
            let result = self.api.send::<ProbeServer>(&(), &draft).await;
            self.outcome.try_set(Some(result));
            self.doing.try_set(Doing::Nothing);
        });
    }

    /// What was found wrong with single fields: the field's path and the message.
    fn problems(self) -> Vec<(String, String)> {
        self.outcome.with(|outcome| match outcome {
            Some(Ok(report)) => self.failed_steps(report),
            Some(Err(failure)) => {
                let findings = failure.body.diagnostics.iter();
                let steps = failure.body.probe.as_ref().map(|report| self.failed_steps(report));
                let findings = findings.map(|finding| (finding.path.clone(), finding.message.clone()));
                findings.chain(steps.unwrap_or_default()).collect()
            }
            None => Vec::new(),
        })
    }

    /// Each failed step, under the address that it is about.
    fn failed_steps(self, report: &ProbeReport) -> Vec<(String, String)> {
        let failed = report.steps.iter().filter(|step| step.verdict == Verdict::Failed);
        failed
            .map(|step| {
                let index = self.form.with(|form| form.address_of(&step.address));
                (format!("addresses[{index}]"), format!("{}: {}", step.title, step.detail))
            })
            .collect()
    }
}

fn saver(work: Work, based_on: Option<ServerId>, forget: Callback<()>) -> Callback<()> {
    let (fleet, status) = (expect_context::<Fleet>(), expect_context::<StatusLine>());
    let address = expect_context::<Address>();
    let word = if based_on.is_some() { "was saved" } else { "was added" };
    // Whoever came here for a pair goes on there.
    let for_pair = address.query("then").get_untracked() == "pair";
    let done = Callback::new(move |server: Server| {
        forget.run(());
        status.say(format!("{} {word}.", server.name));
        address.go(&if for_pair { Route::SetUpPair } else { Route::Server(server.id) });
    });
    let id = StoredValue::new(based_on);
    Callback::new(move |()| {
        if work.doing.get_untracked() != Doing::Nothing {
            return;
        }
        work.doing.set(Doing::Saving);
        let draft = work.form.with_untracked(ServerForm::draft);
        let id = id.get_value();
        spawn_local(async move {
            let result = match id {
                Some(id) => work.api.send::<EditServer>(&(id,), &draft).await,
                None => work.api.send::<AddServer>(&(), &draft).await,
            };
            work.doing.try_set(Doing::Nothing);
            match result {
                Ok(server) => {
                    fleet.reload();
                    // Whoever went elsewhere meanwhile stays there.
                    let _ = done.try_run(server);
                }
                Err(failure) => drop(work.outcome.try_set(Some(Err(failure)))),
            }
        });
    })
}
