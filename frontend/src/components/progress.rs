//! How far a change is, in words.

use perch_shared::api::Phase;

/// What is being done; `None`: nothing yet.
pub const fn progress(phase: Option<Phase>) -> &'static str {
    match phase {
        None => "waits for its turn",
        Some(Phase::Testing) => "checks it",
        Some(Phase::Lending) => "has its partner serve its clients meanwhile",
        Some(Phase::Setting) => "takes it over",
        Some(Phase::Reading) => "is read back and compared",
        Some(Phase::Proved) => "runs it",
        Some(Phase::Writing) => "writes its file",
        Some(Phase::Returning) => "takes its clients back",
        Some(Phase::PuttingBack) => "gets back what it had",
        Some(Phase::Done) => "is done",
    }
}

/// What a step was called while it was taken.
pub const fn phase_title(phase: Phase) -> &'static str {
    match phase {
        Phase::Testing => "Kea checks it.",
        Phase::Lending => "Its partner serves its clients meanwhile.",
        Phase::Setting => "Kea takes it over.",
        Phase::Reading => "Kea is read back and compared.",
        Phase::Proved => "Kea runs it.",
        Phase::Writing => "Kea writes its file.",
        Phase::Returning => "The server takes its clients back.",
        Phase::PuttingBack => "What was there before is put back.",
        Phase::Done => "Done.",
    }
}
