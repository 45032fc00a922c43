//! How a change ended, and who made it.

use leptos::prelude::*;
use perch_shared::api::{Outcome, Via, Who};

/// How it ended: a mark and a word.
pub fn outcome_badge(outcome: Outcome) -> AnyView {
    let (class, word, help) = words(outcome);
    view! {
        <span class=format!("state {class}") title=help data-testid="outcome" data-outcome=word>
            <span class="dot" aria-hidden="true"></span>
            {word}
        </span>
    }
    .into_any()
}

const fn words(outcome: Outcome) -> (&'static str, &'static str, &'static str) {
    match outcome {
        Outcome::Applied => ("ok", "Applied", "Kea runs it, and it is in its file."),
        Outcome::AppliedNotWritten => {
            ("impaired", "Not on disk", "Kea runs it, but could not write its file: a restart loses it.")
        }
        Outcome::PartlyPending => {
            ("impaired", "Partly pending", "Applied on some servers; the others are to catch up.")
        }
        Outcome::Pending => ("unknown", "Pending", "Could not be reached; it is to catch up."),
        Outcome::Refused => ("unreachable", "Refused", "Nothing was changed."),
        Outcome::PutBack => ("unreachable", "Put back", "It failed, and what was there before runs again."),
        Outcome::Unknown => ("impaired", "Unknown", "No answer came."),
        Outcome::Damaged => {
            ("unreachable", "Damaged", "It failed, and Perch could not put back what was there before.")
        }
    }
}

/// Who it was, in words.
pub fn who(who: &Who) -> String {
    let name = if who.user.is_empty() { "Somebody" } else { who.user.as_str() };
    match who.via {
        Via::Page => name.to_owned(),
        Via::Token => format!("{name} (token)"),
        Via::Cli => format!("{name} (command line)"),
        Via::Perch => "Perch itself".to_owned(),
    }
}
