//! What this Perch is.

use super::{SessionView, endpoint};
use serde::{Deserialize, Serialize};
use serde_json::Value;

endpoint!(
    /// Tells the page what it talks to.
    GetAbout for Filtered, Get, "/api/v1/about", (), () => About
);

endpoint!(
    /// Every request that Perch answers, as OpenAPI 3.1 describes it.
    GetOpenApi for Filtered, Get, "/api/v1/openapi.json", (), () => Value
);

/// What this Perch is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct About {
    /// Perch's own version.
    pub version: String,
    /// Whether the servers are the built-in demo fleet. Every page says so.
    pub demo: bool,
    /// The address of a demo server that is not in the inventory yet, to try *Add server* with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub try_address: Option<String>,
    /// Who is signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionView>,
}
