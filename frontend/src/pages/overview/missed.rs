//! What mends something with one click: catching up, and writing a file.

use crate::{
    api::{Api, Failure},
    components::ErrorNotice,
    state::{Fleet, StatusLine},
    ui::{Glyph, icon},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    Family,
    api::{CatchUp, DaemonState, ForgetMissed, Role, SendCommand, ServerId},
    command::{Command, Outcome},
};

/// What every such button needs.
#[derive(Clone, Copy)]
struct Deed {
    api: Api,
    fleet: Fleet,
    status: StatusLine,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    refused: Memo<Option<&'static str>>,
}

impl Deed {
    fn new() -> Self {
        let fleet = expect_context::<Fleet>();
        Self {
            api: expect_context::<Api>(),
            fleet,
            status: expect_context::<StatusLine>(),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            refused: fleet.lacks(Role::Operator),
        }
    }

    /// Does something, and says that it was done or shows what failed.
    fn run(self, deed: impl Future<Output = Result<(), Failure>> + 'static, said: String) {
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            match deed.await {
                Ok(()) => self.status.say(said),
                Err(failure) => {
                    let _ = self.failure.try_set(Some(failure));
                }
            }
            let _ = self.busy.try_set(false);
            self.fleet.reload();
        });
    }

    fn failed(self) -> impl Fn() -> Option<AnyView> {
        move || {
            self.failure.get().map(|failure| {
                view! { <div class="attention-failure"><ErrorNotice failure/></div> }.into_any()
            })
        }
    }
}

/// *Catch up* and *Forget*.
#[component]
pub fn CatchUpButtons(id: ServerId, family: Family) -> impl IntoView {
    let deed = Deed::new();
    let name = deed.fleet.name(&id);
    let place = (id, family);
    let seen = place.clone();
    let why = Memo::new(move |_| {
        let reached =
            deed.fleet.daemon(&seen.0, seen.1).is_some_and(|daemon| daemon.state != DaemonState::Unreachable);
        deed.refused.get().or((!reached).then_some("It does not answer yet"))
    });
    let (params, said) = (place.clone(), format!("{name} has caught up."));
    let catch_up = move |_| {
        let (api, params) = (deed.api, params.clone());
        deed.run(async move { api.send::<CatchUp>(&params, &()).await.map(|_| ()) }, said.clone());
    };
    let forget = move |_| {
        let (api, params) = (deed.api, place.clone());
        deed.run(async move { api.send::<ForgetMissed>(&params, &()).await }, "Forgotten.".to_owned());
    };
    view! {
        <div class="attention-acts">
            <button type="button" class="btn small" data-testid="catch-up" title=move || why.get() disabled=move || deed.busy.get() || why.get().is_some() on:click=catch_up>
                {icon(Glyph::Check)}{move || if deed.busy.get() { "Catching up…" } else { "Catch up" }}
            </button>
            <button
                type="button"
                class="btn small"
                data-testid="forget-missed"
                title=move || deed.refused.get().unwrap_or("It stays as it is")
                disabled=move || deed.busy.get() || deed.refused.get().is_some()
                on:click=forget
            >
                "Forget"
            </button>
        </div>
        {deed.failed()}
    }
}

/// *Write file*: `config-write`.
#[component]
pub fn WriteButton(id: ServerId, family: Family) -> impl IntoView {
    let deed = Deed::new();
    let write = move |_| {
        let (api, params) = (deed.api, (id.clone(),));
        let status = deed.status;
        let sent = async move {
            let answers = api.send::<SendCommand>(&params, &Command::new("config-write").to(family)).await?;
            let code = answers.first().and_then(|answer| answer.get("result")?.as_i64()).unwrap_or(1);
            if !Outcome::from_code(code).is_done() {
                let why =
                    answers.first().and_then(|answer| answer.get("text")?.as_str()).unwrap_or("no reason");
                status.say(format!("Kea did not write its file: {why}"));
            }
            Ok(())
        };
        deed.run(sent, "Asked Kea to write its file.".to_owned());
    };
    view! {
        <div class="attention-acts">
            <button
                type="button"
                class="btn small"
                data-testid="write-file"
                title=move || deed.refused.get().unwrap_or("config-write: Kea writes what it runs to its file")
                disabled=move || deed.busy.get() || deed.refused.get().is_some()
                on:click=write
            >
                {icon(Glyph::Save)}"Write file"
            </button>
        </div>
        {deed.failed()}
    }
}
