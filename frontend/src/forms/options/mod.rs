//! Changing a daemon's global options: a draft, a list of rows, and saving.

mod conflicts;
mod draft;
mod editor;
mod keep;
mod row;
mod save;

pub use draft::{Entry, OptionsDraft, Standing};
pub use editor::ValueEditor;
pub use keep::Keep;

use crate::{
    browser,
    components::{OptionPicker, Picked},
    ui::{Glyph, Notice, Tone, icon},
};
use leptos::prelude::*;
use perch_shared::{
    Family,
    api::{OptionsView, ServerId},
    option::{Definitions, check},
};
use row::OptionRow;
use save::{SaveDialog, Saving};

/// The draft, what is known about options, and which row is open.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    /// The unsaved changes.
    pub draft: RwSignal<OptionsDraft>,
    /// The definitions that the daemon knows.
    pub definitions: StoredValue<Definitions>,
    /// The entry whose editor is open.
    pub open: RwSignal<Option<u32>>,
}

impl Desk {
    /// A desk with a draft.
    pub fn new(draft: OptionsDraft, definitions: Definitions) -> Self {
        Self {
            draft: RwSignal::new(draft),
            definitions: StoredValue::new(definitions),
            open: RwSignal::new(None),
        }
    }

    /// Opens an entry's editor and puts the focus into it.
    pub fn edit(self, key: u32) {
        self.open.set(Some(key));
        leptos::leptos_dom::helpers::request_animation_frame(move || browser::focus(&format!("value-{key}")));
    }

    /// Closes the open editor and goes back to its row.
    pub fn close(self) {
        if let Some(key) = self.open.get_untracked() {
            self.open.set(None);
            leptos::leptos_dom::helpers::request_animation_frame(move || {
                browser::focus(&format!("edit-{key}"))
            });
        }
    }

    /// Lays the unsaved changes upon what Kea has now.
    fn renew(self, view: &OptionsView) {
        self.definitions.set_value(definitions(view));
        self.open.set(None);
        self.draft.update(|draft| *draft = OptionsDraft::restore(view, draft.request()));
    }

    /// How many changed entries Kea would refuse.
    fn refused(self) -> usize {
        self.draft.with(|draft| {
            let changed = draft.entries().iter().filter(|entry| entry.standing() != Standing::Same);
            let refused = |option: &perch_shared::option::OptionData| {
                self.definitions.with_value(|known| {
                    check(known, option)
                        .diagnostics
                        .iter()
                        .any(perch_shared::diagnostic::Diagnostic::is_error)
                })
            };
            changed.filter(|entry| entry.after.as_ref().is_some_and(refused)).count()
        })
    }

    fn picked(self, option: Picked) {
        let known = self.draft.with_untracked(|draft| {
            let same = |entry: &&Entry| entry.after.as_ref().is_some_and(|set| is_same(set, &option));
            draft.entries().iter().find(same).map(|entry| entry.key)
        });
        let key = known.or_else(|| self.draft.try_update(|draft| draft.add(option)));
        key.into_iter().for_each(|key| self.edit(key));
    }
}

fn is_same(set: &Picked, picked: &Picked) -> bool {
    let space = set.space.is_empty() || picked.space.is_empty() || set.space == picked.space;
    space && (set.code == picked.code || (set.code.is_none() && set.name == picked.name))
}

/// The options of one daemon, as a list that can be changed.
#[component]
pub fn OptionsForm(
    /// What Kea has. When that changes, the unsaved changes are laid upon it.
    view: Signal<OptionsView>,
    /// Which daemon.
    place: (ServerId, Family),
    /// Reads what Kea has again.
    reload: Callback<()>,
) -> impl IntoView {
    let family = place.1;
    let keep = Keep::new(&place.0, family);
    let kept = keep.read();
    let restored = kept.as_ref().map_or(0, |change| change.edits.len());
    let desk = view.with_untracked(|view| {
        let draft =
            kept.map_or_else(|| OptionsDraft::new(view), |change| OptionsDraft::restore(view, change));
        Desk::new(draft, definitions(view))
    });
    Effect::watch(move || view.get(), move |view, _, _| desk.renew(view), false);
    Effect::new(move |_| desk.draft.with(|draft| keep.write(draft)));
    let saving = Saving::new(desk, place, reload);
    browser::on_key(move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "s" {
            event.prevent_default();
            saving.begin();
        } else if browser::is_shortcut(&event, "/") {
            event.prevent_default();
            browser::focus("option-picker");
        } else if browser::is_shortcut(&event, "r") {
            reload.run(());
        }
    });
    let is_set = Callback::new(move |code| {
        desk.draft.with(|draft| {
            draft
                .entries()
                .iter()
                .any(|entry| entry.after.as_ref().is_some_and(|option| option.code == Some(code)))
        })
    });
    view! {
        <section class="options" aria-label=format!("{} options", family.protocol())>
            {move || (restored > 0 && desk.draft.with(OptionsDraft::pending) > 0).then(|| view! {
                <div data-testid="restored">
                    <Notice tone=Tone::Info title=format!("{} from earlier in this tab: not saved yet.", changes(restored))/>
                </div>
            })}
            <OptionPicker definitions=desk.definitions is_set on_pick=Callback::new(move |option| desk.picked(option))/>
            <OptionList desk family/>
            <PendingBar desk saving/>
            <SaveDialog saving/>
        </section>
    }
}

fn definitions(view: &OptionsView) -> Definitions {
    Definitions::new(view.family, view.version, view.definitions.clone())
}

#[component]
fn OptionList(desk: Desk, family: Family) -> impl IntoView {
    let keys = Memo::new(move |_| {
        desk.draft.with(|draft| draft.entries().iter().map(|entry| entry.key).collect::<Vec<_>>())
    });
    let empty = move || {
        keys.with(Vec::is_empty).then(|| {
            view! {
                <div class="empty small" data-testid="no-options">
                    <p><strong>{format!("No global {} options are set.", family.protocol())}</strong></p>
                    <p>"Add one above: they go to every client that asks, unless a subnet, a pool, a class or a reservation says otherwise."</p>
                </div>
            }
        })
    };
    view! {
        <ul class="option-list" data-testid="options">
            <For each=move || keys.get() key=|key| *key let:key>
                <OptionRow desk key/>
            </For>
        </ul>
        {empty}
    }
}

/// How many changes there are, and what to do with them.
#[component]
fn PendingBar(desk: Desk, saving: Saving) -> impl IntoView {
    let pending = Memo::new(move |_| desk.draft.with(OptionsDraft::pending));
    let refused = Memo::new(move |_| desk.refused());
    let discarded = RwSignal::new(None::<OptionsDraft>);
    let discard = move |_| {
        desk.open.set(None);
        discarded.set(Some(desk.draft.get_untracked()));
        desk.draft.update(OptionsDraft::undo_all);
    };
    let undo = move |_| {
        if let Some(draft) = discarded.try_update(Option::take).flatten() {
            desk.draft.set(draft);
        }
    };
    let bar = move || {
        match (pending.get(), discarded.with(Option::is_some)) {
        (0, false) => None,
        (0, true) => Some(view! {
            <p data-testid="discarded">"Changes discarded."</p>
            <button type="button" class="btn" data-testid="undo-discard" on:click=undo>{icon(Glyph::Undo)} "Take that back"</button>
        }.into_any()),
        (count, _) => Some(view! {
            <p>
                <strong data-testid="pending-count">{changes(count)}</strong>
                {move || refusal(refused.get(), count)}
            </p>
            <button type="button" class="btn" data-testid="discard" on:click=discard>"Discard"</button>
            <button
                type="button"
                class="btn primary"
                data-testid="save"
                disabled=move || { refused.get() > 0 }
                on:click=move |_| saving.begin()
            >
                "Save…" <kbd>"Ctrl S"</kbd>
            </button>
        }.into_any()),
    }
    };
    let shown = move || pending.get() > 0 || discarded.with(Option::is_some);
    view! { <div class="pending" data-testid="pending" class:shown=shown aria-live="polite">{bar}</div> }
}

fn refusal(refused: usize, pending: usize) -> Option<impl IntoView> {
    (refused > 0).then(|| {
        let words = if pending == 1 {
            "Kea would refuse it".into()
        } else {
            format!("Kea would refuse {refused} of them")
        };
        view! { <span class="refused" data-testid="refused">{icon(Glyph::Cross)} {words}</span> }
    })
}

fn changes(count: usize) -> String {
    if count == 1 { "1 change".into() } else { format!("{count} changes") }
}
