//! Reading a command the way Kea does, with its refusals.

use super::reply::Reply;
use serde_json::{Map, Value};

/// A command that was understood.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) command: String,
    /// The services as sent: only a Control Agent looks at them.
    pub(super) service: Option<Value>,
    pub(super) arguments: Option<Value>,
}

impl Request {
    pub(super) fn read(value: Value) -> Result<Self, Reply> {
        let refused = |text: String| {
            Reply::refused(format!("Error during command processing: invalid command: {text}"))
        };
        let mut map = match value {
            Value::Object(map) => map,
            other => {
                return Err(refused(format!(
                    "expected toplevel entry to be a map, got {} instead",
                    kind(&other)
                )));
            }
        };
        let command = match map.remove("command") {
            Some(Value::String(command)) => command,
            Some(_) => return Err(refused("expected 'command' to be a string, got map instead".to_owned())),
            None => return Err(refused("does not contain mandatory 'command'".to_owned())),
        };
        let (service, arguments) = (map.remove("service"), map.remove("arguments"));
        map.remove("remote-address");
        match map.keys().next() {
            Some(key) => Err(refused(format!("unsupported parameter '{key}'"))),
            None => Ok(Self { command, service, arguments }),
        }
    }

    /// The arguments, where a map of them is needed.
    pub(super) fn map(&self) -> Option<&Map<String, Value>> {
        self.arguments.as_ref()?.as_object()
    }

    pub(super) fn argument(&self, key: &str) -> Option<&Value> {
        self.map()?.get(key)
    }
}

/// A JSON type as Kea names it.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "real",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "map",
    }
}
