//! The semantic difference between two configurations.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One place where two configurations differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Difference {
    /// The place, with list items named by what identifies them: `option-data[domain-name-servers].data`,
    /// `subnet4[10.0.0.0/8].pools[…]`.
    pub path: String,
    /// What stood there; `None`: nothing.
    pub before: Option<Value>,
    /// What stands there now; `None`: nothing.
    pub after: Option<Value>,
}
