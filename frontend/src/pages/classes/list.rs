//! All client classes of a daemon, in the order in which Kea evaluates them.

use super::{
    built_in::BuiltIn,
    elsewhere::{Lacking, all_globals},
    one::KEEPS_ITS_NAME,
};
use crate::{
    browser,
    forms::{
        desk::{Desk, finding},
        rename::{RenameClass, Renaming},
        uses::{Asked, UsesDialog},
    },
    routes::{Address, Route},
    state::Fleet,
    ui::{Glyph, Menu, MenuItem, icon, prose},
};
use leptos::{ev::KeyboardEvent, prelude::*};
use perch_shared::{
    Family,
    api::{Role, SubnetList},
    change::Place,
    draft::ClassLine,
};
use std::collections::{BTreeMap, BTreeSet};

/// The list of classes, and those that Kea has by itself below it.
#[component]
pub fn ClassList(
    /// The desk.
    desk: Desk,
    /// The daemon's subnets in few words, once they are there.
    subnets: RwSignal<Option<SubnetList>>,
) -> impl IntoView {
    let (server, family) = desk.place();
    let refused = expect_context::<Fleet>().lacks(Role::Operator);
    let lines = Memo::new(move |_| desk.draft.with(perch_shared::draft::Draft::classes));
    let count = Memo::new(move |_| lines.with(Vec::len));
    let based_on = Memo::new(move |_| desk.draft.with(|draft| draft.based_on.clone()));
    let uses = Memo::new(move |_| {
        based_on.track();
        subnets.with(|subnets| desk.draft.with_untracked(|draft| draft.class_uses(subnets.as_ref())))
    });
    let globals = all_globals(family);
    // The names of the global classes that not every server has alike.
    let differing = Memo::new(move |_| {
        let all = globals.answer().get().unwrap_or_default().into_iter();
        all.filter(|class| !class.others.is_empty()).map(|class| class.name).collect::<BTreeSet<_>>()
    });
    let (asked, renaming) = (RwSignal::new(None::<Asked>), Renaming::new(None));
    let add = StoredValue::new(Route::AddClass(server.clone(), family).path());
    let add_link = move || {
        let why = refused.get();
        let href = why.is_none().then(|| add.get_value());
        view! {
            <a class="btn primary" href=href title=why aria-disabled=why.map(|_| "true") data-testid="add-class">{icon(Glyph::Add)} "Add class"</a>
        }
    };
    let recipes = (family == Family::V4).then(|| {
        let add = Callback::new(move |()| desk.update(perch_shared::draft::Draft::add_boot_classes));
        let add_port = Callback::new(move |()| desk.update(perch_shared::draft::Draft::add_port_class));
        let items = vec![
            MenuItem { label: "Network boot: PXE and iPXE", refused: None, act: add },
            MenuItem { label: "One port of a relay agent (82)", refused: None, act: add_port },
        ];
        view! { <Menu label="Classes, ready to be added".to_owned() items testid="class-recipes" text="Recipes"/> }
    });
    let words = move || match count.get() {
        0 => String::new(),
        1 => "1 class".to_owned(),
        count => format!("{count} classes, in the order in which Kea evaluates them"),
    };
    let empty = move || {
        (count.get() == 0).then(|| {
            view! {
                <div class="empty small" data-testid="no-classes">
                    <p><strong>"No client classes yet."</strong></p>
                    <p>"A class is a group of clients that a test of their packets tells apart: they can get options of their own, and subnets and pools for them alone."</p>
                </div>
            }
        })
    };
    let row = move |index: usize| {
        let line = Memo::new(move |_| lines.with(|lines| lines.get(index).cloned()));
        view! { <Row desk index line uses count differing asked renaming/> }
    };
    view! {
        <Lacking desk globals/>
        <div class="list-bar">
            <p class="grow muted" data-testid="class-count">{words}</p>
            {recipes}
            {add_link}
        </div>
        <ol class="class-list" data-testid="classes">
            <For each=move || 0..count.get() key=|index| *index let:index>{row(index)}</For>
        </ol>
        {empty}
        <BuiltIn/>
        <UsesDialog desk asked/>
        <RenameClass server family renaming on_done=Callback::new(|_| ())/>
    }
}

#[component]
fn Row(
    desk: Desk,
    index: usize,
    line: Memo<Option<ClassLine>>,
    uses: Memo<BTreeMap<String, Vec<String>>>,
    count: Memo<usize>,
    differing: Memo<BTreeSet<String>>,
    asked: RwSignal<Option<Asked>>,
    renaming: Renaming,
) -> impl IntoView {
    let path = format!("client-classes[{index}]");
    let findings = desk.findings_in(path);
    let shift = move |to: usize| {
        if to < count.get_untracked() && to != index {
            desk.update(|draft| draft.shift("client-classes", index, to));
            leptos::leptos_dom::helpers::request_animation_frame(move || {
                browser::focus(&format!("class-{to}"))
            });
        }
    };
    let up = move || index.checked_sub(1).into_iter().for_each(shift);
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowUp" if event.alt_key() => up(),
            "ArrowDown" if event.alt_key() => shift(index + 1),
            _ => return,
        }
        event.prevent_default();
    };
    let name = move || line.with(|line| line.as_ref().map(|line| line.name.clone()).unwrap_or_default());
    let used = move || {
        let words = uses.with(|uses| uses.get(&name()).cloned().unwrap_or_default());
        used_by(&words)
    };
    let cells = move || {
        let line = line.get()?;
        let (server, family) = desk.place();
        let href = Route::Class(server, family, line.name.clone()).path();
        let title = line.test.clone();
        Some(view! {
            <div class="class-name">
                <a id=format!("class-{index}") class="row-link" href=href>{line.name.clone()}</a>
                {chips(&line)}
                {differing.with(|differing| line.is_global && differing.contains(&line.name)).then(|| view! { <span class="chip warning" data-testid="differs">"not alike everywhere"</span> })}
                {(!line.remark.is_empty()).then(|| view! { <p class="class-remark">{line.remark.clone()}</p> })}
            </div>
            <code class="class-test" title=title>{test_of(&line)}</code>
        })
    };
    view! {
        <li class="class-row" data-testid="class-row" data-name=name on:keydown=on_key>
            <span class="class-order">{index + 1}</span>
            {cells}
            <span class="class-used">{used}</span>
            <span class="class-actions">
                <button type="button" class="btn ghost square" title="Evaluate earlier (Alt ↑)" aria-label=move || format!("Evaluate {} earlier", name()) data-testid="class-up" disabled={index == 0} on:click=move |_| up()>{icon(Glyph::Up)}</button>
                <button type="button" class="btn ghost square" title="Evaluate later (Alt ↓)" aria-label=move || format!("Evaluate {} later", name()) data-testid="class-down" disabled=move || { index + 1 >= count.get() } on:click=move |_| shift(index + 1)>{icon(Glyph::Chevron)}</button>
                {move || line.get().map(|line| menu(desk, &line, asked, renaming))}
            </span>
            <div class="class-notes">{move || findings.with(|all| all.iter().map(finding).collect_view())}</div>
        </li>
    }
}

fn menu(
    desk: Desk,
    line: &ClassLine,
    asked: RwSignal<Option<Asked>>,
    renaming: Renaming,
) -> impl IntoView + use<> {
    let address = expect_context::<Address>();
    let (server, family) = desk.place();
    let (edit, add) =
        (Route::Class(server.clone(), family, line.name.clone()), Route::AddClass(server, family));
    let (name, called) = (line.name.clone(), line.name.clone());
    let ask = |remove| {
        let asking = Asked {
            title: format!("client class {}", line.name),
            path: line.path.clone(),
            place: Place::root().class(&line.name),
            remove,
        };
        Callback::new(move |()| asked.set(Some(asking.clone())))
    };
    let items = vec![
        MenuItem { label: "Edit", refused: None, act: Callback::new(move |()| address.go(&edit)) },
        MenuItem {
            label: "Duplicate",
            refused: None,
            act: Callback::new(move |()| address.go_to(&add.with(&[("from", &name)]))),
        },
        MenuItem {
            label: "Rename…",
            refused: line
                .is_global
                .then_some(KEEPS_ITS_NAME)
                .or((!desk.is_clean().get()).then_some("save or discard your changes first")),
            act: Callback::new(move |()| renaming.set(Some(called.clone()))),
        },
        MenuItem { label: "What uses it…", refused: None, act: ask(false) },
        MenuItem { label: "Remove…", refused: None, act: ask(true) },
    ];
    view! { <Menu label=format!("Actions for {}", line.name) items testid="row-menu"/> }
}

fn chips(line: &ClassLine) -> AnyView {
    let chips = [
        (line.is_template, "template"),
        (line.is_additional, "only in additional lists"),
        (line.is_global, "global"),
        (line.name == "DROP", "drops its clients"),
    ];
    chips
        .into_iter()
        .filter(|(shown, _)| *shown)
        .map(|(_, word)| view! { <span class="chip">{word}</span> })
        .collect_view()
        .into_any()
}

fn test_of(line: &ClassLine) -> AnyView {
    if line.test.is_empty() {
        return view! { <span class="muted">"no test: reservations, hooks or lists put clients in it"</span> }.into_any();
    }
    line.test.split_whitespace().collect::<Vec<_>>().join(" ").into_any()
}

fn used_by(words: &[String]) -> AnyView {
    let Some((first, rest)) = words.split_first() else {
        return view! { <span class="muted">"not used"</span> }.into_any();
    };
    let more = (!rest.is_empty()).then(|| format!(" and {} more", rest.len()));
    view! { <span title=words.join("\n").replace('`', "")>{prose(first)}{more}</span> }.into_any()
}
