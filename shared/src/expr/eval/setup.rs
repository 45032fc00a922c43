//! What a configuration says about classification.

use super::ClassRule;
use crate::{
    Family, KeaVersion,
    json::{Document, Element},
    option::{Definitions, OptionDef},
};

/// A configuration as far as packets and classes need it.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// The options that the daemon knows.
    pub definitions: Definitions,
    /// Its classes, in their order.
    pub classes: Vec<ClassRule>,
    /// `compatibility.lenient-option-parsing`.
    pub lenient: bool,
}

impl Setup {
    /// Reads a configuration; `None` when it is neither of kea-dhcp4 nor of kea-dhcp6. What cannot be read is left
    /// out; the check of the configuration says what that is.
    pub fn read(document: &Document<'_>, version: KeaVersion) -> Option<Self> {
        let root = document.root()?;
        let family = Family::ALL.into_iter().find(|family| root.get(family.root_key()).is_some())?;
        let daemon = root.get(family.root_key())?;
        let compatibility = daemon.get("compatibility");
        Some(Self {
            definitions: Definitions::new(family, version, definitions(daemon)),
            classes: daemon.maps("client-classes").filter_map(class).collect(),
            lenient: compatibility.and_then(|map| map.bool("lenient-option-parsing")).unwrap_or(false),
        })
    }
}

fn definitions(map: Element<'_>) -> Vec<OptionDef> {
    map.maps("option-def").filter_map(|def| serde_json::from_value(def.to_value()).ok()).collect()
}

fn class(map: Element<'_>) -> Option<ClassRule> {
    let template = map.text("template-test");
    let additional = ["only-in-additional-list", "only-if-required"].iter().find_map(|key| map.bool(key));
    Some(ClassRule {
        name: map.text("name")?.into_owned(),
        template: template.is_some(),
        test: template.or_else(|| map.text("test")).map(std::borrow::Cow::into_owned),
        additional: additional.unwrap_or(false),
        option_defs: definitions(map),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_classification_needs() {
        let text = r#"{"Dhcp4": { // a comment
            "compatibility": {"lenient-option-parsing": true},
            "option-def": [{"name": "lamp", "code": 225, "space": "dhcp4", "type": "uint8"}, {"name": 5}],
            "client-classes": [
                {"name": "a", "test": "option[1].exists", "only-if-required": true},
                {"name": "b", "template-test": "option[12].text"}, {"test": "x"}]}}"#;
        let setup = Setup::read(&crate::json::parse(text), KeaVersion::new(3, 0, 4)).unwrap();
        assert!(setup.lenient && setup.classes[0].additional && setup.classes[1].template);
        assert_eq!((setup.classes.len(), setup.definitions.custom().len()), (2, 1));
        assert!(Setup::read(&crate::json::parse("{}"), KeaVersion::OLDEST).is_none());
    }
}
