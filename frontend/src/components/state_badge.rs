//! How a daemon or a server is, as a mark and a word.

use leptos::prelude::*;
use perch_shared::api::DaemonState;

/// A mark whose form and colour tell the state, and the state's word.
#[component]
pub fn StateBadge(
    /// The state; `None`: not known yet.
    #[prop(into)]
    state: Signal<Option<DaemonState>>,
) -> impl IntoView {
    let look = move || match state.get() {
        Some(DaemonState::Ok) => ("ok", "Running"),
        Some(DaemonState::Impaired) => ("impaired", "Impaired"),
        Some(DaemonState::Unreachable) => ("unreachable", "Unreachable"),
        None => ("unknown", "Checking…"),
    };
    view! {
        <span class=move || format!("state {}", look().0) data-testid="state">
            <span class="dot" aria-hidden="true"></span>
            {move || look().1}
        </span>
    }
}
