//! Sets of options and classes that belong together, ready to be added: what devices of a kind ask for.
//!
//! Their values are left for people to fill in: an example in their place would be sent to clients. The examples
//! (RFC 5737, RFC 3849) are for the empty fields.

use super::Draft;
use crate::{
    Family,
    option::{Definitions, OptionData, OptionType},
};

/// A set of options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// Its name in tests.
    pub id: &'static str,
    /// What it is for.
    pub title: &'static str,
    /// Whose options they are.
    pub family: Family,
    /// What has to be defined first: space, code, name, type.
    definitions: &'static [(&'static str, u16, &'static str, &'static str)],
    /// The options: space, code, name, example of a value.
    options: &'static [(&'static str, u16, &'static str, &'static str)],
}

/// The sub-options of option 43.
const VENDOR: &str = "vendor-encapsulated-options-space";

/// Every set. Sources: Kea's standard tables for 66, 67, 121, 138; Cisco's "Configuring DHCP for Cisco IP phones" for
/// 150; Ubiquiti's "UniFi remote adoption (layer 3)" for 43.
pub const RECIPES: [Recipe; 7] = [
    Recipe {
        id: "tftp",
        title: "TFTP boot: server and file (66, 67)",
        family: Family::V4,
        definitions: &[],
        options: &[
            ("dhcp4", 66, "tftp-server-name", "192.0.2.10"),
            ("dhcp4", 67, "boot-file-name", "pxelinux.0"),
        ],
    },
    Recipe {
        id: "cisco",
        title: "Cisco phones: TFTP servers (150)",
        family: Family::V4,
        definitions: &[("dhcp4", 150, "tftp-server-address", "ipv4-address")],
        options: &[("dhcp4", 150, "tftp-server-address", "192.0.2.10")],
    },
    Recipe {
        id: "unifi",
        title: "UniFi devices: controller (43.1)",
        family: Family::V4,
        definitions: &[(VENDOR, 1, "unifi-controller", "ipv4-address")],
        options: &[
            ("dhcp4", 43, "vendor-encapsulated-options", ""),
            (VENDOR, 1, "unifi-controller", "192.0.2.10"),
        ],
    },
    Recipe {
        id: "routes",
        title: "Static routes (121)",
        family: Family::V4,
        definitions: &[],
        options: &[(
            "dhcp4",
            121,
            "classless-static-route",
            "0.0.0.0/0 - 192.0.2.1, 198.51.100.0/24 - 192.0.2.2",
        )],
    },
    Recipe {
        id: "capwap",
        title: "Access points: CAPWAP controllers (138)",
        family: Family::V4,
        definitions: &[],
        options: &[("dhcp4", 138, "capwap-ac-v4", "192.0.2.10")],
    },
    Recipe {
        id: "boot-v6",
        title: "Network boot: file (59)",
        family: Family::V6,
        definitions: &[],
        options: &[("dhcp6", 59, "bootfile-url", "tftp://[2001:db8::10]/ipxe.efi")],
    },
    Recipe {
        id: "capwap-v6",
        title: "Access points: CAPWAP controllers (52)",
        family: Family::V6,
        definitions: &[],
        options: &[("dhcp6", 52, "capwap-ac-v6", "2001:db8::10")],
    },
];

/// Classes for network boot: what each kind of firmware says, and the file that it gets. iPXE comes first, because it
/// asks a second time and says the same of its firmware.
const BOOT_CLASSES: [(&str, &str, &str); 3] = [
    ("ipxe", "option[77].hex == 'iPXE'", "http://192.0.2.10/boot.ipxe"),
    ("pxe-uefi", "option[93].hex == 0x0007 and not member('ipxe')", "ipxe.efi"),
    ("pxe-bios", "option[93].hex == 0x0000 and not member('ipxe')", "undionly.kpxe"),
];

impl Recipe {
    /// The name that the set defines a code by.
    pub(super) fn defines(&self, space: &str, code: u16) -> Option<&'static str> {
        let found = self.definitions.iter().find(|(of, defined, ..)| *of == space && *defined == code);
        found.map(|(_, _, name, _)| *name)
    }
}

impl Draft {
    /// The sets that this daemon can have.
    pub fn recipes(&self) -> Vec<Recipe> {
        let standard = Definitions::new(self.family(), self.version, Vec::new());
        let known = |recipe: &Recipe| {
            recipe.options.iter().all(|(space, code, ..)| {
                standard.by_code(space, *code).is_some()
                    || recipe.definitions.iter().any(|(of, defined, ..)| of == space && defined == code)
            })
        };
        RECIPES.into_iter().filter(|recipe| recipe.family == self.family() && known(recipe)).collect()
    }

    /// Adds what a set needs and what is not there yet: definitions to the whole configuration, options to a scope. Gives
    /// the path of the first option that waits for its value.
    pub fn add_recipe(&mut self, scope: &str, recipe: &Recipe) -> Option<String> {
        for (space, code, name, kind) in recipe.definitions {
            if self.definitions(scope).by_code(space, *code).is_none() {
                let array = *kind == "ipv4-address" && *space == "dhcp4";
                self.define(scope, space, *code, name, kind, array);
            }
        }
        let mut first = None;
        for (space, code, name, _) in recipe.options {
            let definitions = self.definitions(scope);
            let name =
                definitions.by_code(space, *code).map_or_else(|| (*name).to_owned(), |found| found.name);
            let option =
                OptionData { code: Some(*code), name, space: (*space).to_owned(), ..OptionData::default() };
            let there = self.options(scope).into_iter();
            let there = there.rev().find(|set| super::is_same_option(&definitions, &set.option, &option));
            let path = there.map_or_else(|| self.add_option(scope, &option), |set| set.path);
            if first.is_none() && takes_a_value(&definitions, &option) {
                first = Some(path);
            }
        }
        first
    }

    /// An example of an option's value, where a set has one; empty: none.
    pub fn example_of(&self, option: &OptionData) -> &'static str {
        let space = option.space_or_default(self.family());
        let all = RECIPES.iter().flat_map(|recipe| recipe.options);
        let mut of = all.filter(|(of, code, ..)| *of == space && option.code == Some(*code));
        of.next().map_or("", |(.., example)| example)
    }

    /// Adds the classes for network boot that are not there yet.
    pub fn add_boot_classes(&mut self) {
        for (name, test, file) in BOOT_CLASSES {
            if self.class_path(name).is_none() {
                let path = self.add_class(name, "");
                self.set_text(&super::join(&path, "test"), test);
                self.set_text(&super::join(&path, "next-server"), "192.0.2.10");
                self.set_text(&super::join(&path, "boot-file-name"), file);
            }
        }
    }
}

/// Whether an option is more than the head of its sub-options.
fn takes_a_value(definitions: &Definitions, option: &OptionData) -> bool {
    definitions.resolve(option).is_none_or(|definition| definition.kind != OptionType::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeaVersion, api::ConfigurationView, check::check, diagnostic::Severity};
    use serde_json::json;

    fn empty(family: Family, version: KeaVersion) -> Draft {
        let config = json!({"valid-lifetime": 4000});
        Draft::new(ConfigurationView { family, version, hash: "A".into(), config })
    }

    /// Writes each example where a value is missing.
    fn fill(draft: &mut Draft) {
        for set in draft.options("") {
            let data = draft.example_of(&set.option).to_owned();
            draft.set_option(&set.path, &OptionData { data, ..set.option });
        }
    }

    #[test]
    fn every_kea_takes_every_set() {
        for version in KeaVersion::SUPPORTED {
            for family in Family::ALL {
                for recipe in empty(family, version).recipes() {
                    let mut draft = empty(family, version);
                    let before = check(&draft.text(), version).diagnostics;
                    let first = draft.add_recipe("", &recipe).unwrap();
                    fill(&mut draft);
                    let found = check(&draft.text(), version).diagnostics;
                    let new: Vec<_> = found
                        .iter()
                        .filter(|one| {
                            one.severity != Severity::Hint && !before.iter().any(|old| old.code == one.code)
                        })
                        .collect();
                    assert!(new.is_empty(), "{} on {version}: {new:#?}", recipe.id);
                    // Once more changes nothing.
                    let once = draft.clone();
                    assert_eq!(draft.add_recipe("", &recipe), Some(first));
                    assert_eq!(draft, once);
                }
            }
        }
        assert_eq!(empty(Family::V4, KeaVersion::new(3, 0, 4)).recipes().len(), 5);
        assert_eq!(empty(Family::V4, KeaVersion::new(2, 2, 0)).recipes().len(), 4);
    }

    #[test]
    fn every_kea_takes_the_boot_classes() {
        for version in KeaVersion::SUPPORTED {
            let mut draft = empty(Family::V4, version);
            draft.add_boot_classes();
            draft.add_boot_classes();
            assert_eq!(draft.classes().len(), 3);
            let found = check(&draft.text(), version).diagnostics;
            assert!(!found.iter().any(|one| one.is_error()), "{version}: {found:#?}");
        }
    }
}
