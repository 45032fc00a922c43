//! What a demo daemon answers.

use serde_json::{Map, Value, json};

/// One answer: result code, text, arguments.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reply {
    code: u8,
    text: Option<String>,
    arguments: Option<Value>,
}

impl Reply {
    /// 0: done.
    pub(super) fn done() -> Self {
        Self { code: 0, text: None, arguments: None }
    }

    /// 1: refused.
    pub(super) fn refused(text: impl Into<String>) -> Self {
        Self { code: 1, ..Self::done() }.text(text)
    }

    /// 2: not known here.
    pub(super) fn unsupported(command: &str) -> Self {
        Self { code: 2, ..Self::done() }.text(format!("'{command}' command not supported."))
    }

    /// 1: a real Kea carries it out, the demo does not.
    pub(super) fn not_played(command: &str) -> Self {
        Self::refused(format!("The demo does not play '{command}'; a real Kea with this hook library does."))
    }

    /// 0, or 3 when there is nothing: the text says how many.
    pub(super) fn counted(count: usize, text: impl Into<String>) -> Self {
        Self { code: if count == 0 { 3 } else { 0 }, ..Self::done() }.text(text)
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    pub(super) fn arguments(mut self, arguments: Value) -> Self {
        self.arguments = Some(arguments);
        self
    }

    /// The answer as Kea writes it.
    pub(super) fn into_json(self) -> Value {
        let mut map = Map::from_iter([("result".to_owned(), json!(self.code))]);
        map.extend(self.text.map(|text| ("text".to_owned(), text.into())));
        map.extend(self.arguments.map(|arguments| ("arguments".to_owned(), arguments)));
        Value::Object(map)
    }
}
