//! What identifies the items of Kea's lists, and how a path names them.

use crate::option::OptionData;
use serde::Deserialize;
use serde_json::Value;

/// What identifies an item among its neighbours, and how a path names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Equal for the same object in two configurations.
    pub(super) key: String,
    /// For people.
    pub(super) text: String,
}

/// Whether the order of the list below `key` means something to Kea.
pub(super) fn is_ordered(key: &str) -> bool {
    matches!(key, "client-classes" | "hooks-libraries")
}

/// Whether Kea prints the list below `key` in the order in which it was given. It sorts the others.
pub(super) fn is_kept_in_order(key: &str) -> bool {
    matches!(
        key,
        "client-classes" | "option-data" | "option-def" | "hooks-libraries" | "loggers" | "control-sockets"
    )
}

/// Whether `key` holds a list whose items are identified by what they say.
pub(super) fn is_keyed(key: &str) -> bool {
    identifying(key).is_some() || key == "option-data"
}

/// The identity of an item of the list below `key`; `None` when it has none.
pub(super) fn label(key: &str, item: &Value) -> Option<Label> {
    if key == "option-data" {
        return option_label(&OptionData::deserialize(item).ok()?);
    }
    let (identity, names) = identifying(key)?;
    let text = |fields: &[&str]| {
        let texts: Vec<String> = fields.iter().filter_map(|field| scalar(item.get(*field)?)).collect();
        (!texts.is_empty()).then(|| texts.join("/"))
    };
    let key = text(identity).or_else(|| text(names))?;
    Some(Label { text: text(names).unwrap_or_else(|| key.clone()), key })
}

/// The identity of an option: space, code or name, and client classes. The standard spaces go without saying.
pub(super) fn option_label(option: &OptionData) -> Option<Label> {
    let code = option.code.map(|code| code.to_string());
    let name = if option.name.is_empty() { code.clone()? } else { option.name.clone() };
    let space = if matches!(option.space.as_str(), "dhcp4" | "dhcp6") { "" } else { &option.space };
    let prefix = if space.is_empty() { String::new() } else { format!("{space}.") };
    let classes: Vec<&str> = option
        .rest
        .get("client-classes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let suffix = if classes.is_empty() { String::new() } else { format!(" for {}", classes.join(", ")) };
    let key = format!("{prefix}{}{suffix}", code.as_ref().unwrap_or(&name));
    Some(Label { key, text: format!("{prefix}{name}{suffix}") })
}

/// The fields that identify an item of a list, and the fields that name it.
fn identifying(key: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    const RESERVATION: &[&str] = &["hw-address", "duid", "client-id", "circuit-id", "flex-id"];
    const SOCKET: &[&str] = &["socket-type", "socket-name", "socket-address", "socket-port"];
    Some(match key {
        "subnet4" | "subnet6" => (&["id"], &["subnet"]),
        "option-def" => (&["space", "code"], &["name"]),
        "client-classes" | "shared-networks" | "loggers" | "peers" => (&["name"], &["name"]),
        "pools" => (&["pool"], &["pool"]),
        "pd-pools" => (&["prefix", "prefix-len", "delegated-len"], &["prefix", "prefix-len"]),
        "reservations" => (RESERVATION, RESERVATION),
        "hooks-libraries" => (&["library"], &["library"]),
        "control-sockets" => (SOCKET, SOCKET),
        "output-options" | "output_options" => (&["output"], &["output"]),
        "high-availability" => (&["this-server-name"], &["this-server-name"]),
        _ => return None,
    })
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
