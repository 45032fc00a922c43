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
