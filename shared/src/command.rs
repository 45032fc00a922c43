//! Kea's control commands: the request, and what an answer means, classified once.
//!
//! Source: <https://kea.readthedocs.io/en/kea-3.0.0/arm/ctrl-channel.html>.

use crate::Family;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A command as Kea reads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// Kea's name of the command, such as `config-get`.
    pub command: String,
    /// The daemons that a Control Agent passes it to. Without it the agent answers for itself; a daemon's own
    /// socket ignores it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub service: Vec<String>,
    /// The command's arguments, a map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arguments: Option<Value>,
}

impl Command {
    /// A command for whoever reads it: an agent itself, or the daemon whose socket it is sent to.
    pub fn new(command: impl Into<String>) -> Self {
        Self { command: command.into(), service: Vec::new(), arguments: None }
    }

    /// Addresses one daemon.
    #[must_use]
    pub fn to(mut self, family: Family) -> Self {
        self.service = vec![family.service().to_owned()];
        self
    }

    /// Adds arguments.
    #[must_use]
    pub fn with(mut self, arguments: Value) -> Self {
        self.arguments = Some(arguments);
        self
    }
}

/// Whether a command changes nothing in Kea, so that it may be sent again when its answer is lost. A name that is
/// not known here counts as one that changes something.
pub fn is_read_only(command: &str) -> bool {
    const NAMES: [&str; 5] =
        ["list-commands", "build-report", "config-test", "config-hash-get", "subnet4-select-test"];
    NAMES.contains(&command)
        || command.ends_with("-get")
        || command.ends_with("-list")
        || command.contains("-get-")
}

/// What Kea's result code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 0: done.
    Ok,
    /// 1, and any code that Kea's manual does not list: refused or failed.
    Error,
    /// 2: the daemon does not know the command; a hook is not loaded, or Kea is too old.
    Unsupported,
    /// 3: done, but nothing was found or affected.
    Empty,
    /// 4: what is there already stands against it (Kea ≥ 2.5).
    Conflict,
    /// 5: failed, and the running configuration is damaged (Kea 3).
    Damaged,
}

impl Outcome {
    /// Classifies a result code.
    pub fn from_code(code: i64) -> Self {
        match code {
            0 => Self::Ok,
            2 => Self::Unsupported,
            3 => Self::Empty,
            4 => Self::Conflict,
            5 => Self::Damaged,
            _ => Self::Error,
        }
    }

    /// Whether the command was carried out.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Ok | Self::Empty)
    }
}

/// One daemon's answer to one command.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The result code as sent.
    pub code: i64,
    /// What the code says.
    pub outcome: Outcome,
    /// Kea's own words; empty when it gave none.
    pub text: String,
    /// The answer's body; `null` when there is none.
    pub arguments: Value,
}

/// Why a body is not an answer of Kea's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The body is not JSON.
    #[error("the answer is not JSON: {0}")]
    NotJson(String),
    /// The body is JSON, but not of the form that Kea's answers have.
    #[error("the answer is JSON, but not an answer of Kea's: {0}")]
    NotKea(&'static str),
}

/// Reads the body of an answer from any channel: a Control Agent and an HTTP socket send a list, a UNIX socket
/// and every refusal of the HTTP layer a bare object. Strings are mended, see [`mend`].
///
/// # Errors
/// When the body is not JSON, or neither an answer nor a list of answers.
pub fn parse_answers(body: &[u8]) -> Result<Vec<Answer>, AnswerError> {
    let value: Value =
        serde_json::from_slice(body).map_err(|error| AnswerError::NotJson(error.to_string()))?;
    match value {
        Value::Array(items) if items.is_empty() => Err(AnswerError::NotKea("an empty list")),
        Value::Array(items) => items.into_iter().map(answer).collect(),
        other => answer(other).map(|answer| vec![answer]),
    }
}

fn answer(value: Value) -> Result<Answer, AnswerError> {
    let Value::Object(mut map) = value else { return Err(AnswerError::NotKea("it is not an object")) };
    let code = map.get("result").and_then(Value::as_i64).ok_or(AnswerError::NotKea("`result` is missing"))?;
    let text = match map.remove("text") {
        Some(Value::String(text)) => mend_string(text),
        _ => String::new(),
    };
    let mut arguments = map.remove("arguments").unwrap_or_default();
    mend(&mut arguments);
    Ok(Answer { code, outcome: Outcome::from_code(code), text, arguments })
}

/// Restores the text of every string and key: Kea stores bytes and prints each byte ≥ 0x80 as `\u00XX`, so `zoë`
/// arrives as `zoÃ«`. A string that is not such a spelling of UTF-8 stays as it is.
pub fn mend(value: &mut Value) {
    match value {
        Value::String(text) => *text = mend_string(std::mem::take(text)),
        Value::Array(items) => items.iter_mut().for_each(mend),
        Value::Object(map) => {
            if map.keys().all(|key| key.is_ascii()) {
                map.values_mut().for_each(mend);
                return;
            }
            *map = std::mem::take(map)
                .into_iter()
                .map(|(key, mut value)| {
                    mend(&mut value);
                    (mend_string(key), value)
                })
                .collect::<Map<_, _>>();
        }
        _ => {}
    }
}

fn mend_string(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_lists_and_bare_objects() {
        for body in [r#"[{"result":0,"text":"2.6.3"}]"#, r#"{"result":0,"text":"2.6.3"}"#] {
            let answers = parse_answers(body.as_bytes()).unwrap();
            assert_eq!(answers.len(), 1);
            assert_eq!((answers[0].outcome, answers[0].text.as_str()), (Outcome::Ok, "2.6.3"));
        }
    }

    #[test]
    fn classifies_every_code() {
        use Outcome::*;
        let expected = [
            (0, Ok),
            (1, Error),
            (2, Unsupported),
            (3, Empty),
            (4, Conflict),
            (5, Damaged),
            (401, Error),
            (-1, Error),
        ];
        for (code, outcome) in expected {
            assert_eq!(Outcome::from_code(code), outcome, "{code}");
        }
    }

    #[test]
    fn knows_what_may_be_sent_again() {
        for name in [
            "config-get",
            "status-get",
            "lease4-get-page",
            "stat-lease4-get",
            "class-list",
            "statistic-get-all",
        ] {
            assert!(is_read_only(name), "{name}");
        }
        for name in [
            "config-set",
            "config-write",
            "config-reload",
            "lease4-add",
            "dhcp-disable",
            "shutdown",
            "",
            "made-up",
        ] {
            assert!(!is_read_only(name), "{name}");
        }
    }

    #[test]
    fn refuses_what_kea_never_says() {
        for body in ["", "hello", "[]", "[1]", "{}", r#"{"result":"0"}"#, "<html>", "null"] {
            assert!(parse_answers(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn mends_bytes_that_kea_printed_as_latin_1() {
        let body = r#"{"result":0,"arguments":{"comment":"zo\u00c3\u00ab \u00e4\u00b8\u00ad","n\u00c3\u00ab":1,"plain":"ok"}}"#;
        let answers = parse_answers(body.as_bytes()).unwrap();
        assert_eq!(answers[0].arguments, json!({"comment": "zoë 中", "në": 1, "plain": "ok"}));
    }

    #[test]
    fn leaves_text_that_is_not_utf_8_alone() {
        assert_eq!(mend_string("caf\u{e9}".into()), "caf\u{e9}");
    }
}
