//! What changes, before and after.

use leptos::prelude::*;
use perch_shared::change::Difference;

/// A list of differences; what goes is marked with −, what comes with +.
#[component]
pub fn Differences(
    /// The differences.
    differences: Vec<Difference>,
) -> impl IntoView {
    let one = |difference: Difference| {
        let side = |value: Option<String>, class, sign, word| {
            value.map(|value| {
                view! {
                    <div class=class>
                        <span class="sign" aria-hidden="true">{sign}</span>
                        <span class="sr">{word}</span>
                        <pre>{value}</pre>
                    </div>
                }
            })
        };
        let before = difference.before.map(|value| format!("{value:#}"));
        let after = difference.after.map(|value| format!("{value:#}"));
        let path = difference.path;
        view! {
            <li class="difference" data-testid="difference" data-path=path.clone()>
                <code class="difference-path">{path.clone()}</code>
                {side(before, "del", "−", "Before: ")}
                {side(after, "ins", "+", "After: ")}
            </li>
        }
    };
    view! { <ul class="differences">{differences.into_iter().map(one).collect_view()}</ul> }
}
