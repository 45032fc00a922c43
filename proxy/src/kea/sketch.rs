//! An answer to `config-get` of which only the keys are kept that say who answers, and where it listens.

use super::{KeaClient, KeaError, Target, answer::parts_of_one, client::read};
use perch_shared::command::{Answer, Command, Outcome};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::{Map, Value};
use std::fmt;

/// The keys that are kept of each daemon's map.
const KEPT: [&str; 3] = ["control-socket", "control-sockets", "hooks-libraries"];

impl KeaClient {
    /// Asks whoever listens for its configuration, and keeps as much of it as says who that is.
    ///
    /// # Errors
    /// When no answer comes, or what comes is none of Kea's.
    pub async fn sketch(&self, target: &Target) -> Result<Answer, KeaError> {
        let command = Command::new("config-get");
        let body = self.ask(target, &command).await?;
        match parts_of_one(&body) {
            Some(Sketch { result: 0, arguments }) => Ok(Answer {
                code: 0,
                outcome: Outcome::Ok,
                text: String::new(),
                arguments: Value::Object(
                    arguments.into_iter().map(|(key, Part(part))| (key, part)).collect(),
                ),
            }),
            // Whatever else it is, the usual way says what is wrong with it.
            _ => read(target, &body, false),
        }
    }
}

#[derive(Deserialize)]
struct Sketch {
    result: i64,
    #[serde(default)]
    arguments: std::collections::BTreeMap<String, Part>,
}

/// A daemon's map without most of it; anything else is what it is, where it is short.
struct Part(Value);

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Kept;
        impl<'de> Visitor<'de> for Kept {
            type Value = Part;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a daemon's map")
            }
            fn visit_str<E>(self, text: &str) -> Result<Part, E> {
                Ok(Part(Value::from(text)))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Part, A::Error> {
                let mut kept = Map::new();
                while let Some(key) = map.next_key::<String>()? {
                    if KEPT.contains(&key.as_str()) {
                        kept.insert(key, map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Part(Value::Object(kept)))
            }
        }
        deserializer.deserialize_any(Kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sketch(text: &str) -> Option<Value> {
        let Sketch { arguments, .. } = parts_of_one(text.as_bytes())?;
        Some(Value::Object(arguments.into_iter().map(|(key, Part(part))| (key, part)).collect()))
    }

    #[test]
    fn what_says_who_answers_is_kept() {
        let config = r#"{"result": 0, "arguments": {"hash": "A", "Dhcp4": {"subnet4": [{"id": 1}], "hooks-libraries": [{"library": "x"}]}}}"#;
        let expected = json!({"hash": "A", "Dhcp4": {"hooks-libraries": [{"library": "x"}]}});
        assert_eq!(sketch(config), Some(expected.clone()));
        assert_eq!(sketch(&format!(" [ {config} ]")), Some(expected));
        let agent = r#"{"result": 0, "arguments": {"Control-agent": {"control-sockets": {"dhcp4": {}}, "http-port": 8000}}}"#;
        assert_eq!(sketch(agent), Some(json!({"Control-agent": {"control-sockets": {"dhcp4": {}}}})));
    }

    #[test]
    fn the_rest_is_left_to_the_usual_way() {
        for odd in [
            "",
            "[]",
            "[{}]",
            r#"{"result": 0, "arguments": []}"#,
            r#"{"result": 0, "arguments": {"Dhcp4": 5}}"#,
        ] {
            assert_eq!(sketch(odd), None, "{odd}");
        }
        assert_eq!(sketch(r#"{"result": 2, "text": "no"}"#), Some(json!({})));
    }
}
