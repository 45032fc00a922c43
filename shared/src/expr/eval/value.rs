//! What an evaluation gives, as plain data for every reader: the page, the command line, tests.

use serde::{Deserialize, Serialize};

/// How many bytes of a value are shown.
const SHOWN: usize = 256;

/// A string of Kea's: bytes, of which the first 256 are kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bytes {
    /// How many bytes it has.
    pub len: usize,
    /// Its bytes in hex digits.
    pub hex: String,
    /// Its text, when it is one: UTF-8 without control characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        let shown = bytes.get(..SHOWN).unwrap_or(bytes);
        let text = match std::str::from_utf8(shown) {
            Ok(text) => Some(text),
            // The cut may be inside of a character.
            Err(error) if shown.len() < bytes.len() && error.error_len().is_none() => {
                shown.get(..error.valid_up_to()).and_then(|part| std::str::from_utf8(part).ok())
            }
            Err(_) => None,
        };
        let text = text.filter(|text| !text.chars().any(char::is_control)).map(str::to_owned);
        let hex = shown.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let hex = hex.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        Self { len: bytes.len(), hex, text }
    }
}

/// What one part of an expression gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepValue {
    /// True or false.
    Condition(bool),
    /// Bytes.
    String(Bytes),
    /// Kea does not come here: what stands before it has decided already.
    Skipped,
    /// Kea cannot evaluate it. The whole expression fails: the packet is not in the class.
    Failed(String),
}

/// One part of an expression with what it gave. Parts come before what they are parts of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Step {
    /// The first byte of its text.
    pub start: u32,
    /// One behind the last byte.
    pub end: u32,
    /// How many parts it is inside of.
    pub depth: u32,
    /// What it gave.
    pub value: StepValue,
    /// Why, where the value alone does not say: what the packet does not have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What the whole expression gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// True or false.
    Condition(bool),
    /// Bytes: a template's or another string expression.
    String(Bytes),
    /// Kea cannot evaluate it: the packet is not in the class, and the log has an error.
    Failed(String),
}

impl Outcome {
    /// Whether the packet gets into a class with this result.
    pub fn matches(&self) -> bool {
        match self {
            Self::Condition(value) => *value,
            Self::String(value) => value.len > 0,
            Self::Failed(_) => false,
        }
    }
}

/// An evaluation step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Trace {
    /// The whole expression's result.
    pub outcome: Outcome,
    /// Every part in Kea's order.
    pub steps: Vec<Step>,
    /// The steps that decide the result, as places in `steps`.
    pub because: Vec<usize>,
}
