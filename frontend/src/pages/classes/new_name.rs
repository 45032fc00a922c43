//! The name of a class that is being made.

use crate::{browser, forms::desk::Desk, ui::TextField};
use leptos::{leptos_dom::helpers::request_animation_frame, prelude::*};

/// The name of a new class. With its first letter the class is there.
#[component]
pub fn NewName(
    /// The desk.
    desk: Desk,
    /// Where the class stands, once it has a name.
    path: Memo<Option<String>>,
) -> impl IntoView {
    let value = Signal::derive(move || {
        path.get()
            .map(|path| desk.draft.with(|draft| draft.text_at(&format!("{path}.name"))))
            .unwrap_or_default()
    });
    let on_input = Callback::new(move |text: String| {
        desk.update(|draft| match path.get_untracked() {
            Some(path) if text.is_empty() && draft.text_at(&format!("{path}.test")).is_empty() => {
                draft.remove(&path);
            }
            Some(path) => draft.set_text(&format!("{path}.name"), &text),
            None if text.is_empty() => {}
            None => {
                draft.add_class(&text, "");
            }
        });
    });
    if path.with_untracked(Option::is_none) {
        request_animation_frame(|| browser::focus("class-name"));
    }
    let found = desk.findings_in("client-classes");
    let error = Signal::derive(move || {
        let Some(path) = path.get() else { return String::new() };
        let (name, class) = (format!(".{path}.name"), format!(".{path}"));
        let about_name = |one: &&perch_engine::Finding| {
            one.path.ends_with(&name) || (one.path.ends_with(&class) && one.code.contains("name"))
        };
        found.with(|all| all.iter().find(about_name).map(|one| one.message.clone()).unwrap_or_default())
    });
    view! {
        <div class="new-name">
            <TextField id="class-name" label="Name" value on_input error hint="What `member`, subnets and pools call it. Letters, digits, `-` and `_` are safe." placeholder="voip"/>
        </div>
    }
}
