//! The client class that a new subnet is for: one of those that there are, or one that is made with it.

use super::line::{Choice, Line};
use crate::{
    browser,
    forms::desk::{Desk, KeyField, field_id},
    ui::{Glyph, icon},
};
use leptos::{leptos_dom::helpers::request_animation_frame, prelude::*};
use perch_shared::draft::join;

/// What a class is called until somebody names it.
const UNNAMED: &str = "new-class";

/// The choice, and the fields of a class that is new.
#[component]
pub fn ForClass(
    /// The desk.
    desk: Desk,
    /// Where the subnet stands.
    path: String,
) -> impl IntoView {
    let at = StoredValue::new(path);
    let names = StoredValue::new(desk.draft.with_untracked(|draft| {
        let added = draft.added_class().map(|path| draft.text_at(&join(&path, "name")));
        let mut names = draft.class_names();
        names.retain(|name| Some(name) != added.as_ref());
        names
    }));
    let chosen = Memo::new(move |_| {
        let classes = desk.draft.with(|draft| at.with_value(|path| draft.classes_of(path)));
        classes.first().cloned().unwrap_or_default()
    });
    let added = Memo::new(move |_| desk.draft.with(perch_shared::draft::Draft::added_class));
    let choose = Callback::new(move |name: String| {
        let names: Vec<String> = Some(name).filter(|name| !name.is_empty()).into_iter().collect();
        desk.update(|draft| at.with_value(|path| draft.set_classes(path, &names)));
    });
    let add = move |_| {
        desk.update(|draft| {
            draft.add_class(UNNAMED, "");
            at.with_value(|path| draft.set_classes(path, &[UNNAMED.to_owned()]));
        });
        if let Some(class) = added.get_untracked() {
            request_animation_frame(move || browser::select(&field_id(&join(&class, "name"))));
        }
    };
    let drop_it = move |_| {
        desk.update(|draft| {
            draft.added_class().iter().for_each(|class| draft.remove(class));
            at.with_value(|path| draft.set_classes(path, &[]));
        });
    };
    // The subnet goes on being for the class whatever it is called.
    Effect::watch(
        move || added.get().map(|class| desk.draft.with(|draft| draft.text_at(&join(&class, "name")))),
        move |name, _, _| {
            if let Some(name) = name.clone().filter(|name| *name != chosen.get_untracked()) {
                choose.run(name);
            }
        },
        false,
    );
    view! {
        {move || match added.get() {
            None => view! {
                <Line id="class" label="Client class">
                    <Choice id="class" names=names.get_value() none="None: all clients" chosen on_choose=choose/>
                    <button type="button" class="btn" data-testid="new-class" on:click=add>{icon(Glyph::Add)} "New class"</button>
                </Line>
            }
            .into_any(),
            Some(class) => view! {
                <KeyField desk path=join(&class, "name") label="New class"/>
                <KeyField desk path=join(&class, "test") label="Its test"/>
                <div class="prop">
                    <div class="prop-name"></div>
                    <div class="prop-value">
                        <button type="button" class="btn" data-testid="no-new-class" on:click=drop_it>"Without a new class"</button>
                    </div>
                    <div class="prop-note"></div>
                </div>
            }
            .into_any(),
        }}
    }
}
