//! One object that two partners do not share, and the choice which side is right.

use super::choice::{Choice, Name, Right};
use crate::{
    routes::Route,
    ui::{Segments, prose},
};
use leptos::prelude::*;
use perch_shared::{Family, api::ServerId, status::DriftObject};

#[component]
pub fn Object(
    object: DriftObject,
    choice: Choice,
    sides: StoredValue<(Family, ServerId, ServerId)>,
) -> impl IntoView {
    let name: Name = (object.kind, object.name.clone());
    let (read, write) = (name.clone(), name);
    let chosen = Signal::derive(move || {
        choice.chosen.with(|chosen| match chosen.get(&read) {
            Some(Right::Left) => "left",
            Some(Right::Right) => "right",
            None => "",
        })
    });
    let choose = Callback::new(move |word: &'static str| {
        choice.chosen.update(|chosen| {
            match word {
                "left" => chosen.insert(write.clone(), Right::Left),
                "right" => chosen.insert(write.clone(), Right::Right),
                _ => chosen.remove(&write),
            };
        });
    });
    let group = format!("drift-{}-{}", object.kind.title(), object.name).replace([' ', '.', '/', ':'], "-");
    let control = if object.adoptable {
        view! { <Segments label="Which side is right" name=group choices=vec![("", "Leave"), ("left", "Left → right"), ("right", "Right → left")] chosen on_choose=choose/> }.into_any()
    } else {
        let (family, left, right) = sides.get_value();
        view! {
            <p class="hint">"Changed by hand: " <a href=Route::Raw(left, family).path()>"left"</a> " or " <a href=Route::Raw(right, family).path()>"right"</a> " configuration"</p>
        }
        .into_any()
    };
    let rows = if object.differences.is_empty() {
        vec![row(String::new(), text(object.left.as_ref()), text(object.right.as_ref()))]
    } else {
        object
            .differences
            .iter()
            .map(|one| row(one.path.clone(), text(one.before.as_ref()), text(one.after.as_ref())))
            .collect()
    };
    view! {
        <article class="drift-object" class:chosen=move || !chosen.get().is_empty() data-testid="drift-object" data-name=object.name.clone()>
            <header>
                <h3>{object.kind.title()} " " <code>{object.name.clone()}</code></h3>
                {control}
            </header>
            {object.consequence.map(|text| view! { <p class="hint">{prose(&text)}</p> })}
            {rows}
        </article>
    }
}

/// A value for people.
fn text(value: Option<&impl std::fmt::Display>) -> Option<String> {
    value.map(|value| format!("{value:#}"))
}

fn row(path: String, left: Option<String>, right: Option<String>) -> AnyView {
    let side = |value: Option<String>| match value {
        Some(value) => view! { <pre tabindex="0">{value}</pre> }.into_any(),
        None => view! { <p class="muted">"not there"</p> }.into_any(),
    };
    view! { <div class="drift-row"><code>{path}</code>{side(left)}{side(right)}</div> }.into_any()
}
