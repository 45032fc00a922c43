//! The options of one scope of a draft: the whole configuration, a network, a subnet, a pool, a class or a reservation.

mod define;
mod editor;
mod outer;
mod row;

pub use editor::ValueEditor;

use super::desk::{Desk, field_id};
use crate::{
    browser,
    components::{OptionPicker, Picked},
    ui::{Glyph, Menu, MenuItem, icon},
};
use leptos::prelude::*;
use outer::OuterOptions;
use perch_shared::{
    draft::{Draft, OuterOption, Recipe, is_same_option},
    option::{Definitions, OptionData},
};
use row::OptionRow;

/// What the parts of a panel share.
#[derive(Debug, Clone, Copy)]
pub struct Panel {
    desk: Desk,
    scope: StoredValue<String>,
    /// What is known about options here.
    definitions: Memo<Definitions>,
    /// What the scopes around this one set.
    outer: Memo<Vec<OuterOption>>,
    /// The path of the option whose editor is open.
    open: RwSignal<Option<String>>,
    /// What was removed here, and from where in the list.
    removed: RwSignal<Vec<(usize, OptionData)>>,
}

impl Panel {
    /// Opens an option's editor and puts the focus into it.
    fn edit(self, path: &str) {
        let field = field_id(&format!("{path}.data"));
        self.open.set(Some(path.to_owned()));
        leptos::leptos_dom::helpers::request_animation_frame(move || browser::focus(&field));
    }

    /// Closes the open editor and goes back to its row.
    fn close(self) {
        if let Some(path) = self.open.get_untracked() {
            self.open.set(None);
            let button = field_id(&format!("{path}.data"));
            leptos::leptos_dom::helpers::request_animation_frame(move || browser::focus(&button));
        }
    }

    /// Opens what is set already; otherwise adds it and opens that.
    fn pick(self, option: &Picked) {
        let scope = self.scope.get_value();
        let known = self.definitions.get_untracked();
        let set = self.desk.draft.with_untracked(|draft| draft.options(&scope));
        let there = set.into_iter().find(|set| is_same_option(&known, &set.option, option));
        let path = match there {
            Some(set) => set.path,
            None => {
                let mut path = String::new();
                self.desk.update(|draft| path = draft.add_option(&scope, option));
                path
            }
        };
        self.edit(&path);
    }

    fn remove(self, path: &str) {
        let index = path.rsplit('[').next().and_then(|rest| rest.trim_end_matches(']').parse().ok());
        let option = self.desk.draft.with_untracked(|draft| draft.option(path));
        self.open.set(None);
        self.removed.update(|removed| removed.push((index.unwrap_or_default(), option)));
        self.desk.update(|draft| draft.remove(path));
    }

    /// Puts back what was removed, where it was.
    fn put_back(self, position: usize) {
        let removed = &self.removed;
        let taken = removed.try_update(|all| (position < all.len()).then(|| all.remove(position))).flatten();
        let Some((index, option)) = taken else { return };
        let scope = self.scope.get_value();
        self.desk.update(|draft| {
            let path = draft.add_option(&scope, &option);
            let list = perch_shared::draft::join(&scope, "option-data");
            let last = draft.items(&list).len().saturating_sub(1);
            if path.starts_with(&list) {
                draft.shift(&list, last, index.min(last));
            }
        });
    }
}

/// The options of a scope: what it sets, what can be added, and what it inherits.
#[component]
pub fn OptionsPanel(
    /// The desk.
    desk: Desk,
    /// The scope's path, such as `subnet4[0].pools[1]`; empty: the whole configuration.
    #[prop(into)]
    path: String,
) -> impl IntoView {
    let scope = StoredValue::new(path.clone());
    let definitions =
        Memo::new(move |_| desk.draft.with(|draft| scope.with_value(|path| draft.definitions(path))));
    let outer =
        Memo::new(move |_| desk.draft.with(|draft| scope.with_value(|path| draft.outer_options(path))));
    let panel = Panel {
        desk,
        scope,
        definitions,
        outer,
        open: RwSignal::new(None),
        removed: RwSignal::new(Vec::new()),
    };
    Effect::new(move |_| {
        if desk.edits.with(Vec::is_empty) {
            panel.removed.update(Vec::clear);
        }
    });
    // What is saved is shown as it is, not as something to type.
    Effect::new(move |_| {
        if desk.is_saving().get() {
            panel.open.set(None);
        }
    });
    let set = Memo::new(move |_| desk.draft.with(|draft| scope.with_value(|path| draft.options(path))));
    let paths =
        Memo::new(move |_| set.with(|set| set.iter().map(|set| set.path.clone()).collect::<Vec<_>>()));
    let is_set = Callback::new(move |(space, code): (String, u16)| {
        let family = desk.place().1;
        set.with_untracked(|set| {
            set.iter()
                .any(|set| set.option.code == Some(code) && set.option.space_or_default(family) == space)
        })
    });
    if path.is_empty() {
        browser::on_key(move |event| {
            if browser::is_shortcut(&event, "/") {
                event.prevent_default();
                browser::focus("option-picker");
            }
        });
    }
    let picker = if path.is_empty() { "option-picker".to_owned() } else { format!("option-picker-{path}") };
    let empty = StoredValue::new(nothing(&path));
    let pick = Callback::new(move |option: Picked| panel.pick(&option));
    view! {
        <section class="options" aria-label="Options" data-testid="options-panel" data-path=path>
            <div class="options-bar">
                <OptionPicker id=picker definitions is_set on_pick=pick/>
                {recipes(panel)}
            </div>
            <ul class="option-list" data-testid="options">
                <For each=move || paths.get() key=|path| path.clone() let:path>
                    <OptionRow panel path/>
                </For>
            </ul>
            {move || paths.with(Vec::is_empty).then(|| view! { <p class="options-none muted" data-testid="no-options">{empty.get_value()}</p> })}
            <Removed panel/>
            <OuterOptions panel set/>
        </section>
    }
}

/// The sets of options that are ready to be added.
fn recipes(panel: Panel) -> impl IntoView {
    let all = panel.desk.draft.with_untracked(Draft::recipes);
    let (known, scope) = (StoredValue::new(all), panel.scope);
    let refused = Memo::new(move |_| {
        let why =
            |draft: &Draft, recipe: &Recipe| scope.with_value(|scope| draft.recipe_refused(scope, recipe));
        panel
            .desk
            .draft
            .with(|draft| known.with_value(|all| all.iter().map(|one| why(draft, one)).collect::<Vec<_>>()))
    });
    let item = move |(recipe, refused): (Recipe, Option<&'static str>)| {
        let add = move |()| {
            let mut first = None;
            panel.desk.update(|draft| first = draft.add_recipe(&scope.get_value(), &recipe));
            first.iter().for_each(|path| panel.edit(path));
        };
        MenuItem { label: recipe.title, refused, act: Callback::new(add) }
    };
    move || {
        let items = known.get_value().into_iter().zip(refused.get()).map(item).collect();
        view! { <Menu label="Sets of options, ready to be added".to_owned() items testid="recipes" text="Recipes"/> }
    }
}

/// What to say where no option is set.
fn nothing(path: &str) -> &'static str {
    let list = path.rsplit('.').next().unwrap_or_default();
    match list.split('[').next().unwrap_or_default() {
        "" => {
            "No options are set here. Those that are go to every client that asks, unless a subnet, a pool, a class or a reservation says otherwise."
        }
        "client-classes" => {
            "The class sets no options. Those that it sets go to its clients, unless their subnet, pool or reservation says otherwise."
        }
        "reservations" => {
            "No options of its own: the client gets those of its subnet, its classes and the global ones."
        }
        "pools" | "pd-pools" => "No options of its own: its clients get those of the subnet.",
        "shared-networks" => "No options of its own: its subnets inherit the global ones.",
        _ => "No options of its own: clients get those around it.",
    }
}

/// What was removed and is not saved yet.
#[component]
fn Removed(panel: Panel) -> impl IntoView {
    let one = move |(position, (_, option)): (usize, (usize, OptionData))| {
        let (code, name) = panel.definitions.with_untracked(|known| row::names(known, &option));
        let (label, named) = (format!("Put {name} back"), name.clone());
        view! {
            <li class="option removed" data-testid="removed-option" data-name=named>
                <div class="option-line">
                    <span class="option-code">{code}</span>
                    <span class="option-name">{name} " " <span class="chip">"removed"</span></span>
                    <code class="option-value">{option.data}</code>
                    <span class="option-flags"></span>
                    <span class="option-actions">
                        <button type="button" class="btn ghost square" data-testid="undo-option" title="Undo" aria-label=label on:click=move |_| panel.put_back(position)>
                            {icon(Glyph::Undo)}
                        </button>
                    </span>
                </div>
            </li>
        }
    };
    move || {
        let removed = panel.removed.get();
        (!removed.is_empty())
            .then(|| view! { <ul class="option-list">{removed.into_iter().enumerate().map(one).collect_view()}</ul> })
    }
}
