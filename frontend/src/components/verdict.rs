//! What Kea's two readers would say to a text, in one line.

use crate::{
    state::Engine,
    ui::{Glyph, icon},
};
use leptos::prelude::*;
use perch_engine::Summary;
use perch_shared::Daemon;

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
        <div class="verdict-line" role="status" aria-live="polite" data-current=move || engine.is_current().get().to_string()>
            {line}
        </div>
    }
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
