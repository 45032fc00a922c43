//! What an option is: a standard definition or one from `option-def`, in one form.

use super::{OptionDef, OptionType};
use crate::Family;

/// An option's definition, wherever it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The daemon that uses it; a `tuple` has another form in each family.
    pub family: Family,
    /// The option space it belongs to, such as `dhcp4`.
    pub space: String,
    /// Its code in the space.
    pub code: u16,
    /// Its name in the space.
    pub name: String,
    /// The type of its value.
    pub kind: OptionType,
    /// Whether the value repeats; in a record, whether the last field does.
    pub array: bool,
    /// The types of a record's fields; empty otherwise.
    pub fields: Vec<OptionType>,
    /// The option space of its sub-options; empty: none.
    pub encapsulate: String,
    /// Whether Kea defines it; otherwise it is from `option-def`.
    pub standard: bool,
    /// What sets the value where Kea does so itself: `Kea`, or the parameter to use instead; empty otherwise.
    pub set_by: &'static str,
}

impl Definition {
    /// A definition from `option-def`.
    pub fn custom(family: Family, def: &OptionDef) -> Self {
        let space = if def.space.is_empty() { family.service() } else { &def.space };
        Self {
            family,
            space: space.to_owned(),
            code: def.code,
            name: def.name.clone(),
            kind: def.kind,
            array: def.array,
            fields: record_fields(&def.record_types),
            encapsulate: def.encapsulate.clone(),
            standard: false,
            set_by: "",
        }
    }

    /// The definition without its own memory.
    pub(crate) fn view(&self) -> DefRef<'_> {
        DefRef {
            family: self.family,
            space: &self.space,
            code: self.code,
            name: &self.name,
            kind: self.kind,
            array: self.array,
            fields: &self.fields,
            encapsulate: &self.encapsulate,
            standard: self.standard,
            set_by: self.set_by,
        }
    }
}

/// The fields that `record-types` names; what is no type is left out.
pub(crate) fn record_fields(types: &str) -> Vec<OptionType> {
    types.split(',').filter_map(|field| field.trim().parse().ok()).collect()
}

/// A [`Definition`] that borrows from the standard tables or from the definitions of a daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DefRef<'a> {
    pub(crate) family: Family,
    pub(crate) space: &'a str,
    pub(crate) code: u16,
    pub(crate) name: &'a str,
    pub(crate) kind: OptionType,
    pub(crate) array: bool,
    pub(crate) fields: &'a [OptionType],
    pub(crate) encapsulate: &'a str,
    pub(crate) standard: bool,
    pub(crate) set_by: &'static str,
}

impl DefRef<'_> {
    /// The definition with memory of its own.
    pub(crate) fn to_definition(self) -> Definition {
        Definition {
            family: self.family,
            space: self.space.to_owned(),
            code: self.code,
            name: self.name.to_owned(),
            kind: self.kind,
            array: self.array,
            fields: self.fields.to_vec(),
            encapsulate: self.encapsulate.to_owned(),
            standard: self.standard,
            set_by: self.set_by,
        }
    }

    /// How many bytes give the length of a `tuple` that is written for this option: one in DHCPv4, two in DHCPv6 and
    /// in the DHCPv4 option 143 (RFC 8572, section 8.1).
    pub(super) fn tuple_header(&self) -> usize {
        let sztp = self.standard && self.code == 143 && self.kind == OptionType::Tuple;
        if self.family == Family::V6 || sztp { 2 } else { 1 }
    }
}
