//! Giving an option that nobody defined a definition, so that its value is written as what it is and not as bytes.

use super::{Draft, RECIPES};
use crate::option::{OptionData, check, decode};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, Ipv6Addr};

/// A type that an option may be defined with in one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// What the value is then, such as `IPv4 addresses`.
    pub words: &'static str,
    /// Kea's `type`.
    pub kind: &'static str,
    /// Whether it may have several values.
    pub array: bool,
}

const IPV4: Shape = Shape { words: "IPv4 addresses", kind: "ipv4-address", array: true };
const IPV6: Shape = Shape { words: "IPv6 addresses", kind: "ipv6-address", array: true };
const TEXT: Shape = Shape { words: "text", kind: "string", array: false };
const FLAG: Shape = Shape { words: "true or false", kind: "boolean", array: false };

/// The types that are enough for most options. The page of the custom options has all of Kea's.
pub const SHAPES: [Shape; 7] = [
    IPV4,
    IPV6,
    TEXT,
    Shape { words: "a number of 1 byte", kind: "uint8", array: false },
    Shape { words: "a number of 2 bytes", kind: "uint16", array: false },
    Shape { words: "a number of 4 bytes", kind: "uint32", array: false },
    FLAG,
];

impl Draft {
    /// Whether the option at a path has a code and no definition.
    pub fn is_undefined(&self, path: &str) -> bool {
        let option = self.option(path);
        option.code.is_some() && self.definitions(scope_of(path)).resolve(&option).is_none()
    }

    /// What somebody typed into an option without a definition, where it is not the bytes that Kea reads there.
    pub fn typed_shape(&self, path: &str) -> Option<Shape> {
        let option = self.option(path);
        let is_bytes = check(&self.definitions(scope_of(path)), &option).bytes.is_some();
        let data = option.data.trim();
        (!is_bytes && !data.is_empty() && self.is_undefined(path)).then(|| shape_of(data))
    }

    /// Defines the option at a path for the whole daemon, and writes its value as the definition wants it.
    pub fn define_option(&mut self, path: &str, shape: Shape) {
        let option = self.option(path);
        let Some(code) = option.code else { return };
        let space = option.space_or_default(self.family()).to_owned();
        let usual = RECIPES.iter().find_map(|recipe| recipe.defines(&space, code));
        let name = usual.map_or_else(|| format!("option-{code}"), str::to_owned);
        self.define(scope_of(path), &space, code, &name, shape.kind, shape.array);
    }

    /// Adds a definition to the daemon's. The options of a scope that had none follow it from then on.
    pub(super) fn define(
        &mut self,
        scope: &str,
        space: &str,
        code: u16,
        name: &str,
        kind: &str,
        array: bool,
    ) {
        let before = self.definitions(scope);
        let is_it = |option: &OptionData| {
            option.code == Some(code) && option.space_or_default(before.family) == space
        };
        let waiting: Vec<_> = self.options(scope).into_iter().filter(|set| is_it(&set.option)).collect();
        let mut definition = json!({"name": name, "code": code, "space": space, "type": kind});
        if let (true, Some(map)) = (array, definition.as_object_mut()) {
            map.insert("array".to_owned(), Value::Bool(true));
        }
        self.push("option-def", definition);
        let after = self.definitions(scope);
        for set in waiting {
            let bytes = check(&before, &set.option).bytes.filter(|bytes| !bytes.is_empty());
            let text = match (&bytes, after.by_code(space, code)) {
                (Some(bytes), Some(definition)) => decode(&definition, bytes),
                _ => None,
            };
            // Bytes that the definition cannot write as text stay what they are.
            let is_text = bytes.is_none() || text.is_some();
            let csv_format = if is_text { None } else { set.option.csv_format };
            let data = text.unwrap_or_else(|| set.option.data.clone());
            self.set_option(&set.path, &OptionData { name: name.to_owned(), csv_format, data, ..set.option });
        }
    }
}

/// The scope of an option: what its path has before the list.
fn scope_of(path: &str) -> &str {
    path.rsplit_once("option-data[").map_or("", |(scope, _)| scope.trim_end_matches('.'))
}

fn shape_of(data: &str) -> Shape {
    let every = |fits: fn(&str) -> bool| data.split(',').all(|part| fits(part.trim()));
    if every(|part| part.parse::<Ipv4Addr>().is_ok()) {
        IPV4
    } else if every(|part| part.parse::<Ipv6Addr>().is_ok()) {
        IPV6
    } else if matches!(data, "true" | "false") {
        FLAG
    } else {
        TEXT
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Family, KeaVersion, api::ConfigurationView};

    fn draft(data: &str) -> Draft {
        let config = json!({"subnet4": [{"id": 1, "subnet": "192.0.2.0/24",
            "option-data": [{"code": 150, "data": data, "csv-format": false}]}]});
        Draft::new(ConfigurationView {
            family: Family::V4,
            version: KeaVersion::new(3, 0, 4),
            hash: "A".into(),
            config,
        })
    }

    const PATH: &str = "subnet4[0].option-data[0]";

    #[test]
    fn what_was_typed_tells_the_type() {
        for (data, shape) in [
            ("192.0.2.10", Some(IPV4)),
            ("192.0.2.10, 192.0.2.11", Some(IPV4)),
            ("2001:db8::10", Some(IPV6)),
            ("true", Some(FLAG)),
            ("tftp.example.org", Some(TEXT)),
            ("", None),
            ("C000020A", None),
            ("c0:00:02:0a", None),
        ] {
            assert_eq!(draft(data).typed_shape(PATH), shape, "{data}");
        }
    }

    #[test]
    fn the_value_becomes_what_the_definition_wants() {
        for (data, then, csv) in [
            ("192.0.2.10", "192.0.2.10", None),
            ("C000020A", "192.0.2.10", None),
            ("", "", None),
            ("C00002", "C00002", Some(false)),
        ] {
            let mut draft = draft(data);
            assert!(draft.is_undefined(PATH));
            draft.define_option(PATH, IPV4);
            let option = draft.option(PATH);
            assert_eq!((option.data.as_str(), option.csv_format), (then, csv), "{data}");
            assert_eq!(option.name, "tftp-server-address");
            assert!(!draft.is_undefined(PATH) && draft.typed_shape(PATH).is_none());
        }
    }
}
