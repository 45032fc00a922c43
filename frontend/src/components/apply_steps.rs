//! How a change was carried out, step by step.

use crate::ui::{Glyph, icon, prose, remedy};
use leptos::prelude::*;
use perch_shared::api::{ApplyPhase, ApplyStep, TargetReport};

/// The steps that were taken.
#[component]
pub fn ApplySteps(
    /// How it went.
    report: TargetReport,
) -> impl IntoView {
    view! { <ol class="steps" data-testid="apply-steps">{report.steps.into_iter().map(step).collect_view()}</ol> }
}

fn step(step: ApplyStep) -> impl IntoView {
    let (class, word, glyph) =
        if step.done { ("good", "Done", Glyph::Check) } else { ("bad", "Failed", Glyph::Cross) };
    view! {
        <li class=format!("step {class}") data-testid="apply-step" data-phase=name(step.phase) data-done=step.done.to_string()>
            {icon(glyph)}
            <div>
                <p class="step-title"><span class="sr">{format!("{word}: ")}</span>{title(step.phase)} {command(step.phase).map(|command| view! { <code>{command}</code> })}</p>
                <p class="step-detail">{prose(&step.text)}</p>
                {step.remedy.map(|text| view! { <p class="remedy" data-testid="remedy">{remedy(&text)}</p> })}
            </div>
        </li>
    }
}

const fn title(phase: ApplyPhase) -> &'static str {
    match phase {
        ApplyPhase::Compare => "Compare with what Kea runs",
        ApplyPhase::ConfigTest => "Have Kea check it",
        ApplyPhase::Lend => "Keep the clients served meanwhile",
        ApplyPhase::ConfigSet => "Have Kea run it",
        ApplyPhase::ReadBack => "Read it back and compare",
        ApplyPhase::TakeBack => "Wait for the HA pair",
        ApplyPhase::ConfigWrite => "Have Kea write its file",
        ApplyPhase::PutBack => "Put the earlier configuration back",
    }
}

const fn name(phase: ApplyPhase) -> &'static str {
    match phase {
        ApplyPhase::Compare => "compare",
        ApplyPhase::ConfigTest => "config-test",
        ApplyPhase::Lend => "lend",
        ApplyPhase::ConfigSet => "config-set",
        ApplyPhase::ReadBack => "read-back",
        ApplyPhase::TakeBack => "take-back",
        ApplyPhase::ConfigWrite => "config-write",
        ApplyPhase::PutBack => "put-back",
    }
}

/// Kea's command that a step consists of.
const fn command(phase: ApplyPhase) -> Option<&'static str> {
    match phase {
        ApplyPhase::ConfigTest => Some("config-test"),
        ApplyPhase::ConfigSet | ApplyPhase::PutBack => Some("config-set"),
        ApplyPhase::ConfigWrite => Some("config-write"),
        ApplyPhase::Compare | ApplyPhase::ReadBack => Some("config-get"),
        ApplyPhase::Lend | ApplyPhase::TakeBack => None,
    }
}
