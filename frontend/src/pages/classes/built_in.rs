//! The classes that there are without anybody's doing.

use leptos::prelude::*;
use perch_shared::draft::BUILT_IN_CLASSES;

/// The classes that Kea has without a definition.
#[component]
pub fn BuiltIn() -> impl IntoView {
    let one = |(name, about): (&'static str, &'static str)| {
        view! { <li><code>{name}</code><span>{about}</span></li> }
    };
    view! {
        <section class="built-in" aria-label="Built-in classes">
            <h2>"Built in"</h2>
            <ul data-testid="built-in">{BUILT_IN_CLASSES.map(one).into_iter().collect_view()}</ul>
        </section>
    }
}
