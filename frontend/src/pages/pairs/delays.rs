//! How patient two partners are with each other. Kea's own numbers suit most, so they are out of the way.

use crate::ui::TextField;
use leptos::prelude::*;
use perch_shared::status::{DELAYS, Delay, Partnership};

/// The delays of a relationship, each with Kea's own in its place while it is empty.
#[component]
pub fn Delays(
    /// What is set up.
    partners: RwSignal<Partnership>,
    /// What is wrong with each delay; empty: nothing.
    problems: Memo<[&'static str; 4]>,
) -> impl IntoView {
    // Open from the start where somebody has set one.
    let open = partners.with_untracked(|partners| partners.patience.0.iter().any(|text| !text.is_empty()));
    let field = move |(index, delay): (usize, Delay)| {
        let text = move |partners: &Partnership| partners.patience.0.get(index).cloned().unwrap_or_default();
        let value = Signal::derive(move || partners.with(text));
        let error = Signal::derive(move || {
            problems.with(|all| all.get(index).copied().unwrap_or_default().to_owned())
        });
        let set = Callback::new(move |text: String| {
            partners.update(|partners| {
                if let Some(place) = partners.patience.0.get_mut(index) {
                    text.trim().clone_into(place);
                }
            });
        });
        let Delay { key, default, unit, about } = delay;
        view! {
            <TextField id=key label=format!("{key} ({unit})") value on_input=set error hint=format!("{about} Empty: {default} {unit}.")/>
        }
    };
    view! {
        <details class="card pair-delays" data-testid="pair-delays" open=open>
            <summary>"Delays"</summary>
            <div class="pair-delay-fields">{DELAYS.into_iter().enumerate().map(field).collect_view()}</div>
        </details>
    }
}
