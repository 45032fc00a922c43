//! Typed edits: each says what it expects to find and what it leaves.

use crate::option::OptionData;
use serde::{Deserialize, Serialize};

/// One change of a daemon's configuration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "edit")]
pub enum Edit {
    /// Adds a global option (`before` is `None`), or replaces one.
    SetOption {
        /// The `option-data` entry that is replaced, exactly as it was read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<OptionData>,
        /// What stands there afterwards.
        after: OptionData,
    },
    /// Removes a global option.
    RemoveOption {
        /// The `option-data` entry that is removed, exactly as it was read.
        before: OptionData,
    },
}
