//! The text that somebody edits, and what it began with.

use super::{keep::Keep, review::Review};
use crate::{
    browser,
    components::{CodeDesk, copy_text, download_text},
    forms::save::{Proposal, SaveDialog, Saving},
    state::{Engine, Fleet, StatusLine},
    ui::{EditorHandle, Glyph, Notice, Tone, icon},
};
use js_sys::JsString;
use leptos::prelude::*;
use perch_engine::{Settings, Subject};
use perch_shared::{
    Family,
    api::{ConfigurationView, ServerId},
    draft::Draft,
};
use std::time::Duration;

/// How often it is looked whether the text is to be kept.
const REMEMBER: Duration = Duration::from_secs(1);

/// The text and all that belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    place: StoredValue<(ServerId, Family)>,
    /// What the text began with.
    base: RwSignal<ConfigurationView>,
    /// What Kea has by now, where that is something else.
    theirs: RwSignal<Option<ConfigurationView>>,
    /// The text that the editor opens with.
    opening: StoredValue<String>,
    /// Whether somebody changed the text.
    pub touched: RwSignal<bool>,
    due: StoredValue<bool>,
    /// What would be saved, while it is looked at.
    pub review: RwSignal<Option<Draft>>,
    editor: EditorHandle,
    engine: Engine,
    keep: Keep,
    saving: Saving,
    fleet: Fleet,
    said: StatusLine,
}

impl Sheet {
    /// Begins with what Kea has, or with what was typed earlier in this tab.
    pub fn new(server: ServerId, family: Family, view: ConfigurationView, reload: Callback<()>) -> Self {
        let keep = Keep::new(&server, family);
        let kept = keep.read();
        let moved = kept.as_ref().is_some_and(|(_, base)| base.hash != view.hash);
        let theirs = moved.then(|| view.clone());
        let touched = RwSignal::new(kept.is_some());
        let review = RwSignal::new(None);
        let (text, base) = kept.unwrap_or_else(|| (Draft::new(view.clone()).pretty(), view));
        let engine = Engine::start(Settings::new(Subject::Configuration, base.version));
        let done = Callback::new(move |_| {
            keep.forget();
            let _ = touched.try_set(false);
            let _ = review.try_set(None);
            let _ = reload.try_run(());
        });
        Self {
            place: StoredValue::new((server, family)),
            base: RwSignal::new(base),
            theirs: RwSignal::new(theirs),
            opening: StoredValue::new(text),
            touched,
            due: StoredValue::new(false),
            review,
            editor: EditorHandle::default(),
            engine,
            keep,
            saving: Saving::new(done, reload),
            fleet: expect_context::<Fleet>(),
            said: expect_context::<StatusLine>(),
        }
    }

    /// Takes in what Kea has now: an untouched text follows it.
    pub fn renew(self, view: ConfigurationView) {
        if self.touched.get_untracked() {
            let moved = self.base.with_untracked(|base| base.hash != view.hash);
            self.theirs.set(moved.then_some(view));
        } else if self.base.with_untracked(|base| *base != view) {
            self.start_over(view);
        }
    }

    fn start_over(self, view: ConfigurationView) {
        self.keep.forget();
        self.show(&Draft::new(view.clone()).pretty());
        self.base.set(view);
        self.theirs.set(None);
        self.review.set(None);
        self.touched.set(false);
    }

    fn show(self, text: &str) {
        let text = JsString::from(text);
        self.editor.open(&text);
        // The editor has its own idea of line breaks, in which places count.
        self.engine.open(&self.editor.plain().unwrap_or(text));
    }

    /// The text as a draft; what cannot be read is said.
    fn read(self) -> Option<Draft> {
        let text = self.editor.plain().map(String::from)?;
        let mut draft = Draft::new(self.base.get_untracked());
        match draft.replace_text(&text) {
            Ok(()) => Some(draft),
            Err(error) => {
                self.said.say(error.to_string());
                None
            }
        }
    }

    /// Shows what would be saved.
    fn look(self) {
        let Some(draft) = self.read() else { return };
        if draft.edits().is_empty() {
            return self.said.say("Nothing that Kea keeps is changed.");
        }
        self.review.set(Some(draft));
    }

    /// Goes on to saving.
    pub fn save(self) {
        let Some(draft) = self.review.get_untracked() else { return self.look() };
        let (server, family) = self.place.get_value();
        let based_on = Some(draft.based_on.clone());
        self.saving.begin(Proposal::new(self.fleet, &server, family, based_on, draft.edits()));
    }

    /// Takes back everything that was typed.
    fn discard(self) {
        let view = self.theirs.get_untracked().unwrap_or_else(|| self.base.get_untracked());
        self.start_over(view);
        self.said.say("The text is what Kea has again.");
    }

    /// Brings the changes of somebody else into the text, where they do not collide.
    fn merge(self) {
        let (Some(draft), Some(theirs)) = (self.read(), self.theirs.get_untracked()) else { return };
        let (merged, collisions) = Draft::restore(theirs.clone(), &draft.edits());
        if !collisions.is_empty() {
            return self.said.say("Both changed the same places: saving shows both sides, one by one.");
        }
        self.show(&merged.pretty());
        self.base.set(theirs);
        self.theirs.set(None);
        self.due.set_value(true);
        self.said.say("Both are in the text now.");
    }

    /// Keeps the text when nobody has typed for a moment, and when the page is left: writing a big one takes longer than
    /// a keystroke may.
    fn remember(self) {
        let write = move || {
            if self.due.try_get_value() != Some(true) || self.touched.try_get_untracked() != Some(true) {
                return;
            }
            self.due.set_value(false);
            if let (Some(text), Some(base)) = (self.editor.plain(), self.base.try_get_untracked()) {
                self.keep.write(&String::from(text), &base);
            }
        };
        browser::every(REMEMBER, write);
        browser::on_leave(write);
        browser::on_key(move |event| {
            if (event.ctrl_key() || event.meta_key()) && event.key() == "s" {
                event.prevent_default();
                self.save();
            }
        });
    }
}

/// The editor, what somebody else changed, and the bar with *Review*.
#[component]
pub fn SheetView(sheet: Sheet) -> impl IntoView {
    sheet.remember();
    let name = sheet.place.with_value(|(server, family)| format!("{server}-kea-{family}.conf"));
    let changed = move |()| {
        sheet.touched.set(true);
        sheet.due.set_value(true);
    };
    let moved = move || sheet.theirs.with(Option::is_some).then(|| view! { <Moved sheet/> });
    let bar = move || {
        (sheet.touched.get() && sheet.review.with(Option::is_none)).then(|| {
            view! {
                <div class="bar-line">
                    <p><strong data-testid="raw-touched">"Unsaved text"</strong>" It is kept in this tab."</p>
                    <button type="button" class="btn" data-testid="raw-discard" on:click=move |_| sheet.discard()>"Discard"</button>
                    <button type="button" class="btn primary" data-testid="raw-review" on:click=move |_| sheet.look()>"Review…" <kbd>"Ctrl S"</kbd></button>
                </div>
            }
        })
    };
    let reviewing = move || sheet.review.get().map(|draft| view! { <Review sheet draft/> });
    view! {
        {moved}
        <div class="raw" hidden=move || sheet.review.with(Option::is_some) data-testid="raw">
            <div class="raw-head">
                <p class="hint">
                    "A " <code>"comment"</code> " is kept (Kea has it as " <code>"user-context"</code> "); " <code>"//"</code> ", " <code>"#"</code> " and " <code>"/* */"</code> " are lost. "
                    <code>"••••"</code> " stands for a secret and leaves it as it is."
                </p>
                <div class="actions">
                    <button type="button" class="btn small" on:click=move |_| copy_text(sheet.editor, sheet.said)>{icon(Glyph::Copy)}"Copy"</button>
                    <button type="button" class="btn small" on:click=move |_| download_text(sheet.editor, &name)>{icon(Glyph::Save)}"Download"</button>
                </div>
            </div>
            <CodeDesk
                engine=sheet.engine editor=sheet.editor text=JsString::from(sheet.opening.get_value().as_str())
                language="configuration" label="Configuration" on_change=changed on_files=|_| () empty=|| ()
            />
        </div>
        {reviewing}
        <div class="pending" class:shown=move || sheet.touched.get() && sheet.review.with(Option::is_none)>{bar}</div>
        <SaveDialog saving=sheet.saving/>
    }
}

#[component]
fn Moved(sheet: Sheet) -> impl IntoView {
    view! {
        <div data-testid="raw-moved">
            <Notice tone=Tone::Warning title="Kea's configuration was changed since this text began.">
                <p>"Saving sends your changes only, so the others stay. To see both, bring them into the text."</p>
                <p class="notice-foot">
                    <button type="button" class="btn" data-testid="raw-merge" on:click=move |_| sheet.merge()>"Bring them in"</button>
                    <button type="button" class="btn" data-testid="raw-over" on:click=move |_| sheet.discard()>"Start over"</button>
                </p>
            </Notice>
        </div>
    }
}
