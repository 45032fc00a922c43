//! What a step of a place is called.

use super::place::{OptionName, Step};

impl Step {
    /// What names the object among its neighbours, such as `10.0.0.0/8`; of a key: the key.
    pub fn title(&self) -> String {
        match self {
            Self::Subnet(name) if name.prefix.is_empty() => {
                name.id.map_or_else(String::new, |id| id.to_string())
            }
            Self::Subnet(name) => name.prefix.clone(),
            Self::Option(name) | Self::OptionDef(name) => option_title(name),
            Self::Reservation(name) => name.value.clone(),
            Self::Item(item) => item.name.clone(),
            Self::Key(text)
            | Self::SharedNetwork(text)
            | Self::ClientClass(text)
            | Self::Pool(text)
            | Self::PdPool(text) => text.clone(),
        }
    }
}

/// The standard spaces go without saying.
fn option_title(option: &OptionName) -> String {
    let space = if matches!(option.space.as_str(), "dhcp4" | "dhcp6") { "" } else { &option.space };
    let prefix = if space.is_empty() { String::new() } else { format!("{space}.") };
    let name = match (&option.name, option.code) {
        (name, Some(code)) if name.is_empty() => code.to_string(),
        (name, _) => name.clone(),
    };
    let suffix = match option.client_classes.join(", ") {
        classes if classes.is_empty() => classes,
        classes => format!(" for {classes}"),
    };
    format!("{prefix}{name}{suffix}")
}
