//! A daemon's running configuration as Kea printed it. A tree of it takes ten times as much memory, and whoever only
//! keeps it, or wants a small part, needs none.

use super::{PackError, RunningConfig, answer::parts_of_one};
use bytes::Bytes;
use perch_shared::{Family, config::Config};
use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use std::{borrow::Cow, io};

/// A daemon's running configuration, as text where that can be.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// Which daemon's.
    pub family: Family,
    /// As [`RunningConfig::hash`].
    pub hash: String,
    form: Form,
}

#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// The map below `Dhcp4` or `Dhcp6`, as JSON.
    Text(Bytes),
    Tree(Config),
}

/// An answer to `config-get` of which nothing is read but where its parts are.
#[derive(Deserialize)]
struct Answer<'a> {
    result: i64,
    #[serde(borrow)]
    arguments: Arguments<'a>,
}

#[derive(Deserialize)]
struct Arguments<'a> {
    #[serde(borrow)]
    hash: Cow<'a, str>,
    #[serde(borrow, rename = "Dhcp4")]
    v4: Option<&'a RawValue>,
    #[serde(borrow, rename = "Dhcp6")]
    v6: Option<&'a RawValue>,
}

/// What is read of a configuration whatever becomes of it.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Outline {
    #[serde(default)]
    hooks_libraries: Value,
    #[serde(default)]
    config_control: Value,
    #[serde(default)]
    client_classes: Value,
}

impl Printed {
    /// Takes the text out of an answer to `config-get`. `None`: it has to be read as a tree, because it says no hash or holds
    /// letters that Kea spelled byte by byte.
    pub(super) fn of_answer(family: Family, body: &Bytes) -> Option<Self> {
        let answer: Answer<'_> = parts_of_one(body)?;
        let Arguments { hash, v4, v6 } = answer.arguments;
        let text = match family {
            Family::V4 => v4,
            Family::V6 => v6,
        }?
        .get();
        let plain = answer.result == 0 && text.starts_with('{') && text.is_ascii() && !text.contains("\\u00");
        plain.then(|| Self {
            family,
            hash: hash.into_owned(),
            form: Form::Text(body.slice_ref(text.as_bytes())),
        })
    }

    /// The hook libraries with their parameters, where else the configuration comes from, and the client classes: a map with
    /// just these keys.
    pub fn outline(&self) -> Value {
        let outline = match &self.form {
            Form::Tree(config) => Outline::deserialize(&config.root),
            Form::Text(text) => serde_json::from_slice(text),
        };
        let Ok(Outline { hooks_libraries, config_control, client_classes }) = outline else {
            return Value::Null;
        };
        serde_json::json!({
            "hooks-libraries": hooks_libraries,
            "config-control": config_control,
            "client-classes": client_classes,
        })
    }

    /// The whole tree.
    ///
    /// # Errors
    /// When the text cannot be read.
    pub fn tree(&self) -> Result<Cow<'_, Config>, PackError> {
        match &self.form {
            Form::Tree(config) => Ok(Cow::Borrowed(config)),
            Form::Text(text) => {
                let root = serde_json::from_slice(text).map_err(io::Error::from)?;
                Ok(Cow::Owned(Config { family: self.family, root }))
            }
        }
    }

    /// Writes the map below `Dhcp4` or `Dhcp6` as JSON.
    ///
    /// # Errors
    /// When `to` does not take it.
    pub fn write(&self, to: &mut impl io::Write) -> io::Result<()> {
        match &self.form {
            Form::Text(text) => to.write_all(text),
            Form::Tree(config) => Ok(serde_json::to_writer(to, &config.root)?),
        }
    }
}

impl From<RunningConfig> for Printed {
    fn from(running: RunningConfig) -> Self {
        let RunningConfig { config, hash } = running;
        Self { family: config.family, hash, form: Form::Tree(config) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn answer(config: &str) -> Bytes {
        format!(r#" [ {{ "arguments": {{ "Dhcp4": {config}, "hash": "AB" }}, "result": 0 }} ]"#).into()
    }

    #[test]
    fn the_text_says_what_the_tree_says() {
        let text = r#"{ "hooks-libraries": [ { "library": "x" } ], "subnet4": [ { "id": 1 } ] }"#;
        let printed = Printed::of_answer(Family::V4, &answer(text)).unwrap();
        assert!(matches!(printed.form, Form::Text(_)) && printed.hash == "AB");
        let tree = printed.tree().unwrap().into_owned();
        assert_eq!(tree.root, serde_json::from_str::<Value>(text).unwrap());
        let of_tree = Printed::from(RunningConfig { config: tree, hash: "AB".into() });
        for one in [&printed, &of_tree] {
            assert_eq!(
                one.outline(),
                json!({"hooks-libraries": [{"library": "x"}], "config-control": null, "client-classes": null})
            );
            let mut written = Vec::new();
            one.write(&mut written).unwrap();
            assert_eq!(serde_json::from_slice::<Value>(&written).unwrap(), of_tree.tree().unwrap().root);
        }
        let bare = Bytes::from(r#"{"result": 0, "arguments": {"Dhcp4": {}, "hash": "C"}}"#);
        assert_eq!(Printed::of_answer(Family::V4, &bare).unwrap().hash, "C");
    }

    #[test]
    fn what_has_to_be_read_as_a_tree_is_left_to_it() {
        for body in [
            answer(r#"{"user-context": {"comment": "zo\u00c3\u00ab"}}"#),
            answer("[]"),
            r#"{"result": 0, "arguments": {"Dhcp4": {}}}"#.into(),
            r#"{"result": 1, "text": "no", "arguments": {"Dhcp4": {}, "hash": "A"}}"#.into(),
            r#"{"result": 0, "arguments": {"Dhcp6": {}, "hash": "A"}}"#.into(),
            "nonsense".into(),
        ] {
            assert_eq!(Printed::of_answer(Family::V4, &body), None, "{body:?}");
        }
    }
}
