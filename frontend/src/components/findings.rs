//! What a check found, with the place in the text that is meant.

use crate::ui::{Glyph, icon, prose};
use leptos::prelude::*;
use perch_shared::diagnostic::{Diagnostic, Severity};

/// A list of findings.
#[component]
pub fn Findings(
    /// What was found.
    #[prop(into)]
    found: Signal<Vec<Diagnostic>>,
    /// The text that their spans count in; empty: none.
    #[prop(optional, into)]
    text: Signal<String>,
) -> impl IntoView {
    view! {
        <ul class="findings">
            {move || {
                let text = text.get();
                found.with(|found| found.iter().map(|finding| one(finding, &text)).collect_view())
            }}
        </ul>
    }
}

fn one(finding: &Diagnostic, text: &str) -> AnyView {
    let (class, word, glyph) = match finding.severity {
        Severity::Error => ("bad", "Kea refuses this", Glyph::Cross),
        Severity::Warning => ("warning", "Warning", Glyph::Warning),
        Severity::Hint => ("info", "Hint", Glyph::Info),
    };
    view! {
        <li class=format!("finding {class}") data-testid="finding" data-code=finding.code.clone()>
            {icon(glyph)}
            <div>
                <span class="sr">{format!("{word}: ")}</span>
                <span>{prose(&finding.message)}</span>
                {finding.help.as_deref().map(|help| view! { <span class="finding-help">{prose(help)}</span> })}
                {(!finding.path.is_empty()).then(|| view! { <code class="finding-path">{finding.path.clone()}</code> })}
                {excerpt(finding, text)}
            </div>
        </li>
    }
    .into_any()
}

/// The text with the meant part marked, unless that is the whole text.
fn excerpt(finding: &Diagnostic, text: &str) -> Option<AnyView> {
    let (before, meant, after) = split(text, finding.span.clone()?)?;
    let view = view! {
        <code class="excerpt" aria-hidden="true">{before.to_owned()}<mark>{meant.to_owned()}</mark>{after.to_owned()}</code>
    };
    Some(view.into_any())
}

fn split(text: &str, span: std::ops::Range<usize>) -> Option<(&str, &str, &str)> {
    let (before, meant, after) = (text.get(..span.start)?, text.get(span.clone())?, text.get(span.end..)?);
    let whole = before.trim().is_empty() && after.trim().is_empty();
    (!whole && !meant.is_empty()).then_some((before, meant, after))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn marks_a_part_but_not_the_whole() {
        assert_eq!(split("a, bad, c", 3..6), Some(("a, ", "bad", ", c")));
        assert_eq!(split(" bad ", 1..4), None);
        assert_eq!(split("short", 3..60), None);
        assert_eq!(split("zoë!", 3..4), None, "not on a boundary of characters");
    }
}
