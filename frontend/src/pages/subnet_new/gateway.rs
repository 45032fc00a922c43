//! The router of a new subnet: the option that nearly every subnet needs.

use super::{line::Line, pool::Pool};
use crate::forms::desk::{Desk, finding};
use leptos::prelude::*;
use perch_shared::{
    Family,
    draft::{join, usual_gateway},
};

/// The field.
#[component]
pub fn Gateway(
    /// The desk.
    desk: Desk,
    /// Where the subnet stands.
    path: String,
    /// The pool, which leaves the gateway out.
    pool: Pool,
) -> impl IntoView {
    let at = StoredValue::new(path.clone());
    let text = Memo::new(move |_| desk.draft.with(|draft| at.with_value(|path| draft.gateway_of(path))));
    let put = move |text: &str| {
        desk.update(|draft| {
            at.with_value(|path| {
                draft.set_gateway(path, text.trim());
                pool.follow(draft, path);
            });
        });
    };
    let usual = Memo::new(move |_| {
        let prefix = desk.draft.with(|draft| at.with_value(|path| draft.text_at(&join(path, "subnet"))));
        usual_gateway(Family::V4, &prefix)
    });
    let findings = desk.findings_in(join(&path, "option-data"));
    let note = move || {
        let propose = usual.get().filter(|_| text.with(String::is_empty)).map(|usual| {
            let address = usual.clone();
            view! {
                <p class="hint">
                    "The option "<code>"routers"</code>". "
                    <button type="button" class="link" data-testid="usual-gateway" on:click=move |_| put(&address)>{format!("Use {usual}")}</button>
                </p>
            }
        });
        let found = findings.with(|all| all.iter().map(finding).collect_view());
        view! { {propose} {found} }
    };
    view! {
        <Line id="gateway" label="Gateway" note=ViewFn::from(note)>
            <input
                id="gateway"
                data-testid="gateway"
                class="input"
                type="text"
                autocomplete="off"
                spellcheck="false"
                aria-describedby="gateway-note"
                prop:value=text
                on:input=move |event| put(&event_target_value(&event))
            />
        </Line>
    }
}
