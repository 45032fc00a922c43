//! The options that Kea defines itself, generated from `data/standard-options.tsv`.

use super::{Definition, OptionType};
use crate::{Family, KeaVersion};

/// One option that Kea defines, and the versions that do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandardOption {
    /// Its code in its space.
    pub code: u16,
    /// Its name in its space.
    pub name: &'static str,
    /// The type of its value.
    pub kind: OptionType,
    /// Whether the value repeats.
    pub array: bool,
    /// The types of a record's fields.
    pub fields: &'static [OptionType],
    /// The option space of its sub-options; empty: none.
    pub encapsulate: &'static str,
    since: u16,
    until: u16,
    /// What sets the value where Kea does so itself: `Kea`, or the parameter to use instead; empty otherwise.
    pub set_by: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/standard_options.rs"));

/// The last-resort space: its definitions serve `dhcp4` when there is no other.
const LAST_RESORT: &str = "last-resort-v4";

/// A version as the table holds it: 2.3.6 is 20306.
fn number(version: KeaVersion) -> u16 {
    version
        .major
        .saturating_mul(10_000)
        .saturating_add(version.minor.saturating_mul(100))
        .saturating_add(version.patch)
}

impl StandardOption {
    /// The option as a definition.
    pub(super) fn definition(&self, family: Family, space: &str) -> Definition {
        Definition {
            family,
            space: space.to_owned(),
            code: self.code,
            name: self.name.to_owned(),
            kind: self.kind,
            array: self.array,
            fields: self.fields.to_vec(),
            encapsulate: self.encapsulate.to_owned(),
            standard: true,
            set_by: self.set_by,
        }
    }
}

/// The options that a version of Kea defines in a space, by code.
pub(super) fn options(space: &str, version: KeaVersion) -> impl Iterator<Item = &'static StandardOption> {
    let version = number(version);
    let rows = SPACES.iter().find(|(name, _)| *name == space).map_or(&[][..], |(_, rows)| rows);
    rows.iter().filter(move |option| option.since <= version && version < option.until)
}

/// The options that Kea falls back to in a space when neither it nor `option-def` defines one.
pub(super) fn last_resort(space: &str, version: KeaVersion) -> impl Iterator<Item = &'static StandardOption> {
    options(if space == Family::V4.service() { LAST_RESORT } else { "" }, version)
}

/// The built-in space behind `vendor-ENTERPRISE`: CableLabs (4491) in both families, ISC (2495) in DHCPv6.
pub(super) fn vendor_space(family: Family, space: &str) -> Option<&'static str> {
    let enterprise: i64 = space.strip_prefix("vendor-")?.parse().ok()?;
    match (enterprise, family) {
        (4491, Family::V4) => Some("docsis3-v4"),
        (4491, Family::V6) => Some("docsis3-v6"),
        (2495, Family::V6) => Some("4o6"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_unique_in_every_space_and_version() {
        let versions = [(2, 2, 0), (2, 4, 0), (2, 6, 3), (3, 0, 4), (3, 2, 0)];
        for (major, minor, patch) in versions {
            let version = KeaVersion::new(major, minor, patch);
            for (space, _) in SPACES {
                let rows: Vec<_> = options(space, version).collect();
                for (index, row) in rows.iter().enumerate() {
                    assert!(
                        rows[..index].iter().all(|other| other.code < row.code && other.name != row.name),
                        "{space} {} in {version}",
                        row.code
                    );
                }
            }
        }
    }

    #[test]
    fn records_have_fields_and_others_have_none() {
        for (space, rows) in SPACES {
            for row in *rows {
                assert_eq!(row.kind == OptionType::Record, row.fields.len() >= 2, "{space} {}", row.name);
            }
        }
    }

    #[test]
    fn versions_know_what_they_define() {
        let knows = |space, code, major, minor, patch| {
            options(space, KeaVersion::new(major, minor, patch)).any(|option| option.code == code)
        };
        assert!(!knows("dhcp4", 121, 2, 2, 0) && knows("dhcp4", 121, 2, 6, 3));
        assert!(!knows("dhcp4", 122, 2, 6, 3) && knows("dhcp4", 122, 3, 0, 4));
        assert!(!knows("dhcp6", 148, 2, 6, 3) && knows("dhcp6", 148, 3, 0, 4));
        assert!(!knows("dhcp4", 43, 3, 0, 4));
    }
}
