//! What a probe tried, step by step.

use crate::ui::{Glyph, icon, prose, remedy};
use leptos::prelude::*;
use perch_shared::api::{ProbeReport, ProbeStep, Verdict};

/// The steps of a probe, and what it found.
#[component]
pub fn ProbeSteps(
    /// The probe.
    report: ProbeReport,
) -> impl IntoView {
    let found = report
        .daemons
        .iter()
        .map(|daemon| format!("{} {}", daemon.family.daemon(), daemon.version))
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <section class="probe" data-testid="probe" aria-label="What was found">
            <ol>{report.steps.into_iter().map(step).collect_view()}</ol>
            {(!found.is_empty()).then(|| view! { <p class="probe-found">"Found " <strong>{found}</strong></p> })}
        </section>
    }
}

fn step(step: ProbeStep) -> impl IntoView {
    let (class, word, glyph) = match step.verdict {
        Verdict::Passed => ("good", "Passed", Glyph::Check),
        Verdict::Warning => ("warning", "Warning", Glyph::Warning),
        Verdict::Failed => ("bad", "Failed", Glyph::Cross),
        Verdict::Skipped => ("skipped", "Not tried", Glyph::Minus),
    };
    view! {
        <li class=format!("step {class}") data-testid="probe-step" data-verdict=class>
            {icon(glyph)}
            <div>
                <p class="step-title">
                    <span class="sr">{format!("{word}: ")}</span>
                    {step.title}
                    <code>{step.address}</code>
                </p>
                <p class="step-detail">{prose(&step.detail)}</p>
                {step.remedy.map(|text| view! { <p class="remedy" data-testid="remedy">{remedy(&text)}</p> })}
            </div>
        </li>
    }
}
