//! The steps of a change while it happens, and the failure that they may end in.

use crate::{error::ApiError, kea::KeaError};
use perch_shared::{
    api::{ApplyPhase, ApplyReport, ApplyStep, ErrorCode, KeaSaid},
    command::{Answer, Outcome},
};

/// The steps that were taken so far.
#[derive(Debug, Default)]
pub(super) struct Journal(pub(super) ApplyReport);

impl Journal {
    pub(super) fn done(&mut self, phase: ApplyPhase, text: impl Into<String>) {
        self.0.steps.push(ApplyStep { phase, done: true, text: text.into(), remedy: None });
    }

    pub(super) fn failed(&mut self, phase: ApplyPhase, text: impl Into<String>, remedy: Option<String>) {
        self.0.steps.push(ApplyStep { phase, done: false, text: text.into(), remedy });
    }

    /// Notes a step that Kea did not carry out.
    pub(super) fn fault(&mut self, phase: ApplyPhase, fault: &Fault) {
        self.failed(phase, fault.text(), fault.remedy());
    }

    /// The step that failed last.
    pub(super) fn last_failed(&self) -> Option<ApplyPhase> {
        self.0.steps.last().filter(|step| !step.done).map(|step| step.phase)
    }

    /// The failure of the whole change.
    pub(super) fn error(self, fault: Fault, message: String, help: String) -> ApiError {
        let code = fault.code();
        ApiError::new(code, message).help(help).with(|body| {
            body.kea = fault.said();
            body.apply = Some(self.0);
        })
    }
}

/// Why Kea did not carry a command out.
#[derive(Debug)]
pub(super) enum Fault {
    /// It answered, but not with success.
    Refused(KeaSaid),
    /// No answer came.
    Silent(KeaError),
    /// It answered with success, but what it runs is not what was meant.
    Different(String),
}

impl Fault {
    /// The answer when it is a success.
    pub(super) fn check(command: &str, answer: Result<Answer, KeaError>) -> Result<Answer, Self> {
        let answer = answer.map_err(Self::Silent)?;
        if answer.outcome == Outcome::Ok {
            return Ok(answer);
        }
        Err(Self::Refused(super::daemon::said(command, &answer)))
    }

    /// What happened: Kea's own words where it answered.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Refused(said) if said.text.is_empty() => {
                format!("Kea answered with result {}.", said.result)
            }
            Self::Refused(said) => said.text.clone(),
            Self::Silent(error) => error.to_string(),
            Self::Different(text) => text.clone(),
        }
    }

    /// What to do about it, where Perch knows more than Kea says.
    fn remedy(&self) -> Option<String> {
        match self {
            Self::Silent(error) => Some(error.fault.remedy(&error.address)),
            Self::Refused(_) | Self::Different(_) => None,
        }
    }

    fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(_) => ErrorCode::Refused,
            Self::Silent(error) => error.fault.code(),
            Self::Different(_) => ErrorCode::Malformed,
        }
    }

    fn said(self) -> Option<KeaSaid> {
        match self {
            Self::Refused(said) => Some(said),
            Self::Silent(_) | Self::Different(_) => None,
        }
    }
}
