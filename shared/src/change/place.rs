//! Where an edit stands: the way from the root of a configuration to one object, or to one of its keys.

use crate::option::{OptionData, OptionDef};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The way from the root of a daemon's configuration to one object or one key. Empty: the root itself.
///
/// Objects are named by what identifies them, never by their position. A subnet is named by itself, wherever it
/// stands: the shared network that it belongs to is a value of it, under [`NETWORK`](super::NETWORK).
///
/// # Example
/// ```
/// use perch_shared::change::Place;
/// let pool = Place::root().subnet(7, "10.0.0.0/8").pool("10.0.0.1-10.0.0.9");
/// assert_eq!(pool.to_string(), "subnet4[10.0.0.0/8].pools[10.0.0.1-10.0.0.9]");
/// assert_eq!(Place::root().key("dhcp-ddns").key("enable-updates").to_string(), "dhcp-ddns.enable-updates");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Place {
    /// From the outermost to the innermost.
    pub steps: Vec<Step>,
}

/// One step of a place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// A key of a map.
    Key(String),
    /// A subnet, wherever it stands.
    Subnet(SubnetName),
    /// A shared network, by its name.
    SharedNetwork(String),
    /// A client class, by its name.
    ClientClass(String),
    /// A pool, by its range in any spelling.
    Pool(String),
    /// A pool of prefixes, by its prefix and length, such as `2001:db8::/40`.
    PdPool(String),
    /// A reservation.
    Reservation(HostName),
    /// An entry of `option-data`.
    Option(OptionName),
    /// An entry of `option-def`.
    OptionDef(OptionName),
    /// An item of another list whose items have names, such as a logger.
    Item(ItemName),
}

/// What identifies a subnet: its prefix and its id. The prefix decides where both are given and do not agree, because
/// HA partners may number their subnets differently.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct SubnetName {
    /// The id; `None`: the prefix alone decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// The prefix; empty: the id alone decides.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prefix: String,
}

/// What identifies a reservation in its subnet or among the global ones.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct HostName {
    /// The kind of identifier: `hw-address`, `duid`, `client-id`, `circuit-id` or `flex-id`.
    pub identifier: String,
    /// The identifier in any spelling that Kea takes.
    pub value: String,
}

/// What identifies an option or its definition in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
pub struct OptionName {
    /// The option space; empty: the daemon's standard space.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub space: String,
    /// The code; `None`: the name decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// The name; empty: the code decides.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The classes that the value is for (Kea ≥ 2.7.4), which are part of its identity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub client_classes: Vec<String>,
}

/// An item of a list whose items have names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ItemName {
    /// The key of the list.
    pub list: String,
    /// The item's identity.
    pub name: String,
}

impl Place {
    /// The root of the configuration.
    pub fn root() -> Self {
        Self::default()
    }

    /// The place one step further.
    #[must_use]
    pub fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// A key of the map at this place.
    #[must_use]
    pub fn key(self, key: impl Into<String>) -> Self {
        self.step(Step::Key(key.into()))
    }

    /// A subnet.
    #[must_use]
    pub fn subnet(self, id: impl Into<Option<u64>>, prefix: impl Into<String>) -> Self {
        self.step(Step::Subnet(SubnetName { id: id.into(), prefix: prefix.into() }))
    }

    /// A shared network.
    #[must_use]
    pub fn network(self, name: impl Into<String>) -> Self {
        self.step(Step::SharedNetwork(name.into()))
    }

    /// A client class.
    #[must_use]
    pub fn class(self, name: impl Into<String>) -> Self {
        self.step(Step::ClientClass(name.into()))
    }

    /// A pool.
    #[must_use]
    pub fn pool(self, range: impl Into<String>) -> Self {
        self.step(Step::Pool(range.into()))
    }

    /// A pool of prefixes.
    #[must_use]
    pub fn pd_pool(self, prefix: impl Into<String>) -> Self {
        self.step(Step::PdPool(prefix.into()))
    }

    /// A reservation.
    #[must_use]
    pub fn reservation(self, identifier: impl Into<String>, value: impl Into<String>) -> Self {
        self.step(Step::Reservation(HostName { identifier: identifier.into(), value: value.into() }))
    }

    /// An option's value.
    #[must_use]
    pub fn option(self, option: &OptionData) -> Self {
        self.step(Step::Option(OptionName::of(option)))
    }

    /// An option's definition.
    #[must_use]
    pub fn definition(self, def: &OptionDef) -> Self {
        let name = OptionName {
            space: def.space.clone(),
            code: Some(def.code),
            name: def.name.clone(),
            client_classes: Vec::new(),
        };
        self.step(Step::OptionDef(name))
    }

    /// The last step; `None` for the root.
    pub fn last(&self) -> Option<&Step> {
        self.steps.last()
    }

    /// The place without its last step.
    #[must_use]
    pub fn parent(&self) -> Self {
        let end = self.steps.len().saturating_sub(1);
        Self { steps: self.steps.iter().take(end).cloned().collect() }
    }

    /// Whether `other` is this place or inside it.
    pub fn contains(&self, other: &Self) -> bool {
        other.steps.starts_with(&self.steps)
    }

    /// The subnet on the way, if any.
    pub fn subnet_name(&self) -> Option<&SubnetName> {
        self.steps.iter().find_map(|step| match step {
            Step::Subnet(name) => Some(name),
            _ => None,
        })
    }
}

impl Step {
    /// The list that the object stands in; `None` for a key.
    pub fn list(&self) -> Option<&str> {
        Some(match self {
            Self::Key(_) => return None,
            Self::Subnet(name) if name.prefix.contains(':') => "subnet6",
            Self::Subnet(_) => "subnet4",
            Self::SharedNetwork(_) => "shared-networks",
            Self::ClientClass(_) => "client-classes",
            Self::Pool(_) => "pools",
            Self::PdPool(_) => "pd-pools",
            Self::Reservation(_) => "reservations",
            Self::Option(_) => "option-data",
            Self::OptionDef(_) => "option-def",
            Self::Item(item) => &item.list,
        })
    }

    /// The step to an item of the list below `list`; `None` when the item has no identity.
    pub(crate) fn to(list: &str, item: &Value) -> Option<Self> {
        let text = |key: &str| item.get(key).and_then(Value::as_str);
        Some(match list {
            "subnet4" | "subnet6" => {
                let name = SubnetName {
                    id: item.get("id").and_then(Value::as_u64),
                    prefix: text("subnet").unwrap_or_default().to_owned(),
                };
                if name == SubnetName::default() {
                    return None;
                }
                Self::Subnet(name)
            }
            "shared-networks" => Self::SharedNetwork(text("name")?.to_owned()),
            "client-classes" => Self::ClientClass(text("name")?.to_owned()),
            "pools" => Self::Pool(text("pool")?.to_owned()),
            "pd-pools" => {
                let length = item.get("prefix-len").and_then(Value::as_u64)?;
                Self::PdPool(format!("{}/{length}", text("prefix")?))
            }
            "reservations" => {
                let (identifier, value) = IDENTIFIERS.iter().find_map(|key| Some((*key, text(key)?)))?;
                Self::Reservation(HostName { identifier: identifier.to_owned(), value: value.to_owned() })
            }
            "option-data" => {
                let name = OptionName::of(&OptionData::deserialize(item).ok()?);
                if name.code.is_none() && name.name.is_empty() {
                    return None;
                }
                Self::Option(name)
            }
            "option-def" => Self::OptionDef(OptionName {
                space: text("space").unwrap_or_default().to_owned(),
                code: item.get("code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok()),
                name: text("name").unwrap_or_default().to_owned(),
                client_classes: Vec::new(),
            }),
            _ => {
                let name = super::label::label(list, item)?.key;
                Self::Item(ItemName { list: list.to_owned(), name })
            }
        })
    }

    /// The step to the same object once its key `key` is `value`: another one where the key is part of its identity.
    pub(super) fn renamed(&self, key: &str, value: &Value) -> Self {
        let mut step = self.clone();
        let text = || value.as_str().unwrap_or_default().to_owned();
        match (&mut step, key) {
            (Self::Subnet(name), "subnet") => name.prefix = text(),
            (Self::Subnet(name), "id") => name.id = value.as_u64(),
            (Self::SharedNetwork(name) | Self::ClientClass(name), "name") | (Self::Pool(name), "pool") => {
                *name = text()
            }
            (Self::PdPool(name), "prefix") => {
                *name = format!("{}/{}", text(), name.rsplit('/').next().unwrap_or_default());
            }
            (Self::PdPool(name), "prefix-len") => {
                *name = format!("{}/{value}", name.split('/').next().unwrap_or_default());
            }
            (Self::Reservation(name), key) if key == name.identifier => name.value = text(),
            (Self::Option(name) | Self::OptionDef(name), "name") => name.name = text(),
            (Self::Option(name) | Self::OptionDef(name), "space") => name.space = text(),
            (Self::Option(name) | Self::OptionDef(name), "code") => {
                name.code = value.as_u64().and_then(|code| u16::try_from(code).ok());
            }
            _ => {}
        }
        step
    }
}

impl OptionName {
    /// What identifies an entry of `option-data`.
    pub fn of(option: &OptionData) -> Self {
        let classes = option.rest.get("client-classes").and_then(Value::as_array).into_iter().flatten();
        Self {
            space: option.space.clone(),
            code: option.code,
            name: option.name.clone(),
            client_classes: classes.filter_map(Value::as_str).map(str::to_owned).collect(),
        }
    }
}

/// The kinds of identifiers of a reservation, in Kea's order.
pub(super) const IDENTIFIERS: [&str; 5] = ["hw-address", "duid", "client-id", "circuit-id", "flex-id"];

impl std::fmt::Display for Place {
    /// As [`diff`](super::diff) names places.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            match step {
                Step::Key(key) => write!(f, "{dot}{key}")?,
                step => write!(f, "{dot}{}[{}]", step.list().unwrap_or_default(), step.title())?,
            }
        }
        Ok(())
    }
}
