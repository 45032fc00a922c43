//! The whole configuration as text that somebody edits by hand.

use super::{Draft, text_of};
use crate::{
    config::Config,
    json::{self, Lines},
    schema::{Object, Schema},
};
use serde_json::{Map, Value};

/// Why a text is no configuration of the daemon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// It cannot be read.
    #[error("Line {line} cannot be read: {message}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It names another file.
    #[error("Line {line} names another file, which only Kea's host has. Put what it holds in its place.")]
    Include {
        /// The line, from 1.
        line: usize,
    },
    /// It is not a configuration of this daemon.
    #[error("The text has no map `{0}`.")]
    OtherDaemon(&'static str),
}

impl Draft {
    /// The configuration as it shall be, for people.
    pub fn pretty(&self) -> String {
        pretty(&self.after)
    }

    /// The configuration as Kea has it, for people.
    pub fn pretty_before(&self) -> String {
        pretty(&self.before)
    }

    /// Takes what somebody wrote as the configuration as it shall be: `{ "Dhcp4": { … } }` in Kea's own dialect of JSON.
    /// A `comment` becomes `user-context.comment`, as Kea's reader of files does it; other comments are lost.
    ///
    /// # Errors
    /// When the text cannot be read as the configuration of this daemon. Then nothing is changed.
    ///
    /// # Example
    /// ```
    /// use perch_shared::{Family, KeaVersion, api::ConfigurationView, draft::Draft};
    /// use serde_json::json;
    /// let view = ConfigurationView {
    ///     family: Family::V4, version: KeaVersion::new(3, 0, 4), hash: "A".into(), config: json!({"renew-timer": 1}),
    /// };
    /// let mut draft = Draft::new(view);
    /// draft.replace_text(r#"{ "Dhcp4": { "renew-timer": 2 // quicker
    /// } }"#).unwrap();
    /// assert_eq!(draft.edits()[0].describe(), "Set `renew-timer` to `2`");
    /// ```
    pub fn replace_text(&mut self, text: &str) -> Result<(), TextError> {
        let document = json::parse(text);
        let line = |offset: usize| Lines::new(text).place(offset).line;
        if let Some(error) = document.errors().iter().find(|error| !error.is_readable()) {
            return Err(TextError::Syntax { line: line(error.span.start), message: error.message.clone() });
        }
        if let Some(include) = document.includes().first() {
            return Err(TextError::Include { line: line(include.span.start) });
        }
        let family = self.family();
        let map = document.root().and_then(|root| root.get(family.root_key()));
        let Some(Value::Object(mut map)) = map.map(json::Element::to_value) else {
            return Err(TextError::OtherDaemon(family.root_key()));
        };
        let schema = Schema::new(self.daemon(), self.version);
        keep_comments(schema, Object::GLOBAL, &mut map);
        self.after = Config { family, root: Value::Object(map) };
        Ok(())
    }
}

fn pretty(config: &Config) -> String {
    serde_json::to_string_pretty(&config.to_arguments()).unwrap_or_else(|_| text_of(config))
}

/// Puts every `comment` where Kea's reader of files puts it. Commands do not: there it would be lost.
fn keep_comments(schema: Schema, object: Object, map: &mut Map<String, Value>) {
    let moved = schema.key(object, "comment").and_then(|_| map.remove("comment"));
    if let Some(comment) = moved {
        let context = map.entry("user-context").or_insert_with(|| Value::Object(Map::new()));
        if let Some(context) = context.as_object_mut() {
            context.insert("comment".to_owned(), comment);
        }
    }
    for (key, value) in map.iter_mut() {
        let Some(child) = Schema::child_of(object, key) else { continue };
        match value {
            Value::Object(map) => keep_comments(schema, child, map),
            Value::Array(items) => {
                items
                    .iter_mut()
                    .filter_map(Value::as_object_mut)
                    .for_each(|map| keep_comments(schema, child, map));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, KeaVersion, api::ConfigurationView, change::Edit};
    use serde_json::json;

    fn draft() -> Draft {
        Draft::new(ConfigurationView {
            family: Family::V4,
            version: KeaVersion::new(2, 6, 3),
            hash: "A".to_owned(),
            config: json!({
                "valid-lifetime": 4000,
                "lease-database": {"type": "mysql", "password": "••••"},
                "subnet4": [{"id": 1, "subnet": "10.0.0.0/8", "pools": [{"pool": "10.0.0.1-10.0.0.9"}]}],
            }),
        })
    }

    fn sentences(draft: &Draft) -> Vec<String> {
        draft.edits().iter().map(Edit::describe).collect()
    }

    #[test]
    fn its_own_text_changes_nothing() {
        let mut draft = draft();
        let text = draft.pretty_before();
        assert!(text.starts_with("{\n  \"Dhcp4\": {\n    \"lease-database\""), "{text}");
        draft.replace_text(&text).unwrap();
        assert!(!draft.is_changed(), "secrets stay as they are");
    }

    #[test]
    fn what_is_written_becomes_edits() {
        let mut draft = draft();
        let text = draft
            .pretty()
            .replace("4000", "900, # shorter")
            .replace("\"id\": 1,", "\"id\": 1, \"comment\": \"Cellar zoë\", /* why */ \"renew-timer\": 60,");
        draft.replace_text(&text).unwrap();
        assert_eq!(
            sentences(&draft),
            [
                "Set `renew-timer` of subnet 10.0.0.0/8 to `60`",
                "Set `user-context` of subnet 10.0.0.0/8 to `{\"comment\":\"Cellar zoë\"}`",
                "Set `valid-lifetime` to `900`",
            ]
        );
        assert_eq!(draft.text_at("subnet4[0].user-context.comment"), "Cellar zoë");
    }

    #[test]
    fn what_belongs_to_others_is_no_comment_of_keas() {
        let mut draft = draft();
        let text = r#"{"Dhcp4": {"user-context": {"site": {"comment": "a"}},
            "hooks-libraries": [{"library": "x.so", "parameters": {"comment": "b"}}]}}"#;
        draft.replace_text(text).unwrap();
        assert_eq!(draft.text_at("user-context.site.comment"), "a");
        assert_eq!(draft.text_at("hooks-libraries[0].parameters.comment"), "b");
    }

    #[test]
    fn what_cannot_be_read_changes_nothing() {
        for (text, said) in [
            ("{ \"Dhcp4\": {\n  \"renew-timer\" 1\n} }", "Line 2 cannot be read"),
            ("{ \"Dhcp6\": {} }", "The text has no map `Dhcp4`."),
            ("", "The text has no map"),
            (
                "{ \"Dhcp4\": { \"subnet4\": <?include \"/etc/kea/subnets.json\"?> } }",
                "Line 1 names another file",
            ),
        ] {
            let mut draft = draft();
            let error = draft.replace_text(text).unwrap_err().to_string();
            assert!(error.starts_with(said) || text.is_empty(), "{text}: {error}");
            assert!(!draft.is_changed());
        }
    }
}
