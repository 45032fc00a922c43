//! What Kea's two readers would say to a text, in one line.

use crate::{
    state::Engine,
    ui::{Glyph, icon},
};
use leptos::{leptos_dom::helpers::set_timeout_with_handle, prelude::*};
use perch_engine::Summary;
use perch_shared::Daemon;
use std::time::Duration;

/// How long a check takes before it is seen to be on its way.
const LATE: Duration = Duration::from_millis(400);

/// Both verdicts, and how much was found.
#[component]
pub fn VerdictLine(
    /// The engine with the text.
    engine: Engine,
) -> impl IntoView {
    let summary = engine.summary();
    let verdict = Memo::new(move |_| {
        summary.with(|summary| {
            let summary = summary.as_ref()?;
            Some((summary.verdict?, summary.daemon.map_or("kea-dhcp4", Daemon::name)))
        })
    });
    let counts = Memo::new(move |_| summary.with(|summary| summary.as_ref().map(|summary| summary.counts)));
    let current = Memo::new(move |_| engine.is_current().get());
    let late = late(current);
    let line = move || {
        let Some((verdict, daemon)) = verdict.get() else {
            return view! { <span class="muted">"Nothing to judge yet"</span> }.into_any();
        };
        view! {
            {one("verdict-file", format!("{daemon} -t"), verdict.file)}
            {one("verdict-api", "config-test".into(), verdict.api)}
            <span class="verdict-counts" data-testid="counts">{move || counts.get().map(counted)}</span>
        }
        .into_any()
    };
    view! {
        <div
            class="verdict-line" class:late=late role="status" aria-live="polite"
            data-current=move || current.get().to_string()
        >
            {line}
        </div>
    }
}

/// Whether it is long that the verdict is not about the text as it is. A timer and no transition with a delay: that would
/// have every keystroke wait for the screen's next frame.
fn late(current: Memo<bool>) -> RwSignal<bool> {
    let late = RwSignal::new(false);
    Effect::new(move |_| {
        if current.get() {
            late.set(false);
        } else if let Ok(timer) = set_timeout_with_handle(move || late.set(true), LATE) {
            on_cleanup(move || timer.clear());
        }
    });
    late
}

fn one(testid: &'static str, who: String, accepts: bool) -> impl IntoView {
    let (class, glyph, word) =
        if accepts { ("good", Glyph::Check, "accepts") } else { ("bad", Glyph::Cross, "refuses") };
    view! {
        <span class=format!("verdict {class}") data-testid=testid data-accepts=accepts.to_string()>
            {icon(glyph)}<code>{who}</code>" "{word}
        </span>
    }
}

/// `2 errors, 1 hint`.
fn counted(counts: [usize; 3]) -> String {
    let words = [("error", "errors"), ("warning", "warnings"), ("hint", "hints")];
    let parts = counts.into_iter().zip(words).filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(count, (one, many))| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    parts.join(", ")
}

/// Whether there was something to judge.
pub fn is_judged(summary: &Option<Summary>) -> bool {
    summary.as_ref().is_some_and(|summary| summary.verdict.is_some())
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn counts_are_words() {
        assert_eq!(counted([2, 1, 0]), "2 errors, 1 warning");
        assert_eq!(counted([0, 0, 0]), "");
        assert_eq!(counted([1, 0, 12]), "1 error, 12 hints");
    }
}
