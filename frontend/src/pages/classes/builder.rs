//! The common conditions to choose from, in place of writing the expression.

use crate::ui::{Glyph, Segments, icon};
use leptos::prelude::*;
use perch_shared::{
    Family,
    expr::{Built, Condition, Subject},
};

/// The list of conditions. It writes the expression with every change.
#[component]
pub fn Builder(
    /// The daemon's family.
    family: Family,
    /// The expression.
    text: Memo<String>,
    /// Called with the expression that the conditions make.
    on_write: Callback<String>,
) -> impl IntoView {
    let begin = text.with_untracked(|text| Built::read(text, family));
    // What somebody is choosing is kept as it is; it is read again when the text became another one by itself.
    let built = RwSignal::new(begin);
    Effect::new(move |_| {
        let now = text.get();
        let ours =
            built.with_untracked(|built| built.as_ref().is_some_and(|built| built.write(family) == now));
        if !ours {
            built.set(Built::read(&now, family));
        }
    });
    let change = Callback::new(move |edit: Edit| {
        built.update(|built| built.iter_mut().for_each(|built| edit.clone().carry_out(built)));
        if let Some(built) = built.get_untracked() {
            on_write.run(built.write(family));
        }
    });
    let by_hand = Memo::new(move |_| built.with(Option::is_none));
    let count =
        Memo::new(move |_| built.with(|built| built.as_ref().map_or(0, |built| built.conditions.len())));
    let joined = Signal::derive(move || {
        if built.with(|built| built.as_ref().is_some_and(|built| built.any)) { "any" } else { "all" }
    });
    let one = move |index: usize| {
        let condition = Memo::new(move |_| {
            built.with(|built| built.as_ref().and_then(|built| built.conditions.get(index).cloned()))
        });
        view! { <Row family index condition change/> }
    };
    let list = move || {
        if by_hand.get() {
            return view! {
                <div class="builder-hand" data-testid="builder-by-hand">
                    <p>"This expression was written by hand and says more than the builder can show. Edit the text below, or begin anew."</p>
                    <button type="button" class="btn small" data-testid="builder-anew" on:click=move |_| {
                        built.set(Some(Built::default()));
                        on_write.run(String::new());
                    }>"Begin anew"</button>
                </div>
            }
            .into_any();
        }
        view! {
            {move || (count.get() > 1).then(|| view! {
                <Segments label="How the conditions are joined" name="builder-joined" choices=vec![("all", "All of these"), ("any", "Any of these")] chosen=joined on_choose=Callback::new(move |word: &'static str| change.run(Edit::Any(word == "any")))/>
            })}
            <ul class="builder-list">
                <For each=move || 0..count.get() key=|index| *index let:index>{one(index)}</For>
            </ul>
            <p><button type="button" class="btn small" data-testid="add-condition" on:click=move |_| change.run(Edit::Add)>{icon(Glyph::Add)} "Add condition"</button></p>
        }
        .into_any()
    };
    view! { <div class="builder" data-testid="builder">{list}</div> }
}

/// What somebody does to the list.
#[derive(Debug, Clone)]
enum Edit {
    Any(bool),
    Add,
    Remove(usize),
    Subject(usize, Subject),
    Value(usize, String),
    Not(usize, bool),
}

impl Edit {
    fn carry_out(self, built: &mut Built) {
        match self {
            Self::Any(any) => built.any = any,
            Self::Add => built.conditions.push(Condition::new(Subject::VendorClass)),
            Self::Remove(index) => built.remove(index),
            Self::Subject(index, subject) => built.edit(index, |condition| condition.subject = subject),
            Self::Value(index, value) => built.edit(index, |condition| condition.value = value),
            Self::Not(index, not) => built.edit(index, |condition| condition.not = not),
        }
    }
}

#[component]
fn Row(
    family: Family,
    index: usize,
    condition: Memo<Option<Condition>>,
    change: Callback<Edit>,
) -> impl IntoView {
    let subject = Memo::new(move |_| {
        condition.with(|one| one.as_ref().map_or(Subject::VendorClass, |one| one.subject))
    });
    let choice = |one: Subject| {
        view! { <option value=one.id() selected=move || subject.get() == one>{one.words(family)}</option> }
    };
    let choose = move |event: leptos::ev::Event| {
        if let Some(subject) = Subject::by_id(&event_target_value(&event)) {
            change.run(Edit::Subject(index, subject));
        }
    };
    let not = move || condition.with(|one| one.as_ref().is_some_and(|one| one.not));
    let value = move || condition.with(|one| one.as_ref().map(|one| one.value.clone()).unwrap_or_default());
    view! {
        <li class="builder-row" data-testid="condition">
            <label class="check inline">
                <input type="checkbox" prop:checked=not data-testid=format!("condition-not-{index}") on:change=move |event| change.run(Edit::Not(index, event_target_checked(&event)))/>
                <span>"not"</span>
            </label>
            <select class="input" aria-label="What the condition looks at" data-testid=format!("condition-subject-{index}") on:change=choose>
                {Subject::ALL.map(choice).into_iter().collect_view()}
            </select>
            <input
                class="input mono"
                type="text"
                aria-label="What it wants to see"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                data-testid=format!("condition-value-{index}")
                placeholder=move || subject.get().example(family)
                prop:value=value
                on:input=move |event| change.run(Edit::Value(index, event_target_value(&event)))
            />
            <button type="button" class="btn ghost square" aria-label="Remove the condition" data-testid=format!("condition-remove-{index}") on:click=move |_| change.run(Edit::Remove(index))>{icon(Glyph::Trash)}</button>
        </li>
    }
}
