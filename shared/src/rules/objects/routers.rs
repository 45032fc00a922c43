//! The routers that a subnet of DHCPv4 gives its clients.

use super::{Key, Subnet};
use crate::{Family, json::Element, option::Entry};
use std::borrow::Cow;

impl<'r> Subnet<'r> {
    /// The values of its own `routers` options that are written as text, each with its place.
    pub(in crate::rules) fn routers(self) -> impl Iterator<Item = (Element<'r>, Cow<'r, str>)> {
        let options = self
            .object
            .list(Key::OptionData)
            .filter(move |option| self.objects.family == Family::V4 && is_routers(*option));
        options.filter_map(|option| {
            let data = option.get("data")?;
            Some((data, data.as_str()?))
        })
    }
}

/// Whether an option lists routers, as text.
fn is_routers(option: Element<'_>) -> bool {
    if !option.children().any(|child| child.source() == "\"routers\"" || child.has_key("code")) {
        return false;
    }
    let entry = Entry::read(option);
    let is_named = entry.name.as_deref() == Some("routers") || entry.code == Some(3);
    is_named && entry.csv_format != Some(false) && entry.space.is_none_or(|space| space == "dhcp4")
}
