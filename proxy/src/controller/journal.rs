//! The steps at one target while a change happens, and the failure that they may end in.

use super::{Daemon, fault::Injected};
use crate::kea::KeaError;
use perch_shared::{
    api::{ApplyPhase, ApplyStep, ErrorCode, KeaSaid, TargetReport},
    command::{Answer, Outcome},
};

/// The steps that were taken so far at one target.
#[derive(Debug, Clone)]
pub(super) struct Journal(pub(super) TargetReport);

impl Journal {
    pub(super) fn new(daemon: &Daemon) -> Self {
        Self(TargetReport::new(daemon.server.clone(), daemon.family))
    }

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
}

/// Why a step was not carried out.
#[derive(Debug, Clone)]
pub(super) enum Fault {
    /// Kea answered, but not with success.
    Refused(KeaSaid),
    /// No answer came.
    Silent(KeaError),
    /// Kea answered with success, but what it runs is not what was meant.
    Different(String),
    /// Somebody else changed the configuration at the last moment.
    Meanwhile,
    /// The HA pair did not get back to work.
    Pair(String),
    /// Perch could not write down what it was about to do.
    Storage(String),
    /// A test wanted it.
    Injected(Injected),
}

impl From<Injected> for Fault {
    fn from(injected: Injected) -> Self {
        Self::Injected(injected)
    }
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
            Self::Different(text) | Self::Pair(text) | Self::Storage(text) => text.clone(),
            Self::Meanwhile => {
                "Somebody else changed the configuration while the change was on its way.".to_owned()
            }
            Self::Injected(injected) => injected.to_string(),
        }
    }

    /// What to do about it, where Perch knows more than Kea says.
    pub(super) fn remedy(&self) -> Option<String> {
        match self {
            Self::Silent(error) => Some(error.fault.remedy(&error.address)),
            _ => None,
        }
    }

    /// Whether Kea cannot have received the command.
    pub(super) fn came_before(&self) -> bool {
        matches!(self, Self::Silent(error) if !error.fault.may_have_run())
    }

    pub(super) fn code(&self) -> ErrorCode {
        match self {
            Self::Refused(_) => ErrorCode::Refused,
            Self::Silent(error) => error.fault.code(),
            Self::Different(_) => ErrorCode::Malformed,
            Self::Meanwhile => ErrorCode::Conflict,
            Self::Pair(_) => ErrorCode::TimedOut,
            Self::Storage(_) => ErrorCode::Storage,
            Self::Injected(_) => ErrorCode::Internal,
        }
    }

    pub(super) fn said(&self) -> Option<KeaSaid> {
        match self {
            Self::Refused(said) => Some(said.clone()),
            _ => None,
        }
    }
}
