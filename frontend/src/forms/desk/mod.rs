//! A form over a part of a daemon's configuration: the draft, what the engine says about it while somebody types, what is
//! kept in the tab, and saving.

mod bar;
mod fields;
mod keep;
mod live;
mod meanwhile;
mod open;

pub use bar::DeskBar;
pub use fields::{
    AddButton, FieldFindings, FlagField, KeyField, Row, TextKey, WordField, finding, id as field_id,
};
pub use open::OpenDesk;

use super::{
    globals::to_all,
    save::{Proposal, SaveDialog, Saving},
};
use crate::{
    api::Api,
    browser,
    state::{Fleet, StatusLine},
};
use keep::Keep;
use leptos::{prelude::*, task::spawn_local};
use live::Live;
use meanwhile::Meanwhile;
use perch_engine::Finding;
use perch_shared::{
    Family,
    api::{ApplyReport, ConfigurationView, ServerId},
    change::Edit,
    diagnostic::Severity,
    draft::{Collision, Draft},
};

/// What a form works on. Cheap to copy: every field has it.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// The configuration that is edited.
    pub draft: RwSignal<Draft>,
    /// What saving would do.
    pub edits: Memo<Vec<Edit>>,
    place: StoredValue<(ServerId, Family)>,
    live: Live,
    collisions: RwSignal<Vec<Collision>>,
    keep: Keep,
    saving: Saving,
    api: Api,
    fleet: Fleet,
    status: StatusLine,
    reload: Callback<()>,
    /// What was discarded last, to take that back.
    discarded: RwSignal<Option<Draft>>,
    restored: RwSignal<usize>,
}

impl Desk {
    /// Puts a part of a configuration on the desk, with what was typed earlier in this tab. `name` tells forms over the
    /// same daemon apart. `reload` reads the part again and gives it to [`renew`](Self::renew); `done` is called when Kea
    /// has the changes.
    pub fn new(
        server: ServerId,
        family: Family,
        name: &str,
        view: ConfigurationView,
        reload: Callback<()>,
        done: Callback<ApplyReport>,
    ) -> Self {
        let keep = Keep::new(&server, family, name);
        let kept = keep.read();
        let (draft, collisions) = Draft::restore(view, &kept);
        let draft = RwSignal::new(draft);
        let edits = Memo::new(move |_| draft.with(Draft::edits));
        let live = Live::start(draft);
        let settled = Callback::new(move |report: ApplyReport| {
            keep.forget();
            let hash = report.targets.first().and_then(|target| target.hash.clone()).unwrap_or_default();
            let _ = draft.try_update(|draft| draft.settle(hash));
            let _ = reload.try_run(());
            let _ = done.try_run(report);
        });
        let restored = if collisions.is_empty() { kept.len() } else { 0 };
        let desk = Self {
            draft,
            edits,
            place: StoredValue::new((server, family)),
            live,
            collisions: RwSignal::new(collisions),
            keep,
            saving: Saving::new(settled, reload),
            api: expect_context::<Api>(),
            fleet: expect_context::<Fleet>(),
            status: expect_context::<StatusLine>(),
            reload,
            discarded: RwSignal::new(None),
            restored: RwSignal::new(restored),
        };
        Effect::new(move |_| desk.edits.with(|edits| desk.keep.write(edits)));
        desk.listen();
        desk
    }

    /// The keys that every form has: Ctrl S saves, Ctrl Z outside a field takes back what was discarded.
    fn listen(self) {
        browser::on_key(move |event| {
            if (event.ctrl_key() || event.meta_key()) && event.key() == "s" {
                event.prevent_default();
                self.save();
            } else if browser::is_shortcut(&event, "r") {
                self.reload.run(());
            }
        });
    }

    /// Lays the unsaved changes upon what Kea has now. Those that do not fit any more are shown with both sides.
    pub fn renew(self, view: ConfigurationView) {
        if self.draft.with_untracked(|draft| draft.based_on == view.hash && !self.is_stale(&view)) {
            return;
        }
        let edits = self.edits.get_untracked();
        let (draft, collisions) = Draft::restore(view, &edits);
        self.live.begin(&draft);
        self.draft.set(draft);
        self.collisions.set(collisions);
    }

    /// Whether the same hash comes with another part: a form that shows another object now.
    fn is_stale(self, view: &ConfigurationView) -> bool {
        self.draft.with_untracked(|draft| draft.before().root != view.config)
    }

    /// Carries out what somebody typed.
    pub fn update(self, change: impl FnOnce(&mut Draft)) {
        self.discarded.set(None);
        self.draft.update(change);
    }

    /// What is wrong at a path, the worst first.
    pub fn findings(self, path: impl Into<String>) -> Memo<Vec<Finding>> {
        let (path, live) = (path.into(), self.live);
        Memo::new(move |_| live.at(&path))
    }

    /// What is wrong at a path or below it.
    pub fn findings_in(self, path: impl Into<String>) -> Memo<Vec<Finding>> {
        let (path, live) = (path.into(), self.live);
        Memo::new(move |_| live.within(&path))
    }

    /// What the changes brought that was not there before.
    pub fn news(self) -> Memo<Vec<Finding>> {
        let live = self.live;
        Memo::new(move |_| live.news())
    }

    /// How many of those Kea would refuse.
    pub fn refused(self) -> Memo<usize> {
        let live = self.live;
        Memo::new(move |_| live.news().iter().filter(|one| one.severity == Severity::Error).count())
    }

    /// Whether the changes are empty.
    pub fn is_clean(self) -> Memo<bool> {
        let edits = self.edits;
        Memo::new(move |_| edits.with(Vec::is_empty))
    }

    /// The daemon.
    pub fn place(self) -> (ServerId, Family) {
        self.place.get_value()
    }

    /// Opens the dialog that shows what the changes would do.
    pub fn save(self) {
        let (server, family) = self.place();
        let based_on = self.draft.with_untracked(|draft| draft.based_on.clone());
        let edits = self.edits.get_untracked();
        let proposal = Proposal::new(self.fleet, &server, family, Some(based_on), edits);
        let changes = self.draft.with_untracked(Draft::global_changes);
        if changes.is_empty() {
            return self.saving.begin(proposal);
        }
        spawn_local(async move {
            match to_all(self.api, proposal, (server, family), changes).await {
                Ok(proposal) => self.saving.begin(proposal),
                Err(failure) => self.status.say(failure.body.message),
            }
        });
    }

    /// Whether the dialog of saving is open.
    pub fn is_saving(self) -> Signal<bool> {
        self.saving.is_open()
    }

    /// Takes all changes back.
    pub fn discard(self) {
        self.discarded.set(Some(self.draft.get_untracked()));
        self.restored.set(0);
        self.collisions.set(Vec::new());
        self.draft.update(Draft::discard);
    }

    /// Takes the taking back back.
    pub fn undo_discard(self) {
        if let Some(draft) = self.discarded.try_update(Option::take).flatten() {
            self.draft.set(draft);
        }
    }
}

/// What every form has around its fields: what somebody else changed, and the bar with *Save*.
#[component]
pub fn DeskFrame(
    /// The desk.
    desk: Desk,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <Meanwhile desk/>
        {children()}
        <DeskBar desk/>
        <SaveDialog saving=desk.saving/>
    }
}
