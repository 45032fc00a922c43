//! Saving: first what a change would do, then doing it, then how it went. Nothing typed is lost on any way out.

mod applied;
mod collisions;
mod copies;
mod dialog;
mod proposal;
mod review;

pub use collisions::One;
pub use dialog::SaveDialog;
pub use proposal::Proposal;

use crate::{
    api::{Api, Failure},
    browser,
    state::{Fleet, StatusLine},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::{
    api::{
        Absent, ApplyChange, ApplyReport, ChangeRequest, ListUnderWay, Preview, PreviewChange, ServerId,
        UnderWay,
    },
    draft::Collision,
};
use std::time::Duration;

/// How often it is asked how far a change is.
const LOOK: Duration = Duration::from_millis(500);

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
    Applied(Box<ApplyReport>),
    /// It was not; or, when it was not asked for yet, Kea or Perch would not take it.
    Failed(Failure, Asked),
    /// Kea has all of it already.
    Made,
}

/// What was asked when something failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// What the change would do.
    Preview,
    /// To carry it out.
    Change,
}

/// The way from a proposal to Kea: one dialog.
#[derive(Debug, Clone, Copy)]
pub struct Saving {
    stage: RwSignal<Stage>,
    open: RwSignal<bool>,
    proposal: RwSignal<Proposal>,
    /// Which of the targets are left out.
    left_out: RwSignal<Vec<ServerId>>,
    alone: RwSignal<bool>,
    comment: RwSignal<String>,
    under_way: RwSignal<Vec<UnderWay>>,
    api: Api,
    fleet: Fleet,
    status: StatusLine,
    done: Callback<ApplyReport>,
    moved: Callback<()>,
}

impl Saving {
    /// Nothing is being saved yet. `done` is called when Kea has the change; `moved` when Kea was found to have something
    /// else than what was seen, or may have.
    pub fn new(done: Callback<ApplyReport>, moved: Callback<()>) -> Self {
        let empty = Proposal { targets: Vec::new(), edits: Vec::new(), undoes: None, restores: None };
        Self {
            stage: RwSignal::new(Stage::Asking),
            open: RwSignal::new(false),
            proposal: RwSignal::new(empty),
            left_out: RwSignal::new(Vec::new()),
            alone: RwSignal::new(false),
            comment: RwSignal::new(String::new()),
            under_way: RwSignal::new(Vec::new()),
            api: expect_context::<Api>(),
            fleet: expect_context::<Fleet>(),
            status: expect_context::<StatusLine>(),
            done,
            moved,
        }
    }

    /// Whether the dialog is open.
    pub fn is_open(self) -> Signal<bool> {
        self.open.into()
    }

    /// Opens the dialog and asks what the change would do.
    pub fn begin(self, proposal: Proposal) {
        if self.open.get_untracked() {
            return;
        }
        if proposal.is_empty() {
            return self.status.say("There is nothing to save.");
        }
        self.left_out.set(Vec::new());
        self.alone.set(false);
        self.comment.set(String::new());
        self.proposal.set(proposal);
        self.open.set(true);
        self.ask();
    }

    fn ask(self) {
        self.stage.set(Stage::Asking);
        let request = self.request(None);
        spawn_local(async move {
            match self.api.send::<PreviewChange>(&(), &request).await {
                Ok(preview) => self.reach(Stage::Shown(Box::new(preview))),
                Err(failure) if self.leave_out_made(&failure) => {}
                Err(failure) => self.fail(failure, Asked::Preview),
            }
        });
    }

    /// Drops the edits whose result is there already, because somebody else made the same change, and asks again.
    fn leave_out_made(self, failure: &Failure) -> bool {
        let made = self.proposal.try_update(|proposal| proposal.leave_out_made(&failure.body.conflicts));
        let made = made.unwrap_or_default();
        if made && self.proposal.with_untracked(Proposal::is_empty) {
            self.reach(Stage::Made);
            let _ = self.moved.try_run(());
        } else if made {
            self.ask();
        }
        made
    }

    fn apply(self) {
        let Stage::Shown(preview) = self.stage.get_untracked() else { return };
        self.stage.set(Stage::Applying);
        let request = self.request(Some(&preview));
        self.follow();
        spawn_local(async move {
            match self.api.send::<ApplyChange>(&(), &request).await {
                Ok(report) => {
                    self.reach(Stage::Applied(Box::new(report.clone())));
                    let _ = self.done.try_run(report);
                }
                Err(failure) => self.fail(failure, Asked::Change),
            }
            self.fleet.reload();
        });
    }

    /// Asks how far it is, as long as it is under way.
    fn follow(self) {
        self.under_way.set(Vec::new());
        spawn_local(async move {
            loop {
                browser::pause(LOOK).await;
                if self.stage.try_get_untracked() != Some(Stage::Applying) {
                    return;
                }
                if let Ok(under_way) = self.api.send::<ListUnderWay>(&(), &()).await {
                    self.under_way.try_set(under_way);
                }
            }
        });
    }

    /// The request; with a preview it is for what that has seen.
    fn request(self, preview: Option<&Preview>) -> ChangeRequest {
        let Proposal { mut targets, edits, undoes, restores } = self.proposal.get_untracked();
        let left_out = self.left_out.get_untracked();
        targets.retain(|target| !left_out.contains(&target.server));
        for target in &mut targets {
            let seen = preview.iter().flat_map(|preview| &preview.targets);
            let mut seen = seen.filter(|seen| seen.server == target.server && seen.family == target.family);
            if let Some(seen) = seen.next() {
                target.based_on.clone_from(&seen.hash);
            }
        }
        let absent = if self.alone.get_untracked() { Absent::Alone } else { Absent::Wait };
        ChangeRequest { targets, edits, comment: self.comment.get_untracked(), absent, undoes, restores }
    }

    fn fail(self, failure: Failure, asked: Asked) {
        let moved = failure.body.apply.is_some() || !failure.body.conflicts.is_empty();
        self.reach(Stage::Failed(failure, asked));
        if moved {
            let _ = self.moved.try_run(());
        }
    }

    fn reach(self, stage: Stage) {
        let _ = self.stage.try_set(stage);
    }

    /// Insists on some edits and drops others, by what was chosen for each collision; then asks again.
    fn settle(self, chosen: &[(Collision, bool)]) {
        self.proposal.update(|proposal| proposal.settle(chosen));
        if self.proposal.with_untracked(Proposal::is_empty) {
            self.open.set(false);
            self.status.say("Nothing is left to save: theirs is used.");
            let _ = self.moved.try_run(());
        } else {
            self.ask();
        }
    }

    /// Whether Perch has no users, so that nobody needs a token.
    fn is_open_to_all(self) -> bool {
        let about = self.fleet.about().answer();
        about.with_untracked(|about| {
            about.as_ref().and_then(|about| about.session.as_ref()).is_some_and(|session| session.open)
        })
    }

    fn name(self, server: &ServerId) -> String {
        untrack(|| self.fleet.name(server))
    }
}
