//! The options that Kea defines itself, generated from `data/standard-options.tsv`.

use super::{DefRef, OptionType};
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

impl StandardOption {
    /// The first version that defines it.
    pub(super) fn since(&self) -> KeaVersion {
        KeaVersion::new(self.since / 10_000, self.since / 100 % 100, self.since % 100)
    }
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
    /// The option as a definition of a daemon.
    pub(super) fn view<'a>(&self, family: Family, space: &'a str) -> DefRef<'a> {
        DefRef {
            family,
            space,
            code: self.code,
            name: self.name,
            kind: self.kind,
            array: self.array,
            fields: self.fields,
            encapsulate: self.encapsulate,
            standard: true,
            set_by: self.set_by,
        }
    }

    fn is_in(&self, version: u16) -> bool {
        self.since <= version && version < self.until
    }
}

/// The options of a space.
struct Space {
    name: &'static str,
    /// By code.
    options: &'static [StandardOption],
    /// Their numbers in `options`, by name.
    by_name: &'static [u16],
}

fn space(name: &str) -> Option<&'static Space> {
    SPACES.iter().find(|space| space.name == name)
}

/// The options that a version of Kea defines in a space, by code.
pub(super) fn options(name: &str, version: KeaVersion) -> impl Iterator<Item = &'static StandardOption> {
    let version = number(version);
    let options = space(name).map_or(&[][..], |space| space.options);
    options.iter().filter(move |option| option.is_in(version))
}

/// The option that a version of Kea defines for a code in a space.
pub(super) fn by_code(name: &str, version: KeaVersion, code: u16) -> Option<&'static StandardOption> {
    let (version, options) = (number(version), space(name)?.options);
    let same = options.get(options.partition_point(|option| option.code < code)..)?.iter();
    same.take_while(|option| option.code == code).find(|option| option.is_in(version))
}

/// The option that a version of Kea defines for a name in a space.
pub(super) fn by_name(name: &str, version: KeaVersion, wanted: &str) -> Option<&'static StandardOption> {
    let (version, space) = (number(version), space(name)?);
    let option = |index: &u16| space.options.get(usize::from(*index));
    let first =
        space.by_name.partition_point(|index| option(index).is_some_and(|option| option.name < wanted));
    let same = space.by_name.get(first..)?.iter().filter_map(option);
    same.take_while(|option| option.name == wanted).find(|option| option.is_in(version))
}

/// The first version after `version` that defines a code or a name which `version` leaves free.
pub(super) fn coming(
    name: &str,
    version: KeaVersion,
    code: u16,
    wanted: &str,
) -> Option<&'static StandardOption> {
    let version = number(version);
    let options = space(name)?.options.iter();
    options
        .filter(|option| option.since > version)
        .find(|option| option.code == code || option.name == wanted)
}

/// The space of the options that Kea falls back to when neither it nor `option-def` defines one.
pub(super) fn last_resort(space: &str) -> &'static str {
    if space == Family::V4.service() { LAST_RESORT } else { "" }
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
            for Space { name: space, .. } in SPACES {
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
        for Space { name: space, options, .. } in SPACES {
            for row in *options {
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
