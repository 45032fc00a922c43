//! The one form in which a failed request is shown.

use super::{Findings, KeaWords};
use crate::{
    api::Failure,
    ui::{Glyph, Notice, Tone, icon, remedy},
};
use leptos::prelude::*;

/// What happened, what to do, what Kea said, and a button to try again.
#[component]
pub fn ErrorNotice(
    /// The failure.
    failure: Failure,
    /// Tries again; `None`: there is nothing to try again.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let body = *failure.body;
    let status = body.code.status().to_string();
    let help =
        body.help.as_deref().map(|help| view! { <p class="remedy" data-testid="remedy">{remedy(help)}</p> });
    let findings = body.diagnostics;
    let button = move |retry: Callback<()>| {
        view! {
            <button type="button" class="btn" data-testid="retry" on:click=move |_| retry.run(())>
                {icon(Glyph::Reload)} "Try again"
            </button>
        }
    };
    view! {
        <div data-testid="error-notice" data-status=status>
            <Notice tone=Tone::Bad title=body.message>
                {help}
                {(!findings.is_empty()).then(move || view! { <Findings found=findings/> })}
                {body.kea.map(|said| view! { <KeaWords said/> })}
                <p class="notice-foot">
                    {retry.map(button)}
                    {body.request_id.map(|id| view! { <small class="muted">"Request " <code>{id}</code> " in Perch's log"</small> })}
                </p>
            </Notice>
        </div>
    }
}
