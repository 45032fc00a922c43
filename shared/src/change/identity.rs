//! When two items of a list are the same object.

use super::{
    label::label,
    place::{OptionName, Step},
};
use crate::{
    Family, KeaVersion,
    config::Config,
    net::{AddressRange, Identifier, Prefix},
    option::{Definitions, OptionData},
};
use serde_json::Value;

/// Tells the objects of one configuration apart.
#[derive(Debug)]
pub(super) struct Identities(pub(super) Definitions);

impl Identities {
    /// Names stand for codes as `config` defines them. What Kea's versions define differs only in what is missing
    /// from old ones, so the newest standard definitions serve all.
    pub(super) fn of(config: &Config) -> Self {
        let [.., newest] = KeaVersion::SUPPORTED;
        Self(Definitions::new(config.family, newest, config.definitions()))
    }

    pub(super) fn family(&self) -> Family {
        self.0.family
    }

    /// The key of the list that a step leads into.
    pub(super) fn list<'s>(&self, step: &'s Step) -> Option<&'s str> {
        if matches!(step, Step::Subnet(_)) { Some(self.family().subnet_key()) } else { step.list() }
    }

    /// What identifies an item of a list; equal for the same object in two configurations.
    pub(super) fn of_item(&self, list: &str, item: &Value) -> Option<String> {
        match Step::to(list, item)? {
            Step::Item(_) => label(list, item).map(|label| label.key),
            step => Some(self.of_step(&step)),
        }
    }

    /// What identifies the object that a step leads to. Of a subnet: its prefix, or its id where it has none.
    pub(super) fn of_step(&self, step: &Step) -> String {
        let family = self.family();
        match step {
            Step::Subnet(name) if name.prefix.is_empty() => format!("{:?}", name.id),
            Step::Subnet(name) => prefix(family, &name.prefix),
            Step::Pool(text) => AddressRange::parse_pool(family, text, false)
                .map_or_else(|_| text.clone(), |range| format!("{:?}", range.numbers())),
            Step::PdPool(text) => prefix(family, text),
            Step::Reservation(name) => {
                let bytes = Identifier::parse(&name.value).map(|found| format!("{:?}", found.bytes()));
                format!("{} {}", name.identifier, bytes.unwrap_or_else(|_| name.value.clone()))
            }
            Step::Option(name) => self.option(name),
            Step::OptionDef(name) => {
                let space = if name.space.is_empty() { family.service() } else { &name.space };
                format!("{space}.{:?}", name.code)
            }
            Step::Item(item) => item.name.clone(),
            Step::Key(text) | Step::SharedNetwork(text) | Step::ClientClass(text) => text.clone(),
        }
    }

    fn option(&self, name: &OptionName) -> String {
        let entry = OptionData {
            code: name.code,
            name: name.name.clone(),
            space: name.space.clone(),
            ..OptionData::default()
        };
        let code = name.code.or_else(|| self.0.resolve(&entry).map(|definition| definition.code));
        let code = code.map_or_else(|| name.name.clone(), |code| code.to_string());
        let space = entry.space_or_default(self.family());
        format!("{space}.{code} {:?}", name.client_classes)
    }

    /// Where the object stands in its list. A subnet is the one with the prefix, even under another id; where no
    /// prefix is given, the one with the id.
    pub(super) fn find(&self, items: &[Value], list: &str, step: &Step) -> Option<usize> {
        if let Step::Subnet(name) = step
            && name.prefix.is_empty()
        {
            return items
                .iter()
                .position(|item| name.id.is_some() && item.get("id").and_then(Value::as_u64) == name.id);
        }
        if let Some((key, text)) = spelt(step)
            && let Some(index) =
                items.iter().position(|item| item.get(key).and_then(Value::as_str) == Some(text))
        {
            return Some(index);
        }
        let wanted = self.of_step(step);
        items.iter().position(|item| self.of_item(list, item).is_some_and(|found| found == wanted))
    }
}

/// The key and text of an object that is spelt just as the step spells it: nearly always, and much quicker to find.
pub(super) fn spelt(step: &Step) -> Option<(&str, &str)> {
    Some(match step {
        Step::Subnet(name) if !name.prefix.is_empty() => ("subnet", &name.prefix),
        Step::SharedNetwork(name) | Step::ClientClass(name) => ("name", name),
        Step::Pool(range) => ("pool", range),
        Step::Reservation(name) => (&name.identifier, &name.value),
        _ => return None,
    })
}

fn prefix(family: Family, text: &str) -> String {
    Prefix::parse(family, text).map_or_else(|_| text.to_owned(), |prefix| prefix.aligned().to_string())
}
