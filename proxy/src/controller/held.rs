//! What a daemon runs, while it is changed: five hundred of them have room at once.

use super::{Reading, journal::Fault};
use crate::{
    error::ApiError,
    kea::{PackError, Packed},
};
use perch_shared::{KeaVersion, api::ErrorCode};
use serde_json::{Value, json};

/// A reading that is only kept until it is looked into again.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) version: KeaVersion,
    pub(super) hash: String,
    pub(super) config: Packed,
    /// What the HA status is read with.
    pub(super) hooks: Value,
}

impl Held {
    pub(super) fn of(reading: &Reading) -> Result<Self, PackError> {
        let (version, hash) = (reading.version, reading.hash.clone());
        Ok(Self { version, hash, config: Packed::of(&reading.config)?, hooks: hooks(&reading.config.root) })
    }

    pub(super) fn reading(&self) -> Result<Reading, PackError> {
        Ok(Reading { version: self.version, config: self.config.tree()?, hash: self.hash.clone() })
    }
}

/// Of a configuration, the hook libraries alone.
pub(super) fn hooks(config: &Value) -> Value {
    json!({"hooks-libraries": config.get("hooks-libraries").cloned().unwrap_or_default()})
}

impl From<PackError> for ApiError {
    fn from(error: PackError) -> Self {
        Self::new(ErrorCode::Internal, "Perch could not go on with a configuration that it had read.")
            .because(error)
    }
}

impl From<PackError> for Fault {
    fn from(error: PackError) -> Self {
        Self::Storage(error.to_string())
    }
}
