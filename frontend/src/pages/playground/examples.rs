//! What to begin with: a file, or an example.

use crate::{state::Engine, ui::capital};
use leptos::{prelude::*, task::spawn_local};
use perch_engine::{Answer, Ask};

/// Shown while there is no text.
#[component]
pub fn Begin(
    /// The engine, which has the examples.
    engine: Engine,
    /// Called with an example's text.
    #[prop(into)]
    on_pick: Callback<String>,
    /// Called when somebody wants to open a file.
    #[prop(into)]
    on_open: Callback<()>,
) -> impl IntoView {
    let examples = RwSignal::new(Vec::new());
    spawn_local(async move {
        if let Some(Answer::Examples(found)) = engine.ask(Ask::Examples).await {
            let _ = examples.try_set(found);
        }
    });
    let one = move |(title, about, text): (String, String, String)| {
        view! {
            <li><button type="button" class="begin-example" data-testid="example" on:click=move |_| on_pick.run(text.clone())>
                <strong>{title}</strong><span>{capital(&about)}</span>
            </button></li>
        }
    };
    view! {
        <div class="begin" data-testid="begin">
            <h2>"Paste or drop a configuration"</h2>
            <p>"Or "<button type="button" class="link" on:click=move |_| on_open.run(())>"open a file"</button>", or begin with an example:"</p>
            <ul>{move || examples.get().into_iter().map(one).collect_view()}</ul>
        </div>
    }
}
