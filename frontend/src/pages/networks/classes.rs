//! Choosing the client classes that a subnet is for.

use super::{
    menu::Target,
    part::{Opened, SubnetDialog},
};
use crate::{
    forms::save::{Proposal, Saving},
    routes::Route,
    state::Fleet,
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Opens while `target` holds a subnet.
#[component]
pub fn AssignClasses(
    /// The subnet.
    target: RwSignal<Option<Target>>,
    /// Takes what is to be saved.
    saving: Saving,
) -> impl IntoView {
    let form = Callback::new(move |opened: Opened| view! { <Choose target opened saving/> }.into_any());
    view! { <SubnetDialog target title="Client class of" testid="assign-dialog" form/> }
}

#[component]
fn Choose(target: RwSignal<Option<Target>>, opened: Opened, saving: Saving) -> impl IntoView {
    let fleet = expect_context::<Fleet>();
    let Opened { target: of, draft, path } = opened;
    let many = draft.takes_many_classes();
    let now = draft.classes_of(&path);
    let mut names = draft.class_names();
    // Built-in classes and those that do not exist stay as they are chosen.
    names.extend(now.iter().filter(|class| !draft.class_names().contains(class)).cloned());
    let chosen = RwSignal::new(now.iter().cloned().collect::<BTreeSet<String>>());
    let kind = if many { "checkbox" } else { "radio" };
    let choose = move |class: &str, on: bool| {
        chosen.update(|chosen| {
            if !many {
                chosen.clear();
            }
            if on {
                chosen.insert(class.to_owned());
            } else {
                chosen.remove(class);
            }
        });
    };
    let one = move |class: String| {
        let (shown, picked, testid) = (class.clone(), class.clone(), format!("class-{class}"));
        view! {
            <label class="check">
                <input
                    type=kind
                    name="class"
                    data-testid=testid
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&shown))
                    on:change=move |event| choose(&picked, event_target_checked(&event))
                />
                <span>{class}</span>
            </label>
        }
    };
    let none = names.is_empty().then(|| {
        let classes = Route::Classes(of.server.clone(), of.family).path();
        view! { <p>"This daemon has no client classes yet. "<a href=classes>"Add one"</a>" first."</p> }
    });
    let list = names.into_iter().map(one).collect_view();
    let before: BTreeSet<String> = now.into_iter().collect();
    let unchanged = move || chosen.with(|chosen| *chosen == before);
    let save = move |_| {
        let mut draft = draft.clone();
        let classes: Vec<String> = chosen.get_untracked().into_iter().collect();
        draft.set_classes(&path, &classes);
        target.set(None);
        let based_on = Some(draft.based_on.clone());
        saving.begin(Proposal::new(fleet, &of.server, of.family, based_on, draft.edits()));
    };
    let words = if many {
        "Only clients in one of these classes get addresses here. None: all clients."
    } else {
        "Only clients in this class get addresses here. None: all clients."
    };
    view! {
        <div class="dialog-body">
            <p class="hint">{words}</p>
            {none}
            <fieldset class="class-choices">
                <legend class="sr">"Client classes"</legend>
                <label class="check">
                    <input
                        type=kind
                        name="class"
                        data-testid="class-none"
                        prop:checked=move || chosen.with(BTreeSet::is_empty)
                        on:change=move |_| chosen.update(BTreeSet::clear)
                    />
                    <span>"None"<small>"all clients"</small></span>
                </label>
                {list}
            </fieldset>
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| target.set(None)>"Cancel"</button>
            <button type="button" class="btn primary" data-testid="assign-review" disabled=unchanged on:click=save>"Review…"</button>
        </footer>
    }
}
