//! Sets of options and classes that belong together, ready to be added: what devices of a kind ask for.
//!
//! Their values are left for people to fill in: an example in their place would be sent to clients. The examples
//! (RFC 5737, RFC 3849) are for the empty fields.

use super::Draft;
use crate::{
    Family,
    option::{Definitions, OptionData},
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
    /// The options: space, code, name, value.
    options: &'static [(&'static str, u16, &'static str, Value)],
}

/// The value of an option of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    /// It is always this.
    Fixed(&'static str),
    /// Whoever adds the set fills it in; this is what it may look like.
    Example(&'static str),
}

use Value::{Example, Fixed};

/// The sub-options of option 43.
const VENDOR: &str = "vendor-encapsulated-options-space";

/// The sub-options of option 125 for the Broadband Forum.
const BROADBAND: &str = "vendor-3561";

/// Every set. Sources: Kea's standard tables for 60, 66, 67, 121, 138; Cisco's "Configuring DHCP for Cisco IP phones" for
/// 150; Ubiquiti's "UniFi remote adoption (layer 3)" for 43.1; the Broadband Forum's TR-069 (annex F, section 3.1) for
/// 43.1, 43.2 and 125; the UEFI specification (HTTP Boot) for 60 and 67.
pub const RECIPES: [Recipe; 10] = [
    Recipe {
        id: "tftp",
        title: "TFTP boot: server and file (66, 67)",
        family: Family::V4,
        definitions: &[],
        options: &[
            ("dhcp4", 66, "tftp-server-name", Example("192.0.2.10")),
            ("dhcp4", 67, "boot-file-name", Example("pxelinux.0")),
        ],
    },
    Recipe {
        id: "http",
        title: "UEFI HTTP boot: vendor class and URL (60, 67)",
        family: Family::V4,
        definitions: &[],
        options: &[
            ("dhcp4", 60, "vendor-class-identifier", Fixed("HTTPClient")),
            ("dhcp4", 67, "boot-file-name", Example("http://192.0.2.10/boot.efi")),
        ],
    },
    Recipe {
        id: "cisco",
        title: "Cisco phones: TFTP servers (150)",
        family: Family::V4,
        definitions: &[("dhcp4", 150, "tftp-server-address", "ipv4-address")],
        options: &[("dhcp4", 150, "tftp-server-address", Example("192.0.2.10"))],
    },
    Recipe {
        id: "unifi",
        title: "UniFi devices: controller (43.1)",
        family: Family::V4,
        definitions: &[(VENDOR, 1, "unifi-controller", "ipv4-address")],
        options: &[
            ("dhcp4", 43, "vendor-encapsulated-options", Fixed("")),
            (VENDOR, 1, "unifi-controller", Example("192.0.2.10")),
        ],
    },
    Recipe {
        id: "acs",
        title: "Home gateways: ACS and provisioning code (43.1, 43.2)",
        family: Family::V4,
        definitions: &[(VENDOR, 1, "acs-url", "string"), (VENDOR, 2, "provisioning-code", "string")],
        options: &[
            ("dhcp4", 43, "vendor-encapsulated-options", Fixed("")),
            (VENDOR, 1, "acs-url", Example("https://acs.example.org/")),
            (VENDOR, 2, "provisioning-code", Example("branch")),
        ],
    },
    Recipe {
        id: "gateway",
        title: "Home gateways: who the gateway is (125)",
        family: Family::V4,
        definitions: &[
            (BROADBAND, 4, "gateway-manufacturer-oui", "string"),
            (BROADBAND, 5, "gateway-serial-number", "string"),
            (BROADBAND, 6, "gateway-product-class", "string"),
        ],
        options: &[
            ("dhcp4", 125, "vivso-suboptions", Fixed("3561")),
            (BROADBAND, 4, "gateway-manufacturer-oui", Example("00005E")),
            (BROADBAND, 5, "gateway-serial-number", Example("S1234")),
            (BROADBAND, 6, "gateway-product-class", Example("router")),
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
            Example("0.0.0.0/0 - 192.0.2.1, 198.51.100.0/24 - 192.0.2.2"),
        )],
    },
    Recipe {
        id: "capwap",
        title: "Access points: CAPWAP controllers (138)",
        family: Family::V4,
        definitions: &[],
        options: &[("dhcp4", 138, "capwap-ac-v4", Example("192.0.2.10"))],
    },
    Recipe {
        id: "boot-v6",
        title: "Network boot: file (59)",
        family: Family::V6,
        definitions: &[],
        options: &[("dhcp6", 59, "bootfile-url", Example("tftp://[2001:db8::10]/ipxe.efi"))],
    },
    Recipe {
        id: "capwap-v6",
        title: "Access points: CAPWAP controllers (52)",
        family: Family::V6,
        definitions: &[],
        options: &[("dhcp6", 52, "capwap-ac-v6", Example("2001:db8::10"))],
    },
];

/// Classes for network boot: what each kind of firmware says, and the file that it gets. iPXE comes first, because it
/// asks a second time and says the same of its firmware.
const BOOT_CLASSES: [(&str, &str, &str); 3] = [
    ("ipxe", "option[77].hex == 'iPXE'", "http://192.0.2.10/boot.ipxe"),
    ("pxe-uefi", "option[93].hex == 0x0007 and not member('ipxe')", "ipxe.efi"),
    ("pxe-bios", "option[93].hex == 0x0000 and not member('ipxe')", "undionly.kpxe"),
];

/// A class by the circuit id that a relay agent adds (RFC 3046, section 3.1).
const PORT_CLASS: (&str, &str) = ("switch-port", "relay4[1].hex == 'ge-0/0/1'");

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
        for (space, code, name, value) in recipe.options {
            let definitions = self.definitions(scope);
            let name =
                definitions.by_code(space, *code).map_or_else(|| (*name).to_owned(), |found| found.name);
            let data = if let Fixed(data) = value { (*data).to_owned() } else { String::new() };
            let space = (*space).to_owned();
            let option = OptionData { code: Some(*code), name, space, data, ..OptionData::default() };
            let there = self.options(scope).into_iter();
            let there = there.rev().find(|set| super::is_same_option(&definitions, &set.option, &option));
            let path = there.map_or_else(|| self.add_option(scope, &option), |set| set.path);
            if first.is_none() && matches!(value, Example(_)) {
                first = Some(path);
            }
        }
        first
    }

    /// An example of an option's value, where a set has one and the option is written as text; empty: none.
    pub fn example_of(&self, option: &OptionData) -> &'static str {
        if option.csv_format == Some(false) {
            return "";
        }
        let space = option.space_or_default(self.family());
        let all = RECIPES.iter().flat_map(|recipe| recipe.options);
        let mut of = all.filter_map(|(of, code, _, value)| match value {
            Example(example) => (*of == space && option.code == Some(*code)).then_some(*example),
            Fixed(_) => None,
        });
        of.next().unwrap_or_default()
    }

    /// Why a set cannot be added to a scope; `None`: it can.
    pub fn recipe_refused(&self, scope: &str, recipe: &Recipe) -> Option<&'static str> {
        let definitions = self.definitions(scope);
        let is_other = |(space, code, _, kind): &(&str, u16, &str, &str)| {
            definitions.by_code(space, *code).is_some_and(|found| found.kind.as_str() != *kind)
        };
        recipe.definitions.iter().any(is_other).then_some("its option is defined with another type here")
    }

    /// Adds a class of the clients that come over one port of a relay agent (option 82), where it is not there yet.
    pub fn add_port_class(&mut self) {
        let (name, test) = PORT_CLASS;
        if self.class_path(name).is_none() {
            let path = self.add_class(name, "");
            self.set_text(&super::join(&path, "test"), test);
        }
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
        for set in draft.options("").into_iter().filter(|set| set.option.data.is_empty()) {
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
        assert_eq!(empty(Family::V4, KeaVersion::new(3, 0, 4)).recipes().len(), 8);
        assert_eq!(empty(Family::V4, KeaVersion::new(2, 2, 0)).recipes().len(), 7);
    }

    #[test]
    fn one_code_is_not_two_things() {
        let mut draft = empty(Family::V4, KeaVersion::new(3, 0, 4));
        let of = |id: &str| RECIPES.into_iter().find(|recipe| recipe.id == id).unwrap();
        assert_eq!(draft.recipe_refused("", &of("acs")), None);
        draft.add_recipe("", &of("unifi"));
        assert!(draft.recipe_refused("", &of("acs")).is_some());
        assert_eq!(draft.recipe_refused("", &of("unifi")), None);
    }

    #[test]
    fn every_kea_takes_the_boot_classes() {
        for version in KeaVersion::SUPPORTED {
            let mut draft = empty(Family::V4, version);
            for _ in 0..2 {
                draft.add_boot_classes();
                draft.add_port_class();
            }
            assert_eq!(draft.classes().len(), 4);
            let found = check(&draft.text(), version).diagnostics;
            assert!(!found.iter().any(|one| one.is_error()), "{version}: {found:#?}");
        }
    }
}
