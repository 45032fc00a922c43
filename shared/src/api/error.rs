//! The one form that every failure has on its way to the page.

use super::{ApplyReport, Conflict, ProbeReport};
use crate::diagnostic::Diagnostic;
use serde::{Deserialize, Serialize};

/// Which kind of failure it is; decides the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ErrorCode {
    /// 400: the body is not JSON, or the request is not well formed.
    BadRequest,
    /// 401: nobody is signed in, or no longer.
    SignInNeeded,
    /// 403: the request came from another site, or for another host name.
    Forbidden,
    /// 403: whoever is signed in may not do this.
    NotAllowed,
    /// 404: no such server, daemon or page.
    NotFound,
    /// 405: the path exists, the method does not.
    MethodNotAllowed,
    /// 408: the request's body did not arrive in time.
    SlowRequest,
    /// 409: what is there now stands against it; see `conflicts`.
    Conflict,
    /// 413: the body is larger than Perch accepts.
    TooLarge,
    /// 415: the body is not declared as `application/json`.
    NotJson,
    /// 422: the JSON is well formed, but its content is not acceptable; see `diagnostics`.
    Invalid,
    /// 422: Kea refused it; its own words are in `kea`.
    Refused,
    /// 429: too many attempts; the header `Retry-After` says how many seconds to wait.
    TooMany,
    /// 502: no connection to Kea, or it was cut.
    Unreachable,
    /// 502: Kea's answer could not be understood.
    Malformed,
    /// 502: Kea wants a user name and a password, or other ones.
    Unauthorized,
    /// 504: Kea did not answer in time.
    TimedOut,
    /// 507: Perch could not write its own files; nothing was changed.
    Storage,
    /// 503: as much goes on already as Perch allows.
    Busy,
    /// 500: a mistake of Perch's.
    Internal,
}

impl ErrorCode {
    /// The HTTP status that goes with it.
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::SignInNeeded => 401,
            Self::Forbidden | Self::NotAllowed => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::SlowRequest => 408,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::NotJson => 415,
            Self::Invalid | Self::Refused => 422,
            Self::TooMany => 429,
            Self::Unreachable | Self::Malformed | Self::Unauthorized => 502,
            Self::TimedOut => 504,
            Self::Storage => 507,
            Self::Busy => 503,
            Self::Internal => 500,
        }
    }
}

/// What Kea itself said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct KeaSaid {
    /// The command it answered.
    pub command: String,
    /// Its result code.
    pub result: i64,
    /// Its own words, unchanged.
    pub text: String,
}

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct WrongField {
    /// The field's name, as it is sent.
    pub field: String,
    /// What is wrong with it, and what to do.
    pub message: String,
}

/// A failure: what happened, what to do, and what each side said. Never holds a credential.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ErrorBody {
    /// The kind of failure.
    pub code: ErrorCode,
    /// What happened, for people: one sentence.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Kea's own refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kea: Option<KeaSaid>,
    /// What Perch's own rules found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong with single fields of the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<WrongField>,
    /// Edits whose object was changed by somebody else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// How far a change came before it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apply: Option<ApplyReport>,
    /// What was found at an address that could not be added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<ProbeReport>,
    /// The request's id, to be found in Perch's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl ErrorBody {
    /// A failure with a message and nothing else.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            kea: None,
            diagnostics: Vec::new(),
            fields: Vec::new(),
            conflicts: Vec::new(),
            apply: None,
            probe: None,
            request_id: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
