//! A prerequisite that is here, was fetched, or is missing with a reason and a remedy.

use std::fmt;

/// Why something is not here, and what helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What is not here and why it could not be fetched.
    pub reason: String,
    /// What a person can do.
    pub remedy: String,
}

impl Missing {
    /// Both sentences.
    pub fn new(reason: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}. {}", self.reason, self.remedy)
    }
}

impl std::error::Error for Missing {}

/// Something needed, or why it is not here.
pub type Get<T> = Result<T, Missing>;
